"""The calculation sheet (报价计算表): every step of the price formula with its numbers, in words.

The numbers are those of the result, as printed. The exact ones behind them (``retraced``) say which branch was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import PriceResult, StepValue, TallyResult
from evalclient.core.method.formula.arithmetic import AnyStep, Arithmetic
from evalclient.core.method.formula.steps import Count, Statistic, is_literal
from evalclient.core.method.pricing.formula import Scope
from evalclient.core.method.pricing.step_values import step_value
from evalclient.core.method.wording.step_words import Titles, step_words
from evalclient.core.method.wording.working import statistic_working, working
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


def calculation_sheet(method: Method, result: PriceResult, numbers: Scope) -> CalculationSheet:
    """``result`` explained, ``numbers`` being the exact ones. Empty without a valid bid. Raises ValueError for a method without prices."""
    if method.price is None:
        raise ValueError(method.id)
    steps = method.price.steps if result.steps else ()
    known = {value.id: value for value in result.inputs}
    explained = explained_steps(steps, result.steps, known, numbers, Titles(method))
    return CalculationSheet(steps=explained, scores=result.scores)


def explained_steps(
    steps: Sequence[AnyStep],
    values: Sequence[StepValue],
    known: Mapping[str, StepValue],
    numbers: Scope,
    titles: Titles,
) -> tuple[StepResult, ...]:
    """``steps`` of any formula with the ``values`` they gave; ``known`` are the inputs they read, ``numbers`` the exact ones."""
    read = dict(known)
    explained = []
    for step, value in zip(steps, values, strict=True):
        explained.append(_step(step, value, _Operands(read, numbers), titles))
        read[step.id] = value
    return tuple(explained)


def computed_sheet(method: Method, result: TallyResult, numbers: Mapping[str, Scope]) -> tuple[StepResult, ...]:
    """How the computed items (计算项) came about, one after the other; ``numbers``: item → its exact ones."""
    values = iter(result.computed)
    sheet: list[StepResult] = []
    for section in method.sections:
        for item in section.items:
            own = [value for _, value in zip(item.steps, values, strict=False)]
            if not own:
                continue
            known = {name: step_value(name, value, None, ()) for name, value in numbers[item.id].values.items()}
            for step in explained_steps(item.steps, own, known, numbers[item.id], Titles(method).within(item)):
                name = Bilingual(f"{item.title.zh}：{step.name.zh}", f"{item.title.en}: {step.name.en}")
                sheet.append(msgspec.structs.replace(step, name=name))
    return tuple(sheet)


def total_sheet(method: Method, result: TallyResult, numbers: Scope) -> tuple[StepResult, ...]:
    """The steps from the scores to the total, ``numbers`` being the exact ones; empty where it is their plain sum."""
    price = result.price
    known = {value.id: value for value in (*price.inputs, *price.steps)} if price else {}
    left = [line for line in result.bidders if line.total is not None]
    columns = {section.id: {line.bidder: line.sections[section.id] for line in left} for section in method.sections}
    columns["technical"] = {line.bidder: line.technical or "0" for line in left}
    columns["price_score"] = {line.bidder: line.price_score or "0" for line in left}
    known |= {name: StepValue(id=name, bidders=column) for name, column in columns.items()}
    return explained_steps(method.total.steps if result.total else (), result.total, known, numbers, Titles(method))


class _Operands:
    """The operands of a step: as printed, and exactly."""

    def __init__(self, known: Mapping[str, StepValue], numbers: Scope) -> None:
        self._known = known
        self._numbers = numbers

    def working(self, step: Arithmetic, bidder: str | None) -> str:
        """The expression of ``step``, with the bidder's own numbers where there is one each."""
        read = self._numbers.number if bidder is None else self._numbers.reader(bidder)
        return working(step, self._sayer(bidder or ""), read)

    def over(self, step: AnyStep) -> str:
        """The expression of a step that gives one number over a population."""
        if isinstance(step, Count):
            return str(len(self._known[step.population].kept or ()))
        if not isinstance(step, Statistic):
            raise TypeError(step)
        printed = self._known[step.of].bidders or {}
        bidders = self._known[step.population].kept or ()
        if not bidders and step.if_empty is not None:
            return self._sayer("")(step.if_empty)
        numbers = self._numbers.each(step.of)
        return statistic_working(step, [(numbers[bidder], printed[bidder]) for bidder in bidders])

    def _sayer(self, bidder: str) -> Callable[[str], str]:
        """Gives the printed number of an operand, the bidder's own where there is one each."""

        def say(operand: str) -> str:
            if is_literal(operand):
                return operand
            value = self._known[operand]
            return value.bidders[bidder] if value.bidders is not None else str(value.number)

        return say


def _step(step: AnyStep, value: StepValue, operands: _Operands, titles: Titles) -> StepResult:
    rule = step_words(step, titles)
    if value.kept is not None:
        return StepResult(step.id, step.title, rule, kept=value.kept, left_out=value.left_out)
    if value.bidders is not None and isinstance(step, Arithmetic):
        rows = tuple(
            BidderValue(bidder, number, f"{operands.working(step, bidder)} = {number}")
            for bidder, number in value.bidders.items()
        )
        return StepResult(step.id, step.title, rule, values=rows)
    if value.bidders is not None:  # positions: the rule says what was compared, there is nothing to put in
        rows = tuple(BidderValue(bidder, number, number) for bidder, number in value.bidders.items())
        return StepResult(step.id, step.title, rule, values=rows)
    found = operands.working(step, None) if isinstance(step, Arithmetic) else operands.over(step)
    put_in = f"{found} = {value.number}"
    formula = Bilingual(f"{rule.zh}：{put_in}", f"{rule.en}: {put_in}")
    return StepResult(step.id, step.title, formula, value=value.number)
