"""How a step reads: once with the names of what it works on (formula), once with the numbers put in (working)."""

# ruff: noqa: ARG001 - one signature for every phrase, though most need no language

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import singledispatch

from evalclient.core.method.formula.arithmetic import (
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
from evalclient.core.method.formula.steps import Test

Say = Callable[[str], str]
SIGNS: dict[Test, str] = {"lt": "<", "le": "≤", "ge": "≥", "gt": ">"}


@singledispatch
def formula(step: Arithmetic, say: Say, language: str) -> str:
    """The step as an expression over what ``say`` makes of its operands; by itself the working too."""
    raise TypeError(step)


def bracket(text: str) -> str:
    """``text``, in brackets if it is negative: 100 − (−3.72)."""
    return f"({text})" if text.startswith("-") else text


def joined(sign: str, texts: Sequence[str]) -> str:
    """``texts`` joined by ``sign``, every one of them: whoever reads it can do it again."""
    return f" {sign} ".join(bracket(text) if i else text for i, text in enumerate(texts))


@formula.register
def _(step: Sum, say: Say, language: str) -> str:
    return joined("+", [say(term) for term in step.terms])


@formula.register
def _(step: Subtract, say: Say, language: str) -> str:
    return f"{say(step.of)} − {bracket(say(step.less))}"


@formula.register
def _(step: Multiply, say: Say, language: str) -> str:
    return joined("×", [say(factor) for factor in step.factors])


@formula.register
def _(step: Ratio, say: Say, language: str) -> str:
    return f"{say(step.of)} ÷ {bracket(say(step.to))}"


@formula.register
def _(step: Blend, say: Say, language: str) -> str:
    share = bracket(say(step.share))
    return f"{say(step.first)} × {share} + {bracket(say(step.second))} × (1 − {share})"


@formula.register
def _(step: Discount, say: Say, language: str) -> str:
    return f"{say(step.of)} × (1 − {bracket(say(step.percent))}%)"


@formula.register
def _(step: Deviation, say: Say, language: str) -> str:
    base = say(step.base)
    return f"({say(step.of)} − {bracket(base)}) ÷ {bracket(base)} × 100"


@formula.register
def _(step: Deduct, say: Say, language: str) -> str:
    full, deviation = say(step.full), say(step.deviation)
    unit = {"linear": f"|{deviation}|", "whole": f"⌊|{deviation}|⌋", "begun": f"⌈|{deviation}|⌉"}[step.part]

    def branch(rate: str, cap: str | None) -> str:
        loss = f"{unit} × {say(rate)}"
        return f"{full} − {loss}" if cap is None else f"{full} − min({loss}, {say(cap)})"

    above, below = branch(step.above, step.at_most_above), branch(step.below, step.at_most_below)
    if language == "en":
        return f"{above} if {deviation} > 0, else {below}"
    return f"{deviation} > 0 时 {above}，否则 {below}"


@formula.register
def _(step: Clamp, say: Say, language: str) -> str:
    inner = say(step.of)
    if step.high is not None:
        inner = f"min({inner}, {say(step.high)})"
    return inner if step.low is None else f"max({inner}, {say(step.low)})"


@formula.register
def _(step: Bands, say: Say, language: str) -> str:
    value = say(step.of)
    rows = [f"{value}: {step.table[0].value}"] if step.table[0].at_least is None else []
    rows += [f"≥ {row.at_least}: {row.value}" for row in step.table if row.at_least is not None]
    linear = {"en": " (interpolated between them)", "zh": "（中间值按直线内插）"}["en" if language == "en" else "zh"]
    return "; ".join(rows) + (linear if step.between == "linear" else "")


@formula.register
def _(step: Choose, say: Say, language: str) -> str:
    condition = f"{say(step.of)} {SIGNS[step.test]} {say(step.than)}"
    if language == "en":
        return f"{say(step.then)} if {condition}, else {say(step.otherwise)}"
    return f"{condition} 时取 {say(step.then)}，否则取 {say(step.otherwise)}"


@formula.register
def _(step: Round, say: Say, language: str) -> str:
    return say(step.of)
