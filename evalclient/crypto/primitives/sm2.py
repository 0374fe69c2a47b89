"""SM2 (GB/T 32918): signatures with SM3, small envelopes, keys. Made by libcrypto; what is fixed by the standard stands here.

The curve is sm2p256v1 (GB/T 32918.5). A signature is the DER of r and s; a ciphertext the DER SM2Cipher of GM/T 0009
(x, y, SM3 digest, content), in the standard's order C1 C3 C2.
"""

from __future__ import annotations

import ctypes
import hashlib
import secrets
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature

from evalclient.crypto.primitives import der
from evalclient.crypto.primitives.libcrypto import decoded, encoded, libcrypto, missing

#: what signers are called where nothing else is agreed (GM/T 0009, 10)
DEFAULT_ID: Final = b"1234567812345678"
#: order of the base point
ORDER: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
POINT_BYTES: Final = 65
#: more than any wrapped key needs
MOST_CIPHER_BYTES: Final = 1 << 16
_CURVE: Final = bytes.fromhex(
    "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"  # a
    "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"  # b
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"  # x of the base point
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"  # y
)
#: AlgorithmIdentifier: id-ecPublicKey on sm2p256v1
ALGORITHM: Final = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d")
_VERSION_0: Final = bytes.fromhex("020100")
_VERSION_1: Final = bytes.fromhex("020101")
_CURVE_NAME: Final = bytes.fromhex("06082a811ccf5501822d")


@dataclass(frozen=True, slots=True)
class Sm2PublicKey:
    """A public key: its point, 65 bytes uncompressed, on the curve. Make it with ``public_key_from`` or ``load_spki``."""

    point: bytes

    def public_bytes(self) -> bytes:
        """SubjectPublicKeyInfo (DER)."""
        return der.value(der.SEQUENCE, ALGORITHM, der.value(0x03, b"\0" + self.point))

    def verify(self, untrusted_signature: bytes, data: bytes | memoryview, identity: bytes = DEFAULT_ID) -> None:
        """InvalidSignature unless the signature (DER) over ``data`` holds for the signer's ``identity``."""
        digest = message_digest(self, data, identity)
        with _context(_loaded(self.point).pointer, "verify") as context:
            library = libcrypto()
            holds = library.EVP_PKEY_verify(context, untrusted_signature, len(untrusted_signature), digest, len(digest))
            library.ERR_clear_error()
        if holds != 1:
            raise InvalidSignature("SM2")

    def encrypt(self, content: bytes) -> bytes:
        """SM2Cipher (DER) of a short content, 1…4096 bytes."""
        if not 1 <= len(content) <= 4096:
            raise ValueError("SM2 encrypts short contents only")
        return _transformed(_loaded(self.point).pointer, "encrypt", content)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Sm2PrivateKey:
    """A private key inside libcrypto, which overwrites it when the object goes. May be used from several threads."""

    _loaded: _Loaded
    _public: Sm2PublicKey = field()

    def public_key(self) -> Sm2PublicKey:
        """Its public half."""
        return self._public

    def sign(self, data: bytes | memoryview, identity: bytes = DEFAULT_ID) -> bytes:
        """Signature (DER) over ``data``, randomised."""
        return self.sign_digest(message_digest(self._public, data, identity))

    def sign_digest(self, digest: bytes) -> bytes:
        """Signature (DER) over what ``message_digest`` gave, as tokens sign."""
        if len(digest) != 32:
            raise ValueError("an SM3 digest has 32 bytes")
        return _transformed(self._loaded.pointer, "sign", digest)

    def decrypt(self, untrusted_cipher: bytes) -> bytes:
        """The content of an SM2Cipher (DER); ValueError where it is malformed, damaged, or made for another key."""
        if len(untrusted_cipher) > MOST_CIPHER_BYTES:
            raise ValueError("larger than any wrapped key")
        if from_compact(compact(untrusted_cipher)) != untrusted_cipher:
            raise ValueError("the ciphertext is not DER")
        return _transformed(self._loaded.pointer, "decrypt", untrusted_cipher)

    def scalar(self) -> int:
        """The secret number itself: to write it into a key file, nothing else."""
        reader = der.DerReader(memoryview(encoded("i2d_PrivateKey", self._loaded.pointer)))
        return _scalar_in(reader.enter(der.SEQUENCE))[0]

    def private_bytes(self) -> bytes:
        """PrivateKeyInfo (PKCS#8 DER, unencrypted) around ECPrivateKey (RFC 5915)."""
        key = der.value(
            der.SEQUENCE,
            _VERSION_1,
            der.value(der.OCTET_STRING, self.scalar().to_bytes(32, "big")),
            der.value(0xA1, der.value(0x03, b"\0" + self._public.point)),
        )
        return der.value(der.SEQUENCE, _VERSION_0, ALGORITHM, der.value(der.OCTET_STRING, key))


