"""How many members and bidders a method must be tried with: the numbers that its document tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import every_item
from evalclient.core.method.exact import exact
from evalclient.core.method.formula.arithmetic import AnyStep, Bands, Choose
from evalclient.core.method.formula.steps import Count, Trim, is_literal

#: bidders, where the document tells no greater numbers apart
FEWEST_BIDDERS, MOST_BIDDERS = 4, 9
#: a committee has five members or more, an odd number (招标投标法 第三十七条)
USUAL_MEMBERS: Final = 5
#: greater numbers are not tried: a tally of each random tender has to stay quick
LARGEST_COMMITTEE, LARGEST_FIELD = 25, 60


def committee_sizes(method: Method) -> tuple[int, ...]:
    """Odd numbers of members, ascending: five, and those on either side of where members are dropped or left out."""
    rules = [method.aggregation.bands, *(part.rule.bands for part in method.sections if part.rule is not None)]
    bounds = {band.at_least for bands in rules for band in bands} | {method.aggregation.void_widest_from or 0}
    below, from_there_on = {(bound - 2) | 1 for bound in bounds}, {bound | 1 for bound in bounds}
    tried = {size for size in below | from_there_on if USUAL_MEMBERS < size <= LARGEST_COMMITTEE}
    return tuple(sorted({USUAL_MEMBERS} | tried))


def field_sizes(method: Method) -> tuple[int, ...]:
    """Numbers of bidders, ascending: on either side of the bounds that the usual number does not reach."""
    steps = [*(method.price.steps if method.price is not None else ()), *method.total.steps]
    steps += [step for item in every_item(method) for step in item.steps]
    bounds = {bound for bound in _bounds(steps) if MOST_BIDDERS - 2 < bound <= LARGEST_FIELD}
    # some bids are above the ceiling price, so that a few more than the bound are needed to reach it
    return tuple(sorted({bound + more for bound in bounds for more in (-1, 0, 3)}))


def _bounds(steps: list[AnyStep]) -> Iterator[int]:
    """The numbers of bidders at which a formula changes."""
    counts = {step.id for step in steps if isinstance(step, Count)}
    for step in steps:
        if isinstance(step, Trim):
            yield from (band.at_least for band in step.bands)
        elif isinstance(step, Choose) and step.of in counts and is_literal(step.than):
            yield exact(step.than).__ceil__()
        elif isinstance(step, Bands) and step.of in counts:
            yield from (exact(row.at_least).__ceil__() for row in step.table if row.at_least is not None)
