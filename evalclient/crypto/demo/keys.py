"""Keys of the demonstration, derived from a seed: the same seed gives the same keys on every machine."""

from __future__ import annotations

import hashlib
import math
from typing import Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evalclient.crypto.cms.key_agreement import PrivateKey
from evalclient.crypto.primitives import sm2
from evalclient.crypto.primitives.libcrypto import is_prime

KeyKind = Literal["ec", "rsa", "sm2"]
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_RSA_BITS = 2048
_EXPONENT = 65537


def derive(seed: bytes, label: str, length: int) -> bytes:
    """``length`` bytes for ``label`` out of ``seed`` (HKDF-SHA256)."""
    return HKDF(hashes.SHA256(), length, b"evalclient-demo-pki/1", label.encode()).derive(seed)


def private_key(seed: bytes, label: str, kind: KeyKind) -> PrivateKey:
    """The private key of ``label``: P-256, SM2, or RSA-2048 with every random choice drawn from the seed."""
    if kind == "sm2":
        return sm2.private_key_from(int.from_bytes(derive(seed, f"{label}/sm2", 48), "big") % (sm2.ORDER - 2) + 1)
    if kind == "ec":
        scalar = int.from_bytes(derive(seed, f"{label}/ec", 48), "big") % (_P256_ORDER - 1) + 1
        return ec.derive_private_key(scalar, ec.SECP256R1())
    return _rsa_key(ChanceOfSeed(derive(seed, f"{label}/rsa", 32)))


def _rsa_key(chance: ChanceOfSeed) -> rsa.RSAPrivateKey:
    """FIPS 186-5, A.1.3, with its random numbers out of a seed: two probable primes whose product has all bits."""
    p, q = (_prime(chance, _RSA_BITS // 2) for _ in range(2))
    d = pow(_EXPONENT, -1, math.lcm(p - 1, q - 1))
    public = rsa.RSAPublicNumbers(_EXPONENT, p * q)
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    )
    return numbers.private_key()


def _prime(chance: ChanceOfSeed, bits: int) -> int:
    number = int.from_bytes(chance(bits // 8), "big") | 3 << bits - 2 | 1
    while number % _EXPONENT == 1 or not is_prime(number):
        number += 2
    return number


class ChanceOfSeed:
    """Endless bytes out of a seed: SHAKE-256 over seed and block number."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._block = 0
        self._rest = b""

    def __call__(self, count: int) -> bytes:
        while len(self._rest) < count:
            self._rest += hashlib.shake_256(self._seed + self._block.to_bytes(8, "big")).digest(4096)
            self._block += 1
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken
