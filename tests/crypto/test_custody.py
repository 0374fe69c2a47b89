"""Keys in parts: any k of n with the bidder's own share, and never less."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.crypto.custody import join_key, split_key
from evalclient.crypto.shamir import SharesRefused, combine, split

keys = st.binary(min_size=32, max_size=32)


@given(keys, st.integers(1, 5), st.integers(0, 3), st.booleans())
def test_any_threshold_of_custodians_opens(key: bytes, threshold: int, spare: int, bidder_share: bool) -> None:
    shares = split_key(key, threshold, threshold + spare, bidder_share=bidder_share)
    assert (shares.bidder is not None) is bidder_share
    for chosen in itertools.combinations(shares.custodians, threshold):
        assert join_key(chosen, shares.bidder) == key


@given(keys)
def test_too_few_custodians_or_no_bidder_give_another_key(key: bytes) -> None:
    shares = split_key(key, 2, 3, bidder_share=True)
    assert join_key(shares.custodians[:1], shares.bidder) != key
    assert join_key(shares.custodians[:2], None) != key


@pytest.mark.parametrize("bad", [[], [b""], [b"\x01" + b"x" * 31], [b"\x01" + b"x" * 32, b"\x01" + b"y" * 32]])
def test_malformed_or_doubled_shares_are_refused(bad: list[bytes]) -> None:
    with pytest.raises(SharesRefused):
        combine(bad)


@pytest.mark.parametrize(("threshold", "holders", "size"), [(0, 3, 32), (4, 3, 32), (2, 256, 32), (2, 3, 31)])
def test_impossible_splits_are_programming_errors(threshold: int, holders: int, size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        split(b"k" * size, threshold, holders)
