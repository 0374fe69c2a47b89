"""The parts of a method document (评标办法) as frozen structs; numbers are text throughout."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.method.arithmetic import AnyStep
from evalclient.core.method.exact import Rounding
from evalclient.core.method.steps import Operand, Test, TrimBand
from evalclient.core.records.act import Trade
from evalclient.core.records.fields import END, Bilingual, DecimalText, ItemId

#: a number that is not negative
Points = Annotated[str, Meta(pattern=r"^(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?" + END)]
#: which bidders a formula looks at: all opened, those past the preliminary review, those not rejected at all
Population = Literal["opened", "preliminary", "valid"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Base of the parts: unknown fields are refused, fields left at their default are not written."""


class PreliminaryItem(Part, frozen=True, kw_only=True):
    """An item of the preliminary review (初步评审): form, qualification, responsiveness; passed or failed."""

    id: ItemId
    group: Bilingual
    title: Bilingual
    description: Bilingual
    article: str = ""


class FixedValue(Part, frozen=True, kw_only=True):
    """One value an item with fixed values may get, and the condition for it (固定分值)."""

    value: Points
    condition: Bilingual


class ScoredItem(Part, frozen=True, kw_only=True):
    """One scored item (评分项): a range with a step (酌情打分), or fixed values (固定分值).

    ``objective``: every member must give the same score (客观评审因素). ``reason_below``: share of the maximum, 0 to 1,
    under which a reason is asked.
    """

    id: ItemId
    title: Bilingual
    description: Bilingual
    kind: Literal["range", "fixed"]
    objective: bool
    maximum: Points
    minimum: Points = "0"
    step: Points = "0.5"
    values: Annotated[tuple[FixedValue, ...], Meta(max_length=50)] = ()
    reason_below: Points | None = None


class Section(Part, frozen=True, kw_only=True):
    """A group of scored items (评分部分); ``weight`` is what it contributes at most, in points of the total.

    ``scaling``: ``none`` the maxima add up to the weight; ``to_weight`` marks on a scale of their own are scaled to the
    weight (87号令 第五十五条: F × A); ``relative`` the best bidder gets the weight, others their share of it.
    """

    id: ItemId
    title: Bilingual
    weight: Points
    items: Annotated[tuple[ScoredItem, ...], Meta(min_length=1, max_length=500)]
    scaling: Literal["none", "to_weight", "relative"] = "none"


class Quantity(Part, frozen=True, kw_only=True):
    """A further stated quantity of a bid that the formula reads (delivery time, a conversion 折算)."""

    id: ItemId
    title: Bilingual


class Draw(Part, frozen=True, kw_only=True):
    """A number that is drawn in the meeting (现场抽取系数) from the values stated."""

    id: ItemId
    title: Bilingual
    values: Annotated[tuple[DecimalText, ...], Meta(min_length=1, max_length=200)]


class PriceLimit(Part, frozen=True, kw_only=True):
    """A bid is rejected when one of its numbers compares to a bound as stated."""

    of: Operand
    test: Test
    than: Operand
    reason: Bilingual
    article: str


class PricePart(Part, frozen=True, kw_only=True):
    """How prices become scores (报价评审): the steps, and which of them is the score.

    ``score`` may be left out where ranking goes by price alone. ``bounded``: the score is kept within 0 and
    ``maximum``.
    """

    maximum: Points
    population: Population
    steps: Annotated[tuple[AnyStep, ...], Meta(max_length=100)]
    score: ItemId | None
    bounded: bool = True
    quantities: Annotated[tuple[Quantity, ...], Meta(max_length=50)] = ()
    draws: Annotated[tuple[Draw, ...], Meta(max_length=20)] = ()
    limits: Annotated[tuple[PriceLimit, ...], Meta(max_length=20)] = ()


class Aggregation(Part, frozen=True, kw_only=True):
    """How the members' scores become the group's (汇总): where the mean is taken, what is dropped, what is rounded.

    ``level``: ``item`` each item's mean is rounded, then added; ``section`` each section's; ``total`` the mean of the
    members' totals. ``bands`` count members: without a band that is reached nothing is dropped. The four roundings must
    all be stated; null means: do not round here. ``group`` rounds the mean at ``level``.
    """

    level: Literal["item", "section", "total"]
    bands: Annotated[tuple[TrimBand, ...], Meta(max_length=20)] = ()
    member_section: Rounding | None
    member_total: Rounding | None
    group: Rounding | None
    section: Rounding | None


class TotalPart(Part, frozen=True, kw_only=True):
    """The total score is the group score plus the price score (总得分), rounded as stated."""

    rounding: Rounding | None


class RankKey(Part, frozen=True, kw_only=True):
    """What is compared, and which end is better.

    ``of``: ``total``, ``technical`` (group score without price), ``price`` (as stated), ``price_score``, a section, or
    a step that has one number per bidder.
    """

    of: ItemId
    best: Literal["highest", "lowest"]


class Ranking(Part, frozen=True, kw_only=True):
    """The first key ranks, the others break ties in turn; who is still equal shares a place (并列)."""

    keys: Annotated[tuple[RankKey, ...], Meta(min_length=1, max_length=10)]
    candidates: Annotated[int, Meta(ge=1, le=20)]


class Thresholds(Part, frozen=True, kw_only=True):
    """Limits: ceiling price (最高投标限价), least technical score, cost warning line (成本警戒线, number or step)."""

    ceiling_price: Points | None = None
    minimum_technical: Points | None = None
    cost_warning: Operand | None = None


class FlagParameters(Part, frozen=True, kw_only=True):
    """When the checks raise a flag; they never decide.

    ``deviation_percent`` and ``deviation_level``: how far a member's score lies from the mean of the others' (畸高畸低).
    ``low_price_percent``: how far a price lies below the mean of the others'. ``fewest_valid``: bids for competition.
    """

    deviation_percent: Points = "30"
    deviation_level: Literal["item", "section", "total"] = "total"
    low_price_percent: Points | None = "20"
    fewest_valid: Annotated[int, Meta(ge=1, le=10)] = 3


class Majority(Part, frozen=True, kw_only=True):
    """How many members must find a fail for the group's fail (少数服从多数)."""

    fails_when: Literal["any", "half_or_more", "more_than_half", "two_thirds"] = "more_than_half"


class Method(Part, frozen=True, kw_only=True):
    """The method document (评标办法): a part of the tender from which anyone recomputes the result."""

    version: Literal[1]
    id: ItemId
    trade: Trade
    title: Bilingual
    preliminary: Annotated[tuple[PreliminaryItem, ...], Meta(max_length=500)]
    majority: Majority
    sections: Annotated[tuple[Section, ...], Meta(max_length=50)]
    price: PricePart | None
    aggregation: Aggregation
    total: TotalPart
    ranking: Ranking
    thresholds: Thresholds
    flags: FlagParameters
