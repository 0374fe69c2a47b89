"""RSA-OAEP (RFC 8017, 7.1.2) over what a token gives back of raw RSA: many know OAEP with SHA-1 alone, or not at all."""

from __future__ import annotations

import hashlib
import hmac


def oaep_unpadded(encoded: bytes, digest: str, mask: str) -> bytes:
    """The message in an encoded one, with an empty label, ``mask`` being the digest of MGF1; ValueError, and only one, where the padding does not hold."""
    size = hashlib.new(digest).digest_size
    if len(encoded) < 2 * size + 2:
        raise ValueError("OAEP")
    first, masked_seed, masked_block = encoded[0], encoded[1 : size + 1], encoded[size + 1 :]
    seed = _xor(masked_seed, _mask(masked_block, size, mask))
    block = _xor(masked_block, _mask(seed, len(masked_block), mask))
    label, rest = block[:size], block[size:]
    filling, one, message = rest.partition(b"\x01")
    holds = hmac.compare_digest(label, hashlib.new(digest, b"").digest())
    if not (first == 0 and holds and one and not any(filling)):
        raise ValueError("OAEP")
    return message


def _mask(seed: bytes, length: int, digest: str) -> bytes:
    """MGF1 (RFC 8017, B.2.1)."""
    size = hashlib.new(digest).digest_size
    blocks = range(-(-length // size))
    return b"".join(hashlib.new(digest, seed + at.to_bytes(4, "big")).digest() for at in blocks)[:length]


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
