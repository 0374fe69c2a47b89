"""The mean of several values of which one is another, trimmed as stated, without sorting and adding up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.formula.steps import TrimBand, band_for
from evalclient.core.method.marking.sheets import Mark


@dataclass(frozen=True, slots=True)
class _Without:
    """The other values: what is added up when the one is dropped as lowest, as highest, or counts."""

    lowest: Mark | None
    highest: Mark | None
    if_lowest: Mark
    if_highest: Mark
    if_counted: Mark


class TrimmedMean:
    """The trimmed mean of ``values``; ``with_one(at, value)`` is that with another value in the place ``at``."""

    def __init__(self, values: Sequence[Mark], bands: tuple[TrimBand, ...]) -> None:
        band = band_for(bands, len(values))
        highest, lowest = (0, 0) if band is None else band.counts(len(values))
        self._values = values
        self._low = lowest
        self._end = len(values) - highest
        #: places with equal values share what is known about the others
        self._known: dict[Mark, _Without] = {}

    def with_one(self, at: int, value: Mark) -> Fraction:
        """The mean, not rounded."""
        now = self._values[at]
        others = self._known.get(now)
        if others is None:
            others = self._known[now] = self._without(at)
        if others.lowest is not None and value < others.lowest:
            total = others.if_lowest
        elif others.highest is not None and value > others.highest:
            total = others.if_highest
        else:
            total = others.if_counted + value
        return Fraction(total) / (self._end - self._low)

    def _without(self, at: int) -> _Without:
        others = sorted([*self._values[:at], *self._values[at + 1 :]])
        low, end = self._low, self._end
        return _Without(
            lowest=others[low - 1] if low else None,
            highest=others[end - 1] if end < len(self._values) else None,
            if_lowest=sum(others[max(low - 1, 0) : end - 1]),
            if_highest=sum(others[low:end]),
            if_counted=sum(others[low : end - 1]),
        )
