"""Sharing a 32-byte key so that any k of n shares give it back and fewer say nothing (Shamir, through pycryptodome)."""

from __future__ import annotations

from collections.abc import Sequence

from Crypto.Protocol.SecretSharing import Shamir

from evalclient.crypto.errors import SharesRefused

KEY_BYTES = 32
SHARE_BYTES = 1 + KEY_BYTES
_HALF = 16


def split(key: bytes, k: int, n: int) -> tuple[bytes, ...]:
    """``n`` shares of 33 bytes (number 1…n, then two halves), any ``k`` of which give ``key`` (32 bytes) back.

    SharesRefused for counts that cannot be.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("key must have 32 bytes")
    if not 1 <= k <= n <= 255:
        raise SharesRefused(
            f"密钥份额数不合理（共 {n} 份、需 {k} 份），请核对招标项目的解密人设置。",
            f"{k} of {n} shares cannot be; check the tender's custodians.",
        )
    halves = (Shamir.split(k, n, key[:_HALF]), Shamir.split(k, n, key[_HALF:]))
    return tuple(bytes((number,)) + low + high for (number, low), (_, high) in zip(*halves, strict=True))


def combine(untrusted_shares: Sequence[bytes], k: int) -> bytes:
    """The key out of at least ``k`` shares; shares beyond the first ``k`` must agree with them, or SharesRefused.

    With exactly ``k`` shares a false one gives a false key: compare with a commitment.
    """
    if any(len(share) != SHARE_BYTES or share[0] == 0 for share in untrusted_shares):
        raise SharesRefused(
            "密钥份额已损坏，请份额保管人重新提交。", "A key share is damaged; ask its holder to release it again."
        )
    if len({share[0] for share in untrusted_shares}) != len(untrusted_shares):
        raise SharesRefused(
            "同一份密钥份额提交了两次，请另一位保管人提交。",
            "The same share was given twice; another holder must release his.",
        )
    if k < 1 or len(untrusted_shares) < k:
        raise SharesRefused(
            f"密钥份额不足：需要 {k} 份，现有 {len(untrusted_shares)} 份，请等待其他保管人提交。",
            f"Too few key shares: {k} are needed, {len(untrusted_shares)} are here; wait for the other holders.",
        )
    key = _interpolate(untrusted_shares[:k])
    if len(untrusted_shares) > k and _interpolate(untrusted_shares) != key:
        raise SharesRefused(
            "密钥份额互不相符，其中有错误的份额，请各保管人核对后重新提交。",
            "The key shares do not belong together; one of them is false. Ask the holders to release theirs again.",
        )
    return key


def _interpolate(shares: Sequence[bytes]) -> bytes:
    low = Shamir.combine([(share[0], share[1 : 1 + _HALF]) for share in shares])
    high = Shamir.combine([(share[0], share[1 + _HALF :]) for share in shares])
    return bytes(low) + bytes(high)
