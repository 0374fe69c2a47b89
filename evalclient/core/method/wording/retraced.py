"""A tally gone through once more with its exact numbers kept: what an explanation needs beyond the printed result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.marking.sheets import Marks, read_marks
from evalclient.core.method.pricing.computed import computed_marks
from evalclient.core.method.pricing.formula import Scope
from evalclient.core.method.pricing.price import over_ceiling
from evalclient.core.method.tally.aggregate import Aggregator, GroupScore
from evalclient.core.method.tally.settling import by_majority, replaced, settled
from evalclient.core.method.tally.tally import placed


@dataclass(frozen=True, slots=True)
class Retraced:
    """The exact numbers behind a result.

    ``computed``: item → the numbers of its steps; ``price`` and ``total``: those of the other formulas. ``typed`` are the
    marks as the sheets hold them, ``counted`` those that were averaged. ``before``: bidder → section → score before relative sections are set against ``best`` (section → score).
    ``spread``: bidder → each member's total as it was when the widest spread was found.
    """

    computed: Mapping[str, Scope]
    price: Scope
    total: Scope
    typed: Marks
    counted: Marks
    scores: Mapping[str, GroupScore]
    before: Mapping[str, Mapping[str, Fraction]]
    best: Mapping[str, Fraction]
    spread: Mapping[str, list[Fraction]]


def retraced(method: Method, entries: TallyInput) -> Retraced:
    """The exact numbers of ``tally(method, entries)``; raises EntriesRefused as that does."""
    bidders = over_ceiling(method, entries.bidders)
    computed = computed_marks(method, bidders, entries.draws)
    typed = read_marks(method, entries, [entry.bidder for entry in bidders if not entry.rejected], computed)
    found = settled(method, entries, typed)
    aggregator = Aggregator(method)
    if entries.scores:
        scores = {bidder: aggregator.known(rows[0]) for bidder, rows in found.marks.items()}
    else:
        scores = {bidder: aggregator.score(rows, found.left_out) for bidder, rows in found.marks.items()}
    before = {bidder: dict(score.sections) for bidder, score in scores.items()}
    placement = placed(method, entries, bidders, scores)
    related = [entry.bidder for entry in placement.bidders if not entry.rejected]
    return Retraced(
        computed=computed.scopes,
        price=placement.priced.scope,
        total=placement.totals.scope,
        typed=typed,
        counted=found.marks,
        scores=scores,
        before=before,
        best={
            section.id: max((before[bidder][section.id] for bidder in related), default=Fraction())
            for section in method.sections
        },
        spread={} if found.left_out is None else _spread(method, entries, typed),
    )


def _spread(method: Method, entries: TallyInput, typed: Marks) -> dict[str, list[Fraction]]:
    judged = by_majority(method, typed)
    if not method.aggregation.void_first:
        judged = replaced(entries, judged, None)
    aggregator = Aggregator(method)
    return {bidder: aggregator.score(rows).member_totals for bidder, rows in judged.items()}
