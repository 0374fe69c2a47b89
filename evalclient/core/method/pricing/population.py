"""Which bidders a formula looks at, and what it computes over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction

from evalclient.core.method.exact import added
from evalclient.core.method.formula.steps import (
    Maximum,
    Mean,
    Median,
    Minimum,
    NthLowest,
    Position,
    Statistic,
    Total,
    Trim,
    Within,
    band_for,
)


def keep_within(
    step: Within,
    population: tuple[str, ...],
    numbers: Mapping[str, Fraction],
    low: Fraction | None,
    high: Fraction | None,
) -> tuple[str, ...]:
    """The bidders of ``population`` whose number lies in the band; the stated fallback where they are too few."""

    def inside(value: Fraction) -> bool:
        if low is not None and (value < low or (value == low and not step.low_included)):
            return False
        return high is None or value < high or (value == high and step.high_included)

    kept = tuple(bidder for bidder in population if inside(numbers[bidder]))
    if len(kept) >= step.fewest:
        return kept
    return population if step.if_empty == "keep_all" else ()


def trimmed(step: Trim, population: tuple[str, ...], numbers: Mapping[str, Fraction]) -> tuple[str, ...]:
    """``population`` without its highest and lowest; among equals the identifier decides, never the order of input."""
    band = band_for(step.bands, len(population))
    if band is None:
        return population
    highest, lowest = band.counts(len(population))
    ordered = sorted(population, key=lambda bidder: (numbers[bidder], bidder))
    kept = ordered[lowest : len(ordered) - highest]
    if step.edge == "keep":
        low, high = numbers[kept[0]], numbers[kept[-1]]
        kept = [bidder for bidder in ordered if low <= numbers[bidder] <= high]
    stays = set(kept)
    return tuple(bidder for bidder in population if bidder in stays)


def statistic(step: Statistic, ordered: Sequence[Fraction]) -> Fraction:
    """The number ``step`` asks for over ascending values; raises LookupError if there are none."""
    if not ordered:
        raise LookupError(step.id)
    match step:
        case Mean():
            return added(ordered) / len(ordered)
        case Minimum():
            return ordered[0]
        case Maximum():
            return ordered[-1]
        case Median():
            middle = len(ordered) // 2
            return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
        case Total():
            return added(ordered)
        case NthLowest():
            return ordered[min(step.n, len(ordered)) - 1]
        case _:
            raise TypeError(step)


def positions(
    step: Position, population: tuple[str, ...], numbers: Mapping[str, Fraction], bidders: tuple[str, ...]
) -> dict[str, Fraction]:
    """For each of ``bidders`` one more than how many of ``population`` have a better number."""
    ascending = sorted(numbers[bidder] for bidder in population)
    if step.best == "lowest":
        return {bidder: Fraction(bisect_left(ascending, numbers[bidder]) + 1) for bidder in bidders}
    return {bidder: Fraction(len(ascending) - bisect_right(ascending, numbers[bidder]) + 1) for bidder in bidders}
