"""Content sealed under a symmetric key in the SM suite: EncryptedData (RFC 5652) with SM4-CBC, a key of its own per part.

``openssl cms -EncryptedData_decrypt -inform DER -secretkey KEY`` opens it. It has no tag: whoever opens it states the SM3
that something signed says of the whole part, and nothing is decrypted before that has held.
"""

from __future__ import annotations

import hashlib
import hmac

from evalclient.crypto.cms.auth_enveloped import damaged, malformed
from evalclient.crypto.cms.sm_envelopes import SM4_KEY_BYTES, sm4_cbc, sm4_cbc_opened, sm4_identifier, sm4_vector
from evalclient.crypto.primitives import der

_PART_LINE = b"evalclient-part-key/1\n"
_ENCRYPTED_DATA = bytes.fromhex("06092a864886f70d010706")
_DATA = bytes.fromhex("06092a864886f70d010701")
_VERSION_0 = bytes.fromhex("020100")


def part_key(key: bytes, part: str) -> bytes:
    """What opens this part alone: HMAC-SM3 under ``key`` (32 bytes), 32 bytes, of which SM4 uses the first half."""
    return hmac.digest(key, _PART_LINE + part.encode(), "sm3")


def seal(content: bytes | memoryview, key: bytes) -> bytes:
    """EncryptedData (DER) of ``content`` under the part's ``key`` (32 bytes), which seals nothing else."""
    vector, ciphertext = sm4_cbc(content, key[:SM4_KEY_BYTES])
    encrypted = der.value(der.SEQUENCE, _DATA, sm4_identifier(vector), der.value(0x80, ciphertext))
    data = der.value(der.SEQUENCE, _VERSION_0, encrypted)
    return der.value(der.SEQUENCE, _ENCRYPTED_DATA, der.value(0xA0, data))


def open_part(untrusted: bytes | memoryview, key: bytes, sm3: bytes) -> bytes:
    """The content, once the part has the digest ``sm3``; EnvelopeRefused when it has not, is malformed or another key's."""
    if not hmac.compare_digest(hashlib.new("sm3", untrusted).digest(), sm3):
        raise damaged()
    try:
        outer = der.DerReader(memoryview(untrusted))
        info = outer.enter(der.SEQUENCE)
        outer.finish()
        info.expect(_ENCRYPTED_DATA)
        explicit = info.enter(0xA0)
        info.finish()
        data = explicit.enter(der.SEQUENCE)
        explicit.finish()
        data.expect(_VERSION_0)
        content = data.enter(der.SEQUENCE)
        data.finish()
        content.expect(_DATA)
        vector = sm4_vector(content.enter(der.SEQUENCE))
        ciphertext = content.take(0x80)
        content.finish()
    except ValueError as error:
        raise malformed(error) from error
    return sm4_cbc_opened(vector, ciphertext, key[:SM4_KEY_BYTES])
