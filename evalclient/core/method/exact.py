"""Exact numbers: rationals inside, decimal text outside, rounding only where the document says so."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Mode = Literal["half_up", "half_even", "down", "up"]

#: a hundred digits before the point; for means of unrounded ratios over many bidders digits behind it are needed too
MOST_BITS_BEFORE_THE_POINT = 332
MOST_BITS = 1 << 17
#: digits shown of a number that is not rounded and does not end
SHOWN_PLACES = 12


class Rounding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To how many places a number is rounded, and how; half up (四舍五入) goes by the exact decimal value."""

    places: Annotated[int, Meta(ge=0, le=9)]
    mode: Mode = "half_up"


def exact(text: str) -> Fraction:
    """The number a decimal text stands for; the text's pattern was checked when it was decoded."""
    return Fraction(text)


def rounded(value: Fraction, rounding: Rounding | None) -> Fraction:
    """``value`` rounded as stated, away from zero at a half; ``None`` means: do not round here."""
    if rounding is None:
        return value
    scale = 10**rounding.places
    whole, rest = divmod(abs(value.numerator) * scale, value.denominator)
    if _goes_up(whole, rest, value.denominator, rounding.mode):
        whole += 1
    return Fraction(-whole if value < 0 else whole, scale)


def _goes_up(whole: int, rest: int, denominator: int, mode: Mode) -> bool:
    if mode == "down" or rest == 0:
        return False
    if mode == "up":
        return True
    if 2 * rest != denominator:
        return 2 * rest > denominator
    return mode == "half_up" or whole % 2 == 1


class TooLarge(ArithmeticError):
    """A number grew beyond all measure: no price and no score needs so many digits."""


def measured(value: Fraction) -> Fraction:
    """``value`` itself; raises TooLarge where it is beyond all measure or its digits are more than a tally needs.

    A method is a document from outside: a chain of products must end in a sentence, not in hours of arithmetic.
    """
    above, below = value.numerator.bit_length(), value.denominator.bit_length()
    if above - below > MOST_BITS_BEFORE_THE_POINT or above + below > MOST_BITS:
        raise TooLarge
    return value


def added(values: Iterable[Fraction]) -> Fraction:
    """The sum of ``values``; raises TooLarge as ``measured`` does, before it takes long."""
    total = Fraction()
    for value in values:
        total = measured(total + value)
    return total


def shown(value: Fraction, rounding: Rounding | None = None) -> str:
    """``value`` as decimal text: with the stated places if they suffice, else in full, or cut with ``…``."""
    if rounding is not None and 10**rounding.places % value.denominator == 0:
        return _fixed(value, rounding.places)
    places = _places(value.denominator)
    if places is not None:
        return _fixed(value, places)
    return _fixed(rounded(value, Rounding(SHOWN_PLACES, "down")), SHOWN_PLACES) + "…"


def _places(denominator: int) -> int | None:
    """Decimal places needed for a fraction with this denominator; ``None`` if it does not end soon."""
    for places in range(SHOWN_PLACES + 1):
        if 10**places % denominator == 0:
            return places
    return None


def _fixed(value: Fraction, places: int) -> str:
    digits = abs(value.numerator) * 10**places // value.denominator
    sign = "-" if value < 0 and digits else ""
    text = str(digits).rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else sign + text
