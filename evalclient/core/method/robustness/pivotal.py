"""For every score the smallest change that would change the first place or the candidates (决定性评分)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import every_item
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.marking.scoring import span_of, values_of
from evalclient.core.method.marking.sheets import UNITS
from evalclient.core.method.pricing.following import rises_with_score
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.robustness.consequence import Consequences
from evalclient.core.method.robustness.one_mark import OneBidder
from evalclient.core.method.robustness.result import Change, DecisiveScore
from evalclient.core.method.tally.aggregate import GroupScore
from evalclient.core.method.tally.given_marks import GivenMarks
from evalclient.core.method.tally.outcome import Outcome

#: so many values of a score are tried one by one on either side; by halving, all of them are known
MOST_TRIED = 1_000


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a change comes to; ``inside``: the bidder is not below the least technical score."""

    outcome: Outcome | None
    inside: bool
    candidates: bool
    first: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A value at which something changes, in millionths as typed, and how many allowed values away it lies."""

    units: int
    steps: int
    outcome: Outcome


class PivotalScores:
    """Examines the scores bidder by bidder."""

    def __init__(self, method: Method, entries: TallyInput, baseline: Outcome) -> None:
        self._method = method
        self._entries = entries
        self._baseline = baseline
        self._given = GivenMarks(method, entries)
        self._halving = rises_with_score(method)
        self._consequences: dict[int | None, Consequences] = {}
        self._items = [(at, item) for at, item in enumerate(every_item(method)) if item.kind != "computed"]
        self._allowed = {at: _allowed(item) for at, item in self._items}
        self._full = {at: int(exact(item.maximum) * UNITS) for at, item in self._items if item.kind == "deduction"}

    @property
    def bidders(self) -> tuple[str, ...]:
        """Those whose scores are examined: who is not out before the scores are added up."""
        return tuple(self._given.raw)

    @property
    def group(self) -> Mapping[str, GroupScore]:
        """Their scores before the price, as they stand."""
        return self._given.scores(self._given.left_out)

    def examined(self) -> int:
        """How many scores there are to examine."""
        return sum(len(rows) for rows in self._given.raw.values()) * len(self._items)

    def of(self, bidder: str) -> list[DecisiveScore]:
        """Those scores of ``bidder`` of which another allowed value changes something."""
        return list(self._decisive(bidder))

    def _decisive(self, bidder: str) -> Iterator[DecisiveScore]:
        own = OneBidder(self._given, bidder)
        known: dict[Hashable, _Effect] = {}
        for at, item in self._items:
            for member, row in enumerate(self._given.raw[bidder]):
                now = self._typed(at, int(row[at]))

                def effect(units: int, member: int = member, at: int = at) -> _Effect:
                    mark = self._typed(at, units)
                    key = own.key(member, at, mark)
                    found = known.get(key)
                    if found is None:
                        found = known[key] = self._effect(own, bidder, member, at, mark)
                    return found

                first, candidates = self._nearest(self._allowed[at], now, effect)
                if candidates is not None:
                    yield self._score(bidder, member, item, now, first, candidates)

    def _typed(self, at: int, units: int) -> int:
        """From a mark to the number as typed and back: a deduction states what is taken off."""
        full = self._full.get(at)
        return units if full is None else full - units

    def _effect(self, own: OneBidder, bidder: str, member: int, at: int, mark: int) -> _Effect:
        try:
            moved = own.moved(member, at, mark)
            if moved.left_out not in self._consequences:
                scores = self._given.scores(moved.left_out)
                self._consequences[moved.left_out] = Consequences(
                    self._method, self._entries, self._given.bidders, scores
                )
        except EntriesRefused:
            return _Effect(None, inside=True, candidates=False, first=False)
        follow = self._consequences[moved.left_out]
        outcome = follow.of(bidder, follow.before(moved.score))
        return _Effect(
            outcome,
            inside=follow.is_in(moved.score.technical),
            candidates=outcome is not None and outcome.differs(self._baseline),
            first=outcome is not None and outcome.first != self._baseline.first,
        )

    def _nearest(
        self, allowed: Sequence[int], now: int, effect: Callable[[int], _Effect]
    ) -> tuple[_Found | None, _Found | None]:
        """The nearest values that change the first place, and the candidates."""
        down, up = allowed[: bisect_left(allowed, now)][::-1], allowed[bisect_right(allowed, now) :]
        firsts: list[_Found] = []
        others: list[_Found] = []
        for values in (down, up):
            at = self._search(values, effect, first=False)
            if at is None:
                continue
            others.append(_found(values, at, effect))
            # whoever changes the first place changes the candidates too, so there is nothing before
            beyond = self._search(values[at:], effect, first=True)
            if beyond is not None:
                firsts.append(_found(values, at + beyond, effect))

        def order(found: _Found) -> tuple[int, int, int]:
            return found.steps, abs(found.units - now), found.units

        return min(firsts, key=order, default=None), min(others, key=order, default=None)

    def _search(self, values: Sequence[int], effect: Callable[[int], _Effect], *, first: bool) -> int | None:
        """The place of the first of ``values`` that changes something; they lead away from the present one."""

        def changes(units: int) -> bool:
            found = effect(units)
            return found.first if first else found.candidates

        if not values:
            return None
        if not self._halving:
            return next((at for at, units in enumerate(values[:MOST_TRIED]) if changes(units)), None)
        inside = effect(values[0]).inside
        # crossing the least technical score is a leap, on either side of it the effect only grows
        edge = len(values)
        if effect(values[-1]).inside != inside:
            edge = _first(values, lambda units: effect(units).inside != inside)
        for start, end in ((0, edge), (edge, len(values))):
            if start < end and changes(values[end - 1]):
                return start + _first(values[start:end], changes)
        return None

    def _score(
        self, bidder: str, member: int, item: ScoredItem, now: int, first: _Found | None, candidates: _Found
    ) -> DecisiveScore:
        members = self._entries.members
        return DecisiveScore(
            member=members[member] if members else None,
            bidder=bidder,
            item=item.id,
            value=_text(now),
            pivotal=candidates.steps == 1,
            first=None if first is None else _change(first),
            candidates=_change(candidates),
        )


def nearness(score: DecisiveScore) -> tuple[int, int, Fraction]:
    """Ascending: the fewer steps change the first place, then the candidates, and the fewer points, the more decisive."""
    far = 10**9 if score.first is None else score.first.steps
    nearest = score.first or score.candidates
    return far, score.candidates.steps, abs(exact(nearest.to) - exact(score.value))


def _allowed(item: ScoredItem) -> Sequence[int]:
    """The numbers that may be typed, ascending, in millionths."""
    if item.kind in ("range", "deduction"):
        low, high = (int(bound * UNITS) for bound in span_of(item))
        return range(low, high + 1, int(exact(item.step) * UNITS))
    return sorted({int(exact(value) * UNITS) for value in values_of(item)})


def _first(values: Sequence[int], holds: Callable[[int], bool]) -> int:
    """The place of the first of ``values`` for which ``holds`` is true; it stays true and is true of the last."""
    return bisect_left(values, True, key=holds)


def _found(values: Sequence[int], at: int, effect: Callable[[int], _Effect]) -> _Found:
    outcome = effect(values[at]).outcome
    assert outcome is not None  # noqa: S101 - what changes something has an outcome
    return _Found(values[at], at + 1, outcome)


def _change(found: _Found) -> Change:
    outcome = found.outcome
    return Change(
        to=_text(found.units),
        steps=found.steps,
        first=outcome.first,
        candidates=outcome.candidates,
        undecided=outcome.undecided,
    )


def _text(units: int) -> str:
    return shown(Fraction(units, UNITS))
