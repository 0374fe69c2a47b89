"""Steps of plain arithmetic: on numbers they give a number, with one value per bidder they give one per bidder."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.method.formula.steps import (
    NUMBERS,
    Count,
    Maximum,
    Mean,
    Median,
    Minimum,
    NthLowest,
    Operand,
    Position,
    Read,
    Step,
    Test,
    Total,
    Trim,
    Within,
)
from evalclient.core.records.fields import DecimalText


class Arithmetic(Step, frozen=True, kw_only=True, tag="arithmetic"):
    """A step that works bidder by bidder or on numbers alone."""

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand; ``None`` where an optional operand is left out."""
        raise NotImplementedError

    def reads(self) -> tuple[Read, ...]:
        """The operands of the step."""
        return tuple((name, operand, NUMBERS) for name, operand in self.operands() if operand is not None)


class Sum(Arithmetic, frozen=True, kw_only=True, tag="sum"):
    """a + b + … (相加)."""

    terms: Annotated[tuple[Operand, ...], Meta(min_length=1, max_length=50)]

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return tuple((f"terms[{i}]", term) for i, term in enumerate(self.terms))


class Subtract(Arithmetic, frozen=True, kw_only=True, tag="subtract"):
    """of − less (相减)."""

    of: Operand
    less: Operand

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of), ("less", self.less))


class Multiply(Arithmetic, frozen=True, kw_only=True, tag="multiply"):
    """a × b × … (相乘)."""

    factors: Annotated[tuple[Operand, ...], Meta(min_length=1, max_length=20)]

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return tuple((f"factors[{i}]", factor) for i, factor in enumerate(self.factors))


class Ratio(Arithmetic, frozen=True, kw_only=True, tag="ratio"):
    """of ÷ to (比值)."""

    of: Operand
    to: Operand

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of), ("to", self.to))


class Blend(Arithmetic, frozen=True, kw_only=True, tag="blend"):
    """first × share + second × (1 − share), share from 0 to 1 (复合)."""

    first: Operand
    second: Operand
    share: Operand

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("first", self.first), ("second", self.second), ("share", self.share))


class Discount(Arithmetic, frozen=True, kw_only=True, tag="discount"):
    """of × (1 − percent ÷ 100) (下浮、价格扣除)."""

    of: Operand
    percent: Operand

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of), ("percent", self.percent))


class Deviation(Arithmetic, frozen=True, kw_only=True, tag="deviation"):
    """(of − base) ÷ base × 100, in percent, with its sign (偏差率)."""

    of: Operand
    base: Operand

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of), ("base", self.base))


class Deduct(Arithmetic, frozen=True, kw_only=True, tag="deduct"):
    """Full marks less a deduction per percent of deviation, different above and below (扣分).

    ``part`` says what a begun percent costs: ``linear`` its share, ``whole`` nothing, ``begun`` a whole percent
    (不足1%按1%计). ``at_most_above/below`` cap the deduction, in points.
    """

    full: Operand
    deviation: Operand
    above: Operand
    below: Operand
    part: Literal["linear", "whole", "begun"] = "linear"
    at_most_above: Operand | None = None
    at_most_below: Operand | None = None

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (
            ("full", self.full),
            ("deviation", self.deviation),
            ("above", self.above),
            ("below", self.below),
            ("at_most_above", self.at_most_above),
            ("at_most_below", self.at_most_below),
        )


class Clamp(Arithmetic, frozen=True, kw_only=True, tag="clamp"):
    """Not below ``low`` and not above ``high`` (上下限)."""

    of: Operand
    low: Operand | None = None
    high: Operand | None = None

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of), ("low", self.low), ("high", self.high))


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From ``at_least`` on, the value is ``value``; ``None`` stands for: below everything."""

    at_least: DecimalText | None
    value: DecimalText


class Bands(Arithmetic, frozen=True, kw_only=True, tag="bands"):
    """A table of bands: the last row that the value reaches counts (分档); ``linear`` interpolates up to the next (内插)."""

    of: Operand
    between: Literal["step", "linear"] = "step"
    table: Annotated[tuple[Band, ...], Meta(min_length=1, max_length=100)]

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of),)


class Choose(Arithmetic, frozen=True, kw_only=True, tag="choose"):
    """``then`` if ``of`` compares to ``than`` as stated, else ``otherwise`` (分情况)."""

    of: Operand
    test: Test
    than: Operand
    then: Operand
    otherwise: Operand

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of), ("than", self.than), ("then", self.then), ("otherwise", self.otherwise))


class Round(Arithmetic, frozen=True, kw_only=True, tag="round"):
    """The value itself, rounded as the step says (取整、保留小数)."""

    of: Operand

    def operands(self) -> tuple[tuple[str, str | None], ...]:
        """Field and operand."""
        return (("of", self.of),)


AnyStep = (
    Within
    | Trim
    | Mean
    | Minimum
    | Maximum
    | Median
    | Total
    | NthLowest
    | Count
    | Position
    | Sum
    | Subtract
    | Multiply
    | Ratio
    | Blend
    | Discount
    | Deviation
    | Deduct
    | Clamp
    | Bands
    | Choose
    | Round
)
