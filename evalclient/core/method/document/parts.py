"""The parts of a method document (评标办法) as frozen structs; numbers are text throughout."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from evalclient.core.method.document.items import Part, Points, PreliminaryItem, Section
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import AnyStep
from evalclient.core.method.formula.steps import Operand, Test, TrimBand
from evalclient.core.records.act import DrawTime, Trade
from evalclient.core.records.fields import Bilingual, DecimalText, ItemId

#: which bidders a formula looks at: all opened, those past the preliminary review, those not rejected at all
Population = Literal["opened", "preliminary", "valid"]


class Choice(Part, frozen=True, kw_only=True):
    """One of the words a bid may state instead of a number, and the number that it stands for."""

    id: ItemId
    value: DecimalText
    title: Bilingual


class Quantity(Part, frozen=True, kw_only=True):
    """A further stated quantity of a bid that a formula reads (delivery time, 折算, kind of enterprise).

    With ``choices`` a bid states one of their ids. Where a bid states nothing, ``missing`` says what stands there:
    ``refuse`` nothing, the tally stops; ``default`` the number ``default``; ``highest``, ``mean`` or ``lowest`` that of
    the bids that state it (缺漏项按其他投标人最高价、平均价补入).
    """

    id: ItemId
    title: Bilingual
    choices: Annotated[tuple[Choice, ...], Meta(max_length=50)] = ()
    missing: Literal["refuse", "default", "highest", "mean", "lowest"] = "refuse"
    default: DecimalText | None = None


class Draw(Part, frozen=True, kw_only=True):
    """Something that is drawn in the meeting (现场抽取): ``number`` one of ``values``, ``order`` an order of the bidders,
    ``members`` an order of the committee: the lot (抽签) of the aggregation, or the seats (抽取座位).

    An order gives everybody his number, 1 first. ``when`` says at which point of the meeting.
    """

    id: ItemId
    title: Bilingual
    kind: Literal["number", "order", "members"] = "number"
    values: Annotated[tuple[DecimalText, ...], Meta(max_length=200)] = ()
    when: DrawTime = "after_review"


class Limit(Part, frozen=True, kw_only=True):
    """A bid is rejected when one of its numbers compares to a bound as stated."""

    of: Operand
    test: Test
    than: Operand
    reason: Bilingual
    article: str


class PricePart(Part, frozen=True, kw_only=True):
    """How prices become scores (报价评审): the steps, and which of them is the score.

    ``score`` may be left out where ranking goes by price alone. ``evaluated`` names the step that is the evaluated
    price (评标价). ``bounded``: the score is kept within 0 and ``maximum``.
    """

    maximum: Points
    population: Population
    steps: Annotated[tuple[AnyStep, ...], Meta(max_length=100)]
    score: ItemId | None
    evaluated: ItemId | None = None
    bounded: bool = True


class Aggregation(Part, frozen=True, kw_only=True):
    """How the members' scores become the group's (汇总), in this order: an abnormal member's scores are replaced, the
    member with the widest spread is left out, the highest and lowest are dropped, the mean is taken and rounded.

    ``level``: ``item`` each item's mean is rounded, then added; ``section`` each section's; ``total`` the mean of the
    members' totals. ``bands`` count members: without a band that is reached nothing is dropped. The four roundings must
    all be stated; null means: do not round here. ``group`` rounds the mean at ``level``.

    ``replace_abnormal``: where the committee has decided that a member's scores of a bid are abnormal, the mean of the
    others stands there (重庆市 评标办法 第三十二条). ``void_widest_from``: from so many members on, the one whose totals
    differ most from bid to bid is left out altogether (公路工程); among equals the lot decides, the draw named ``lot``.
    ``void_first`` turns these two round.
    """

    level: Literal["item", "section", "total"]
    bands: Annotated[tuple[TrimBand, ...], Meta(max_length=20)] = ()
    member_section: Rounding | None
    member_total: Rounding | None
    group: Rounding | None
    section: Rounding | None
    replace_abnormal: bool = False
    void_widest_from: Annotated[int, Meta(ge=4, le=100)] | None = None
    lot: ItemId | None = None
    void_first: bool = False


class TotalPart(Part, frozen=True, kw_only=True):
    """The total score (总得分), rounded as stated: the group score plus the price score, or what ``steps`` make of them.

    The steps read ``technical``, ``price_score``, every section and whatever the price formula read or made; ``score``
    names the one that is the total. ``full`` is what the weights and the price's points add up to.
    """

    rounding: Rounding | None
    full: Points = "100"
    steps: Annotated[tuple[AnyStep, ...], Meta(max_length=50)] = ()
    score: ItemId | None = None


class RankKey(Part, frozen=True, kw_only=True):
    """What is compared, and which end is better.

    ``of``: ``total``, ``technical`` (group score without price), ``price`` (corrected), ``price_score``, a section, a
    quantity, an order drawn, or a step that has one number per bidder.
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
    quantities: Annotated[tuple[Quantity, ...], Meta(max_length=100)] = ()
    draws: Annotated[tuple[Draw, ...], Meta(max_length=20)] = ()
    limits: Annotated[tuple[Limit, ...], Meta(max_length=50)] = ()
