"""How one bidder's scores come about, each number as an expression of those above it, along the path the document states."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from operator import itemgetter

from evalclient.core.method.document.items import ScoredItem, full_marks
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import BidderResult, Entry, StepValue, TallyInput, TallyResult
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.formula.steps import TrimBand, band_for
from evalclient.core.method.marking.sheets import UNITS, Mark
from evalclient.core.method.tally.aggregate import Division, divisions, mean_of, shown_all
from evalclient.core.method.tally.majority import group_passes
from evalclient.core.method.wording.phrases import bracket, joined
from evalclient.core.method.wording.retraced import Retraced
from evalclient.core.records.fields import Bilingual

#: what is compared, and how it is printed
Number = tuple[Fraction, str]

_MEAN = Bilingual("评委平均", "mean over the members")
_REPLACED = Bilingual("以其他评委平均值替代", "the others' mean instead")


class Working(Entry, frozen=True, kw_only=True):
    """One number of one bidder: the expression it comes from, and the marks that were dropped before (去掉).

    ``of`` is an item, a section, ``technical``, ``price_score`` or ``total``; ``member`` whose number it is where it is
    not the group's; ``note`` says which number on the way it is, or what the expression does not show.
    """

    of: str
    working: str
    value: str
    dropped: tuple[str, ...] = ()
    member: str | None = None
    note: Bilingual | None = None


class ScoreWorkings:
    """Writes the workings of every bidder of one result."""

    def __init__(self, method: Method, entries: TallyInput, result: TallyResult, numbers: Retraced) -> None:
        self._method = method
        self._entries = entries
        self._numbers = numbers
        self._known = bool(entries.scores)
        self._divisions = divisions(method)
        self._left_out = None if result.left_out is None else entries.members.index(result.left_out)
        self._abnormal = {(one.bidder, one.member) for one in entries.replaced}
        self._computed = _computed_scores(method, result)
        self._price = {value.id: value.bidders or {} for value in (result.price.steps if result.price else ())}
        self._total = {value.id: value.bidders or {} for value in result.total}
        self._printed: dict[Mark, str] = {}

    def of(self, line: BidderResult) -> Iterator[Working]:
        """The workings of ``line``, whoever has scores: of items, sections, the score before the price, the total."""
        level = self._method.aggregation.level
        if not self._known:
            yield from self._replaced(line)
            for division in self._divisions:
                for at, item in enumerate(division.section.items, start=division.part.start):
                    yield self._item(line, division, item, at)
            if self._divisions and (level != "item" or self._numbers.spread):
                yield from self._members(line)
        sections = self._known or level != "total" or len(self._divisions) > 1 or self._method.total.steps
        for division in self._divisions if sections else ():
            yield from self._section(line, division)
        if self._divisions:
            yield self._technical(line)
        yield from self._price_score(line)
        yield from self._in_all(line)

    def _rows(self, line: BidderResult) -> list[tuple[int, Sequence[Mark]]]:
        """The rows that count, each with its place among the members."""
        return [(at, row) for at, row in enumerate(self._numbers.counted[line.bidder]) if at != self._left_out]

    def _replaced(self, line: BidderResult) -> Iterator[Working]:
        """What stands for each abnormal member: the mean of those who are neither abnormal nor left out before."""
        members = self._entries.members
        abnormal = [at for at, member in enumerate(members) if (line.bidder, member) in self._abnormal]
        if not abnormal:
            return
        apart = {*abnormal, self._left_out} if self._method.aggregation.void_first else {*abnormal}
        typed, counted = self._numbers.typed[line.bidder], self._numbers.counted[line.bidder]
        for member in abnormal:
            for division in self._divisions:
                for at, item in enumerate(division.section.items, start=division.part.start):
                    if item.kind not in ("computed", "pass_fail"):
                        others = [self._number(row[at]) for k, row in enumerate(typed) if k not in apart]
                        value = self._number(counted[member][at])[1]
                        yield _mean(item.id, others, (), value, member=members[member], note=_REPLACED)

    def _item(self, line: BidderResult, division: Division, item: ScoredItem, at: int) -> Working:
        marks = [self._number(row[at]) for _, row in self._rows(line)]
        value = line.items[item.id]
        if item.kind == "computed":
            return Working(of=item.id, working=self._computed_mark(line, item, marks[0]), value=value)
        if item.kind == "pass_fail":
            return Working(of=item.id, working=marks[0][1], value=value, note=self._vote(line, item, at))
        note = None
        if item.kind == "deduction":
            note = Bilingual(f"得分为 {item.maximum} 减所扣分", f"each mark is {item.maximum} less the points off")
        return _mean(item.id, marks, division.bands, value, note=note)

    def _computed_mark(self, line: BidderResult, item: ScoredItem, mark: Number) -> str:
        printed = self._computed[item.id][line.bidder]
        if self._numbers.computed[item.id].each(item.score or "")[line.bidder] == mark[0] / UNITS:
            return printed
        return f"max(min({printed}, {item.maximum}), {item.minimum})"

    def _vote(self, line: BidderResult, item: ScoredItem, at: int) -> Bilingual:
        rows = self._numbers.typed[line.bidder]
        full = exact(item.maximum) * UNITS
        fails = sum(1 for row in rows if row[at] < full)
        passed = group_passes(self._method.majority, fails, len(rows))
        return Bilingual(
            f"{len(rows)} 名评委中 {fails} 名认定不合格，{'合格' if passed else '不合格'}",
            f"{fails} of {len(rows)} members failed it: {'passed' if passed else 'failed'}",
        )

    def _members(self, line: BidderResult) -> Iterator[Working]:
        """Each member's own sums, of which the mean is taken; of everybody where the widest spread of totals is left out."""
        score, spread = self._numbers.scores[line.bidder], bool(self._numbers.spread)
        for place, row in enumerate(self._numbers.counted[line.bidder]) if spread else self._rows(line):
            member = self._entries.members[place] if self._entries.members else None
            sums = {name: self._member_section(number) for name, number in score.member_sections[place].items()}
            for division in self._divisions:
                texts = [self._number(mark)[1] for mark in row[division.part]]
                name = division.section.id
                yield Working(of=name, working=_weighted(division, texts), value=sums[name][1], member=member)
            total = self._member_total(score.member_totals[place])[1]
            if (spread or self._method.aggregation.level == "total") and [text for _, text in sums.values()] != [total]:
                working = _added([text for _, text in sums.values()])
                yield Working(of="technical", working=working, value=total, member=member)

    def _member_section(self, number: Fraction) -> Number:
        return number, shown(number, self._method.aggregation.member_section)

    def _member_total(self, number: Fraction) -> Number:
        return number, shown(number, self._method.aggregation.member_total)

    def _section(self, line: BidderResult, division: Division) -> Iterator[Working]:
        section, exactly = division.section, self._numbers.before[line.bidder][division.section.id]
        before = shown_all(self._method, {section.id: exactly})[section.id]
        related = section.scaling == "relative" and not any(one.code == "below_technical" for one in line.rejected)
        note = Bilingual("与最高者比较之前", "before it is set against the best") if related else None
        if self._known or self._method.aggregation.level == "item":
            texts = [line.items[item.id] for item in section.items]
            yield Working(of=section.id, working=_weighted(division, texts), value=before, note=note)
        else:
            yield from self._section_mean(line, division, (exactly, before), note)
        if related:
            best = self._numbers.best[section.id]
            share = f"{before} ÷ {bracket(shown_all(self._method, {section.id: best})[section.id])}" if best else "0"
            yield Working(of=section.id, working=f"{share} × {section.weight}", value=line.sections[section.id])

    def _section_mean(
        self, line: BidderResult, division: Division, score: Number, note: Bilingual | None
    ) -> Iterator[Working]:
        """The mean of the members' sums; where the section is rounded once more, that is a line of its own."""
        name = division.section.id
        own = self._numbers.scores[line.bidder].member_sections
        sums = [self._member_section(own[place][name]) for place, _ in self._rows(line)]
        mean = mean_of([number for number, _ in sums], division.bands, division.group)
        if mean == score[0]:
            yield _mean(name, sums, division.bands, score[1], note=note)
            return
        printed = shown(mean, division.group)
        yield _mean(name, sums, division.bands, printed, note=_MEAN)
        yield Working(of=name, working=printed, value=score[1], note=note)

    def _technical(self, line: BidderResult) -> Working:
        rule, value = self._method.aggregation, line.technical or "0"
        if rule.level == "total" and not self._known:
            own = self._numbers.scores[line.bidder].member_totals
            totals = [self._member_total(own[place]) for place, _ in self._rows(line)]
            return _mean("technical", totals, rule.bands, value)
        return Working(of="technical", working=_added(line.sections.values()), value=value)

    def _price_score(self, line: BidderResult) -> Iterator[Working]:
        """Only where the score is not the number of its step: kept within 0 and the points there are."""
        part = self._method.price
        if part is None or part.score is None or line.price_score is None or part.score not in self._price:
            return
        printed = self._price[part.score][line.bidder]
        if exact(printed.rstrip("…")) != exact(line.price_score.rstrip("…")):
            yield Working(of="price_score", working=f"max(min({printed}, {part.maximum}), 0)", value=line.price_score)

    def _in_all(self, line: BidderResult) -> Iterator[Working]:
        if line.total is None:
            return
        score = self._method.total.score
        if score is None:
            parts = [line.technical or "0"] if self._method.sections else []
            parts += [line.price_score] if line.price_score is not None else []
            yield Working(of="total", working=_added(parts or ["0"]), value=line.total)
        elif self._total[score][line.bidder] != line.total:
            yield Working(of="total", working=self._total[score][line.bidder], value=line.total)

    def _number(self, mark: Mark) -> Number:
        """A mark in millionths as a number of points."""
        if mark not in self._printed:
            self._printed[mark] = shown(Fraction(mark, UNITS))
        return Fraction(mark), self._printed[mark]


