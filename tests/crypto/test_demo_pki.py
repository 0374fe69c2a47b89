"""The demonstration authorities: the same seed gives the same keys, and every name says what they are."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.crypto.demo.keys import private_key
from evalclient.crypto.demo.pki import MARK, DemoPki
from evalclient.crypto.primitives.public_keys import public_key_der
from tests.builders.openssl import openssl, pem_file

_PROGRAM = """
import hashlib, sys
from datetime import datetime
from evalclient.crypto.demo.pki import DemoPki
pki = DemoPki.create(sys.argv[1], datetime.fromisoformat(sys.argv[2]))
person = pki.authorities[0].issue("张伟", "某某大学", pin="1", kind="rsa").certificate
print(hashlib.sha256(b"".join((*pki.roots, *pki.intermediates, *pki.cross_certificates, person))).hexdigest())
"""


def test_the_same_seed_gives_the_same_certificates_in_another_process(day: datetime) -> None:
    def digest(seed: str) -> str:
        command = [sys.executable, "-c", _PROGRAM, seed, day.isoformat()]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert digest("one") == digest("one") != digest("two")


def test_every_name_is_marked(pki: DemoPki) -> None:
    person = pki.authorities[1].issue("张伟", "某某大学", pin="1").certificate
    for der in (*pki.roots, *pki.intermediates, *pki.cross_certificates, person):
        certificate = x509.load_der_x509_certificate(der)
        assert MARK in certificate.subject.rfc4514_string()
        assert MARK in certificate.issuer.rfc4514_string()


def test_openssl_accepts_paths_and_lists(pki: DemoPki, day: datetime, tmp_path: Path) -> None:
    roots = pem_file(tmp_path / "roots.pem", pki.roots[:1])
    others = pem_file(tmp_path / "others.pem", (*pki.intermediates, *pki.cross_certificates))
    lists = b"".join(x509.load_der_x509_crl(crl).public_bytes(Encoding.PEM) for crl in pki.crls(day))
    (tmp_path / "lists.pem").write_bytes(lists)
    for authority in pki.authorities:
        certificate = authority.issue("张伟", "某某大学", pin="1").certificate
        person = pem_file(tmp_path / "person.pem", [certificate])
        openssl(
            *("verify", "-x509_strict", "-attime", int(day.timestamp()), "-crl_check", "-CAfile", roots),
            *("-CRLfile", tmp_path / "lists.pem", "-untrusted", others, person),
        )


def test_keys_of_different_labels_and_seeds_differ() -> None:
    numbers = {
        public_key_der(private_key(seed, label, kind).public_key())
        for seed in (b"a", b"b")
        for label in ("x", "y")
        for kind in ("ec", "sm2")
    }
    assert len(numbers) == 8
