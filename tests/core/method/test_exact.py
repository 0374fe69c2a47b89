from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.method.exact import Mode, Rounding, exact, rounded, shown

DECIMAL_MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [("82.125", 2, "82.13"), ("2.675", 2, "2.68"), ("-2.675", 2, "-2.68"), ("0.525", 2, "0.53"), ("-0.004", 2, "0.00")],
)
def test_half_up_goes_by_the_decimal_value(text: str, places: int, expected: str) -> None:
    rounding = Rounding(places)
    assert shown(rounded(exact(text), rounding), rounding) == expected


@given(
    st.decimals(-(10**9), 10**9, places=5),
    st.integers(0, 4),
    st.sampled_from(get_args(Mode)),
)
def test_every_mode_agrees_with_the_decimal_module(value: Decimal, places: int, mode: Mode) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), rounding=DECIMAL_MODES[mode])
    assert rounded(Fraction(value), Rounding(places, mode)) == Fraction(expected)


@given(st.decimals(-(10**12), 10**12, places=6))
def test_text_of_an_exact_number_reads_back(value: Decimal) -> None:
    assert exact(shown(Fraction(value))) == Fraction(value)


def test_a_number_that_does_not_end_is_marked_as_cut() -> None:
    assert shown(Fraction(2, 3)) == "0.666666666666…"
    assert shown(Fraction(2, 3), Rounding(2)) == "0.666666666666…"


def test_no_rounding_keeps_the_number() -> None:
    assert rounded(Fraction(1, 3), None) == Fraction(1, 3)
