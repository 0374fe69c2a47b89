"""What a formula may read: populations, prices, stated quantities, what was drawn, the given numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from evalclient.core.method.entries import BidderEntry, Drawn
from evalclient.core.method.exact import exact
from evalclient.core.method.formula import Scope, Value
from evalclient.core.method.parts import Draw, Method, Quantity
from evalclient.core.method.problem import EntriesRefused, Problem
from evalclient.core.method.stated import quantity_problem

_BEFORE_SCORING = ("opening", "qualification", "preliminary")


def scope_of(
    method: Method, bidders: Sequence[BidderEntry], draws: Mapping[str, Drawn], read: frozenset[str] | set[str]
) -> Scope:
    """The names that formulas of ``method`` may read; what none of ``read`` names is not worked out.

    Raises EntriesRefused where a quantity or a draw that is read is missing or not one of those stated.
    """
    opened = [entry for entry in bidders if entry.price is not None and corrected(entry) > 0]
    if method.price is None:
        opened = list(bidders)
    populations = {
        "opened": tuple(entry.bidder for entry in opened),
        "preliminary": tuple(e.bidder for e in opened if not any(r.at in _BEFORE_SCORING for r in e.rejected)),
        "valid": tuple(entry.bidder for entry in opened if not entry.rejected),
    }
    if method.price is not None:
        populations["population"] = populations[method.price.population]
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
    for quantity in method.quantities:
        if quantity.id in read:
            scope.values[quantity.id] = _column(quantity, counted)
    for draw in method.draws:
        if draw.id in read:
            scope.values[draw.id] = _drawn(draw, draws, scope.bidders)
    return scope


def corrected(entry: BidderEntry) -> Fraction:
    """The price after arithmetic corrections, 0 where there is none."""
    return exact(entry.price or "0") + sum((exact(one.amount) for one in entry.corrections), Fraction())


def _column(quantity: Quantity, bidders: Sequence[BidderEntry]) -> dict[str, Fraction]:
    stated = {entry.bidder: _quantity(quantity, entry) for entry in bidders}
    known = [number for number in stated.values() if number is not None]
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


def _drawn(draw: Draw, draws: Mapping[str, Drawn], bidders: Sequence[str]) -> Value:
    found = draws.get(draw.id)
    if draw.kind == "order":
        if not isinstance(found, Mapping) or not set(bidders) <= set(found) or len(set(found.values())) != len(found):
            raise _not_drawn(draw, "缺少抽签次序，或有重复", "the order is not drawn, or a number stands in it twice")
        return {bidder: exact(found[bidder]) for bidder in bidders}
    if not isinstance(found, str) or exact(found) not in {exact(value) for value in draw.values}:
        raise _not_drawn(draw, "缺少抽取结果，或不在规定的取值内", "not drawn, or not one of the stated values")
    return exact(found)


def _not_drawn(draw: Draw, zh: str, en: str) -> EntriesRefused:
    return EntriesRefused(Problem(f"$.draws.{draw.id}", zh, en))
