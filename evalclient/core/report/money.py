"""Amounts and digests as a reader wants them printed."""

from __future__ import annotations

from decimal import Decimal


def yuan(text: str | None) -> str:
    """An amount in yuan with separators and two decimals at least; "—" for none."""
    if text is None or not text:
        return "—"
    amount = Decimal(text)
    exponent = amount.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{amount:,.{places}f}"


def short(digest: str) -> str:
    """A digest's first sixteen digits, in groups of four."""
    return " ".join(digest[i : i + 4] for i in range(0, 16, 4))


def grouped(digest: str) -> str:
    """A whole digest in groups of eight."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
