"""Working out the steps of a price formula, exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch

from evalclient.core.method.exact import TooLarge, added, exact, measured, rounded
from evalclient.core.method.formula.arithmetic import (
    AnyStep,
    Arithmetic,
    Bands,
    Blend,
    Choose,
    Clamp,
    Deduct,
    Deviation,
    Discount,
    Multiply,
    Ratio,
    Round,
    Subtract,
    Sum,
)
from evalclient.core.method.formula.steps import Count, Position, Statistic, Test, Trim, Within, is_literal
from evalclient.core.method.pricing.population import keep_within, positions, statistic, trimmed
from evalclient.core.method.problem import EntriesRefused, Problem

Population = tuple[str, ...]
Value = Fraction | dict[str, Fraction] | Population
Reader = Callable[[str], Fraction]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a step may read, and the bidders for whom a value is worked out (in the order of the input)."""

    bidders: Population
    values: dict[str, Value] = field(default_factory=dict)

    def number(self, operand: str) -> Fraction:
        """The number ``operand`` stands for."""
        value = exact(operand) if is_literal(operand) else self.values[operand]
        assert isinstance(value, Fraction), operand  # noqa: S101 - the document's check has fixed the kinds
        return value

    def each(self, operand: str) -> dict[str, Fraction]:
        """The number of each bidder that ``operand`` stands for."""
        value = self.values[operand]
        assert isinstance(value, dict), operand  # noqa: S101 - as above
        return value

    def population(self, operand: str) -> Population:
        """The bidders ``operand`` stands for."""
        value = self.values[operand]
        assert isinstance(value, tuple), operand  # noqa: S101 - as above
        return value

    def reader(self, bidder: str) -> Reader:
        """Reads an operand for one bidder: his own number where there is one each, else the common one."""

        def read(operand: str) -> Fraction:
            value = exact(operand) if is_literal(operand) else self.values[operand]
            if isinstance(value, dict):
                return value[bidder]
            assert isinstance(value, Fraction), operand  # noqa: S101 - as above
            return value

        return read


def run(steps: tuple[AnyStep, ...], scope: Scope, path: str) -> None:
    """Work out ``steps``, which stand at ``path`` of the document, in order into ``scope``.

    Raises EntriesRefused at an empty population or a zero divisor.
    """
    for i, step in enumerate(steps):
        try:
            scope.values[step.id] = _value(step, scope)
        except TooLarge as error:
            raise _stopped(f"{path}[{i}]", step, "得出的数过大", "the number grows beyond all measure") from error
        except ZeroDivisionError as error:
            raise _stopped(f"{path}[{i}]", step, "除数为零", "division by zero") from error
        except LookupError as error:
            raise _stopped(f"{path}[{i}]", step, "没有投标人可供计算", "there is no bidder to work with") from error


def _stopped(path: str, step: AnyStep, zh: str, en: str) -> EntriesRefused:
    problem = Problem(
        path,
        f"计算在“{step.title.zh}”一步{zh}，请核对报价或评标办法",
        f"the formula stops at {step.title.en!r}: {en}; check the prices or the method",
    )
    return EntriesRefused(problem)


def _value(step: AnyStep, scope: Scope) -> Value:
    if isinstance(step, Within):
        low = None if step.low is None else scope.number(step.low)
        high = None if step.high is None else scope.number(step.high)
        return keep_within(step, scope.population(step.population), scope.each(step.of), low, high)
    if isinstance(step, Trim):
        return trimmed(step, scope.population(step.population), scope.each(step.of))
    if isinstance(step, Count):
        return Fraction(len(scope.population(step.population)))
    if isinstance(step, Position):
        return positions(step, scope.population(step.population), scope.each(step.of), scope.bidders)
    if isinstance(step, Statistic):
        return rounded(_over(step, scope), step.rounding)
    if any(isinstance(scope.values.get(operand), dict) for _, operand, _ in step.reads()):
        return {bidder: _result(step, scope.reader(bidder)) for bidder in scope.bidders}
    return _result(step, scope.number)


def _result(step: Arithmetic, read: Reader) -> Fraction:
    return rounded(measured(work_out(step, read)), step.rounding)


def _over(step: Statistic, scope: Scope) -> Fraction:
    numbers = scope.each(step.of)
    values = [numbers[bidder] for bidder in scope.population(step.population)]
    if not values and step.if_empty is not None:
        return scope.number(step.if_empty)
    return statistic(step, sorted(values))


def compares(left: Fraction, test: Test, right: Fraction) -> bool:
    """Whether ``left`` compares to ``right`` as ``test`` says."""
    outcomes: Mapping[Test, bool] = {
        "lt": left < right,
        "le": left <= right,
        "ge": left >= right,
        "gt": left > right,
    }
    return outcomes[test]


@singledispatch
def work_out(step: Arithmetic, read: Reader) -> Fraction:  # noqa: ARG001 - the signature of every step's rule
    """The unrounded result of an arithmetic step whose operands ``read`` gives."""
    raise TypeError(step)


@work_out.register
def _(step: Sum, read: Reader) -> Fraction:
    return added(map(read, step.terms))


@work_out.register
def _(step: Subtract, read: Reader) -> Fraction:
    return read(step.of) - read(step.less)


@work_out.register
def _(step: Multiply, read: Reader) -> Fraction:
    product = Fraction(1)
    for factor in step.factors:
        product = measured(product * read(factor))
    return product


@work_out.register
def _(step: Ratio, read: Reader) -> Fraction:
    return read(step.of) / read(step.to)


@work_out.register
def _(step: Blend, read: Reader) -> Fraction:
    share = read(step.share)
    return read(step.first) * share + read(step.second) * (1 - share)


@work_out.register
def _(step: Discount, read: Reader) -> Fraction:
    return read(step.of) * (1 - read(step.percent) / 100)


@work_out.register
def _(step: Deviation, read: Reader) -> Fraction:
    base = read(step.base)
    return (read(step.of) - base) / base * 100


@work_out.register
def _(step: Deduct, read: Reader) -> Fraction:
    deviation = read(step.deviation)
    above = deviation > 0
    percent = abs(deviation)
    if step.part == "whole":
        percent = Fraction(percent.__floor__())
    elif step.part == "begun":
        percent = Fraction(percent.__ceil__())
    loss = percent * read(step.above if above else step.below)
    cap = step.at_most_above if above else step.at_most_below
    return read(step.full) - (loss if cap is None else min(loss, read(cap)))


@work_out.register
def _(step: Clamp, read: Reader) -> Fraction:
    value = read(step.of)
    if step.high is not None:
        value = min(value, read(step.high))
    return value if step.low is None else max(value, read(step.low))


@work_out.register
def _(step: Bands, read: Reader) -> Fraction:
    value = read(step.of)
    at = max(i for i, row in enumerate(step.table) if row.at_least is None or exact(row.at_least) <= value)
    row = step.table[at]
    if step.between == "step" or row.at_least is None or at + 1 == len(step.table):
        return exact(row.value)
    start, end = exact(row.at_least), exact(step.table[at + 1].at_least or "0")
    low, high = exact(row.value), exact(step.table[at + 1].value)
    return low + (high - low) * (value - start) / (end - start)


@work_out.register
def _(step: Choose, read: Reader) -> Fraction:
    return read(step.then if compares(read(step.of), step.test, read(step.than)) else step.otherwise)


@work_out.register
def _(step: Round, read: Reader) -> Fraction:
    return read(step.of)
