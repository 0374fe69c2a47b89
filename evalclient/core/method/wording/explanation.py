"""The calculation explained: every step of price, total and computed items, and how each bidder's scores come about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import Entry, Replacement, TallyInput, TallyResult
from evalclient.core.method.exact import shown
from evalclient.core.method.wording.phrases import bracket
from evalclient.core.method.wording.retraced import Retraced, retraced
from evalclient.core.method.wording.score_workings import ScoreWorkings, Working
from evalclient.core.method.wording.sheet import StepResult, calculation_sheet, computed_sheet, total_sheet


class Spread(Entry, frozen=True, kw_only=True):
    """How far a member's totals lie apart (最高分与最低分之差), where the widest spread is left out.

    ``totals``: bidder → his total as it stood when the spreads were compared. ``second`` is the distance from the highest to the second lowest, which decides among equal spreads.
    """

    member: str
    totals: Mapping[str, str]
    working: str
    value: str
    second_working: str
    second: str
    left_out: bool = False


class Explanation(Entry, frozen=True, kw_only=True):
    """The steps of computed items, of the price and to the total; bidder → how his scores and his total come about.

    ``spreads`` where a member was left out, ``replaced``: the committee's decisions that took effect.
    """

    computed: tuple[StepResult, ...]
    price: tuple[StepResult, ...]
    total: tuple[StepResult, ...]
    scores: Mapping[str, tuple[Working, ...]]
    spreads: tuple[Spread, ...] = ()
    replaced: tuple[Replacement, ...] = ()


def explanation(method: Method, entries: TallyInput, result: TallyResult) -> Explanation:
    """``result``, which is the tally of ``entries``, explained; raises EntriesRefused as ``tally`` does."""
    numbers = retraced(method, entries)
    workings = ScoreWorkings(method, entries, result, numbers)
    priced = result.price if method.price is not None else None
    return Explanation(
        computed=computed_sheet(method, result, numbers.computed),
        price=calculation_sheet(method, priced, numbers.price).steps if priced is not None else (),
        total=total_sheet(method, result, numbers.total),
        scores={line.bidder: tuple(workings.of(line)) for line in result.bidders if line.technical is not None},
        spreads=tuple(_spreads(result, numbers)),
        replaced=tuple(one for one in entries.replaced if one.bidder in numbers.counted),
    )


def _spreads(result: TallyResult, numbers: Retraced) -> Iterator[Spread]:
    if result.left_out is None:
        return
    for at, member in enumerate(result.members):
        own = sorted(totals[at] for totals in numbers.spread.values())
        least, second, most = own[0], own[1], own[-1]
        yield Spread(
            member=member,
            totals={bidder: shown(totals[at]) for bidder, totals in numbers.spread.items()},
            working=_difference(most, least),
            value=shown(most - least),
            second_working=_difference(most, second),
            second=shown(most - second),
            left_out=member == result.left_out,
        )


def _difference(most: Fraction, least: Fraction) -> str:
    return f"{shown(most)} − {bracket(shown(least))}"
