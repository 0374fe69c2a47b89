"""Amounts for reading: grouped by thousands, as written, no rounding and no floats."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

_LONG: Final = re.compile(r"(?<![\d.,])\d{5,}(?:\.\d+)?…?(?!\d|,\d)")


def grouped(number: str) -> str:
    """A number as it was computed, grouped by thousands; a cut one keeps its ellipsis."""
    whole = number.rstrip("…")
    try:
        return f"{Decimal(whole):,}" + number[len(whole) :]
    except InvalidOperation:
        return number


def grouped_in(text: str) -> str:
    """A calculation with the long numbers in it grouped by thousands."""
    return _LONG.sub(lambda match: grouped(match.group(0)), text)


def yuan(amount: str | None) -> str:
    """``9000000`` as ``9,000,000``, what is no number as it stands; ``—`` where there is none."""
    return "—" if amount is None else grouped(amount)
