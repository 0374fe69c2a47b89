"""A method tried on random bids before it is published: ties, sensitivity, and whether the better bid ever loses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import msgspec

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import BidderEntry, Entry, TallyInput, TallyResult
from evalclient.core.method.exact import Rounding, exact, rounded, shown
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.robustness.random_bids import RandomBids
from evalclient.core.method.tally.tally import tally
from evalclient.core.records.fields import Bilingual

if TYPE_CHECKING:
    from random import Random

#: how often each question is put to one random tender
TRIES: Final = 2
#: per cent of the mean price that one line of the distribution covers
BAND: Final = 2


class Counterexample(Entry, frozen=True, kw_only=True):
    """A bidder who got worse by being better: what changed, the places before and after (null: out), the whole input."""

    bidder: str
    change: Bilingual
    place_before: int | None
    place_after: int | None
    before: TallyInput
    after: TallyInput


class Trial(Entry, frozen=True, kw_only=True):
    """How often a question was put and how often the answer was bad; the first bad case."""

    tried: int
    lost: int
    example: Counterexample | None


class Stop(Entry, frozen=True, kw_only=True):
    """A place at which the method could not be worked out, how often, and the first input with which it could not."""

    path: str
    problem: Bilingual
    times: int
    example: TallyInput


class PriceBand(Entry, frozen=True, kw_only=True):
    """The price scores of bids from ``percent`` of the mean valid price on (and below ``percent`` + 2)."""

    percent: int
    bids: int
    lowest: str
    mean: str
    highest: str


class Simulation(Entry, frozen=True, kw_only=True):
    """What ``samples`` random tenders showed.

    ``tied_first``: more than one bidder on the first place; ``undecided``: equal bidders at the edge of the candidates.
    ``sensitive``: a change of one step in one member's score that changed who is first (``lost``). ``quality``: one item a
    step better with every member; ``price``: a lower price; ``lost`` where the bidder got a worse place.
    ``lowest_left_out``: the lowest valid price does not count for the benchmark; ``lowest_rejected``: a limit rejects it;
    ``lowest_not_best``: another price gets more points; ``lowest_first``: the lowest price wins.
    """

    version: int
    method: str
    samples: int
    stopped: tuple[Stop, ...]
    nobody_valid: int
    tied_first: int
    undecided: int
    sensitive: Trial
    quality: Trial
    price: Trial
    lowest_left_out: int
    lowest_rejected: int
    lowest_not_best: int
    lowest_first: int
    distribution: tuple[PriceBand, ...]

    @property
    def doubtful(self) -> bool:
        """Whether the method should be looked at again: it stops, or higher quality loses. A lower price may lose by intent."""
        return bool(self.stopped or self.quality.lost)


@dataclass(frozen=True, slots=True)
class Simulated:
    """The findings, and every valid bid as (price in per cent of the mean valid price, price score)."""

    findings: Simulation
    points: Sequence[tuple[Fraction, Fraction]]


def simulate(
    method: Method, samples: int, source: Random, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Simulated:
    """Try a sound ``method`` on ``samples`` random tenders drawn from ``source``: the same seed, the same findings."""
    run = _Run(method, RandomBids(method, source), source)
    for done in range(samples):
        run.sample()
        progress(done + 1, samples)
    return Simulated(run.findings(samples), tuple(run.points))


@dataclass(slots=True)
class _Count:
    tried: int = 0
    lost: int = 0
    example: Counterexample | None = None

    def trial(self) -> Trial:
        return Trial(tried=self.tried, lost=self.lost, example=self.example)


@dataclass(slots=True)
class _Run:
    method: Method
    bids: RandomBids
    source: Random
    stops: dict[str, Stop] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sensitive: _Count = field(default_factory=_Count)
    quality: _Count = field(default_factory=_Count)
    price: _Count = field(default_factory=_Count)
    points: list[tuple[Fraction, Fraction]] = field(default_factory=list)

    def sample(self) -> None:
        """One random tender, and every question about it."""
        entries = self.bids.entries()
        result = self._tally(entries)
        if result is None:
            return
        if not result.ranking:
            self._count("nobody_valid")
            return
        self._look(result)
        for _ in range(TRIES):
            self._change_one_mark(entries, result)
            self._raise_quality(entries, result)
            self._lower_price(entries, result)

    def findings(self, samples: int) -> Simulation:
        """All that was seen."""
        counted = ("nobody_valid", "tied_first", "undecided")
        lowest = ("lowest_left_out", "lowest_rejected", "lowest_not_best", "lowest_first")
        return Simulation(
            version=1,
            method=self.method.id,
            samples=samples,
            stopped=tuple(self.stops.values()),
            sensitive=self.sensitive.trial(),
            quality=self.quality.trial(),
            price=self.price.trial(),
            distribution=tuple(_distribution(self.points)),
            **{name: self.counts.get(name, 0) for name in (*counted, *lowest)},
        )

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1

    def _tally(self, entries: TallyInput) -> TallyResult | None:
        """The result; where the lot has to say whose spread was widest, whoever it may have met."""
        for member in (entries.drawn_member, *entries.members):
            try:
                return tally(self.method, msgspec.structs.replace(entries, drawn_member=member))
            except EntriesRefused as error:
                if error.path != "$.drawn_member":
                    self._stopped(error, entries)
                    return None
        return None

    def _stopped(self, error: EntriesRefused, entries: TallyInput) -> None:
        known = self.stops.get(error.path)
        first = Stop(path=error.path, problem=error.sentence, times=0, example=entries) if known is None else known
        self.stops[error.path] = msgspec.structs.replace(first, times=first.times + 1)

    def _look(self, result: TallyResult) -> None:
        if len(result.ranking[0].bidders) > 1:
            self._count("tied_first")
        if result.undecided:
            self._count("undecided")
        valid = {line.bidder: exact(line.price or "0") for line in result.bidders if not line.rejected}
        limited = {line.bidder for line in result.bidders if any(one.code == "price_limit" for one in line.rejected)}
        prices = valid | {line.bidder: exact(line.price or "0") for line in result.bidders if line.bidder in limited}
        lowest = min(prices, key=lambda bidder: (prices[bidder], bidder))
        if result.price is not None:
            if any(lowest in step.left_out for step in result.price.steps):
                self._count("lowest_left_out")
            if lowest in limited:
                self._count("lowest_rejected")
            self._look_at_scores(result, valid, lowest)
        if lowest in result.ranking[0].bidders:
            self._count("lowest_first")

    def _look_at_scores(self, result: TallyResult, valid: dict[str, Fraction], lowest: str) -> None:
        given = result.price.scores if result.price is not None else {}
        scores = {bidder: exact(text.rstrip("…")) for bidder, text in given.items()}
        if not scores:
            return
        if scores.get(lowest, Fraction(-1)) < max(scores.values()):
            self._count("lowest_not_best")
        mean = sum(valid.values(), Fraction()) / len(valid)
        self.points += [(valid[bidder] * 100 / mean, score) for bidder, score in scores.items()]

    def _change_one_mark(self, entries: TallyInput, result: TallyResult) -> None:
        if not self.bids.items:
            return
        free = [item for item in self.bids.items if not item.objective] or list(self.bids.items)
        item, member = self.source.choice(free), self.source.choice(entries.members)
        bidder, up = self._somebody(result), self.source.random() < 0.5
        changed = self.bids.with_step(entries, (member,), bidder, item, up)
        after = self._tally(changed) if changed is not None else None
        if changed is None or after is None:
            return
        first, then = result.ranking[0].bidders, after.ranking[0].bidders if after.ranking else ()
        zh = f"{member} 对 {bidder} 的“{item.title.zh}”{'高' if up else '低'}一个步长"
        en = f"{member} marks {bidder} a step {'higher' if up else 'lower'} on {item.title.en}"
        self._note(
            self.sensitive, set(first) != set(then), bidder, Bilingual(zh, en), (entries, result), (changed, after)
        )

    def _raise_quality(self, entries: TallyInput, result: TallyResult) -> None:
        if not self.bids.items:
            return
        item, bidder = self.source.choice(self.bids.items), self._somebody(result)
        changed = self.bids.with_step(entries, entries.members, bidder, item, True)
        zh = f"全体评委对 {bidder} 的“{item.title.zh}”各高一个步长"
        en = f"every member marks {bidder} a step higher on {item.title.en}"
        self._improved(self.quality, bidder, Bilingual(zh, en), (entries, result), changed)

    def _lower_price(self, entries: TallyInput, result: TallyResult) -> None:
        bidder = self._somebody(result)
        before = next(entry.price or "0" for entry in entries.bidders if entry.bidder == bidder)
        cents = exact(before) * 100 * (1000 - self.source.randint(1, 50)) // 1000
        price = shown(Fraction(cents, 100))
        if cents <= 0:
            return
        changed = msgspec.structs.replace(
            entries, bidders=tuple(_priced(entry, bidder, price) for entry in entries.bidders)
        )
        change = Bilingual(
            f"{bidder} 的报价由 {before} 降为 {price}", f"{bidder} lowers the price from {before} to {price}"
        )
        self._improved(self.price, bidder, change, (entries, result), changed)

    def _improved(
        self,
        count: _Count,
        bidder: str,
        change: Bilingual,
        before: tuple[TallyInput, TallyResult],
        changed: TallyInput | None,
    ) -> None:
        after = self._tally(changed) if changed is not None else None
        if changed is None or after is None:
            return
        was, became = before[1].line(bidder).place, after.line(bidder).place
        lost = was is not None and (became is None or became > was)
        self._note(count, lost, bidder, change, before, (changed, after))

    def _note(
        self,
        count: _Count,
        lost: bool,
        bidder: str,
        change: Bilingual,
        before: tuple[TallyInput, TallyResult],
        after: tuple[TallyInput, TallyResult],
    ) -> None:
        count.tried += 1
        count.lost += lost
        if lost and count.example is None:
            count.example = Counterexample(
                bidder=bidder,
                change=change,
                place_before=before[1].line(bidder).place,
                place_after=after[1].line(bidder).place,
                before=before[0],
                after=after[0],
            )

    def _somebody(self, result: TallyResult) -> str:
        """One of those who have a place."""
        return self.source.choice([bidder for place in result.ranking for bidder in place.bidders])


def _priced(entry: BidderEntry, bidder: str, price: str) -> BidderEntry:
    return msgspec.structs.replace(entry, price=price) if entry.bidder == bidder else entry


def _distribution(points: Sequence[tuple[Fraction, Fraction]]) -> Iterator[PriceBand]:
    bands: dict[int, list[Fraction]] = {}
    for place, score in points:
        bands.setdefault(int(place // BAND) * BAND, []).append(score)
    for percent, scores in sorted(bands.items()):
        mean = sum(scores, Fraction()) / len(scores)
        yield PriceBand(
            percent=percent,
            bids=len(scores),
            lowest=_two(min(scores)),
            mean=_two(mean),
            highest=_two(max(scores)),
        )


def _two(value: Fraction) -> str:
    """Two places, half up."""
    return shown(rounded(value, Rounding(2)), Rounding(2))
