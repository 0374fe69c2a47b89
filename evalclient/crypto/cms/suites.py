"""What goes with a public key: the digest it signs with, the names of its signatures, and how one is checked.

International: RSA PKCS#1 v1.5 and ECDSA with SHA-256. SM: SM2 with SM3 and the default identity (GM/T 0009, GM/T 0006). Who
names an algorithm asks here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from evalclient.core.records.envelope import HashName
from evalclient.crypto.cms.key_agreement import PrivateKey
from evalclient.crypto.primitives.public_keys import PublicKey
from evalclient.crypto.primitives.sm2 import Sm2PrivateKey, Sm2PublicKey

SHA256: Final = "2.16.840.1.101.3.4.2.1"
SM3: Final = "1.2.156.10197.1.401"
#: sm2-with-sm3, as certificates name it
SM2_WITH_SM3: Final = "1.2.156.10197.1.501"


@dataclass(frozen=True, slots=True)
class Suite:
    """The algorithms of one kind of key. Object identifiers are dotted.

    ``signature`` is what is written, ``accepted`` what is read: other software names the key's algorithm where this names
    the signature's, or the other way.
    """

    digest: HashName
    digest_oid: str
    signature: str
    accepted: frozenset[str]

    def hash(self, data: bytes | memoryview) -> bytes:
        """The digest of ``data``, 32 bytes."""
        return hashlib.new(self.digest, data).digest()


_RSA: Final = Suite(
    "sha256", SHA256, "1.2.840.113549.1.1.1", frozenset({"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"})
)
_EC: Final = Suite("sha256", SHA256, "1.2.840.10045.4.3.2", frozenset({"1.2.840.10045.4.3.2"}))
#: sm2, sm2sign, sm2encrypt (which some software writes for both), sm2-with-sm3
_SM2_NAMES: Final = ("1.2.156.10197.1.301", "1.2.156.10197.1.301.1", "1.2.156.10197.1.301.3", SM2_WITH_SM3)
_SM2: Final = Suite("sm3", SM3, SM2_WITH_SM3, frozenset(_SM2_NAMES))


def suite_of(key: PublicKey) -> Suite:
    """The algorithms that go with a key."""
    if isinstance(key, rsa.RSAPublicKey):
        return _RSA
    return _SM2 if isinstance(key, Sm2PublicKey) else _EC


def verify_signature(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Check one bare signature over ``data`` by the suite of ``key``; InvalidSignature when it does not hold."""
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(key, Sm2PublicKey):
        key.verify(signature, data)
    else:
        key.verify(signature, data, ec.ECDSA(hashes.SHA256()))


def sign_with(private: PrivateKey, data: bytes) -> bytes:
    """A bare signature over ``data`` by the suite of a key in memory: RSA PKCS#1 v1.5, or DER of ECDSA or SM2."""
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    if isinstance(private, Sm2PrivateKey):
        return private.sign(data)
    return private.sign(data, ec.ECDSA(hashes.SHA256()))
