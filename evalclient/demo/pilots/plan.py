"""What a demo expert will find when he reads the bids: his opinions, scores and answers, by bidder name."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from evalclient.core.records.acts_committee import Opinion, Score
from evalclient.core.records.fields import Bilingual
from evalclient.demo.documents.model import Bidder, DemoTender, ScoredItem


class MemberPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One member's judgement. ``opinions`` and ``scores`` map bidder name → item → what he thinks.

    ``competes`` is his view, if too few bids are valid, whether they still compete; ``signs`` whether he will sign.
    """

    person: str
    vote: str
    opinions: dict[str, dict[str, Opinion]]
    scores: dict[str, dict[str, Score]]
    dissent: str = ""
    competes: bool = True
    signs: bool = True


_REASONS = Bilingual(
    "措施针对性不足，关键环节描述较为笼统。",
    "The measures lack focus; key steps are described in general terms.",
)


def make_plans(tender: DemoTender, members: Sequence[str], leader: str, seed: int) -> dict[str, MemberPlan]:
    """A plan per member; the second member misreads one objective item, which the settlement will show."""
    return {
        member: MemberPlan(
            person=member,
            vote=leader if member != leader else next(other for other in members if other != leader),
            opinions={name(tender, bidder): _opinions(tender, bidder) for bidder in tender.bidders},
            scores={
                name(tender, bidder): _scores(tender, bidder, random.Random(f"{seed}|{member}|{bidder.id}"))
                | _misread(tender, bidder, position)
                for bidder in tender.bidders
            },
        )
        for position, member in enumerate(members)
    }


def name(tender: DemoTender, bidder: Bidder) -> str:
    """The bidder's name as it is read out."""
    return bidder.name.text(tender.language)


def _opinions(tender: DemoTender, bidder: Bidder) -> dict[str, Opinion]:
    failed = {failure.item: failure.reason.text(tender.language) for failure in bidder.failures}
    return {item.id: Opinion(item.id not in failed, failed.get(item.id, "")) for item in tender.preliminary}


def _scores(tender: DemoTender, bidder: Bidder, chance: random.Random) -> dict[str, Score]:
    objective = dict(bidder.objective_scores)
    return {
        item.id: Score(objective[item.id]) if item.objective else _judged(tender, item, bidder.quality, chance)
        for item in tender.scored
    }


def _judged(tender: DemoTender, item: ScoredItem, quality: int, chance: random.Random) -> Score:
    """A subjective score: quality 1 to 3 gives about 60 to 95 per cent of the maximum, on the item's step."""
    maximum, step = Decimal(item.max_score), Decimal(item.step or "0.5")
    share = Decimal(chance.randint(58 + 12 * (quality - 1), 70 + 12 * (quality - 1))) / 100
    value = (maximum * share / step).to_integral_value(ROUND_HALF_UP) * step
    reason = _REASONS.text(tender.language) if value < maximum * Decimal("0.6") else ""
    return Score(format(min(value, maximum), "f"), reason)


def _misread(tender: DemoTender, bidder: Bidder, position: int) -> dict[str, Score]:
    if position != 1 or bidder.number != 1:
        return {}
    objective = dict(bidder.objective_scores)
    for item in tender.scored:
        other = next((fixed.value for fixed in item.fixed if fixed.value != objective.get(item.id)), None)
        if other is not None:
            return {item.id: Score(other)}
    return {}
