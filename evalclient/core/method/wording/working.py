"""The working of a step: its expression with the numbers put in, only the branch that was taken.

Numbers are printed as they stand in the result, cut where they do not end; which branch was taken, how many percent have
begun and what is lower are judged by the exact numbers behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import itemgetter

from evalclient.core.method.exact import exact, shown
from evalclient.core.method.formula.arithmetic import AnyStep, Arithmetic, Bands, Choose, Deduct
from evalclient.core.method.formula.steps import Mean, Median, NthLowest, Statistic, Total
from evalclient.core.method.pricing.formula import Reader, compares
from evalclient.core.method.wording.phrases import SIGNS, Say, bracket, formula, joined


def working(step: Arithmetic, say: Say, read: Reader) -> str:
    """The expression of ``step`` over the printed numbers ``say`` gives, whose exact ones ``read`` gives; free of language."""
    if isinstance(step, Deduct):
        return _deduction(step, say, read)
    if isinstance(step, Choose):
        condition = f"{say(step.of)} {SIGNS[step.test]} {say(step.than)}"
        taken = compares(read(step.of), step.test, read(step.than))
        return f"{condition}: {'✓' if taken else '✗'} → {say(step.then if taken else step.otherwise)}"
    if isinstance(step, Bands):
        return _banded(step, say, read)
    return formula(step, say, "zh")


def _deduction(step: Deduct, say: Say, read: Reader) -> str:
    deviation = read(step.deviation)
    percent = say(step.deviation).lstrip("-")
    if step.part == "whole":
        percent = shown(Fraction(abs(deviation).__floor__()))
    elif step.part == "begun":
        percent = shown(Fraction(abs(deviation).__ceil__()))
    rate, cap = (step.above, step.at_most_above) if deviation > 0 else (step.below, step.at_most_below)
    loss = f"{percent} × {bracket(say(rate))}"
    return f"{say(step.full)} − {loss}" if cap is None else f"{say(step.full)} − min({loss}, {say(cap)})"


def _banded(step: Bands, say: Say, read: Reader) -> str:
    """The row that counts, or the line between two rows."""
    value, printed = read(step.of), say(step.of)
    at = max(i for i, row in enumerate(step.table) if row.at_least is None or exact(row.at_least) <= value)
    row = step.table[at]
    after = step.table[at + 1] if at + 1 < len(step.table) else None
    start, end = row.at_least, after.at_least if after is not None else None
    if step.between == "linear" and after is not None and start is not None and end is not None:
        rise = f"({after.value} − {bracket(row.value)}) × ({printed} − {bracket(start)}) ÷ ({end} − {bracket(start)})"
        return f"{row.value} + {rise}"
    if end is not None:
        lower = "" if start is None else f"{start} ≤ "
        return f"{lower}{printed} < {end} → {row.value}"
    return f"{printed} → {row.value}" if start is None else f"{printed} ≥ {start} → {row.value}"


def statistic_working(step: AnyStep, values: Sequence[tuple[Fraction, str]]) -> str:
    """The expression of a step over a population whose numbers are ``values``, exact and printed."""
    texts = [text for _, text in values]
    if isinstance(step, Mean):
        return f"({joined('+', texts)}) ÷ {len(texts)}" if len(texts) > 1 else "".join(texts)
    if isinstance(step, Total):
        return joined("+", texts)
    if isinstance(step, Statistic):
        ascending = [text for _, text in sorted(values, key=itemgetter(0))]
        name = {"minimum": "min", "maximum": "max"}.get(_tag(step), "median" if isinstance(step, Median) else "sort")
        place = f"[{min(step.n, len(texts))}]" if isinstance(step, NthLowest) else ""
        return f"{name}({', '.join(ascending)}){place}"
    raise TypeError(step)


def _tag(step: Statistic) -> str:
    return str(type(step).__struct_config__.tag)
