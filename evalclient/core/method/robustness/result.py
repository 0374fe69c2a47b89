"""What the robustness of a result says (稳健性分析); all numbers are text."""

from __future__ import annotations

from typing import Literal

import msgspec

from evalclient.core.method.entry.entries import Entry, Place
from evalclient.core.method.exact import Rounding

#: why a variant gives no result: nobody is left who scored; the tally stops (a draw is missing, a divisor is zero)
Impossible = Literal["no_member_left", "not_computable"]


class Variant(Entry, frozen=True, kw_only=True):
    """What would come out if one thing were otherwise, and whether first place or candidates would be others.

    ``impossible`` says why nothing comes out; then the rest stays at its default.
    """

    first: tuple[str, ...] = ()
    candidates: tuple[Place, ...] = ()
    undecided: tuple[str, ...] = ()
    changes_first: bool = False
    changes_candidates: bool = False
    impossible: Impossible | None = None


class MemberLeftOut(Variant, frozen=True, kw_only=True):
    """The result without ``member``; ``other_trimming``: so few are left that the document drops fewer scores."""

    member: str
    ranking: tuple[Place, ...] = ()
    other_trimming: bool = False


class OtherRounding(Variant, frozen=True, kw_only=True):
    """The result with another rounding at ``path`` of the method document; ``rounding`` None: not rounded there."""

    path: str
    rounding: Rounding | None


class OtherTrimming(Variant, frozen=True, kw_only=True):
    """The result when so many highest and lowest scores are dropped throughout."""

    highest: int
    lowest: int


class OtherLevel(Variant, frozen=True, kw_only=True):
    """The result when the mean over members is taken at another level."""

    level: Literal["item", "section", "total"]


class Change(Entry, frozen=True, kw_only=True):
    """The smallest change of one score that does something: the score it becomes, and what would come out.

    ``steps``: how many values the item allows from the present score to that one; 1: the next allowed value suffices.
    """

    to: str
    steps: int
    first: tuple[str, ...]
    candidates: tuple[Place, ...]
    undecided: tuple[str, ...] = ()


class DecisiveScore(Entry, frozen=True, kw_only=True):
    """One score of which another value within the allowed range would change the candidates, perhaps the first place.

    ``member`` is None where the group's scores were given as known. ``pivotal``: the next allowed value is enough.
    ``first`` is None where no allowed value changes the first place.
    """

    member: str | None
    bidder: str
    item: str
    value: str
    pivotal: bool
    first: Change | None
    candidates: Change


class Robustness(Entry, frozen=True, kw_only=True):
    """How firmly a result stands (稳健性分析): ``first``, ``candidates`` and ``undecided`` as the tally has them.

    ``roundings`` are those that change something or give no result; ``roundings_tried`` says out of how many.
    ``scores`` are those that can change something, the nearest first; ``scores_examined`` says out of how many: no
    allowed value of any other score changes anything (where the method leaves no way but to try each: none of the thousand
    nearest on either side).
    """

    version: Literal[1]
    method: str
    result: str
    ranking: tuple[Place, ...]
    first: tuple[str, ...]
    candidates: tuple[Place, ...]
    undecided: tuple[str, ...]
    members: tuple[MemberLeftOut, ...]
    roundings_tried: int
    roundings: tuple[OtherRounding, ...]
    trimmings: tuple[OtherTrimming, ...]
    levels: tuple[OtherLevel, ...]
    scores_examined: int
    scores: tuple[DecisiveScore, ...]

    @property
    def pivotal(self) -> int:
        """How many scores are pivotal: one step would change something."""
        return sum(1 for score in self.scores if score.pivotal)


def robustness_bytes(found: Robustness) -> bytes:
    """Canonical JSON of a robustness analysis: sorted keys, no spaces, UTF-8."""
    return msgspec.json.encode(found, order="sorted")
