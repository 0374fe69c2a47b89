"""From the scores to the total (总得分), and the numbers by which bidders are ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import StepValue
from evalclient.core.method.exact import Rounding, rounded
from evalclient.core.method.pricing.formula import Scope, run
from evalclient.core.method.pricing.price import Priced
from evalclient.core.method.pricing.step_values import step_values
from evalclient.core.method.tally.aggregate import GroupScore


@dataclass(frozen=True, slots=True)
class Totals:
    """Bidder → every number he may be ranked by, ``total`` among them; the steps to it; how it is rounded; their scope."""

    numbers: Mapping[str, Mapping[str, Fraction]]
    steps: tuple[StepValue, ...]
    rounding: Rounding | None
    scope: Scope


def totals_of(method: Method, scores: Mapping[str, GroupScore], priced: Priced) -> Totals:
    """The totals of the bidders in ``scores``, who are all still in; raises EntriesRefused as a formula does."""
    rule = method.total
    scope = _scope(method, scores, priced)
    if rule.steps and scores:
        run(rule.steps, scope, "$.total.steps")
    total = _total(method, scores, scope)
    columns = {name: value for name, value in scope.values.items() if isinstance(value, dict)}
    numbers = {
        bidder: {**{name: column[bidder] for name, column in columns.items()}, "total": total[bidder]}
        for bidder in scores
    }
    steps = step_values(rule.steps, scope) if scores else ()
    last = next((step.rounding for step in rule.steps if step.id == rule.score), None)
    return Totals(numbers, steps, rule.rounding or last, scope)


def _scope(method: Method, scores: Mapping[str, GroupScore], priced: Priced) -> Scope:
    """What the price formula read and made, for those still in, with their scores."""
    bidders = tuple(scores)
    scope = Scope(bidders=bidders)
    for name, value in priced.scope.values.items():
        if isinstance(value, dict):
            scope.values[name] = {bidder: value[bidder] for bidder in bidders if bidder in value}
        elif isinstance(value, tuple):
            scope.values[name] = tuple(bidder for bidder in value if bidder in scores)
        else:
            scope.values[name] = value
    for section in method.sections:
        scope.values[section.id] = {bidder: score.sections[section.id] for bidder, score in scores.items()}
    scope.values["technical"] = {bidder: score.technical for bidder, score in scores.items()}
    scope.values["price_score"] = {bidder: priced.scores.get(bidder, Fraction()) for bidder in bidders}
    return scope


def _total(method: Method, scores: Mapping[str, GroupScore], scope: Scope) -> dict[str, Fraction]:
    rule = method.total
    if rule.score is not None and scores:
        return {bidder: rounded(number, rule.rounding) for bidder, number in scope.each(rule.score).items()}
    price_score = scope.each("price_score")
    return {bidder: rounded(score.technical + price_score[bidder], rule.rounding) for bidder, score in scores.items()}
