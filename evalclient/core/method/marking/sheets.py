"""The members' score sheets as integers: millionths of a point, which every typed score is a whole number of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import every_item, items_of
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.pricing.computed import Computed
from evalclient.core.method.problem import EntriesRefused, Problem, below, repeated

#: units per point; a score has at most six decimals
UNITS = 1_000_000
#: one mark in millionths of a point: a whole number as typed, a fraction where it was worked out
Mark = int | Fraction
#: bidder → one row of marks per member, in roster order, each in the order of ``every_item``
Marks = Mapping[str, Sequence[Sequence[Mark]]]


def mark_of(item: ScoredItem, value: str) -> int:
    """The mark that a typed score stands for, in millionths: for a deduction the maximum less the points deducted."""
    units = int(Decimal(value).scaleb(6))
    return int(Decimal(item.maximum).scaleb(6)) - units if item.kind == "deduction" else units


def read_marks(method: Method, entries: TallyInput, scored: Sequence[str], computed: Computed) -> Marks:
    """The marks of the ``scored`` bidders; raises EntriesRefused naming what is missing, unknown or named twice.

    Where the group's scores are known already there is one row for each.
    """
    for problem in name_problems(entries):
        raise EntriesRefused(problem)
    reader = _Reader(method, computed)
    if entries.scores:
        return {bidder: [reader.row("$.scores", bidder, entries.scores.get(bidder, {}))] for bidder in scored}
    if items_of(method) and scored and not entries.members:
        raise EntriesRefused(Problem("$.members", "没有评委", "there is no member"))
    return {
        bidder: [
            reader.row(f"$.sheets.{member}", bidder, entries.sheets.get(member, {}).get(bidder, {}))
            for member in entries.members or ("",)
        ]
        for bidder in scored
    }


class _Reader:
    """Turns typed scores into rows of marks; a text that was met before is not read again."""

    def __init__(self, method: Method, computed: Computed) -> None:
        self._every = every_item(method)
        self._ids = tuple(item.id for item in items_of(method))
        self._turned = [at for at, item in enumerate(self._every) if item.kind == "deduction"]
        self._computed = computed
        self._plain = len(self._ids) == len(self._every)
        self._units: dict[str, int] = {}

    def row(self, path: str, bidder: str, scores: Mapping[str, str]) -> list[Mark]:
        """The marks of ``bidder`` from ``scores``, which stand below ``path`` of the input."""
        units = self._units
        try:
            texts = [scores[item] for item in self._ids]
        except KeyError as error:
            raise EntriesRefused(
                Problem(f"{path}.{bidder}.{error.args[0]}", "缺少评分", "the score is missing")
            ) from error
        if len(scores) != len(self._ids):
            unknown = min(set(scores) - set(self._ids))
            raise EntriesRefused(
                Problem(f"{path}.{bidder}.{unknown}", "评标办法中没有这个评分项", "the method has no such item")
            )
        for text in texts:
            if text not in units:
                units[text] = int(Decimal(text).scaleb(6))
        row: list[Mark] = [units[text] for text in texts]
        if not self._plain:
            row = self._filled(bidder, row)
        for at in self._turned:
            row[at] = mark_of(self._every[at], texts[self._ids.index(self._every[at].id)])
        return row

    def _filled(self, bidder: str, entered: Sequence[Mark]) -> list[Mark]:
        """``entered`` with the computed marks put in at their places."""
        marks = self._computed.marks[bidder]
        typed = iter(entered)
        return [marks[item.id] * UNITS if item.kind == "computed" else next(typed) for item in self._every]


def name_problems(entries: TallyInput) -> Iterator[Problem]:
    """Who is named twice, and who has a sheet or a score without being in the list."""
    bidders = [entry.bidder for entry in entries.bidders]
    yield from repeated((f"$.bidders[{i}].bidder", bidder) for i, bidder in enumerate(bidders))
    yield from repeated((f"$.members[{i}]", member) for i, member in enumerate(entries.members))
    yield from _strangers("$.sheets", entries.sheets, entries.members, "评委", "member")
    for member, sheet in entries.sheets.items():
        yield from _strangers(below("$.sheets", member), sheet, bidders, "投标人", "bidder")
    yield from _strangers("$.scores", entries.scores, bidders, "投标人", "bidder")
    yield from _strangers("$.price_scores", entries.price_scores, bidders, "投标人", "bidder")
    if entries.scores and (entries.members or entries.sheets):
        yield Problem("$.scores", "已有汇总得分时不应再有评分表", "known scores and sheets exclude each other")


def _strangers(path: str, found: Mapping[str, object], known: Sequence[str], zh: str, en: str) -> list[Problem]:
    strangers = sorted(set(found) - set(known))
    return [Problem(below(path, name), f"{zh}不在名单内", f"no such {en} in the list") for name in strangers]
