"""What follows when one bidder's score before the price is another: exactly what a whole tally would give.

A bidder's score moves only his own numbers unless a formula looks at several bidders at once, he crosses the least
technical score, or the best of a relative section is another. What is the same for all others, a *setting*, is worked
out once by the tally itself and kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import BidderEntry, TallyInput
from evalclient.core.method.exact import exact, rounded
from evalclient.core.method.pricing.following import following, sections_matter
from evalclient.core.method.pricing.formula import Scope, Value, compares, run
from evalclient.core.method.pricing.price import bounded
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.aggregate import GroupScore
from evalclient.core.method.tally.outcome import Field, Key, Outcome, key_of, outcome_of
from evalclient.core.method.tally.tally import Placed, placed

#: a bidder's score before the price, then that of each section (relative ones on their own scale) where something reads it
Before = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What stands still while one bidder's score moves: the others in order, and the names a formula may read."""

    field: Field
    values: Mapping[str, Value]
    bests: tuple[Fraction, ...]
    price_score: Fraction
    limited: bool


class Consequences:
    """Outcomes of a tally in which the score of one bidder is another; the others stand at ``scores``."""

    def __init__(
        self, method: Method, entries: TallyInput, bidders: Sequence[BidderEntry], scores: Mapping[str, GroupScore]
    ) -> None:
        self._method = method
        self._entries = entries
        self._bidders = bidders
        self._scores = scores
        self._order = {entry.bidder: at for at, entry in enumerate(bidders)}
        self._following = following(method, entries)
        least = method.thresholds.minimum_technical
        self._least = None if least is None else exact(least)
        self._sections = [section.id for section in method.sections] if sections_matter(method) else []
        self._relative = [at for at, section in enumerate(method.sections) if section.scaling == "relative"]
        self._settings: dict[tuple[str, bool, tuple[Fraction, ...]], _Setting] = {}
        self._known: dict[tuple[str, Before], Outcome | None] = {}
        self._others: dict[str, tuple[Fraction | None, ...]] = {}
        self._base = self._as_it_stands()

    def of(self, bidder: str, before: Before) -> Outcome | None:
        """The outcome when ``bidder`` has ``before``; ``None`` where it cannot be worked out (a zero divisor)."""
        key = (bidder, before)
        if key not in self._known:
            try:
                self._known[key] = self._outcome(bidder, before)
            except EntriesRefused:
                self._known[key] = None
        return self._known[key]

    def is_in(self, technical: Fraction) -> bool:
        """Whether a bidder with this score is not below the least technical score."""
        return self._least is None or technical >= self._least

    def before(self, score: GroupScore) -> Before:
        """The numbers of ``score`` that what follows reads."""
        return (score.technical, *(score.sections[name] for name in self._sections))

    def _outcome(self, bidder: str, before: Before) -> Outcome:
        if not self._following.own_only:
            return outcome_of(self._method.ranking, self._whole(bidder, before).places)
        inside = self.is_in(before[0])
        bests = self._bests(bidder, before if inside else None)
        key = (bidder, inside, bests)
        setting = self._settings.get(key)
        if setting is None:
            setting = self._settings[key] = self._setting(bidder, before, bests)
        return self._own(bidder, before, setting) if inside else setting.field.without()

    def _whole(self, bidder: str, before: Before) -> Placed:
        """The second half of the tally with ``before`` for ``bidder``; all scores anew, since it writes over them."""
        scores = copied(self._scores)
        scores[bidder].technical = before[0]
        scores[bidder].sections.update(zip(self._sections, before[1:], strict=True))
        return placed(self._method, self._entries, self._bidders, scores)

    def _as_it_stands(self) -> Placed | None:
        """The second half of the tally; ``None`` where it cannot be worked out."""
        try:
            return placed(self._method, self._entries, self._bidders, copied(self._scores))
        except EntriesRefused:
            return None

    def _bests(self, bidder: str, before: Before | None) -> tuple[Fraction, ...]:
        """The best of each relative section among those who are in, ``bidder`` with ``before`` or out."""
        if not self._relative:
            return ()
        if bidder not in self._others:
            rows = [
                self.before(score)
                for name, score in self._scores.items()
                if name != bidder and self.is_in(score.technical)
            ]
            self._others[bidder] = tuple(max((row[at + 1] for row in rows), default=None) for at in self._relative)
        others = self._others[bidder]
        own = others if before is None else tuple(before[at + 1] for at in self._relative)
        return tuple(
            max((one for one in pair if one is not None), default=Fraction()) for pair in zip(own, others, strict=True)
        )

    def _setting(self, bidder: str, before: Before, bests: tuple[Fraction, ...]) -> _Setting:
        now = self.before(self._scores[bidder])
        stands_in = self.is_in(now[0])
        inside = self.is_in(before[0])
        same = stands_in == inside and self._bests(bidder, now if stands_in else None) == bests
        found = self._base if same else None
        if found is None:
            found = self._whole(bidder, before)
        ranking = self._method.ranking
        keys = {name: key_of(ranking, numbers) for name, numbers in found.totals.numbers.items()}
        values = {**found.totals.scope.values, **found.priced.scope.values}
        return _Setting(
            field=Field(ranking, keys, bidder, self._order),
            values=values,
            bests=bests,
            price_score=self._price_score(bidder, values) if inside else Fraction(),
            limited=bidder in found.priced.rejected,
        )

    def _price_score(self, bidder: str, values: Mapping[str, Value]) -> Fraction:
        part, known = self._method.price, self._entries.price_scores
        if known:
            return exact(known[bidder])
        if part is None or part.score is None:
            return Fraction()
        rounding = next((step.rounding for step in part.steps if step.id == part.score), None)
        return bounded(part, Scope((bidder,), dict(values)).each(part.score)[bidder], rounding)

    def _own(self, bidder: str, before: Before, setting: _Setting) -> Outcome:
        """Only ``bidder``'s own numbers are worked out anew."""
        technical, sections = self._related(before, setting.bests)
        follow, rule = self._following, self._method.total
        numbers = {**sections, "technical": technical, "price_score": setting.price_score}
        if not (follow.price or follow.total or follow.limits):
            if setting.limited:
                return setting.field.without()
            numbers["total"] = rounded(technical + setting.price_score, rule.rounding)
            return setting.field.at(self._key(bidder, numbers, setting.values))
        scope = Scope((bidder,), {**setting.values, "technical": {bidder: technical}})
        run(follow.price, scope, "$.price.steps")
        if follow.price:
            numbers["price_score"] = self._price_score(bidder, scope.values)
        if self._limited(bidder, scope) if follow.limits else setting.limited:
            return setting.field.without()
        scope.values.update({name: {bidder: number} for name, number in numbers.items()})
        run(follow.total, scope, "$.total.steps")
        total = technical + numbers["price_score"] if rule.score is None else scope.reader(bidder)(rule.score)
        numbers["total"] = rounded(total, rule.rounding)
        return setting.field.at(self._key(bidder, numbers, scope.values))

    def _related(self, before: Before, bests: tuple[Fraction, ...]) -> tuple[Fraction, dict[str, Fraction]]:
        """The score before the price and the sections, relative ones set against the best."""
        sections = dict(zip(self._sections, before[1:], strict=True))
        if not self._relative:
            return before[0], sections
        for at, best in zip(self._relative, bests, strict=True):
            section = self._method.sections[at]
            share = sections[section.id] / best if best else Fraction()
            rule = section.rule or self._method.aggregation
            sections[section.id] = rounded(share * exact(section.weight), rule.section)
        return sum(sections.values(), Fraction()), sections

    def _limited(self, bidder: str, scope: Scope) -> bool:
        read = scope.reader(bidder)
        return any(compares(read(limit.of), limit.test, read(limit.than)) for limit in self._method.limits)

    def _key(self, bidder: str, numbers: Mapping[str, Fraction], values: Mapping[str, Value]) -> Key:
        read = dict(numbers)
        for key in self._method.ranking.keys:
            if key.of not in read:
                column = values[key.of]
                assert isinstance(column, dict), key.of  # noqa: S101 - the document's check has fixed the kinds
                read[key.of] = column[bidder]
        return key_of(self._method.ranking, read)


def copied(scores: Mapping[str, GroupScore]) -> dict[str, GroupScore]:
    """``scores`` anew as far as what follows reads them: it writes over relative sections."""
    return {
        name: GroupScore(sections=dict(score.sections), technical=score.technical) for name, score in scores.items()
    }
