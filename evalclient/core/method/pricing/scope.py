"""What a formula may read: populations, prices, stated quantities, what was drawn, the given numbers."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from fractions import Fraction

from evalclient.core.method.document.parts import Draw, Method, Quantity
from evalclient.core.method.entry.entries import BidderEntry, Drawn, Rejection
from evalclient.core.method.entry.stated import quantity_problem
from evalclient.core.method.exact import exact
from evalclient.core.method.pricing.formula import Scope, Value
from evalclient.core.method.problem import EntriesRefused, Problem

_BEFORE_SCORING = ("opening", "qualification", "preliminary")


def scope_of(
    method: Method,
    bidders: Sequence[BidderEntry],
    draws: Mapping[str, Drawn],
    read: frozenset[str] | set[str],
    among: Container[str] | None = None,
) -> Scope:
    """The names that formulas of ``method`` may read; what none of ``read`` names is not worked out.

    ``among`` leaves out who is not in it. Raises EntriesRefused where a quantity or a draw that is read is missing or
    not one of those stated.
    """
    opened = [entry for entry in bidders if entry.price is not None and corrected(entry) > 0]
    if method.price is None:
        opened = list(bidders)
    if among is not None:
        opened = [entry for entry in opened if entry.bidder in among]
    populations = _populations(method, opened)
    worked = set(populations["valid"]) | set(populations.get("population", ()))
    worked |= {bidder for name, members in populations.items() if name in read for bidder in members}
    counted = [entry for entry in opened if entry.bidder in worked]
    scope = Scope(bidders=tuple(entry.bidder for entry in counted))
    scope.values.update(populations)
    scope.values["stated"] = {entry.bidder: exact(entry.price or "0") for entry in counted}
    scope.values["price"] = {entry.bidder: corrected(entry) for entry in counted}
    if method.price is not None:
        scope.values["full"] = exact(method.price.maximum)
    if method.thresholds.ceiling_price is not None:
        scope.values["ceiling"] = exact(method.thresholds.ceiling_price)
    standing = [entry for entry in bidders if not any(_before_scoring(rejection) for rejection in entry.rejected)]
    for quantity in method.quantities:
        if quantity.id in read:
            scope.values[quantity.id] = _column(quantity, counted, standing)
    for draw in method.draws:
        if draw.id in read:
            scope.values[draw.id] = _drawn(draw, draws, scope.bidders, {entry.bidder for entry in bidders})
    return scope


def _populations(method: Method, opened: Sequence[BidderEntry]) -> dict[str, tuple[str, ...]]:
    populations = {
        "opened": tuple(entry.bidder for entry in opened),
        "preliminary": tuple(e.bidder for e in opened if not any(_before_scoring(r) for r in e.rejected)),
        "valid": tuple(entry.bidder for entry in opened if not entry.rejected),
    }
    if method.price is not None:
        populations["population"] = populations[method.price.population]
    return populations


def _before_scoring(rejection: Rejection) -> bool:
    """Whether a bid is out before it is scored; one above the ceiling price is (条例 第五十一条第五项)."""
    return rejection.at in _BEFORE_SCORING or rejection.code == "above_ceiling"


def corrected(entry: BidderEntry) -> Fraction:
    """The price after arithmetic corrections, 0 where there is none."""
    return exact(entry.price or "0") + sum((exact(one.amount) for one in entry.corrections), Fraction())


def _column(quantity: Quantity, bidders: Sequence[BidderEntry], standing: Sequence[BidderEntry]) -> dict[str, Fraction]:
    """The quantity of each of ``bidders``; what stands in for one that states nothing comes from ``standing`` bids.

    These are all bids not out before the scoring, whatever a formula reads, so that a bid has one value throughout.
    """
    stated = {entry.bidder: _quantity(quantity, entry) for entry in bidders}
    known = [number for entry in standing if (number := _quantity(quantity, entry)) is not None]
    return {bidder: _filled(quantity, known, bidder) if number is None else number for bidder, number in stated.items()}


def _quantity(quantity: Quantity, entry: BidderEntry) -> Fraction | None:
    text = entry.quantities.get(quantity.id)
    if text is None:
        return None
    problem = quantity_problem(quantity, text)
    if problem is not None:
        path = f"$.bidders[{entry.bidder}].quantities.{quantity.id}"
        raise EntriesRefused(Problem(path, problem.zh, problem.en))
    return exact(next((choice.value for choice in quantity.choices if choice.id == text), text))


def _filled(quantity: Quantity, known: Sequence[Fraction], bidder: str) -> Fraction:
    """What stands where ``bidder`` states nothing."""
    if quantity.missing == "default" and quantity.default is not None:
        return exact(quantity.default)
    if known and quantity.missing == "highest":
        return max(known)
    if known and quantity.missing == "lowest":
        return min(known)
    if known and quantity.missing == "mean":
        return sum(known, Fraction()) / len(known)
    path = f"$.bidders[{bidder}].quantities.{quantity.id}"
    raise EntriesRefused(Problem(path, "缺少评标办法所需的数值", "the method needs this quantity"))


def _drawn(draw: Draw, draws: Mapping[str, Drawn], bidders: Sequence[str], everybody: Set[str]) -> Value:
    found = draws.get(draw.id)
    if draw.kind == "order":
        if not isinstance(found, Mapping) or not set(bidders) <= set(found) <= everybody or not is_order(found):
            raise _not_drawn(
                draw,
                "缺少抽签次序，或不是投标人从 1 起的不重复序号",
                "the order is not drawn, or does not number bidders from 1 on, each number once",
            )
        return {bidder: exact(found[bidder]) for bidder in bidders}
    if not isinstance(found, str) or exact(found) not in {exact(value) for value in draw.values}:
        raise _not_drawn(draw, "缺少抽取结果，或不在规定的取值内", "not drawn, or not one of the stated values")
    return exact(found)


def is_order(order: Mapping[str, str]) -> bool:
    """Whether an order gives the numbers from 1 on, each once."""
    return sorted(exact(number) for number in order.values()) == list(range(1, len(order) + 1))


def _not_drawn(draw: Draw, zh: str, en: str) -> EntriesRefused:
    return EntriesRefused(Problem(f"$.draws.{draw.id}", zh, en))
