"""Envelopes of the SM suite: EnvelopedData of GB/T 35275 with the key under SM2 and the content under SM4-CBC.

They carry no tag. SM2 authenticates the key (its digest C3); the content is always part of something that is signed, a
record or the seal of a package, whose signature is checked first.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import cms
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from evalclient.crypto.cms.auth_enveloped import damaged
from evalclient.crypto.primitives import der

SM4_KEY_BYTES: Final = 16
#: AlgorithmIdentifier of SM2 encryption (sm2encrypt), without parameters
SM2_ENCRYPTION: Final = bytes.fromhex("300b06092a811ccf5501822d03")
SM4_CBC: Final = bytes.fromhex("06082a811ccf55016802")
#: plain sm4 with an initialisation vector means CBC, too (GB/T 35275, 7)
_SM4: Final = bytes.fromhex("06072a811ccf550168")
SM4_NAMES: Final = (SM4_CBC, _SM4)
_ENVELOPED_DATA: Final = bytes.fromhex("060a2a811ccf550601040203")
_DATA: Final = bytes.fromhex("060a2a811ccf550601040201")
_VERSION_1: Final = bytes.fromhex("020101")
_BLOCK: Final = 16


@dataclass(frozen=True, slots=True)
class SmShell:
    """Initialisation vector and ciphertext of one envelope."""

    vector: bytes
    ciphertext: memoryview


def encrypt(content: bytes, key: bytes, recipient_infos: Sequence[bytes]) -> bytes:
    """EnvelopedData (DER) of ``content`` under the fresh ``key`` (16 bytes) that the recipients' infos wrap."""
    vector, ciphertext = sm4_cbc(content, key)
    encrypted = der.value(der.SEQUENCE, _DATA, sm4_identifier(vector), der.value(0x80, ciphertext))
    data = der.value(der.SEQUENCE, _VERSION_1, der.value(der.SET, *sorted(recipient_infos)), encrypted)
    return der.value(der.SEQUENCE, _ENVELOPED_DATA, der.value(0xA0, data))


def is_sm_envelope(untrusted: bytes) -> bool:
    """Whether the bytes begin as EnvelopedData of GB/T 35275; nothing of it is checked."""
    return _ENVELOPED_DATA in untrusted[:24]


def parse(untrusted: bytes) -> tuple[SmShell, Any]:
    """Shell and RecipientInfos (asn1crypto) of an envelope; ValueError for anything else."""
    outer = der.DerReader(memoryview(untrusted))
    info = outer.enter(der.SEQUENCE)
    outer.finish()
    info.expect(_ENVELOPED_DATA)
    explicit = info.enter(0xA0)
    info.finish()
    data = explicit.enter(der.SEQUENCE)
    explicit.finish()
    data.take(der.INTEGER)
    recipients = bytes(data.take(der.SET))
    content = data.enter(der.SEQUENCE)
    data.finish()
    content.expect(_DATA)
    vector = sm4_vector(content.enter(der.SEQUENCE))
    ciphertext = content.take(0x80)
    content.finish()
    return SmShell(vector, ciphertext), cms.RecipientInfos.load(der.value(der.SET, recipients), strict=True)


def decrypt(shell: SmShell, key: bytes) -> bytes:
    """The content; EnvelopeRefused where it does not decrypt. That it was not changed is for the signature around it."""
    return sm4_cbc_opened(shell.vector, shell.ciphertext, key)


def sm4_identifier(vector: bytes) -> bytes:
    """AlgorithmIdentifier (DER) of SM4-CBC with its initialisation vector."""
    return der.value(der.SEQUENCE, SM4_CBC, der.value(der.OCTET_STRING, vector))


def sm4_vector(algorithm: der.DerReader) -> bytes:
    """The initialisation vector of an SM4-CBC AlgorithmIdentifier; ValueError for another algorithm."""
    name = bytes(algorithm.take(der.OBJECT_IDENTIFIER))
    vector = bytes(algorithm.take(der.OCTET_STRING))
    algorithm.finish()
    if name not in (SM4_CBC[2:], _SM4[2:]) or len(vector) != _BLOCK:
        raise ValueError("content is not encrypted by SM4-CBC")
    return vector


def sm4_cbc(content: bytes | memoryview, key: bytes) -> tuple[bytes, bytes]:
    """A fresh initialisation vector and the padded ciphertext of ``content``."""
    vector = secrets.token_bytes(_BLOCK)
    encryptor = Cipher(SM4(key), CBC(vector)).encryptor()
    missing = _BLOCK - len(content) % _BLOCK
    return vector, encryptor.update(content) + encryptor.update(bytes((missing,)) * missing) + encryptor.finalize()


def sm4_cbc_opened(vector: bytes, untrusted_ciphertext: memoryview, key: bytes) -> bytes:
    """The content of a padded ciphertext; EnvelopeRefused where key or padding do not hold."""
    try:
        decryptor = Cipher(SM4(key), CBC(vector)).decryptor()
        # the padding is in the last block: unpadding that alone spares a copy of the whole
        head = decryptor.update(untrusted_ciphertext[:-_BLOCK])
        tail = decryptor.update(untrusted_ciphertext[-_BLOCK:]) + decryptor.finalize()
    except ValueError as error:
        raise damaged() from error
    return head + unpadded(tail)


def unpadded(padded: bytes) -> bytes:
    """Content without its padding (PKCS#7); EnvelopeRefused where that does not hold."""
    unpadder = PKCS7(8 * _BLOCK).unpadder()
    try:
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError as error:
        raise damaged() from error
