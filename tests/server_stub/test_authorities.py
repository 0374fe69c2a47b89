"""Whose certificates found an evaluation: recognised roots, in time, not revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from server_stub.authorities import Authorities
from server_stub.rejected import Rejected

AT = datetime(2026, 11, 24, tzinfo=UTC)
PKI = DemoPki.create("tests of recognised authorities", AT)
KEY = Pkcs12Key.open(PKI.authorities[1].issue("organiser", "单位", pin="pin").p12, "pin")
ROOT = PKI.roots[1]


def pem(certificate: bytes) -> bytes:
    return x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("name", "data"), [("a.der", ROOT), ("a.cer", pem(ROOT)), ("all.pem", b"".join(map(pem, PKI.roots)))]
)
def test_roots_are_read_in_every_usual_form(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "README.txt").write_text("not a certificate")
    Authorities.load(tmp_path).check(KEY.certificate, KEY.chain, AT)


def test_others_are_refused(tmp_path: Path) -> None:
    good = Authorities([ROOT])
    for authorities, certificate, chain, at in (
        (Authorities([PKI.roots[2]]), KEY.certificate, KEY.chain, AT),
        (good, KEY.certificate, (), AT),
        (good, KEY.certificate, KEY.chain, AT + timedelta(days=4000)),
        (good, b"no certificate", KEY.chain, AT),
        (good, KEY.certificate, (b"no certificate",), AT),
    ):
        with pytest.raises(Rejected) as caught:
            authorities.check(certificate, chain, at)
        assert caught.value.status == 403
    good.check(KEY.certificate, KEY.chain, AT)


def test_a_revoked_certificate_founds_nothing(tmp_path: Path) -> None:
    pki = DemoPki.create("tests of revocation here", AT)
    key = Pkcs12Key.open(pki.authorities[1].issue("organiser", "单位", pin="pin").p12, "pin")
    pki.authorities[1].revoke(key.certificate, AT)
    (tmp_path / "root.der").write_bytes(pki.roots[1])
    for number, crl in enumerate(pki.authorities[1].crls(AT + timedelta(hours=1))):
        (tmp_path / f"{number}.crl").write_bytes(crl)
    with pytest.raises(Rejected):
        Authorities.load(tmp_path).check(key.certificate, key.chain, AT + timedelta(hours=2))
