"""The calculation sheet (报价计算表): every step of the price formula with its numbers, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from evalclient.core.method.arithmetic import AnyStep, Arithmetic
from evalclient.core.method.entries import PriceResult, StepValue, TallyResult
from evalclient.core.method.parts import Method
from evalclient.core.method.step_words import Titles, step_words
from evalclient.core.method.steps import Count, Statistic, is_literal
from evalclient.core.method.working import statistic_working, working
from evalclient.core.records.fields import Bilingual


class BidderValue(msgspec.Struct, frozen=True):
    """One bidder's number in a step; ``working`` shows it as an expression of the numbers above it."""

    bidder: str
    value: str
    working: str


class StepResult(msgspec.Struct, frozen=True):
    """One step of the sheet: ``value`` for a number, ``values`` for one each, ``kept``/``left_out`` for a population.

    ``formula`` names the step's rule with the numbers put in where there is one number.
    """

    id: str
    name: Bilingual
    formula: Bilingual
    value: str | None = None
    values: tuple[BidderValue, ...] = ()
    kept: tuple[str, ...] | None = None
    left_out: tuple[str, ...] = ()


class CalculationSheet(msgspec.Struct, frozen=True):
    """The whole price evaluation, step by step, ending in the scores (bidder → text)."""

    steps: tuple[StepResult, ...]
    scores: Mapping[str, str]


def calculation_sheet(method: Method, result: PriceResult) -> CalculationSheet:
    """``result`` explained; its numbers are taken as they stand. Empty without a valid bid. Raises ValueError for a method without prices."""
    if method.price is None:
        raise ValueError(method.id)
    steps = method.price.steps if result.steps else ()
    known = {value.id: value for value in result.inputs}
    return CalculationSheet(steps=explained_steps(steps, result.steps, known, Titles(method)), scores=result.scores)


def explained_steps(
    steps: Sequence[AnyStep], values: Sequence[StepValue], known: Mapping[str, StepValue], titles: Titles
) -> tuple[StepResult, ...]:
    """``steps`` of any formula with the ``values`` they gave; ``known`` are the inputs that they read."""
    read = dict(known)
    explained = []
    for step, value in zip(steps, values, strict=True):
        explained.append(_step(step, value, read, titles))
        read[step.id] = value
    return tuple(explained)


def computed_sheet(method: Method, result: TallyResult) -> tuple[StepResult, ...]:
    """How the computed items (计算项) came about, one after the other; empty where there are none."""
    given = {value.id: value for value in result.price.inputs} if result.price else {}
    values = iter(result.computed)
    sheet: list[StepResult] = []
    for section in method.sections:
        for item in section.items:
            own = [value for _, value in zip(item.steps, values, strict=False)]
            known = {**given, "full": StepValue(id="full", number=item.maximum)}
            for step in explained_steps(item.steps if own else (), own, known, Titles(method).within(item)):
                name = Bilingual(f"{item.title.zh}：{step.name.zh}", f"{item.title.en}: {step.name.en}")
                sheet.append(msgspec.structs.replace(step, name=name))
    return tuple(sheet)


def total_sheet(method: Method, result: TallyResult) -> tuple[StepResult, ...]:
    """The steps from the scores to the total; empty where the total is their plain sum."""
    price = result.price
    known = {value.id: value for value in (*price.inputs, *price.steps)} if price else {}
    left = [line for line in result.bidders if line.total is not None]
    columns = {section.id: {line.bidder: line.sections[section.id] for line in left} for section in method.sections}
    columns["technical"] = {line.bidder: line.technical or "0" for line in left}
    columns["price_score"] = {line.bidder: line.price_score or "0" for line in left}
    known |= {name: StepValue(id=name, bidders=column) for name, column in columns.items()}
    return explained_steps(method.total.steps if result.total else (), result.total, known, Titles(method))


def _step(step: AnyStep, value: StepValue, known: Mapping[str, StepValue], titles: Titles) -> StepResult:
    rule = step_words(step, titles)
    if value.kept is not None:
        return StepResult(step.id, step.title, rule, kept=value.kept, left_out=value.left_out)
    if value.bidders is not None and isinstance(step, Arithmetic):
        rows = tuple(
            BidderValue(bidder, number, f"{working(step, _sayer(known, bidder))} = {number}")
            for bidder, number in value.bidders.items()
        )
        return StepResult(step.id, step.title, rule, values=rows)
    if value.bidders is not None:  # positions: the rule says what was compared, there is nothing to put in
        rows = tuple(BidderValue(bidder, number, number) for bidder, number in value.bidders.items())
        return StepResult(step.id, step.title, rule, values=rows)
    put_in = f"{_working(step, known)} = {value.number}"
    formula = Bilingual(f"{rule.zh}：{put_in}", f"{rule.en}: {put_in}")
    return StepResult(step.id, step.title, formula, value=value.number)


def _working(step: AnyStep, known: Mapping[str, StepValue]) -> str:
    if isinstance(step, Arithmetic):
        return working(step, _sayer(known, ""))
    if isinstance(step, Count):
        return statistic_working(step, list(known[step.population].kept or ()))
    if isinstance(step, Statistic):
        numbers = known[step.of].bidders or {}
        values = [numbers[bidder] for bidder in known[step.population].kept or ()]
        if not values and step.if_empty is not None:
            return _sayer(known, "")(step.if_empty)
        return statistic_working(step, values)
    raise TypeError(step)


def _sayer(known: Mapping[str, StepValue], bidder: str) -> Callable[[str], str]:
    """Gives the printed number of an operand, the bidder's own where there is one each."""

    def say(operand: str) -> str:
        if is_literal(operand):
            return operand
        value = known[operand]
        return value.bidders[bidder] if value.bidders is not None else str(value.number)

    return say
