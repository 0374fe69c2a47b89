"""Who can open a bid: the key is the bidder's own share XOR a secret that k of n custodians hold (开标密钥分管)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from evalclient.crypto.errors import SharesRefused
from evalclient.crypto.primitives.shamir import KEY_BYTES, combine, split


@dataclass(frozen=True, slots=True)
class KeyShares:
    """Shares of one key: ``custodians`` (33 bytes each, in the order of the custodians) and ``bidder`` (32 bytes or none)."""

    custodians: tuple[bytes, ...]
    bidder: bytes | None


def split_key(key: bytes, holders: int, k: int, bidder_share: bool) -> KeyShares:
    """Split ``key`` (32 bytes) among ``holders`` custodians, ``k`` of whom are needed, and the bidder if he has a share.

    SharesRefused for counts that cannot be.
    """
    if not bidder_share:
        return KeyShares(split(key, k, holders), None)
    own = secrets.token_bytes(KEY_BYTES)
    return KeyShares(split(_xor(key, own), k, holders), own)


def join_key(custodian_shares: Sequence[bytes], bidder_share: bytes | None = None, k: int | None = None) -> bytes:
    """The key out of the custodians' shares and the bidder's own; SharesRefused when too few or malformed.

    ``k`` is the tender's threshold; without it all given shares are taken to be needed. A false share gives a false
    key: the package's commitment tells (``PackageReader.check_key``).
    """
    secret = combine(custodian_shares, len(custodian_shares) if k is None else k)
    if bidder_share is None:
        return secret
    if len(bidder_share) != KEY_BYTES:
        raise SharesRefused(
            "投标人的密钥份额已损坏，请投标人重新解密。", "The bidder's own share is damaged; he must release it again."
        )
    return _xor(secret, bidder_share)


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left, "big") ^ int.from_bytes(right, "big")).to_bytes(KEY_BYTES, "big")
