"""Group results computed from the log: preliminary review, price calculation, tally, flags, objective differences.

Results are cached by the exact input they are computed from, because gates, pages and the report all ask for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from evalclient.core.evaluation.drawing import drawn
from evalclient.core.evaluation.state import Bid, Evaluation, stage_index
from evalclient.core.evaluation.views import (
    active_members,
    correction_of,
    opened_bids,
    replaced_scores,
    reviewed_bids,
    reviews,
    scores,
)
from evalclient.core.method.document.document import Method
from evalclient.core.method.entry.entries import (
    BidderEntry,
    Correction,
    PriceResult,
    Rejection,
    Replacement,
    TallyInput,
    TallyResult,
    price_bytes,
    result_bytes,
)
from evalclient.core.method.entry.stated import stated_quantities
from evalclient.core.method.flag import FlagKind
from evalclient.core.method.pricing.price import over_ceiling
from evalclient.core.method.tally import checks
from evalclient.core.method.tally.checks import Flag, ObjectiveDifference
from evalclient.core.method.tally.majority import group_passes
from evalclient.core.method.tally.ranking import candidates
from evalclient.core.method.tally.tally import tally
from evalclient.core.method.wording.retraced import Retraced, retraced
from evalclient.core.records.envelope import digest


@dataclass(frozen=True, slots=True)
class GroupOpinion:
    """The committee's view on one preliminary item of one bid: who fails it and why (少数服从多数)."""

    bidder: str
    item: str
    passed: bool
    against: tuple[tuple[str, str], ...]


def group_opinions(evaluation: Evaluation) -> tuple[GroupOpinion, ...]:
    """Every preliminary item of every bid the committee sees, by majority of the active members."""
    opened = reviews(evaluation)
    members = len(active_members(evaluation))
    found = []
    for bid in reviewed_bids(evaluation):
        for item in evaluation.method.preliminary:
            against = tuple(
                (member, opinion.reason)
                for member, review in opened.items()
                if (opinion := review.opinions.get(bid.bidder, {}).get(item.id)) is not None and not opinion.passed
            )
            passed = group_passes(evaluation.method.majority, len(against), members)
            found.append(GroupOpinion(bid.bidder, item.id, passed, against))
    return tuple(found)


def group_digest(evaluation: Evaluation) -> str:
    """Digest of the group's preliminary result; the stage's end signs it."""
    lines = [[entry.bidder, entry.item, entry.passed] for entry in group_opinions(evaluation)]
    return digest(msgspec.json.encode(lines), evaluation.founding.hash)


def rejections(evaluation: Evaluation) -> dict[str, tuple[Rejection, ...]]:
    """Bidder → why he is out: failed opening, unqualified, rejected by the committee, above the ceiling price."""
    out: dict[str, tuple[Rejection, ...]] = {}
    if evaluation.opening is None:
        return out
    for line in evaluation.opening.bids:
        if line.failure:
            out[line.bidder] = (
                Rejection(
                    at="opening",
                    code=line.failure,
                    reason=line.note,
                    article=evaluation.rules.article("opening_failure"),
                ),
            )
    article = evaluation.rules.qualification.article
    for bid in opened_bids(evaluation):
        if bid.qualified is False:
            out[bid.bidder] = (
                Rejection(at="qualification", code="unqualified", reason=bid.qualification_reason, article=article),
            )
    articles = {item.id: item.article for item in evaluation.method.preliminary}
    for entry in group_opinions(evaluation):
        if not entry.passed:
            reason = "；".join(dict.fromkeys(reason for _, reason in entry.against if reason))
            rejection = Rejection(at="preliminary", code=entry.item, reason=reason, article=articles[entry.item])
            out[entry.bidder] = (*out.get(entry.bidder, ()), rejection)
    entries = tuple(
        BidderEntry(bidder=line.bidder, price=None if line.failure else line.price, rejected=out.get(line.bidder, ()))
        for line in evaluation.opening.bids
    )
    return {entry.bidder: entry.rejected for entry in over_ceiling(evaluation.method, entries) if entry.rejected}


def all_rejections(evaluation: Evaluation, result: TallyResult | None) -> dict[str, tuple[Rejection, ...]]:
    """``rejections``, and those that the method makes of scores and prices in ``result``."""
    out = rejections(evaluation)
    for line in result.bidders if result else ():
        out[line.bidder] = tuple(dict.fromkeys((*out.get(line.bidder, ()), *line.rejected)))
    return out


def bids_in_scoring(evaluation: Evaluation) -> tuple[Bid, ...]:
    """The valid bids (有效投标): those the committee scores."""
    out = rejections(evaluation)
    return tuple(bid for bid in reviewed_bids(evaluation) if bid.bidder not in out)


