"""Random bids and score sheets for a method: what a tender might bring, drawn from a seeded source."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Draw, Method, Quantity
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import BidderEntry, Drawn, TallyInput
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.marking.scale import scale_of
from evalclient.core.method.robustness.sizes import FEWEST_BIDDERS, MOST_BIDDERS, committee_sizes, field_sizes

if TYPE_CHECKING:
    from random import Random

#: yuan, where the method states no ceiling price
USUAL_CEILING: Final = 10_000_000
#: how often a quantity that need not be stated is stated
_STATED: Final = 0.75
_HUNDRED = 100


class RandomBids:
    """Draws inputs for one method.

    Prices lie in a band below the ceiling price whose place and width differ from tender to tender, a few above it. Every
    bid has a quality that the members agree on more or less, close to the others' or far from it; who marks an objective item marks it like the others.
    There are as many members and bidders as the document's bands tell apart (``sizes``). A quantity that need not be stated
    is left out now and then; the cheapest bid states all.
    """

    def __init__(self, method: Method, source: Random) -> None:
        self._method = method
        self._source = source
        self.items = items_of(method)
        self._scales = {item.id: scale_of(item) for item in self.items}
        self._committees = committee_sizes(method)
        self._fields = field_sizes(method)

    def entries(self) -> TallyInput:
        """One input, nobody rejected yet."""
        bidders = tuple(f"b{at}" for at in range(1, self._field() + 1))
        members = tuple(f"m{at}" for at in range(1, self._source.choice(self._committees) + 1))
        prices = self._prices(bidders)
        cheapest = min(prices, key=exact)
        return TallyInput(
            bidders=tuple(
                self._bid(bidder, price, all_stated=price == cheapest)
                for bidder, price in zip(bidders, prices, strict=True)
            ),
            members=members if self.items else (),
            sheets=self._sheets(members, bidders) if self.items else {},
            draws={
                draw.id: self._drawn(draw, members if draw.kind == "members" else bidders)
                for draw in self._method.draws
            },
            drawn_member=None if self._method.aggregation.lot else self._source.choice(members),
        )

    def _field(self) -> int:
        """How many bid: the usual number, or half the time one that the document's bands ask for, where they ask for one."""
        if self._fields and self._source.random() < 0.5:
            return self._source.choice(self._fields)
        return self._source.randint(FEWEST_BIDDERS, MOST_BIDDERS)

    def with_step(
        self, entries: TallyInput, members: Sequence[str], bidder: str, item: ScoredItem, up: bool
    ) -> TallyInput | None:
        """``entries`` with the mark of ``item`` one step better or worse for ``members``; None where it has no such step.

        A deduction counts the other way: fewer points deducted are the better mark.
        """
        scale = self._scales[item.id]
        changed = {member: {**sheet} for member, sheet in entries.sheets.items()}
        moved = False
        for member in members:
            at = scale.index(changed[member][bidder][item.id]) + (1 if up != (item.kind == "deduction") else -1)
            if 0 <= at < len(scale):
                changed[member][bidder] = {**changed[member][bidder], item.id: scale[at]}
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

    def _bid(self, bidder: str, price: str, *, all_stated: bool) -> BidderEntry:
        quantities = {
            quantity.id: self._quantity(quantity)
            for quantity in self._method.quantities
            if all_stated or quantity.missing == "refuse" or self._source.random() < _STATED
        }
        return BidderEntry(bidder=bidder, price=price, quantities=quantities)

    def _quantity(self, quantity: Quantity) -> str:
        """One of the choices; else around the default; else 1 to 100, since the document does not say what is usual."""
        if quantity.choices:
            return self._source.choice(quantity.choices).id
        if quantity.default is not None and exact(quantity.default) > 0:
            return shown(exact(quantity.default) * self._source.randint(50, 150) / _HUNDRED)[:20]
        return str(self._source.randint(1, _HUNDRED))

    def _drawn(self, draw: Draw, ordered: Sequence[str]) -> Drawn:
        if draw.kind == "number":
            return self._source.choice(draw.values)
        order = self._source.sample(range(1, len(ordered) + 1), len(ordered))
        return {one: str(at) for one, at in zip(ordered, order, strict=True)}

    def _sheets(self, members: Sequence[str], bidders: Sequence[str]) -> dict[str, dict[str, dict[str, str]]]:
        middle, reach = self._source.randint(55, 85), self._source.randint(2, 20)
        qualities = {bidder: self._source.randint(middle - reach, middle + reach) for bidder in bidders}
        facts = {
            (bidder, item.id): self._mark(item, quality)
            for bidder, quality in qualities.items()
            for item in self.items
            if item.objective
        }
        sheets: dict[str, dict[str, dict[str, str]]] = {}
        for member in members:
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
        scale = self._scales[item.id]
        percent = max(0, min(_HUNDRED, quality + self._source.randint(-12, 12)))
        if item.kind == "deduction":
            percent = _HUNDRED - percent
        return scale[(len(scale) - 1) * percent // _HUNDRED]
