"""Envelopes and sealed content: opened by the right key alone, and by openssl; never a byte that was not authenticated."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from evalclient.crypto.cms import envelop, open_envelope, open_with_key, open_with_key_into, seal_with_key, tag_of
from evalclient.crypto.cms.auth_enveloped import AUTH_ENVELOPED_DATA
from evalclient.crypto.cms.key_agreement import AES256_WRAP
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import CertificateRefused, EnvelopeRefused, NotARecipient
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives import der
from evalclient.crypto.primitives.public_keys import public_key_der, public_key_of
from tests.builders.openssl import openssl, pem_pair

CONTENT = "密钥份额".encode() * 50
KEY = bytes(range(32))


def test_every_recipient_opens_it_and_nobody_else(person: Any) -> None:
    one, two = person("张伟"), person("王芳", 2, "rsa")
    session = ec.generate_private_key(ec.SECP256R1())
    envelope = envelop(CONTENT, [one.certificate, two.certificate, public_key_der(session.public_key())])
    for key in (one, two, session):
        assert open_envelope(envelope, key) == CONTENT
    for stranger in (person("李娜"), person("孙丽", 0, "rsa"), ec.generate_private_key(ec.SECP256R1())):
        with pytest.raises(NotARecipient):
            open_envelope(envelope, stranger)


def test_an_envelope_to_a_certified_key_without_its_certificate_opens(person: Any) -> None:
    for key in (person("张伟"), person("王芳", 2, "rsa")):
        envelope = envelop(CONTENT, [public_key_der(public_key_of(key.certificate))])
        assert open_envelope(envelope, key) == CONTENT


def test_a_recipient_that_is_neither_certificate_nor_key_is_refused() -> None:
    with pytest.raises(CertificateRefused):
        envelop(CONTENT, [b"neither"])
    with pytest.raises(ValueError, match="recipient"):
        envelop(CONTENT, [])


@pytest.mark.parametrize(("authority", "kind"), [(1, "ec"), (2, "rsa")])
def test_openssl_and_the_product_open_each_others_envelopes(
    authority: int, kind: Any, pki: DemoPki, tmp_path: Path
) -> None:
    credential = pki.authorities[authority].issue("钱进", "某某大学", pin="1", kind=kind)
    certificate, key = pem_pair(tmp_path, credential.p12, "1")
    (tmp_path / "ours").write_bytes(envelop(CONTENT, [credential.certificate]))
    opened = openssl(
        "cms", "-decrypt", "-inform", "DER", "-in", tmp_path / "ours", "-recip", certificate, "-inkey", key
    )
    assert opened == CONTENT
    (tmp_path / "content").write_bytes(CONTENT)
    options = (
        ["-keyopt", "ecdh_kdf_md:sha256"]
        if kind == "ec"
        else ["-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"]
    )
    encrypt = ["cms", "-encrypt", "-binary", "-aes-256-gcm", "-outform", "DER", "-in", tmp_path / "content"]
    theirs = openssl(*encrypt, "-recip", certificate, *options)
    assert open_envelope(theirs, Pkcs12Key.open(credential.p12, "1")) == CONTENT
    streamed = openssl(*encrypt, "-stream", "-recip", certificate, *options)
    assert open_envelope(streamed, Pkcs12Key.open(credential.p12, "1")) == CONTENT


def test_openssl_and_the_product_open_each_others_sealed_content(tmp_path: Path) -> None:
    (tmp_path / "ours").write_bytes(seal_with_key(CONTENT, KEY, b"technical"))
    secret = ["-secretkey", KEY.hex(), "-secretkeyid", b"technical".hex()]
    assert openssl("cms", "-decrypt", "-inform", "DER", "-in", tmp_path / "ours", *secret) == CONTENT
    (tmp_path / "content").write_bytes(CONTENT)
    theirs = openssl(
        *("cms", "-encrypt", "-binary", "-aes-256-gcm", "-outform", "DER", "-in", tmp_path / "content", *secret)
    )
    assert open_with_key(theirs, KEY, b"technical") == CONTENT


@pytest.mark.parametrize("size", [0, 1, 127, 128, 65535, 65536, 1 << 20])
def test_sealed_content_of_every_length_class_comes_back(size: int) -> None:
    content = os.urandom(size)
    sealed = seal_with_key(content, KEY, b"k")
    assert open_with_key(sealed, KEY, b"k") == content
    buffer = memoryview(bytearray(size + 7))
    assert open_with_key_into(sealed, KEY, b"k", buffer, tag_of(sealed)) == size
    assert bytes(buffer[:size]) == content


def test_sealing_twice_gives_other_bytes() -> None:
    assert seal_with_key(CONTENT, KEY, b"k") != seal_with_key(CONTENT, KEY, b"k")


def test_another_key_another_key_id_and_another_tag_are_refused() -> None:
    sealed = seal_with_key(CONTENT, KEY, b"k")
    with pytest.raises(NotARecipient):
        open_with_key(sealed, KEY, b"other")
    with pytest.raises(EnvelopeRefused):
        open_with_key(sealed, KEY[::-1], b"k")
    with pytest.raises(EnvelopeRefused):
        open_with_key_into(sealed, KEY, b"k", memoryview(bytearray(len(CONTENT))), bytes(16))
    with pytest.raises(EnvelopeRefused):
        open_with_key_into(sealed, KEY, b"k", memoryview(bytearray(len(CONTENT) - 1)))


def test_every_flipped_byte_and_every_truncation_of_sealed_content_is_refused_and_leaves_no_plaintext() -> None:
    sealed = seal_with_key(CONTENT, KEY, b"technical")
    chance = random.Random(20261124)
    buffer = bytearray(len(CONTENT))
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1 << chance.randrange(8)
        with pytest.raises(EnvelopeRefused):
            open_with_key_into(bytes(changed), KEY, b"technical", memoryview(buffer))
        assert not any(buffer)
    for length in range(len(sealed)):
        with pytest.raises(EnvelopeRefused):
            open_with_key(sealed[:length], KEY, b"technical")
    with pytest.raises(EnvelopeRefused):
        open_with_key(sealed + b"\0", KEY, b"technical")


@pytest.mark.parametrize("length", [4, 8, 12, 13, 15])
def test_a_shorter_tag_is_refused_even_where_openssl_accepts_it(length: int, tmp_path: Path) -> None:
    """RFC 5084 allows 12 to 16 bytes; everything else about this envelope is right."""
    short = _sealed_with_tag_of(length)
    (tmp_path / "short").write_bytes(short)
    secret = ["-secretkey", KEY.hex(), "-secretkeyid", b"k".hex()]
    if length >= 12:
        assert openssl("cms", "-decrypt", "-inform", "DER", "-in", tmp_path / "short", *secret) == CONTENT
    with pytest.raises(EnvelopeRefused):
        open_with_key(short, KEY, b"k")


def test_the_shell_built_for_the_test_above_is_right_but_for_the_tag() -> None:
    assert open_with_key(_sealed_with_tag_of(16), KEY, b"k") == CONTENT


def test_every_flipped_byte_of_an_envelope_is_refused_or_harmless(person: Any) -> None:
    """Bytes that name other recipients or versions carry no content; whatever opens, opens to the very content."""
    for key in (person("张伟"), person("王芳", 2, "rsa")):
        envelope = envelop(CONTENT, [key.certificate])
        chance = random.Random(20261124)
        for at in range(len(envelope)):
            changed = bytearray(envelope)
            changed[at] ^= 1 << chance.randrange(8)
            try:
                assert open_envelope(bytes(changed), key) == CONTENT
            except EnvelopeRefused:
                continue
        for length in range(0, len(envelope), 7):
            with pytest.raises(EnvelopeRefused):
                open_envelope(envelope[:length], key)


def _sealed_with_tag_of(length: int) -> bytes:
    content_key, nonce = bytes(32), bytes(12)
    sealed = AESGCM(content_key).encrypt(nonce, CONTENT, None)
    ciphertext, tag = sealed[:-16], sealed[-16:]
    recipient = der.value(
        0xA2,
        bytes.fromhex("020104"),
        der.value(der.SEQUENCE, der.value(der.OCTET_STRING, b"k")),
        AES256_WRAP,
        der.value(der.OCTET_STRING, aes_key_wrap(KEY, content_key)),
    )
    parameters = der.value(der.SEQUENCE, der.value(der.OCTET_STRING, nonce), der.value(der.INTEGER, bytes((length,))))
    content = der.value(
        der.SEQUENCE,
        bytes.fromhex("06092a864886f70d010701"),
        der.value(der.SEQUENCE, bytes.fromhex("060960864801650304012e"), parameters),
        der.value(0x80, ciphertext),
    )
    data = der.value(
        der.SEQUENCE,
        bytes.fromhex("020100"),
        der.value(der.SET, recipient),
        content,
        der.value(der.OCTET_STRING, tag[:length]),
    )
    return der.value(der.SEQUENCE, AUTH_ENVELOPED_DATA, der.value(0xA0, data))
