"""The scores that may be typed for an item, ascending, each found by its place without listing them all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.marking.scoring import span_of, values_of


@dataclass(frozen=True, slots=True)
class Steps:
    """``count`` scores from ``low`` on, ``step`` apart."""

    low: Fraction
    step: Fraction
    count: int

    def __len__(self) -> int:
        """How many scores there are."""
        return self.count

    def __getitem__(self, at: int) -> str:
        """The score at the place ``at``, from 0 on."""
        return shown(self.low + self.step * at)

    def index(self, score: str) -> int:
        """The place of a score that is on a step."""
        return int((exact(score) - self.low) / self.step)


@dataclass(frozen=True, slots=True)
class Listed:
    """Scores that are listed one by one."""

    scores: tuple[Fraction, ...]

    def __len__(self) -> int:
        """How many scores there are."""
        return len(self.scores)

    def __getitem__(self, at: int) -> str:
        """The score at the place ``at``, from 0 on."""
        return shown(self.scores[at])

    def index(self, score: str) -> int:
        """The place of a score that is listed."""
        return self.scores.index(exact(score))


def scale_of(item: ScoredItem) -> Steps | Listed:
    """The scale of an item that members score."""
    if item.kind in ("fixed", "options", "pass_fail"):
        return Listed(tuple(sorted({exact(value) for value in values_of(item)})))
    low, high = span_of(item)
    step = exact(item.step)
    return Steps(low, step, int((high - low) / step) + 1)
