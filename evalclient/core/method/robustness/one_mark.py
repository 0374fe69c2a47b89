"""The group's score of a bidder when one single mark is another: as the aggregation gives it, without doing it anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction

from evalclient.core.method.document.scored import every_item
from evalclient.core.method.exact import exact, rounded
from evalclient.core.method.formula.steps import TrimBand
from evalclient.core.method.marking.sheets import UNITS, Mark
from evalclient.core.method.robustness.one_of_many import TrimmedMean
from evalclient.core.method.tally.aggregate import Division, GroupScore
from evalclient.core.method.tally.given_marks import GivenMarks, Moved
from evalclient.core.method.tally.settling import by_majority


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
        self._plain = all(one.bidder != bidder for one in given.entries.replaced)
        self._voted = by_majority(given.method, {bidder: self._rows})[bidder]
        self._place = [(at, division) for at, division in enumerate(given.divisions) for _ in division.section.items]
        #: what one millionth of a mark adds to its section
        self._unit = [
            exact(item.weight) * division.factor / UNITS
            for item, (_, division) in zip(self._items, self._place, strict=True)
        ]
        self._unit_class = [self._unit.index(unit) for unit in self._unit]
        now = given.scores(given.left_out)[bidder]
        self._own = now.member_sections
        self._totals = now.member_totals
        self._raw = [[division.sum(row) for division in given.divisions] for row in self._voted]
        self._sums = [sum(own.values(), Fraction()) for own in self._own]
        self._left_out: dict[tuple[int, Fraction], int | None] = {}
        self._counted: dict[int | None, _Counted] = {}

    def key(self, member: int, item: int, mark: int) -> Hashable:
        """Equal for changes that come to the same: ``member``'s mark (a row's number) of ``item`` becomes ``mark``."""
        if not self._plain or self._items[item].kind == "pass_fail":
            return "whole", member, item, mark
        now = self._rows[member][item]
        if self._level != "item":
            return "sum", member, self._place[item][0], self._unit_class[item], mark - now
        return ("item of", member, item, mark) if self._given.voids else ("item", item, now, mark)

    def moved(self, member: int, item: int, mark: int) -> Moved:
        """The score when ``member``'s mark of ``item`` is ``mark``; raises EntriesRefused as ``regrouped`` does."""
        if not self._plain or self._items[item].kind == "pass_fail":
            rows = [list(row) for row in self._rows]
            rows[member][item] = mark
            return self._given.regrouped(self._bidder, rows)
        left_out = None
        if self._level == "item" and not self._given.voids:
            return Moved(self._counts(left_out).by_item(member, item, mark), left_out)
        at, division = self._place[item]
        rule = self._given.method.aggregation
        by = mark - self._rows[member][item]
        own = rounded(self._raw[member][at] + by * self._unit[item], rule.member_section)
        total = rounded(self._sums[member] + own - self._own[member][division.section.id], rule.member_total)
        left_out = self._leaves_out(member, total)
        if left_out == member:
            return Moved(self._given.scores(left_out)[self._bidder], left_out)
        counted = self._counts(left_out)
        if self._level == "item":
            return Moved(counted.by_item(member, item, mark), left_out)
        return Moved(counted.by_sums(member, division, own, total), left_out)

    def _leaves_out(self, member: int, total: Fraction) -> int | None:
        """Whose row does not count when ``member``'s total is ``total``."""
        if not self._given.voids:
            return None
        key = (member, total)
        if key not in self._left_out:
            totals = [*self._totals[:member], total, *self._totals[member + 1 :]]
            self._left_out[key] = self._given.left_out_with(self._bidder, totals)
        return self._left_out[key]

    def _counts(self, left_out: int | None) -> _Counted:
        found = self._counted.get(left_out)
        if found is None:
            base = self._given.scores(left_out)[self._bidder]
            found = self._counted[left_out] = _Counted(self._given, base, self._voted, left_out)
        return found


class _Counted:
    """The rows that count when ``left_out`` does not, and what they come to as they stand."""

    def __init__(
        self, given: GivenMarks, now: GroupScore, rows: Sequence[Sequence[Mark]], left_out: int | None
    ) -> None:
        self._given = given
        self._now = now
        self._left_out = left_out
        self._members = [at for at in range(len(rows)) if at != left_out]
        self._rows = [rows[at] for at in self._members]
        self._place = [division for division in given.divisions for _ in division.section.items]
        self._items = every_item(given.method)
        self._raw = {
            division.section.id: division.of_means([now.items[one.id] for one in division.section.items])
            for division in given.divisions
        }
        self._means: dict[tuple[str, int | str], TrimmedMean] = {}
        self._known: dict[tuple[int, Mark, int], GroupScore] = {}

    def by_item(self, member: int, item: int, mark: int) -> GroupScore:
        """The mean of one item is another, since ``member`` gives ``mark``."""
        at = self._row(member)
        key = (item, self._rows[at][item], mark)
        if key not in self._known:
            division = self._place[item]
            one = self._items[item]
            column = self._mean("item", item, lambda: [row[item] for row in self._rows], division.bands)
            mean = rounded(column.with_one(at, mark) / UNITS, division.group)
            moved = (mean - self._now.items[one.id]) * exact(one.weight) * division.factor
            self._known[key] = self._with(division, rounded(self._raw[division.section.id] + moved, division.rounding))
        return self._known[key]

    def by_sums(self, member: int, division: Division, own: Fraction, total: Fraction) -> GroupScore:
        """``member``'s sum of a section is ``own``, that of all sections ``total``."""
        rule = self._given.method.aggregation
        at, name = self._row(member), division.section.id
        score = GroupScore(sections=dict(self._now.sections))
        if rule.level == "section" or self._given.sections_matter:
            column = self._mean(
                "section", name, lambda: [self._now.member_sections[m][name] for m in self._members], division.bands
            )
            mean = rounded(column.with_one(at, own), division.group)
            score = self._with(division, rounded(mean, division.rounding))
        if rule.level == "total":
            column = self._mean("total", "", lambda: [self._now.member_totals[m] for m in self._members], rule.bands)
            score.technical = rounded(column.with_one(at, total), rule.group)
        return score

    def _row(self, member: int) -> int:
        """The member's place among the rows that count."""
        return member if self._left_out is None or member < self._left_out else member - 1

    def _with(self, division: Division, value: Fraction) -> GroupScore:
        """The section has ``value``, the score before the price moves with it."""
        name = division.section.id
        return GroupScore(
            sections={**self._now.sections, name: value},
            technical=self._now.technical + value - self._now.sections[name],
        )

    def _mean(
        self, of: str, at: int | str, values: Callable[[], Sequence[Mark]], bands: tuple[TrimBand, ...]
    ) -> TrimmedMean:
        found = self._means.get((of, at))
        if found is None:
            found = self._means[of, at] = TrimmedMean(values(), bands)
        return found
