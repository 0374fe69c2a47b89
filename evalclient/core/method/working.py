"""The working of an arithmetic step: its expression with the numbers put in, only the branch that was taken."""

from __future__ import annotations

from fractions import Fraction

from evalclient.core.method.arithmetic import AnyStep, Arithmetic, Bands, Choose, Deduct
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.formula import compares
from evalclient.core.method.phrases import SIGNS, Say, formula, joined
from evalclient.core.method.steps import Count, Mean, Median, Statistic, Total


def working(step: Arithmetic, say: Say) -> str:
    """The expression of ``step`` over the printed numbers ``say`` gives; free of language."""
    if isinstance(step, Deduct):
        return _deduction(step, say)
    if isinstance(step, Choose):
        condition = f"{say(step.of)} {SIGNS[step.test]} {say(step.than)}"
        taken = compares(_read(say(step.of)), step.test, _read(say(step.than)))
        return f"{condition}: {'✓' if taken else '✗'} → {say(step.then if taken else step.otherwise)}"
    if isinstance(step, Bands):
        return say(step.of)
    return formula(step, say, "zh")


def _read(text: str) -> Fraction:
    return exact(text.rstrip("…"))


def _deduction(step: Deduct, say: Say) -> str:
    printed = say(step.deviation)
    deviation = _read(printed)
    percent = printed.lstrip("-")
    if step.part == "whole":
        percent = shown(Fraction(abs(deviation).__floor__()))
    elif step.part == "begun":
        percent = shown(Fraction(abs(deviation).__ceil__()))
    rate, cap = (step.above, step.at_most_above) if deviation > 0 else (step.below, step.at_most_below)
    loss = f"{percent} × {say(rate)}"
    return f"{say(step.full)} − {loss}" if cap is None else f"{say(step.full)} − min({loss}, {say(cap)})"


def statistic_working(step: AnyStep, values: list[str]) -> str:
    """The expression of a step over a population whose printed numbers are ``values``."""
    if isinstance(step, Mean):
        return f"({joined('+', values)}) ÷ {len(values)}" if len(values) > 1 else "".join(values)
    if isinstance(step, Total):
        return joined("+", values)
    if isinstance(step, Count):
        return str(len(values))
    if isinstance(step, Statistic):
        ascending = sorted(values, key=_read)
        name = {"minimum": "min", "maximum": "max"}.get(_tag(step), "median" if isinstance(step, Median) else "sort")
        return f"{name}({', '.join(ascending if len(ascending) <= 12 else [*ascending[:11], '…', ascending[-1]])})"
    raise TypeError(step)


def _tag(step: Statistic) -> str:
    return str(type(step).__struct_config__.tag)
