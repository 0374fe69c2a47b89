"""Key files: opened by the right PIN only, made by openssl or by us, and refused in a sentence otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from evalclient.core.ports import KeyHandle, WrappedKey
from evalclient.crypto.cms.key_agreement import wrap
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import EnvelopeRefused, KeyFileRefused, WrongPin
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.public_keys import public_key_of
from tests.builders.openssl import openssl, pem_pair

PIN = "密码：评标 2026"


@pytest.mark.parametrize(("authority", "kind"), [(1, "ec"), (0, "rsa")])
def test_a_key_file_opens_with_its_chinese_pin(authority: int, kind: Any, pki: DemoPki) -> None:
    issuer = pki.authorities[authority]
    credential = issuer.issue("欧阳建国", "某某大学", pin=PIN, kind=kind)
    key: KeyHandle = Pkcs12Key.open(credential.p12, PIN)
    assert key.certificate == key.encryption_certificate == credential.certificate
    assert key.chain == (issuer.intermediate_der,)
    wrapped = wrap(bytes(range(32)), public_key_of(key.certificate))
    assert key.unwrap(wrapped) == bytes(range(32))


@pytest.mark.parametrize("wrong", ["", "密码", PIN + " ", PIN[:-1]])
def test_a_wrong_pin_is_said_so_in_one_sentence(wrong: str, pki: DemoPki) -> None:
    credential = pki.authorities[1].issue("欧阳建国", "某某大学", pin=PIN)
    with pytest.raises(WrongPin) as refusal:
        Pkcs12Key.open(credential.p12, wrong)
    assert "口令不正确" in refusal.value.zh
    assert "PIN" in refusal.value.en


@pytest.mark.parametrize("junk", [b"", b"-----BEGIN CERTIFICATE-----", bytes(100), b"0" * (2 << 20)])
def test_a_file_that_is_no_key_file_is_said_so(junk: bytes) -> None:
    with pytest.raises(KeyFileRefused, match="not a key file"):
        Pkcs12Key.open(junk, PIN)


def test_a_file_without_a_key_or_with_a_key_of_another_kind_is_refused(pki: DemoPki) -> None:
    certificate = x509.load_der_x509_certificate(pki.roots[0])
    encryption = BestAvailableEncryption(PIN.encode())
    keyless = pkcs12.serialize_key_and_certificates(b"x", None, certificate, None, encryption)
    with pytest.raises(KeyFileRefused, match="no usable private key"):
        Pkcs12Key.open(keyless, PIN)
    odd = ed25519.Ed25519PrivateKey.generate()
    without_certificate = pkcs12.serialize_key_and_certificates(b"x", odd, None, None, encryption)
    with pytest.raises(KeyFileRefused, match="no usable private key"):
        Pkcs12Key.open(without_certificate, PIN)


@pytest.mark.parametrize("legacy", [[], ["-legacy"]])
def test_key_files_made_by_openssl_open(legacy: list[str], pki: DemoPki, tmp_path: Path) -> None:
    credential = pki.authorities[1].issue("欧阳建国", "某某大学", pin=PIN)
    certificate, key = pem_pair(tmp_path, credential.p12, PIN)
    made = openssl(
        *("pkcs12", "-export", *legacy, "-inkey", key, "-in", certificate, "-passout", "pass:secret-4711"),
        *("-name", "someone"),
    )
    assert Pkcs12Key.open(made, "secret-4711").certificate == credential.certificate


def test_a_key_does_not_open_what_was_wrapped_for_another_or_in_another_way(person: Any) -> None:
    ec_key, rsa_key = person("张伟"), person("王芳", 2, "rsa")
    for mine, other in ((ec_key, person("李娜")), (rsa_key, person("孙丽", 0, "rsa"))):
        with pytest.raises(EnvelopeRefused):
            mine.unwrap(wrap(bytes(32), public_key_of(other.certificate)))
    with pytest.raises(EnvelopeRefused):
        ec_key.unwrap(wrap(bytes(32), public_key_of(rsa_key.certificate)))
    with pytest.raises(EnvelopeRefused):
        rsa_key.unwrap(wrap(bytes(32), public_key_of(ec_key.certificate)))
    with pytest.raises(EnvelopeRefused):
        ec_key.unwrap(WrappedKey("ecdh-x963", b"x" * 40, b"no key", b""))
