"""Who holds a bid's keys: k of n opening custodians and, by default, the bidder himself (none alone)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from evalclient.crypto.shamir import combine, split


@dataclass(frozen=True, slots=True, repr=False)
class KeyShares:
    """A compartment key in parts: one share per custodian in their order, and the bidder's own or None."""

    custodians: tuple[bytes, ...]
    bidder: bytes | None


def split_key(key: bytes, threshold: int, custodians: int, *, bidder_share: bool) -> KeyShares:
    """Split a 32-byte key; with ``bidder_share`` the custodians together still lack the bidder's part (XOR)."""
    own = secrets.token_bytes(len(key)) if bidder_share else None
    shared = _xor(key, own) if own else key
    return KeyShares(tuple(split(shared, threshold, custodians)), own)


def join_key(custodians: Sequence[bytes], bidder: bytes | None) -> bytes:
    """The key behind released shares; SharesRefused if they do not fit together."""
    shared = combine(custodians)
    return _xor(shared, bidder) if bidder else shared


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