def generate() -> Sm2PrivateKey:
    """A fresh key."""
    return private_key_from(1 + secrets.randbelow(ORDER - 2))


def private_key_from(scalar: int) -> Sm2PrivateKey:
    """The key of a secret number; ValueError unless it lies in 1…n-2 (GB/T 32918.1, 6.1)."""
    if not 1 <= scalar <= ORDER - 2:
        raise ValueError("not a private key of this curve")
    key = der.value(der.SEQUENCE, _VERSION_1, der.value(der.OCTET_STRING, scalar.to_bytes(32, "big")))
    loaded = _loaded_by(
        "d2i_AutoPrivateKey", der.value(der.SEQUENCE, _VERSION_0, ALGORITHM, der.value(der.OCTET_STRING, key))
    )
    return Sm2PrivateKey(loaded, load_spki(encoded("i2d_PUBKEY", loaded.pointer)))


def load_private_key(untrusted_pkcs8: bytes) -> Sm2PrivateKey:
    """A key from its PrivateKeyInfo (PKCS#8 DER); ValueError where it is none, or its public half is another's."""
    outer = der.DerReader(memoryview(untrusted_pkcs8))
    info = outer.enter(der.SEQUENCE)
    outer.finish()
    info.expect(_VERSION_0)
    info.expect(ALGORITHM)
    held = info.enter(der.OCTET_STRING)
    scalar, point = _scalar_in(held.enter(der.SEQUENCE))
    held.finish()
    if info.more():
        info.take(0xA0)  # attributes, which say nothing of the key
    info.finish()
    key = private_key_from(scalar)
    if point is not None and point != key.public_key().point:
        raise ValueError("public and private half do not belong together")
    return key


def public_key_from(untrusted_point: bytes) -> Sm2PublicKey:
    """The key at a point (65 bytes, uncompressed); ValueError unless it lies on the curve."""
    if len(untrusted_point) != POINT_BYTES or untrusted_point[0] != 4:
        raise ValueError("not an uncompressed point")
    _loaded(untrusted_point)
    return Sm2PublicKey(untrusted_point)


def load_spki(untrusted_spki: bytes) -> Sm2PublicKey:
    """The key of a SubjectPublicKeyInfo (DER); ValueError where it is none on this curve."""
    outer = der.DerReader(memoryview(untrusted_spki))
    info = outer.enter(der.SEQUENCE)
    outer.finish()
    info.expect(ALGORITHM)
    point = _whole_bytes(info.take(0x03))
    info.finish()
    return public_key_from(point)


def is_spki(untrusted_spki: bytes) -> bool:
    """Whether a SubjectPublicKeyInfo says that it is of this curve; nothing of it is checked."""
    return untrusted_spki[2 : 2 + len(ALGORITHM)] == ALGORITHM


def is_private_key(untrusted_pkcs8: bytes) -> bool:
    """Whether a PrivateKeyInfo (PKCS#8 DER) says that it is of this curve; nothing of it is checked."""
    return _VERSION_0 + ALGORITHM in untrusted_pkcs8[:64]


def message_digest(signer: Sm2PublicKey, data: bytes | memoryview, identity: bytes = DEFAULT_ID) -> bytes:
    """What is signed: SM3 over Z and ``data`` (GB/T 32918.2, 6.1), 32 bytes."""
    hashed = hashlib.new("sm3", _identity_digest(signer.point, identity))
    hashed.update(data)
    return hashed.digest()


def compact(untrusted_cipher: bytes) -> bytes:
    """C1 C3 C2 in one run (04, x, y, digest, content) of an SM2Cipher (DER), as tokens take it; ValueError."""
    outer = der.DerReader(memoryview(untrusted_cipher))
    parts = outer.enter(der.SEQUENCE)
    outer.finish()
    x, y = (int.from_bytes(parts.take(der.INTEGER), "big") for _ in range(2))
    digest, content = bytes(parts.take(der.OCTET_STRING)), bytes(parts.take(der.OCTET_STRING))
    parts.finish()
    if max(x, y) >> 256 or len(digest) != 32:
        raise ValueError("not an SM2 ciphertext")
    return b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big") + digest + content


