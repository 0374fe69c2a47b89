"""What the steps of a formula gave, as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from evalclient.core.method.entry.entries import StepValue
from evalclient.core.method.exact import Rounding, shown
from evalclient.core.method.formula.arithmetic import AnyStep
from evalclient.core.method.pricing.formula import Scope, Value


def step_values(steps: Sequence[AnyStep], scope: Scope) -> tuple[StepValue, ...]:
    """One value per step, in order."""
    return tuple(
        step_value(step.id, scope.values[step.id], step.rounding, _population_read(step.reads(), scope))
        for step in steps
    )


def step_value(name: str, value: Value, rounding: Rounding | None, before: tuple[str, ...]) -> StepValue:
    """``value`` under its name; ``before`` is the population that a population was taken from."""
    if isinstance(value, Fraction):
        return StepValue(id=name, number=shown(value, rounding))
    if isinstance(value, dict):
        return StepValue(id=name, bidders={bidder: shown(number, rounding) for bidder, number in value.items()})
    stays = set(value)
    return StepValue(id=name, kept=value, left_out=tuple(bidder for bidder in before if bidder not in stays))


def _population_read(reads: Iterable[tuple[str, str, tuple[str, ...]]], scope: Scope) -> tuple[str, ...]:
    for field, operand, _ in reads:
        if field == "population":
            return scope.population(operand)
    return ()
