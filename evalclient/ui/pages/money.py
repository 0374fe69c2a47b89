"""Amounts for reading: grouped by thousands, as written, no rounding and no floats."""

from __future__ import annotations

from decimal import Decimal


def yuan(amount: str | None) -> str:
    """``9000000`` as ``9,000,000``; ``—`` where there is none."""
    return "—" if amount is None else f"{Decimal(amount):,}"
