"""The tally (汇总): from a method document, prices and score sheets to the ranking; pure and exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import every_item, items_of
from evalclient.core.method.entry.entries import (
    BidderEntry,
    BidderResult,
    Correction,
    MemberScore,
    Place,
    PriceResult,
    Rejection,
    Replacement,
    StepValue,
    TallyInput,
    TallyResult,
    price_bytes,
    result_bytes,
)
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.marking.sheets import mark_of, read_marks
from evalclient.core.method.pricing.computed import Computed, computed_marks
from evalclient.core.method.pricing.price import Priced, check_prices, evaluate, over_ceiling
from evalclient.core.method.pricing.scope import corrected
from evalclient.core.method.tally.aggregate import Aggregator, GroupScore, relate, shown_all
from evalclient.core.method.tally.ranking import Standing, candidates, ranked
from evalclient.core.method.tally.settling import Settled, settled
from evalclient.core.method.tally.totals import Totals, totals_of

__all__ = [
    "BidderEntry",
    "BidderResult",
    "Correction",
    "MemberScore",
    "MemberTotal",
    "Place",
    "PriceResult",
    "Rejection",
    "Replacement",
    "TallyInput",
    "TallyResult",
    "member_total",
    "price_bytes",
    "result_bytes",
    "tally",
]


def tally(method: Method, entries: TallyInput) -> TallyResult:
    """The result of ``entries`` under ``method``.

    Scores out of range are added up as they stand: the checks flag them (87号令 第六十四条). Raises EntriesRefused
    naming the path when a sheet, a score or a price is missing or unknown, or the formula cannot be worked out.
    """
    bidders = over_ceiling(method, entries.bidders)
    scored = scores_of(method, entries, bidders)
    found = placed(method, entries, bidders, scored.scores)
    priced, places = found.priced, found.places
    chosen, undecided = candidates(method.ranking, places)
    lines = _Lines(
        method, entries, scored, priced, found.totals, {b: place.place for place in places for b in place.bidders}
    )
    return TallyResult(
        version=1,
        method=method.id,
        members=entries.members,
        bidders=tuple(lines.line(entry) for entry in found.bidders),
        price=priced.result if method.price is not None or method.limits or scored.computed else None,
        ranking=places,
        candidates=chosen,
        undecided=undecided,
        computed=scored.computed,
        total=found.totals.steps,
        left_out=None if scored.left_out is None else entries.members[scored.left_out],
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores before the price: of each bidder still in, what computed items gave, whose row does not count."""

    scores: Mapping[str, GroupScore]
    computed: tuple[StepValue, ...]
    left_out: int | None


def scores_of(method: Method, entries: TallyInput, bidders: Sequence[BidderEntry]) -> Scored:
    """The group's scores of those of ``bidders`` who are still in; raises EntriesRefused as ``tally`` does."""
    found, computed = _settled(method, entries, bidders)
    aggregator = Aggregator(method)
    if entries.scores:
        scores = {bidder: aggregator.known(rows[0]) for bidder, rows in found.marks.items()}
    else:
        scores = {bidder: aggregator.score(rows, found.left_out) for bidder, rows in found.marks.items()}
    return Scored(scores, computed.steps, found.left_out)


def _settled(method: Method, entries: TallyInput, bidders: Sequence[BidderEntry]) -> tuple[Settled, Computed]:
    scored = [entry.bidder for entry in bidders if not entry.rejected]
    computed = computed_marks(method, bidders, entries.draws)
    return settled(method, entries, read_marks(method, entries, scored, computed)), computed


@dataclass(frozen=True, slots=True)
class Placed:
    """What follows from the scores before the price: who is in, the price evaluation, the totals, the places."""

    bidders: tuple[BidderEntry, ...]
    priced: Priced
    totals: Totals
    places: tuple[Place, ...]


def placed(
    method: Method, entries: TallyInput, bidders: Sequence[BidderEntry], scores: Mapping[str, GroupScore]
) -> Placed:
    """The second half of a tally, from the group's scores on; relative sections of ``scores`` are set against the best.

    Raises EntriesRefused as ``tally`` does.
    """
    judged = _below_technical(method, bidders, scores)
    still_in = {entry.bidder: scores[entry.bidder] for entry in judged if not entry.rejected}
    relate(method, still_in)
    priced = _price(method, judged, entries, still_in)
    left = {bidder: score for bidder, score in still_in.items() if bidder not in priced.rejected}
    totals = totals_of(method, left, priced)
    standings = [Standing(bidder, numbers) for bidder, numbers in totals.numbers.items()]
    return Placed(judged, priced, totals, ranked(method.ranking, standings))