def from_compact(untrusted_run: bytes) -> bytes:
    """SM2Cipher (DER) of C1 C3 C2 in one run; ValueError."""
    if len(untrusted_run) <= POINT_BYTES + 32 or untrusted_run[0] != 4:
        raise ValueError("not an SM2 ciphertext")
    x, y = untrusted_run[1:33], untrusted_run[33:65]
    digest, content = untrusted_run[65:97], untrusted_run[97:]
    return der.value(
        der.SEQUENCE,
        _integer(x),
        _integer(y),
        der.value(der.OCTET_STRING, digest),
        der.value(der.OCTET_STRING, content),
    )


class _Loaded:
    """An EVP_PKEY, freed with the object."""

    __slots__ = ("__weakref__", "pointer")

    def __init__(self, pointer: int) -> None:
        self.pointer = pointer
        weakref.finalize(self, libcrypto().EVP_PKEY_free, pointer)


@lru_cache(maxsize=1024)
def _loaded(point: bytes) -> _Loaded:
    return _loaded_by("d2i_PUBKEY", Sm2PublicKey(point).public_bytes())


def _loaded_by(function: str, data: bytes) -> _Loaded:
    pointer = decoded(function, data)
    if pointer is None:
        _require_curve()
        raise ValueError("not a key on this curve")
    loaded = _Loaded(pointer)
    if libcrypto().EVP_PKEY_is_a(pointer, b"SM2") != 1:
        raise missing()
    return loaded


@lru_cache(maxsize=1)
def _require_curve() -> None:
    """SuiteMissing where libcrypto was built without SM2: the base point is a key everywhere else."""
    base = Sm2PublicKey(b"\x04" + _CURVE[64:])
    pointer = decoded("d2i_PUBKEY", base.public_bytes())
    if pointer is None:
        raise missing()
    libcrypto().EVP_PKEY_free(pointer)


@lru_cache(maxsize=1024)
def _identity_digest(point: bytes, identity: bytes) -> bytes:
    """Z of GB/T 32918.2, 5.5: who signs, on which curve, with which key."""
    bits = (8 * len(identity)).to_bytes(2, "big")
    return hashlib.new("sm3", bits + identity + _CURVE + point[1:]).digest()


@contextmanager
def _context(key: int, act: str) -> Iterator[int]:
    library = libcrypto()
    context = library.EVP_PKEY_CTX_new(key, None)
    try:
        if not context or getattr(library, f"EVP_PKEY_{act}_init")(context) != 1:
            library.ERR_clear_error()
            raise missing()
        yield context
    finally:
        library.EVP_PKEY_CTX_free(context)


def _transformed(key: int, act: str, data: bytes) -> bytes:
    """What ``EVP_PKEY_sign``, ``_encrypt`` or ``_decrypt`` makes of ``data``; ValueError where it makes nothing."""
    room = len(data) + 512
    out = ctypes.create_string_buffer(room)
    length = ctypes.c_size_t(room)
    library = libcrypto()
    transform: Callable[..., int] = getattr(library, f"EVP_PKEY_{act}")
    try:
        with _context(key, act) as context:
            if transform(context, out, ctypes.byref(length), data, len(data)) != 1:
                library.ERR_clear_error()
                raise ValueError("SM2 refuses the data")
        return out.raw[: length.value]
    finally:
        ctypes.memset(out, 0, room)


def _scalar_in(key: der.DerReader) -> tuple[int, bytes | None]:
    """Scalar and, where it stands there, point of an ECPrivateKey (RFC 5915)."""
    key.expect(_VERSION_1)
    scalar = bytes(key.take(der.OCTET_STRING))
    if key.more() and key.peek() == 0xA0:
        curve = key.enter(0xA0)
        curve.expect(_CURVE_NAME)
        curve.finish()
    point = None
    if key.more():
        public = key.enter(0xA1)
        point = _whole_bytes(public.take(0x03))
        public.finish()
    key.finish()
    if len(scalar) > 32:
        raise ValueError("not a private key of this curve")
    return int.from_bytes(scalar, "big"), point


def _whole_bytes(bits: memoryview) -> bytes:
    if bytes(bits[:1]) != b"\0":
        raise ValueError("unexpected structure")
    return bytes(bits[1:])


def _integer(number: bytes) -> bytes:
    content = number.lstrip(b"\0") or b"\0"
    return der.value(der.INTEGER, b"\0" + content if content[0] & 0x80 else content)
