"""The tally (汇总): from a method document, prices and score sheets to the ranking; pure and exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from evalclient.core.method.aggregate import Aggregator, GroupScore, relate, shown_all
from evalclient.core.method.entries import (
    BidderEntry,
    BidderResult,
    MemberScore,
    Place,
    PriceResult,
    Rejection,
    TallyInput,
    TallyResult,
    price_bytes,
    result_bytes,
)
from evalclient.core.method.exact import exact, rounded, shown
from evalclient.core.method.parts import Method
from evalclient.core.method.price import Priced, check_prices, evaluate, over_ceiling, price_sheet
from evalclient.core.method.ranking import Standing, candidates, ranked
from evalclient.core.method.sheets import items_of, read_marks

__all__ = [
    "BidderEntry",
    "BidderResult",
    "MemberScore",
    "MemberTotal",
    "Place",
    "PriceResult",
    "Rejection",
    "TallyInput",
    "TallyResult",
    "member_total",
    "price_bytes",
    "price_sheet",
    "result_bytes",
    "tally",
]


def tally(method: Method, entries: TallyInput) -> TallyResult:
    """The result of ``entries`` under ``method``.

    Scores out of range are added up as they stand: the checks flag them (87号令 第六十四条). Raises EntriesRefused
    naming the path when a sheet, a score or a price is missing or unknown, or the formula cannot be worked out.
    """
    bidders = over_ceiling(method, entries.bidders)
    scored = [entry.bidder for entry in bidders if not entry.rejected]
    marks = read_marks(method, entries, scored)
    aggregator = Aggregator(method)
    scores = {bidder: aggregator.score(marks[bidder]) for bidder in scored}
    bidders = _below_technical(method, bidders, scores)
    still_in = {entry.bidder: scores[entry.bidder] for entry in bidders if not entry.rejected}
    relate(method, still_in)
    priced = _price(method, bidders, entries, still_in)
    standings = _standings(method, bidders, still_in, priced)
    places = ranked(method.ranking, standings)
    chosen, undecided = candidates(method.ranking, places)
    totals = {standing.bidder: standing.numbers["total"] for standing in standings}
    held = {bidder: place.place for place in places for bidder in place.bidders}
    return TallyResult(
        version=1,
        method=method.id,
        members=entries.members,
        bidders=tuple(_line(method, entries, entry, scores, priced, totals, held) for entry in bidders),
        price=priced.result if priced else None,
        ranking=places,
        candidates=chosen,
        undecided=undecided,
    )


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
) -> Priced | None:
    if any(key.of == "price" for key in method.ranking.keys):
        check_prices(bidders)
    return evaluate(method, bidders, entries.draws, {bidder: score.technical for bidder, score in scores.items()})


def _standings(
    method: Method, bidders: Sequence[BidderEntry], scores: Mapping[str, GroupScore], priced: Priced | None
) -> list[Standing]:
    standings = []
    out = priced.rejected if priced else {}
    for entry in bidders:
        if entry.rejected or entry.bidder in out:
            continue
        score = scores[entry.bidder]
        price_score = priced.scores.get(entry.bidder, Fraction()) if priced else Fraction()
        numbers = {
            **score.sections,
            "technical": score.technical,
            "price_score": price_score,
            "total": rounded(score.technical + price_score, method.total.rounding),
        }
        if entry.price is not None:
            numbers["price"] = exact(entry.price)
        if priced:
            numbers |= {
                name: value[entry.bidder] for name, value in priced.scope.values.items() if isinstance(value, dict)
            }
        standings.append(Standing(entry.bidder, numbers))
    return standings


def _line(
    method: Method,
    entries: TallyInput,
    entry: BidderEntry,
    scores: Mapping[str, GroupScore],
    priced: Priced | None,
    totals: Mapping[str, Fraction],
    held: Mapping[str, int],
) -> BidderResult:
    limited = priced.result.rejected.get(entry.bidder, ()) if priced else ()
    score = scores.get(entry.bidder)
    if score is None:
        return BidderResult(bidder=entry.bidder, price=entry.price, rejected=entry.rejected)
    rule = method.aggregation
    total = totals.get(entry.bidder)
    return BidderResult(
        bidder=entry.bidder,
        price=entry.price,
        rejected=(*entry.rejected, *limited),
        items={name: shown(value, rule.group) for name, value in score.items.items()},
        sections=shown_all(score.sections, rule),
        members={
            member: MemberScore(
                sections={name: shown(value, rule.member_section) for name, value in own.items()},
                total=shown(in_all, rule.member_total),
            )
            for member, own, in_all in zip(entries.members, score.member_sections, score.member_totals, strict=True)
        },
        technical=shown(score.technical, rule.section or rule.group),
        price_score=priced.result.scores.get(entry.bidder) if priced else None,
        total=None if total is None else shown(total, method.total.rounding or rule.section or rule.group),
        place=held.get(entry.bidder),
    )


class MemberTotal(msgspec.Struct, frozen=True):
    """What a member's own marks for one bidder add up to so far (本人评分合计), and which items are still open."""

    sections: Mapping[str, str]
    total: str
    missing: tuple[str, ...]


def member_total(method: Method, scores: Mapping[str, str]) -> MemberTotal:
    """The running sums of one member's marks for one bidder (item → score), for the score form."""
    rule = method.aggregation
    row = [int(exact(scores.get(item.id, "0")) * 1_000_000) for item in items_of(method)]
    score = Aggregator(method).score([row])
    return MemberTotal(
        sections={name: shown(value, rule.member_section) for name, value in score.member_sections[0].items()},
        total=shown(score.member_totals[0], rule.member_total),
        missing=tuple(item.id for item in items_of(method) if item.id not in scores),
    )
