"""Numbers as people type them: full-width digits, Chinese stops, and a range with a step. Decimal only, no floats."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

Problem = Literal["empty", "not a number", "out of range", "off step"]
MAX_DIGITS = 16
_STOPS = str.maketrans({"。": ".", "｡": ".", "·": ".", "−": "-", "–": "-"})


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """Lowest and highest value and the step, counted from the lowest; step 0 allows any value between."""

    low: Decimal
    high: Decimal
    step: Decimal

    @classmethod
    def of(cls, low: str, high: str, step: str) -> ScoreRange:
        return cls(Decimal(low), Decimal(high), Decimal(step))

    @property
    def places(self) -> int:
        """Decimal places needed to write every value of the range."""
        return max(_places(value) for value in (self.low, self.high, self.step))

    def write(self, value: Decimal) -> str:
        """The value with the places of the range: 13 in steps of 0.5 is ``13.0``."""
        return f"{value:.{max(self.places, _places(value))}f}"

    def moved(self, value: Decimal | None, steps: int) -> Decimal:
        """The next value on the grid in that direction; from nothing, up starts at the low and down at the high end."""
        step = self.step or Decimal(1)
        if value is None:
            return self.low if steps > 0 else self.low + step * ((self.high - self.low) // step)
        at = (value - self.low) / step
        whole = int(at.to_integral_value(rounding="ROUND_FLOOR" if steps > 0 else "ROUND_CEILING"))
        last = int((self.high - self.low) // step)
        return self.low + step * min(last, max(0, whole + steps))


def normalise(typed: str) -> str:
    """Typed characters as plain digits: ``１２。５`` is ``12.5``."""
    return unicodedata.normalize("NFKC", typed.translate(_STOPS)).translate(_STOPS).replace(" ", "")


def read(typed: str, allowed: ScoreRange) -> Decimal | Problem:
    """The value typed, or what is wrong with it."""
    text = normalise(typed)
    if not text:
        return "empty"
    if len(text) > MAX_DIGITS or set(text) - set("0123456789.-"):
        return "not a number"
    try:
        value = Decimal(text)
    except InvalidOperation:
        return "not a number"
    if not allowed.low <= value <= allowed.high:
        return "out of range"
    if allowed.step and (value - allowed.low) % allowed.step:
        return "off step"
    return value


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
