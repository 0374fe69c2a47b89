"""Ranking with a chain of tie-breaks, and the candidates that follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from evalclient.core.method.document.parts import Ranking
from evalclient.core.method.entry.entries import Place


@dataclass(frozen=True, slots=True)
class Standing:
    """A bidder and the numbers he may be ranked by."""

    bidder: str
    numbers: Mapping[str, Fraction]


def ranked(ranking: Ranking, standings: Sequence[Standing]) -> tuple[Place, ...]:
    """The places from the first on; who is equal by every key shares one, and the next places stay empty."""

    def order(standing: Standing) -> tuple[Fraction, ...]:
        return tuple(
            standing.numbers[key.of] if key.best == "lowest" else -standing.numbers[key.of] for key in ranking.keys
        )

    places: list[Place] = []
    before = 0
    for _, group in groupby(sorted(standings, key=order), key=order):
        bidders = tuple(standing.bidder for standing in group)
        places.append(Place(place=before + 1, bidders=bidders))
        before += len(bidders)
    return tuple(places)


def candidates(ranking: Ranking, places: Sequence[Place]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The candidates in order, and equal bidders of whom not all fit: for them somebody has to decide."""
    chosen: tuple[str, ...] = ()
    for place in places:
        if len(chosen) + len(place.bidders) > ranking.candidates:
            return chosen, place.bidders if len(chosen) < ranking.candidates else ()
        chosen += place.bidders
    return chosen, ()
