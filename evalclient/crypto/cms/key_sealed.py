"""Content sealed under a symmetric key: AuthEnvelopedData with one KEKRecipientInfo (AES-256 key wrap).

``openssl cms -decrypt -inform DER -secretkey KEY -secretkeyid ID`` opens it. Volumes and manifests of bid packages.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from evalclient.crypto.cms.auth_enveloped import (
    KEY_BYTES,
    Shell,
    damaged,
    decrypt,
    decrypt_into,
    encrypt,
    malformed,
    parse_shell,
)
from evalclient.crypto.errors import NotARecipient
from evalclient.crypto.primitives import der

_KEK_RECIPIENT = 0xA2
_VERSION_4 = bytes.fromhex("020104")
_AES256_WRAP = bytes.fromhex("300b060960864801650304012d")


def seal_with_key(content: bytes | memoryview, key: bytes, key_id: bytes) -> bytes:
    """Seal ``content`` (DER) under ``key`` (32 bytes), which readers find by ``key_id``."""
    if len(key) != KEY_BYTES:
        raise ValueError("key must have 32 bytes")
    content_key = secrets.token_bytes(KEY_BYTES)
    recipient = der.value(
        _KEK_RECIPIENT,
        _VERSION_4,
        der.value(der.SEQUENCE, der.value(der.OCTET_STRING, key_id)),
        _AES256_WRAP,
        der.value(der.OCTET_STRING, aes_key_wrap(key, content_key)),
    )
    return encrypt(content, content_key, recipient)


def open_with_key(untrusted: bytes | memoryview, key: bytes, key_id: bytes) -> bytes:
    """The authenticated content; EnvelopeRefused when malformed or damaged, NotARecipient for another key's id."""
    shell, content_key = _unlock(untrusted, key, key_id)
    return decrypt(shell, content_key)


def content_key(untrusted: bytes | memoryview, key: bytes, key_id: bytes) -> bytes:
    """The key of this content alone, 32 bytes: who gets it can open nothing else that ``key`` seals. Errors as above."""
    return _unlock(untrusted, key, key_id)[1]


def open_with_content_key(untrusted: bytes | memoryview, key: bytes) -> bytes:
    """The authenticated content, by its own key; EnvelopeRefused when malformed, damaged or another's key."""
    return decrypt(_parse(untrusted), key)


def open_with_key_into(
    untrusted: bytes | memoryview, key: bytes, key_id: bytes, buffer: memoryview, tag: bytes | None = None
) -> int:
    """The same into ``buffer``, which holds zeros after a refusal; returns the length.

    ``tag``, if given, is the GCM tag the volume must carry: it ties the volume to its place in the signed manifest.
    """
    shell, content_key = _unlock(untrusted, key, key_id)
    if tag is not None and not secrets.compare_digest(shell.tag, tag):
        raise damaged()
    if len(buffer) < len(shell.ciphertext):
        raise malformed(ValueError("longer than stated"))
    return decrypt_into(shell, content_key, buffer)


def tag_of(untrusted: bytes | memoryview) -> bytes:
    """GCM tag of sealed content, unchecked; EnvelopeRefused when malformed."""
    return _parse(untrusted).tag


def _parse(untrusted: bytes | memoryview) -> Shell:
    try:
        return parse_shell(memoryview(untrusted))
    except ValueError as error:
        raise malformed(error) from error


def _unlock(untrusted: bytes | memoryview, key: bytes, key_id: bytes) -> tuple[Shell, bytes]:
    shell = _parse(untrusted)
    try:
        recipients = der.DerReader(shell.recipients)
        recipient = recipients.enter(_KEK_RECIPIENT)
        recipients.finish()
        recipient.expect(_VERSION_4)
        identifier = recipient.enter(der.SEQUENCE)
        found = bytes(identifier.take(der.OCTET_STRING))
        identifier.finish()
        recipient.expect(_AES256_WRAP)
        wrapped = bytes(recipient.take(der.OCTET_STRING))
        recipient.finish()
    except ValueError as error:
        raise malformed(error) from error
    if found != key_id:
        raise NotARecipient(
            "该内容是用另一把密钥加密的，请核对是否选对了投标文件。",
            "The content is encrypted under another key; check that this is the right package.",
        )
    try:
        content_key = aes_key_unwrap(key, wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise damaged() from error
    if len(content_key) != KEY_BYTES:
        raise malformed(ValueError("content key has the wrong length"))
    return shell, content_key
