"""CAdES signatures: made here and checked by openssl, made by openssl and checked here, and refused when changed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms

from evalclient.crypto.cms import open_attached, sign_attached, sign_detached, verify_detached
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import SignatureRefused
from evalclient.crypto.keys import Pkcs12Key
from tests.builders.openssl import openssl, pem_file, pem_pair

CONTENT = b"evalclient-record/1\n" + "评分记录".encode() * 40
SIGNERS = [("张伟", 1, "ec"), ("李娜", 0, "ec"), ("王芳", 2, "rsa")]


@pytest.fixture(params=SIGNERS, ids=["ec-under-ec", "ec-under-rsa", "rsa-under-ec"])
def signer(request: pytest.FixtureRequest, person: Any) -> Pkcs12Key:
    key: Pkcs12Key = person(*request.param)
    return key


def test_a_detached_signature_names_signer_chain_and_time(signer: Pkcs12Key, day: datetime) -> None:
    local = day.astimezone(timezone(timedelta(hours=8)))
    found = verify_detached(CONTENT, sign_detached(CONTENT, signer, local))
    assert (found.certificate, found.chain, found.claimed_at) == (signer.certificate, signer.chain, day)


def test_an_attached_signature_gives_its_content_back(signer: Pkcs12Key, day: datetime) -> None:
    content, found = open_attached(sign_attached(CONTENT, signer, day))
    assert content == CONTENT
    assert found.certificate == signer.certificate


def test_openssl_verifies_what_the_product_signs(
    signer: Pkcs12Key, pki: DemoPki, day: datetime, tmp_path: Path
) -> None:
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "detached.p7s").write_bytes(sign_detached(CONTENT, signer, day))
    (tmp_path / "attached.p7m").write_bytes(sign_attached(CONTENT, signer, day))
    roots = pem_file(tmp_path / "roots.pem", pki.roots)
    common = ["-cades", "-binary", "-inform", "DER", "-CAfile", str(roots), "-attime", str(int(day.timestamp()))]
    detached = openssl("cms", "-verify", *common, "-in", tmp_path / "detached.p7s", "-content", tmp_path / "content")
    attached = openssl("cms", "-verify", *common, "-in", tmp_path / "attached.p7m")
    assert detached == attached == CONTENT


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_the_product_verifies_what_openssl_signs(kind: Any, pki: DemoPki, tmp_path: Path) -> None:
    credential = pki.authorities[1].issue("赵强", "某某大学", pin="1", kind=kind)
    (tmp_path / "content").write_bytes(CONTENT)
    certificate, key = pem_pair(tmp_path, credential.p12, "1")
    command = ["-sign", "-cades", "-binary", "-md", "sha256", "-outform", "DER", "-in", tmp_path / "content"]
    signature = openssl("cms", *command, "-signer", certificate, "-inkey", key)
    assert verify_detached(CONTENT, signature).certificate == credential.certificate
    attached = openssl("cms", *command, "-nodetach", "-signer", certificate, "-inkey", key)
    assert open_attached(attached)[0] == CONTENT


def test_a_signature_without_the_certificate_attribute_is_refused(pki: DemoPki, tmp_path: Path) -> None:
    credential = pki.authorities[1].issue("赵强", "某某大学", pin="1")
    (tmp_path / "content").write_bytes(CONTENT)
    certificate, key = pem_pair(tmp_path, credential.p12, "1")
    plain = openssl(
        *("cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER"),
        *("-in", tmp_path / "content", "-signer", certificate, "-inkey", key),
    )
    with pytest.raises(SignatureRefused):
        verify_detached(CONTENT, plain)


def test_other_content_is_refused(signer: Pkcs12Key, day: datetime) -> None:
    signature = sign_detached(CONTENT, signer, day)
    with pytest.raises(SignatureRefused) as refusal:
        verify_detached(CONTENT + b" ", signature)
    assert "签名" in refusal.value.zh


def test_attached_and_detached_are_not_exchanged(signer: Pkcs12Key, day: datetime) -> None:
    with pytest.raises(SignatureRefused):
        verify_detached(CONTENT, sign_attached(CONTENT, signer, day))
    with pytest.raises(SignatureRefused):
        open_attached(sign_detached(CONTENT, signer, day))


def test_a_twin_certificate_of_the_same_key_is_refused(pki: DemoPki, person: Any, day: datetime) -> None:
    """Same key, issuer and serial number, other bytes: what signing-certificate-v2 is for."""
    signer = person("张伟")
    info = asn1_cms.ContentInfo.load(sign_detached(CONTENT, signer, day))
    twin = asn1_cms.CertificateChoices.load(signer.certificate).chosen.copy()
    twin["signature_value"] = twin["signature_value"].native[:-1] + b"\x00"
    choices = [asn1_cms.CertificateChoices("certificate", twin)]
    info["content"]["certificates"] = asn1_cms.CertificateSet(choices)
    with pytest.raises(SignatureRefused, match="another certificate"):
        verify_detached(CONTENT, info.dump(force=True))


def test_every_flipped_byte_and_every_truncation_is_refused_or_harmless(person: Any, day: datetime) -> None:
    """A changed signature either is refused, in the one way, or still names the same signer and time."""
    signer = person("张伟")
    signature = sign_detached(CONTENT, signer, day)
    genuine = verify_detached(CONTENT, signature)
    chance = random.Random(20261124)
    survivors = 0
    for at in range(len(signature)):
        changed = bytearray(signature)
        changed[at] ^= 1 << chance.randrange(8)
        try:
            found = verify_detached(CONTENT, bytes(changed))
        except SignatureRefused:
            continue
        survivors += 1
        assert (found.certificate, found.claimed_at) == (genuine.certificate, genuine.claimed_at)
    assert survivors < len(signer.chain[0]) + 40  # the chain is not signed, its path validation finds out
    for length in range(len(signature)):
        with pytest.raises(SignatureRefused):
            verify_detached(CONTENT, signature[:length])


@pytest.mark.parametrize("junk", [b"", b"\x30", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"{}", bytes(2 << 20)])
def test_junk_is_refused(junk: bytes) -> None:
    with pytest.raises(SignatureRefused):
        verify_detached(CONTENT, junk)


def test_a_time_without_zone_is_a_programming_error(person: Any, day: datetime) -> None:
    with pytest.raises(ValueError, match="time zone"):
        sign_detached(CONTENT, person("张伟"), day.replace(tzinfo=None))


def test_a_key_that_answers_nonsense_is_found_out(person: Any, day: datetime) -> None:
    class WornToken(Pkcs12Key):
        def sign(self, data: bytes) -> bytes:
            return super().sign(data + b"!")

    good = person("张伟")
    worn = WornToken(good._signing, None, good.chain)
    with pytest.raises(SignatureRefused, match="its own certificate"):
        sign_detached(CONTENT, worn, day)
