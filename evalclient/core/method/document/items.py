"""What members mark: preliminary items, scored items and the sections that hold them; numbers are text throughout."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.method.exact import Rounding, exact
from evalclient.core.method.formula.arithmetic import AnyStep
from evalclient.core.method.formula.steps import TrimBand
from evalclient.core.records.fields import END, Bilingual, DecimalText, ItemId

#: a number that is not negative
Points = Annotated[str, Meta(pattern=r"^(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?" + END)]
ItemKind = Literal["range", "fixed", "options", "deduction", "pass_fail", "computed"]


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
    """One value an item with fixed values or options may get, and the condition for it (固定分值)."""

    value: Points
    condition: Bilingual


class ScoredItem(Part, frozen=True, kw_only=True):
    """One scored item (评分项), of one of six kinds:

    - ``range`` a mark between minimum and maximum on a step (酌情打分);
    - ``fixed`` one of ``values`` (固定分值);
    - ``options`` the sum of those ``values`` that apply, no more than the maximum (多项累计);
    - ``deduction`` the member states the points *deducted*, on the step; the mark is the maximum less them, not below
      the minimum (扣分); with a maximum of 0 and a minimum below it a pure deduction (不良行为扣分);
    - ``pass_fail`` minimum or maximum, and the group's mark is what the majority found, not a mean;
    - ``computed`` nobody enters it: ``steps`` work it out from the stated quantities, ``score`` names the result.

    ``objective``: every member must give the same score (客观评审因素). ``weight``: what one point of the mark counts.
    ``reason_below``: share of the maximum, 0 to 1, under which a reason is asked. ``group``: a heading within the section.
    """

    id: ItemId
    title: Bilingual
    description: Bilingual
    kind: ItemKind
    objective: bool
    maximum: Points
    minimum: DecimalText = "0"
    step: Points = "0.5"
    values: Annotated[tuple[FixedValue, ...], Meta(max_length=50)] = ()
    weight: Points = "1"
    reason_below: Points | None = None
    group: Bilingual | None = None
    steps: Annotated[tuple[AnyStep, ...], Meta(max_length=50)] = ()
    score: ItemId | None = None


class SectionRule(Part, frozen=True, kw_only=True):
    """How one section departs from the document's aggregation: what is dropped, where is rounded."""

    bands: Annotated[tuple[TrimBand, ...], Meta(max_length=20)] = ()
    group: Rounding | None
    section: Rounding | None


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
    rule: SectionRule | None = None


def full_marks(section: Section) -> Fraction:
    """The most that the items of a section add up to, weighted and before scaling."""
    return sum((exact(item.maximum) * exact(item.weight) for item in section.items), Fraction())