def tally_input(evaluation: Evaluation) -> TallyInput:
    """The input of the tally as the log gives it."""
    out = rejections(evaluation)
    lines = evaluation.opening.bids if evaluation.opening else ()
    entries = tuple(
        BidderEntry(
            bidder=line.bidder,
            price=None if line.failure else line.price,
            rejected=out.get(line.bidder, ()),
            corrections=_corrections(evaluation, line.bidder),
            quantities=stated_quantities(evaluation.method, line.terms),
        )
        for line in lines
    )
    members = tuple(member.person for member in active_members(evaluation))
    replaced = tuple(
        Replacement(member=member, bidder=bidder, reason="") for member, bidder in replaced_scores(evaluation)
    )
    return TallyInput(
        bidders=entries, members=members, sheets=scores(evaluation), draws=drawn(evaluation), replaced=replaced
    )


def _corrections(evaluation: Evaluation, bidder: str) -> tuple[Correction, ...]:
    act = evaluation.price_corrected.get(bidder)
    if act is None:
        return ()
    article = evaluation.rules.article("price.corrected")
    return tuple(Correction(amount=one.amount, reason=one.reason, article=article) for one in act.corrections)


def price_result(evaluation: Evaluation) -> PriceResult | None:
    """The price calculation (报价评审) as it stands in the tally; None before its stage, or where no price is scored."""
    if evaluation.method.price is None or stage_index(evaluation.stage) < stage_index("price"):
        return None
    return tally_result(evaluation).price


def price_digest(evaluation: Evaluation) -> str:
    """Digest of the price calculation, which each member confirms; of nothing where no price is scored."""
    result = price_result(evaluation)
    return digest(price_bytes(result) if result else b"", evaluation.founding.hash)


def tally_result(evaluation: Evaluation) -> TallyResult:
    """The result of the evaluation as the log gives it."""
    return _tally(evaluation.method, msgspec.json.encode(tally_input(evaluation)))


def tally_numbers(evaluation: Evaluation) -> Retraced:
    """The exact numbers behind ``tally_result``, for its calculation sheets."""
    return _retraced(evaluation.method, msgspec.json.encode(tally_input(evaluation)))


def valid_bidders(evaluation: Evaluation) -> tuple[str, ...]:
    """The bidders still in: after the group's preliminary review, and from the summary on those who have a place."""
    if stage_index(evaluation.stage) < stage_index("summary"):
        return tuple(bid.bidder for bid in bids_in_scoring(evaluation))
    return tuple(bidder for place in tally_result(evaluation).ranking for bidder in place.bidders)


def recommended(evaluation: Evaluation) -> tuple[str, ...]:
    """The candidates in the order of the result: as many as method and rules both allow, never part of a tie."""
    ranking = evaluation.method.ranking
    most = min(ranking.candidates, evaluation.rules.candidates.maximum)
    chosen, _undecided = candidates(msgspec.structs.replace(ranking, candidates=most), tally_result(evaluation).ranking)
    return chosen


def result_digest(evaluation: Evaluation) -> str:
    """Digest of the result, which summary, re-check, candidates and report sign."""
    return digest(result_bytes(tally_result(evaluation)), evaluation.founding.hash)


def flags(evaluation: Evaluation) -> tuple[Flag, ...]:
    """What the checks ask the committee to look at (复核提示); they flag and never decide."""
    names = tuple((line.bidder, line.name) for line in (evaluation.opening.bids if evaluation.opening else ()))
    articles = tuple(evaluation.rules.flag_articles.items())
    return _flags(evaluation.method, msgspec.json.encode(tally_input(evaluation)), articles, names)


def differences(evaluation: Evaluation) -> tuple[ObjectiveDifference, ...]:
    """Objective items that the members score differently now."""
    return checks.objective_differences(evaluation.method, scores(evaluation))


def unsettled(evaluation: Evaluation) -> tuple[ObjectiveDifference, ...]:
    """Differences that still block: all of them where the rules say so, else those nobody has explained yet."""
    open_differences = differences(evaluation)
    if evaluation.rules.settlement.unresolved_blocks:
        return open_differences
    return tuple(entry for entry in open_differences if not _explained(evaluation, entry))


def _explained(evaluation: Evaluation, entry: ObjectiveDifference) -> bool:
    return all(
        correction_of(evaluation, member.person, entry.bidder, entry.item) is not None
        for member in active_members(evaluation)
    )


@lru_cache(maxsize=64)
def _tally(method: Method, entries: bytes) -> TallyResult:
    return tally(method, msgspec.json.decode(entries, type=TallyInput))


@lru_cache(maxsize=8)
def _retraced(method: Method, entries: bytes) -> Retraced:
    return retraced(method, msgspec.json.decode(entries, type=TallyInput))


@lru_cache(maxsize=64)
def _flags(
    method: Method, entries: bytes, articles: tuple[tuple[FlagKind, str], ...], names: tuple[tuple[str, str], ...]
) -> tuple[Flag, ...]:
    read = msgspec.json.decode(entries, type=TallyInput)
    return checks.flags(method, read, _tally(method, entries), dict(articles), dict(names))
