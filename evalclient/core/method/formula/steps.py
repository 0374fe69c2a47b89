"""The closed vocabulary of typed steps from which a price formula is composed.

A step reads earlier names and yields one of three kinds of value: a *population* (which bidders count), a *number*, or
*one number per bidder*. A text that begins with a digit or a minus sign is a number, any other is a name.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from evalclient.core.method.exact import Rounding
from evalclient.core.records.fields import END, Bilingual, ItemId

#: a number as text, or the name of an input or of an earlier step
Operand = Annotated[
    str, Meta(pattern=r"^(-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?|[a-zA-Z][a-zA-Z0-9_.-]{0,63})" + END, max_length=64)
]
Kind = Literal["population", "number", "bidders"]
Test = Literal["lt", "le", "ge", "gt"]
#: field in the document, the operand that stands there, the kinds allowed
Read = tuple[str, str, tuple[Kind, ...]]
POPULATION: tuple[Kind, ...] = ("population",)
BIDDERS: tuple[Kind, ...] = ("bidders",)
NUMBER: tuple[Kind, ...] = ("number",)
NUMBERS: tuple[Kind, ...] = ("number", "bidders")


def is_literal(operand: str) -> bool:
    """Whether ``operand`` is a number itself and not a name."""
    return operand[0] in "-0123456789"


class Step(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="op",
    tag="step",
):
    """What every step has: a name that is printed, and where its result is rounded."""

    yields: ClassVar[Kind | None] = None  #: None: one number per bidder if an operand is, else a number

    id: ItemId
    title: Bilingual
    rounding: Rounding | None = None

    def reads(self) -> tuple[Read, ...]:
        """The operands of the step."""
        raise NotImplementedError


class Within(Step, frozen=True, kw_only=True, tag="within"):
    """Keep the bidders of a population whose value lies in a band (有效区间).

    Where fewer than ``fewest`` lie in it, ``if_empty`` says whether nobody or the whole population is kept.
    """

    yields: ClassVar[Kind | None] = "population"

    population: Operand = "population"
    of: Operand = "price"
    low: Operand | None = None
    high: Operand | None = None
    low_included: bool = True
    high_included: bool = True
    if_empty: Literal["keep_all", "empty"] = "empty"
    fewest: Annotated[int, Meta(ge=1, le=1000)] = 1

    def reads(self) -> tuple[Read, ...]:
        """The operands of the step."""
        bounds = tuple((n, v, NUMBER) for n, v in (("low", self.low), ("high", self.high)) if v is not None)
        return (("population", self.population, POPULATION), ("of", self.of, BIDDERS), *bounds)


class TrimBand(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How many highest and lowest are dropped when there are ``at_least`` so many; in percent: rounded half up."""

    at_least: Annotated[int, Meta(ge=1, le=100_000)]
    highest: Annotated[int, Meta(ge=0, le=10_000)] = 0
    lowest: Annotated[int, Meta(ge=0, le=10_000)] = 0
    unit: Literal["count", "percent"] = "count"

    def counts(self, size: int) -> tuple[int, int]:
        """How many highest and how many lowest are dropped of ``size``."""
        if self.unit == "count":
            return self.highest, self.lowest
        return (size * self.highest + 50) // 100, (size * self.lowest + 50) // 100


def band_for(bands: tuple[TrimBand, ...], size: int) -> TrimBand | None:
    """The band with the greatest ``at_least`` that ``size`` reaches; ``None``: nothing is dropped."""
    reached = [band for band in bands if band.at_least <= size]
    return max(reached, key=lambda band: band.at_least) if reached else None


class Trim(Step, frozen=True, kw_only=True, tag="trim"):
    """Drop the highest and the lowest of a population (去掉最高最低); ``edge`` keep: ties at the edge all stay."""

    yields: ClassVar[Kind | None] = "population"

    bands: Annotated[tuple[TrimBand, ...], Meta(min_length=1, max_length=20)]
    population: Operand = "population"
    of: Operand = "price"
    edge: Literal["drop", "keep"] = "drop"

    def reads(self) -> tuple[Read, ...]:
        """The operands of the step."""
        return (("population", self.population, POPULATION), ("of", self.of, BIDDERS))


class Statistic(Step, frozen=True, kw_only=True, tag="statistic"):
    """A number over the members of a population; ``if_empty`` is the stated fallback, without it: an error."""

    yields: ClassVar[Kind | None] = "number"

    population: Operand = "population"
    of: Operand = "price"
    if_empty: Operand | None = None

    def reads(self) -> tuple[Read, ...]:
        """The operands of the step."""
        fallback: tuple[Read, ...] = () if self.if_empty is None else (("if_empty", self.if_empty, NUMBER),)
        return (("population", self.population, POPULATION), ("of", self.of, BIDDERS), *fallback)


class Mean(Statistic, frozen=True, kw_only=True, tag="mean"):
    """Arithmetic mean (算术平均值)."""


class Minimum(Statistic, frozen=True, kw_only=True, tag="minimum"):
    """Lowest value (最低值)."""


class Maximum(Statistic, frozen=True, kw_only=True, tag="maximum"):
    """Highest value (最高值)."""


class Median(Statistic, frozen=True, kw_only=True, tag="median"):
    """Median; mean of the two in the middle if there is no one middle (中位数)."""


class Total(Statistic, frozen=True, kw_only=True, tag="total"):
    """Sum over the population (合计)."""


class NthLowest(Statistic, frozen=True, kw_only=True, tag="nth_lowest"):
    """The ``n``-th lowest value, the last one if there are fewer (次低价等)."""

    n: Annotated[int, Meta(ge=1, le=1000)]


class Count(Step, frozen=True, kw_only=True, tag="count"):
    """How many bidders a population has (家数)."""

    yields: ClassVar[Kind | None] = "number"

    population: Operand = "population"

    def reads(self) -> tuple[Read, ...]:
        """The operands of the step."""
        return (("population", self.population, POPULATION),)


class Position(Step, frozen=True, kw_only=True, tag="position"):
    """Each bidder's position in a population: one more than how many there are better than he (名次)."""

    yields: ClassVar[Kind | None] = "bidders"

    population: Operand = "population"
    of: Operand = "price"
    best: Literal["lowest", "highest"] = "lowest"

    def reads(self) -> tuple[Read, ...]:
        """The operands of the step."""
        return (("population", self.population, POPULATION), ("of", self.of, BIDDERS))
