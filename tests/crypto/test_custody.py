"""Keys in parts: any k of n with the bidder's own share, and never less."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.crypto.custody import join_key, split_key
from evalclient.crypto.errors import SharesRefused
from evalclient.crypto.primitives.shamir import combine, split

keys = st.binary(min_size=32, max_size=32)


@given(keys, st.integers(1, 5), st.integers(0, 3), st.booleans())
def test_any_threshold_of_custodians_opens(key: bytes, threshold: int, spare: int, bidder_share: bool) -> None:
    shares = split_key(key, threshold + spare, threshold, bidder_share)
    assert (shares.bidder is not None) is bidder_share
    for chosen in itertools.combinations(shares.custodians, threshold):
        assert join_key(chosen, shares.bidder) == key


@given(keys)
def test_too_few_custodians_or_no_bidder_give_another_key(key: bytes) -> None:
    shares = split_key(key, 3, 2, bidder_share=True)
    assert join_key(shares.custodians[:1], shares.bidder) != key
    assert join_key(shares.custodians[:2], None) != key


@pytest.mark.parametrize("bad", [[], [b""], [b"\x01" + b"x" * 31], [b"\x01" + b"x" * 32, b"\x01" + b"y" * 32]])
def test_malformed_or_doubled_shares_are_refused(bad: list[bytes]) -> None:
    with pytest.raises(SharesRefused):
        combine(bad, 1)


@given(keys)
def test_too_few_shares_or_one_false_share_beyond_the_threshold_are_refused(key: bytes) -> None:
    one, two, three = split(key, 2, 3)
    with pytest.raises(SharesRefused, match="Too few"):
        combine([one], 2)
    assert combine([one, two, three], 2) == key
    false = three[:1] + bytes((three[1] ^ 1,)) + three[2:]
    with pytest.raises(SharesRefused, match="belong together"):
        combine([one, two, false], 2)


def test_a_malformed_share_of_the_bidder_is_refused() -> None:
    shares = split_key(b"k" * 32, 3, 2, bidder_share=True)
    with pytest.raises(SharesRefused):
        join_key(shares.custodians, b"short")


@pytest.mark.parametrize(("threshold", "holders"), [(0, 3), (4, 3), (2, 256)])
def test_impossible_counts_are_refused(threshold: int, holders: int) -> None:
    with pytest.raises(SharesRefused, match="cannot be"):
        split(b"k" * 32, threshold, holders)


def test_a_key_of_another_length_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        split(b"k" * 31, 2, 3)
