"""Random bids and score sheets for a method: what a tender might bring, drawn from a seeded source."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from evalclient.core.method.entries import BidderEntry, Drawn, TallyInput
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.items import ScoredItem
from evalclient.core.method.parts import Draw, Method, Quantity
from evalclient.core.method.scoring import span_of, values_of
from evalclient.core.method.sheets import items_of

if TYPE_CHECKING:
    from random import Random

#: yuan, where the method states no ceiling price
USUAL_CEILING: Final = 10_000_000
FEWEST_BIDDERS, MOST_BIDDERS = 4, 9
#: more values than these are taken as marks on a scale between the least and the greatest
_MOST_VALUES = 200
_HUNDRED = 100


class RandomBids:
    """Draws inputs for one method.

    Prices lie in a band below the ceiling price whose place and width differ from tender to tender, a few above it. Every
    bid has a quality that the members agree on more or less, close to the others' or far from it; who marks an objective item marks it like the others.
    """

    def __init__(self, method: Method, source: Random) -> None:
        self._method = method
        self._source = source
        self.items = items_of(method)
        self._steps = {item.id: _steps_of(item) for item in self.items}
        self.members = tuple(f"m{at}" for at in range(1, max(5, method.aggregation.void_widest_from or 0) + 1))

    def entries(self) -> TallyInput:
        """One input: ``FEWEST_BIDDERS`` to ``MOST_BIDDERS`` bidders, nobody rejected yet."""
        bidders = tuple(f"b{at}" for at in range(1, self._source.randint(FEWEST_BIDDERS, MOST_BIDDERS) + 1))
        return TallyInput(
            bidders=tuple(
                self._bid(bidder, price) for bidder, price in zip(bidders, self._prices(bidders), strict=True)
            ),
            members=self.members if self.items else (),
            sheets=self._sheets(bidders) if self.items else {},
            draws={draw.id: self._drawn(draw, bidders) for draw in self._method.draws},
            drawn_member=None if self._method.aggregation.lot else self._source.choice(self.members),
        )

    def with_step(
        self, entries: TallyInput, members: Sequence[str], bidder: str, item: ScoredItem, up: bool
    ) -> TallyInput | None:
        """``entries`` with the mark of ``item`` one step better or worse for ``members``; None where it has no such step.

        A deduction counts the other way: fewer points deducted are the better mark.
        """
        values = self._steps[item.id]
        changed = {member: {**sheet} for member, sheet in entries.sheets.items()}
        moved = False
        for member in members:
            at = values.index(exact(changed[member][bidder][item.id])) + (1 if up != (item.kind == "deduction") else -1)
            if 0 <= at < len(values):
                changed[member][bidder] = {**changed[member][bidder], item.id: shown(values[at])}
                moved = True
        return msgspec.structs.replace(entries, sheets=changed) if moved else None

    @cached_property
    def _ceiling(self) -> Fraction:
        return exact(self._method.thresholds.ceiling_price or str(USUAL_CEILING))

    def _prices(self, bidders: Sequence[str]) -> list[str]:
        """In whole yuan from a thousand on, in cents below."""
        middle, reach = self._source.randint(8400, 9600), self._source.randint(100, 1200)
        unit = Fraction(1) if self._ceiling >= 1000 else Fraction(1, _HUNDRED)
        drawn = [self._ceiling * self._source.randint(middle - reach, middle + reach) / 10_000 for _ in bidders]
        return [shown(max(price // unit, 1) * unit) for price in drawn]

    def _bid(self, bidder: str, price: str) -> BidderEntry:
        quantities = {quantity.id: self._quantity(quantity) for quantity in self._method.quantities}
        return BidderEntry(bidder=bidder, price=price, quantities=quantities)

    def _quantity(self, quantity: Quantity) -> str:
        """One of the choices; else around the default; else 1 to 100, since the document does not say what is usual."""
        if quantity.choices:
            return self._source.choice(quantity.choices).id
        if quantity.default is not None and exact(quantity.default) > 0:
            return shown(exact(quantity.default) * self._source.randint(50, 150) / _HUNDRED)[:20]
        return str(self._source.randint(1, _HUNDRED))

    def _drawn(self, draw: Draw, bidders: Sequence[str]) -> Drawn:
        if draw.kind == "number":
            return self._source.choice(draw.values)
        if draw.kind == "members":
            bidders = self.members
        order = self._source.sample(range(1, len(bidders) + 1), len(bidders))
        return {bidder: str(at) for bidder, at in zip(bidders, order, strict=True)}

    def _sheets(self, bidders: Sequence[str]) -> dict[str, dict[str, dict[str, str]]]:
        middle, reach = self._source.randint(55, 85), self._source.randint(2, 20)
        qualities = {bidder: self._source.randint(middle - reach, middle + reach) for bidder in bidders}
        facts = {
            (bidder, item.id): self._mark(item, quality)
            for bidder, quality in qualities.items()
            for item in self.items
            if item.objective
        }
        sheets: dict[str, dict[str, dict[str, str]]] = {}
        for member in self.members:
            leaning = self._source.randint(-5, 5)
            sheets[member] = {
                bidder: {
                    item.id: facts.get((bidder, item.id)) or self._mark(item, quality + leaning) for item in self.items
                }
                for bidder, quality in qualities.items()
            }
        return sheets

    def _mark(self, item: ScoredItem, quality: int) -> str:
        """A score that fits ``quality`` in percent, give or take."""
        values = self._steps[item.id]
        percent = max(0, min(_HUNDRED, quality + self._source.randint(-12, 12)))
        if item.kind == "deduction":
            percent = _HUNDRED - percent
        return shown(values[(len(values) - 1) * percent // _HUNDRED])


def _steps_of(item: ScoredItem) -> tuple[Fraction, ...]:
    """The values that may be typed, ascending; of very many a regular choice."""
    if item.kind in ("fixed", "options", "pass_fail"):
        found = sorted({exact(value) for value in values_of(item)})
    else:
        low, high = span_of(item)
        step = exact(item.step)
        found = [low + step * at for at in range(int((high - low) / step) + 1)] if step else [low, high]
    if len(found) <= _MOST_VALUES:
        return tuple(found)
    return (*found[:: len(found) // _MOST_VALUES + 1], found[-1])
