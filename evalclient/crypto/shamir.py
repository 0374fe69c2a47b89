"""Sharing a 32-byte key among n holders so that any k recover it (Shamir, "How to share a secret", CACM 1979).

PyCryptodome shares 16 bytes at a time; a key is shared as two halves with the same numbering of the holders.
"""

from __future__ import annotations

from collections.abc import Sequence

from Crypto.Protocol.SecretSharing import Shamir

from evalclient.core.errors import EvalclientError

_HALF = 16
_KEY = 2 * _HALF
_NUMBER = 1


class SharesRefused(EvalclientError):
    """Shares that do not belong together, or too few of them."""


def split(key: bytes, threshold: int, holders: int) -> list[bytes]:
    """One share (33 bytes: holder's number, two halves) per holder; any ``threshold`` of them give ``key`` back."""
    if len(key) != _KEY or not 1 <= threshold <= holders <= 255:
        raise ValueError("a key has 32 bytes, and 1 ≤ threshold ≤ holders ≤ 255")
    first = Shamir.split(threshold, holders, key[:_HALF])
    second = Shamir.split(threshold, holders, key[_HALF:])
    return [bytes([number]) + left + right for (number, left), (_, right) in zip(first, second, strict=True)]


def combine(shares: Sequence[bytes]) -> bytes:
    """The key behind ``shares``; SharesRefused if they are malformed or two carry one number.

    Too few shares, or shares of different keys, give a wrong key: what the key opens decides.
    """
    numbers = {share[0] for share in shares if share}
    if not shares or len(numbers) != len(shares) or any(len(share) != _NUMBER + _KEY for share in shares):
        raise SharesRefused(
            "解密份额无效或重复，请由保管方重新提交。",
            "The key shares are malformed or stand twice; the custodians must release them again.",
        )
    first = Shamir.combine([(share[0], share[_NUMBER : _NUMBER + _HALF]) for share in shares])
    second = Shamir.combine([(share[0], share[_NUMBER + _HALF :]) for share in shares])
    return bytes(first) + bytes(second)
