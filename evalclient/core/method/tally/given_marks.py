"""The members' marks as they stand, and the group's scores when one bidder's are others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.marking.sheets import Mark, Marks, read_marks
from evalclient.core.method.pricing.computed import computed_marks
from evalclient.core.method.pricing.following import sections_matter
from evalclient.core.method.pricing.price import over_ceiling
from evalclient.core.method.tally.aggregate import Aggregator, GroupScore, divisions
from evalclient.core.method.tally.settling import by_majority, replaced, settled, widest


@dataclass(frozen=True, slots=True)
class Moved:
    """A bidder's score after the change, and whose row does not count any more."""

    score: GroupScore
    left_out: int | None


class GivenMarks:
    """The members' marks as they stand; ``scores`` of the group for whoever is left out."""

    def __init__(self, method: Method, entries: TallyInput) -> None:
        self.method = _taking_marks_as_known(method) if entries.scores else method
        self.entries = entries
        self.bidders = over_ceiling(method, entries.bidders)
        scored = [entry.bidder for entry in self.bidders if not entry.rejected]
        self.raw = read_marks(method, entries, scored, computed_marks(method, self.bidders, entries.draws))
        self.aggregator = Aggregator(self.method)
        found = settled(method, entries, self.raw)
        self.left_out = found.left_out
        self.divisions = divisions(self.method)
        self.sections_matter = sections_matter(method)
        rule = method.aggregation
        enough = rule.void_widest_from is not None and len(entries.members) >= rule.void_widest_from
        #: whether the row with the widest spread is left out
        self.voids = enough and len(self.raw) > 1 and not entries.scores
        self._voted = by_majority(method, self.raw)
        self._spread = self._spread_rows(self._voted) if self.voids else {}
        self._scores: dict[int | None, dict[str, GroupScore]] = {
            self.left_out: {bidder: self.aggregator.score(rows, self.left_out) for bidder, rows in found.marks.items()}
        }

    def scores(self, left_out: int | None) -> dict[str, GroupScore]:
        """Every bidder's score when the row ``left_out`` does not count."""
        if left_out not in self._scores:
            rule = self.method.aggregation
            marks = replaced(self.entries, self._voted, left_out if rule.void_first else None)
            self._scores[left_out] = {bidder: self.aggregator.score(rows, left_out) for bidder, rows in marks.items()}
        return self._scores[left_out]

    def left_out_with(self, bidder: str, totals: Sequence[Fraction]) -> int | None:
        """Whose row does not count when the members' totals for ``bidder`` are ``totals``, where the method ``voids`` one.

        Raises as ``regrouped``.
        """
        return widest(self.method, self.entries, [*{**self._spread, bidder: totals}.values()])

    def regrouped(self, bidder: str, rows: Sequence[Sequence[Mark]]) -> Moved:
        """The bidder's score from other ``rows`` as read; raises EntriesRefused where the lot would have to decide."""
        marks: Marks = by_majority(self.method, {bidder: rows})
        if self.entries.scores:
            return Moved(self.aggregator.score(marks[bidder]), None)
        left_out = self.left_out_with(bidder, self._spread_rows(marks)[bidder]) if self.voids else None
        void_first = self.method.aggregation.void_first
        mended = replaced(self.entries, marks, left_out if void_first else None)
        return Moved(self.aggregator.score(mended[bidder], left_out), left_out)

    def _spread_rows(self, marks: Marks) -> dict[str, list[Fraction]]:
        """The members' totals from which the widest spread is found."""
        if not self.method.aggregation.void_first:
            marks = replaced(self.entries, marks, None)
        return {bidder: self.aggregator.score(rows).member_totals for bidder, rows in marks.items()}


def _taking_marks_as_known(method: Method) -> Method:
    """``method`` with nothing between an item's mark and its section, as where the group's scores are known already."""
    sections = tuple(
        msgspec.structs.replace(section, rule=msgspec.structs.replace(section.rule, bands=(), group=None))
        if section.rule is not None
        else section
        for section in method.sections
    )
    rule = msgspec.structs.replace(method.aggregation, level="item", bands=(), group=None)
    return msgspec.structs.replace(method, sections=sections, aggregation=rule)