def _below_technical(
    method: Method, bidders: Sequence[BidderEntry], scores: Mapping[str, GroupScore]
) -> tuple[BidderEntry, ...]:
    least = method.thresholds.minimum_technical
    if least is None:
        return tuple(bidders)
    out = (Rejection(at="technical", code="below_technical", article="招标文件评标办法"),)
    return tuple(
        msgspec.structs.replace(entry, rejected=out)
        if not entry.rejected and scores[entry.bidder].technical < exact(least)
        else entry
        for entry in bidders
    )


def _price(
    method: Method, bidders: Sequence[BidderEntry], entries: TallyInput, scores: Mapping[str, GroupScore]
) -> Priced:
    if any(key.of == "price" for key in method.ranking.keys):
        check_prices(bidders)
    technical = {bidder: score.technical for bidder, score in scores.items()}
    return evaluate(method, bidders, entries.draws, technical, entries.price_scores)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Writes the summary's lines."""

    method: Method
    entries: TallyInput
    scored: Scored
    priced: Priced
    totals: Totals
    held: Mapping[str, int]

    def line(self, entry: BidderEntry) -> BidderResult:
        """The line of one bidder."""
        limited = self.priced.result.rejected.get(entry.bidder, ())
        score = self.scored.scores.get(entry.bidder)
        fixed = shown(corrected(entry)) if entry.corrections else None
        if score is None:
            return BidderResult(bidder=entry.bidder, price=entry.price, rejected=entry.rejected, corrected=fixed)
        rule = self.method.aggregation
        last = self.method.sections[-1].rule if self.method.sections else None
        places = rule.section or rule.group or (last.section if last else None)
        total = self.totals.numbers.get(entry.bidder, {}).get("total")
        return BidderResult(
            bidder=entry.bidder,
            price=entry.price,
            rejected=(*entry.rejected, *limited),
            items=self._items(score),
            sections=shown_all(self.method, score.sections),
            members=self._members(score),
            technical=shown(score.technical, rule.section or rule.group),
            corrected=fixed,
            evaluated=self._evaluated(entry.bidder),
            price_score=self.priced.result.scores.get(entry.bidder),
            total=None if total is None else shown(total, self.totals.rounding or places),
            place=self.held.get(entry.bidder),
        )

    def _items(self, score: GroupScore) -> dict[str, str]:
        own = {item.id: section.rule for section in self.method.sections for item in section.items}
        rule = self.method.aggregation
        return {name: shown(value, (own[name] or rule).group) for name, value in score.items.items()}

    def _members(self, score: GroupScore) -> dict[str, MemberScore]:
        rule = self.method.aggregation
        rows = zip(self.entries.members, score.member_sections, score.member_totals, strict=False)
        return {
            member: MemberScore(
                sections={name: shown(value, rule.member_section) for name, value in own.items()},
                total=shown(in_all, rule.member_total),
            )
            for member, own, in_all in rows
        }

    def _evaluated(self, bidder: str) -> str | None:
        part = self.method.price
        if part is None or part.evaluated is None:
            return None
        values = {value.id: value.bidders or {} for value in (*self.priced.result.inputs, *self.priced.result.steps)}
        return values.get(part.evaluated, {}).get(bidder)


class MemberTotal(msgspec.Struct, frozen=True):
    """What a member's own marks for one bidder add up to so far (本人评分合计), and which items are still open."""

    sections: Mapping[str, str]
    total: str
    missing: tuple[str, ...]


def member_total(method: Method, scores: Mapping[str, str]) -> MemberTotal:
    """The running sums of one member's marks for one bidder (item → score), for the score form; without computed items."""
    rule = method.aggregation
    row = [
        mark_of(item, scores[item.id]) if item.id in scores and item.kind != "computed" else 0
        for item in every_item(method)
    ]
    score = Aggregator(method).score([row])
    return MemberTotal(
        sections={name: shown(value, rule.member_section) for name, value in score.member_sections[0].items()},
        total=shown(score.member_totals[0], rule.member_total),
        missing=tuple(item.id for item in items_of(method) if item.id not in scores),
    )
