"""Computed items (按填报数据计算的评分项): marks that nobody enters, worked out from the stated quantities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.formula_soundness import names_read
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import BidderEntry, Drawn, StepValue
from evalclient.core.method.exact import exact
from evalclient.core.method.pricing.formula import Scope, run
from evalclient.core.method.pricing.scope import scope_of
from evalclient.core.method.pricing.step_values import step_values


@dataclass(frozen=True, slots=True)
class Computed:
    """Bidder → item → mark, and the steps that led there; item → the exact numbers of its steps."""

    marks: Mapping[str, Mapping[str, Fraction]]
    steps: tuple[StepValue, ...]
    scopes: Mapping[str, Scope]


def computed_marks(method: Method, bidders: Sequence[BidderEntry], draws: Mapping[str, Drawn]) -> Computed:
    """The marks of the computed items for the bidders still in; raises EntriesRefused as a formula does."""
    found = [
        (f"$.sections[{i}].items[{j}].steps", item)
        for i, section in enumerate(method.sections)
        for j, item in enumerate(section.items)
        if item.kind == "computed"
    ]
    valid = [entry.bidder for entry in bidders if not entry.rejected]
    marks: dict[str, dict[str, Fraction]] = {bidder: {} for bidder in valid}
    steps: list[StepValue] = []
    scopes: dict[str, Scope] = {}
    for path, item in found if valid else ():
        scope = scope_of(method, bidders, draws, names_read(item.steps))
        scope.values["full"] = exact(item.maximum)
        run(item.steps, scope, path)
        column = scope.each(item.score or "")
        for bidder in valid:
            marks[bidder][item.id] = _bounded(item, column[bidder])
        steps += step_values(item.steps, scope)
        scopes[item.id] = scope
    return Computed(marks, tuple(steps), scopes)


def _bounded(item: ScoredItem, mark: Fraction) -> Fraction:
    return max(exact(item.minimum), min(mark, exact(item.maximum)))
