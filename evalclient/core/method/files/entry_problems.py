"""Everything in the input of a tally that does not fit the method document, where ``tally`` stops at the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.exact import exact
from evalclient.core.method.marking.sheets import name_problems
from evalclient.core.method.pricing.price import over_ceiling
from evalclient.core.method.pricing.scope import corrected
from evalclient.core.method.problem import Problem, below

#: a price above it is a slip of the pen or of a program: more than any state spends in a year
ABSURD_PRICE: Final = 10**15


def entry_problems(method: Method, entries: TallyInput) -> Iterator[Problem]:
    """Names twice or unknown, prices missing or absurd, scores and sheets missing or unknown, strange quantities."""
    yield from name_problems(entries)
    yield from _price_problems(method, entries)
    yield from _strange_names(method, entries)
    yield from _score_problems(method, entries)


def _price_problems(method: Method, entries: TallyInput) -> Iterator[Problem]:
    needed = method.price is not None or any(key.of == "price" for key in method.ranking.keys)
    for i, entry in enumerate(entries.bidders):
        path = f"$.bidders[{i}].price"
        if entry.price is None:
            if needed and not entry.rejected:
                yield Problem(path, "缺少报价", "the price is missing")
        elif exact(entry.price) < 0:
            yield Problem(path, f"报价 {entry.price} 小于零", f"the price {entry.price} is negative")
        elif exact(entry.price) > ABSURD_PRICE:
            yield Problem(path, f"报价 {entry.price} 不合常理，请核对", f"the price {entry.price} is absurd; check it")
        elif needed and not entry.rejected and corrected(entry) <= 0:
            yield Problem(path, "修正后的报价应大于零", "the price after corrections must be above zero")


def _strange_names(method: Method, entries: TallyInput) -> Iterator[Problem]:
    quantities = {quantity.id for quantity in method.quantities}
    for i, entry in enumerate(entries.bidders):
        for name in entry.quantities:
            if name not in quantities:
                path = below(f"$.bidders[{i}].quantities", name)
                yield Problem(path, "评标办法中没有这个数据", "the method has no such quantity")
    draws = {draw.id for draw in method.draws}
    for name in entries.draws:
        if name not in draws:
            yield Problem(below("$.draws", name), "评标办法中没有这项抽取", "the method has no such draw")


def _score_problems(method: Method, entries: TallyInput) -> Iterator[Problem]:
    items = dict.fromkeys(item.id for item in items_of(method))
    scored = [entry.bidder for entry in over_ceiling(method, entries.bidders) if not entry.rejected]
    if entries.scores:
        yield from _sheet_problems("$.scores", entries.scores, scored, items)
        return
    if items and scored and not entries.members:
        yield Problem("$.members", "没有评委", "there is no member")
    for member in dict.fromkeys(entries.members):
        path = below("$.sheets", member)
        sheet = entries.sheets.get(member)
        if sheet is not None:
            yield from _sheet_problems(path, sheet, scored, items)
        elif items and scored:
            yield Problem(path, "缺少该评委的评分表", "the member's sheet is missing")


def _sheet_problems(
    path: str, sheet: Mapping[str, Mapping[str, str]], scored: Sequence[str], items: Mapping[str, None]
) -> Iterator[Problem]:
    for bidder in dict.fromkeys(scored):
        place, scores = below(path, bidder), sheet.get(bidder)
        if scores is None:
            if items:
                yield Problem(place, "缺少对该投标人的评分", "the scores of this bidder are missing")
            continue
        for item in items:
            if item not in scores:
                yield Problem(below(place, item), "缺少评分", "the score is missing")
        for item in scores:
            if item not in items:
                yield Problem(below(place, item), "评标办法中没有这个评分项", "the method has no such item")
