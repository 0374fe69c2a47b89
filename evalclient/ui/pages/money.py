"""Amounts for reading: grouped by thousands, as written, no rounding and no floats."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def grouped(number: str) -> str:
    """A number as it was computed, grouped by thousands; a cut one keeps its ellipsis."""
    whole = number.rstrip("…")
    try:
        return f"{Decimal(whole):,}" + number[len(whole) :]
    except InvalidOperation:
        return number


def yuan(amount: str | None) -> str:
    """``9000000`` as ``9,000,000``; ``—`` where there is none."""
    return "—" if amount is None else f"{Decimal(amount):,}"
