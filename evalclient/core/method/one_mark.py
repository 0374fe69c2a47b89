"""The group's score of a bidder when one single mark is another: as the aggregation gives it, without doing it anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from evalclient.core.method.aggregate import Aggregator, Division, GroupScore, divisions
from evalclient.core.method.computed import computed_marks
from evalclient.core.method.entries import TallyInput
from evalclient.core.method.exact import exact, rounded
from evalclient.core.method.following import sections_matter
from evalclient.core.method.one_of_many import TrimmedMean
from evalclient.core.method.parts import Method
from evalclient.core.method.price import over_ceiling
from evalclient.core.method.settling import by_majority, replaced, settled, widest
from evalclient.core.method.sheets import UNITS, Mark, Marks, every_item, read_marks
from evalclient.core.method.steps import TrimBand


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

    def regrouped(self, bidder: str, rows: Sequence[Sequence[Mark]]) -> Moved:
        """The bidder's score from other ``rows`` as read; raises EntriesRefused where the lot would have to decide."""
        marks: Marks = by_majority(self.method, {bidder: rows})
        if self.entries.scores:
            return Moved(self.aggregator.score(marks[bidder]), None)
        left_out = None
        if self.voids:
            left_out = widest(self.method, self.entries, [*{**self._spread, **self._spread_rows(marks)}.values()])
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


class OneBidder:
    """One bidder's marks, of which one may be another.

    ``key`` tells changes apart: those with equal keys give equal scores. ``moved`` works one out.
    """

    def __init__(self, given: GivenMarks, bidder: str) -> None:
        self._given = given
        self._bidder = bidder
        self._rows = given.raw[bidder]
        self._items = every_item(given.method)
        self._level = given.method.aggregation.level
        replaced_here = any(one.bidder == bidder for one in given.entries.replaced)
        self._plain = not given.voids and not replaced_here
        self._now = given.scores(given.left_out)[bidder]
        self._voted = by_majority(given.method, {bidder: self._rows})[bidder]
        self._place = [(at, division) for at, division in enumerate(given.divisions) for _ in division.section.items]
        #: what one millionth of a mark adds to its section
        self._unit = [
            exact(item.weight) * division.factor / UNITS
            for item, (_, division) in zip(self._items, self._place, strict=True)
        ]
        self._unit_class = [self._unit.index(unit) for unit in self._unit]
        self._own = [[division.sum(row) for division in given.divisions] for row in self._voted]
        self._sums = [sum(own.values(), Fraction()) for own in self._now.member_sections]
        self._raw_sections = [
            division.of_means([self._now.items[one.id] for one in division.section.items])
            for division in given.divisions
        ]
        self._means: dict[tuple[str, int], TrimmedMean] = {}

    def key(self, member: int, item: int, mark: int) -> Hashable:
        """Equal for changes that come to the same: ``member``'s mark (a row's number) of ``item`` becomes ``mark``."""
        if not self._plain or self._items[item].kind == "pass_fail":
            return "whole", member, item, mark
        now = self._rows[member][item]
        if self._level == "item":
            return "item", item, now, mark
        return "sum", member, self._place[item][0], self._unit_class[item], mark - now

    def moved(self, member: int, item: int, mark: int) -> Moved:
        """The score when ``member``'s mark of ``item`` is ``mark``; raises EntriesRefused as ``regrouped`` does."""
        if not self._plain or self._items[item].kind == "pass_fail":
            rows = [list(row) for row in self._rows]
            rows[member][item] = mark
            return self._given.regrouped(self._bidder, rows)
        score = GroupScore(sections=dict(self._now.sections))
        if self._level == "item":
            self._by_item(score, member, item, mark)
        else:
            self._by_sums(score, member, item, mark - self._rows[member][item])
        return Moved(score, None)

    def _by_item(self, score: GroupScore, member: int, item: int, mark: int) -> None:
        """The mean of one item is another."""
        at, division = self._place[item]
        name = self._items[item].id
        column = self._mean("item", item, lambda: [row[item] for row in self._voted], division.bands)
        mean = rounded(column.with_one(member, mark) / UNITS, division.group)
        moved = self._raw_sections[at] + (mean - self._now.items[name]) * self._unit[item] * UNITS
        self._put(score, division, rounded(moved, division.rounding))

    def _by_sums(self, score: GroupScore, member: int, item: int, by: Mark) -> None:
        """One member's sum of a section is another."""
        at, division = self._place[item]
        rule = self._given.method.aggregation
        name = division.section.id
        before = self._now.member_sections[member][name]
        own = rounded(self._own[member][at] + by * self._unit[item], rule.member_section)
        if self._level == "section" or self._given.sections_matter:
            column = self._mean("section", at, lambda: [one[name] for one in self._now.member_sections], division.bands)
            mean = rounded(column.with_one(member, own), division.group)
            self._put(score, division, rounded(mean, division.rounding))
        if self._level == "total":
            total = rounded(self._sums[member] + own - before, rule.member_total)
            column = self._mean("total", 0, lambda: self._now.member_totals, rule.bands)
            score.technical = rounded(column.with_one(member, total), rule.group)

    def _put(self, score: GroupScore, division: Division, value: Fraction) -> None:
        """The section has ``value``, the score before the price moves with it."""
        name = division.section.id
        score.sections[name] = value
        score.technical = self._now.technical + value - self._now.sections[name]

    def _mean(self, of: str, at: int, values: Callable[[], Sequence[Mark]], bands: tuple[TrimBand, ...]) -> TrimmedMean:
        found = self._means.get((of, at))
        if found is None:
            found = self._means[of, at] = TrimmedMean(values(), bands)
        return found