def _computed_scores(method: Method, result: TallyResult) -> dict[str, dict[str, str]]:
    """Item → bidder → the number of the step that is its score."""
    values: Iterator[StepValue] = iter(result.computed)
    found: dict[str, dict[str, str]] = {}
    for division in divisions(method):
        for item in division.section.items:
            for step, value in zip(item.steps, values, strict=False):
                if step.id == item.score:
                    found[item.id] = dict(value.bidders or {})
    return found


def _weighted(division: Division, texts: Sequence[str]) -> str:
    """The sum of ``texts``, one for each item of a section, by their weights and the section's scale."""
    section = division.section
    terms = [
        bracket(text) if item.weight == "1" else f"{bracket(text)} × {item.weight}"
        for text, item in zip(texts, section.items, strict=True)
    ]
    total = " + ".join(terms)
    if section.scaling != "to_weight":
        return total
    return f"({total}) × {section.weight} ÷ {shown(full_marks(section))}"


def _added(texts: Collection[str]) -> str:
    return joined("+", [*texts])


def _mean(
    of: str,
    values: Sequence[Number],
    bands: tuple[TrimBand, ...],
    value: str,
    *,
    member: str | None = None,
    note: Bilingual | None = None,
) -> Working:
    """The mean over members, the dropped ones set apart; equal ones are printed as they come."""
    band = band_for(bands, len(values))
    kept: Sequence[Number] = values
    dropped: Sequence[Number] = ()
    if band is not None:
        highest, lowest = band.counts(len(values))
        ordered = sorted(values, key=itemgetter(0))
        kept = ordered[lowest : len(ordered) - highest]
        dropped = (*ordered[:lowest], *ordered[len(ordered) - highest :])
    texts = [text for _, text in kept]
    working = f"({_added(texts)}) ÷ {len(texts)}" if len(texts) > 1 else "".join(texts)
    outside = tuple(text for _, text in dropped)
    return Working(of=of, working=working, value=value, dropped=outside, member=member, note=note)
