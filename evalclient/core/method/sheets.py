"""The members' score sheets as integers: millionths of a point, which every typed score is a whole number of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from evalclient.core.method.entries import TallyInput
from evalclient.core.method.parts import Method, ScoredItem
from evalclient.core.method.problem import EntriesRefused, Problem, repeated

#: units per point; a score has at most six decimals
UNITS = 1_000_000
#: bidder → one row of marks per member, in roster order, each in the items' order
Marks = Mapping[str, Sequence[Sequence[int]]]


def items_of(method: Method) -> tuple[ScoredItem, ...]:
    """All scored items in the order of the document."""
    return tuple(item for section in method.sections for item in section.items)


def read_marks(method: Method, entries: TallyInput, scored: Sequence[str]) -> Marks:
    """The marks of the ``scored`` bidders; raises EntriesRefused naming what is missing, unknown or named twice."""
    _check_names(entries)
    if method.sections and not entries.members:
        raise EntriesRefused(Problem("$.members", "没有评委", "there is no member"))
    ids = tuple(item.id for item in items_of(method))
    units: dict[str, int] = {}
    return {bidder: [_row(entries, member, bidder, ids, units) for member in entries.members] for bidder in scored}


def _row(entries: TallyInput, member: str, bidder: str, ids: tuple[str, ...], units: dict[str, int]) -> list[int]:
    scores = entries.sheets.get(member, {}).get(bidder, {})
    try:
        texts = [scores[item] for item in ids]
    except KeyError as error:
        path = f"$.sheets.{member}.{bidder}.{error.args[0]}"
        raise EntriesRefused(Problem(path, "缺少评分", "the score is missing")) from error
    if len(scores) != len(ids):
        unknown = min(set(scores) - set(ids))
        path = f"$.sheets.{member}.{bidder}.{unknown}"
        raise EntriesRefused(Problem(path, "评标办法中没有这个评分项", "the method has no such item"))
    for text in texts:
        if text not in units:
            units[text] = int(Decimal(text).scaleb(6))
    return [units[text] for text in texts]


def _check_names(entries: TallyInput) -> None:
    bidders = [entry.bidder for entry in entries.bidders]
    problems = [
        *repeated((f"$.bidders[{i}].bidder", bidder) for i, bidder in enumerate(bidders)),
        *repeated((f"$.members[{i}]", member) for i, member in enumerate(entries.members)),
        *_strangers("$.sheets", entries.sheets, entries.members, "评委", "member"),
    ]
    for member, sheet in entries.sheets.items():
        problems += _strangers(f"$.sheets.{member}", sheet, bidders, "投标人", "bidder")
    if problems:
        raise EntriesRefused(problems[0])


def _strangers(path: str, found: Mapping[str, object], known: Sequence[str], zh: str, en: str) -> list[Problem]:
    strangers = sorted(set(found) - set(known))
    return [Problem(f"{path}.{name}", f"{zh}不在名单内", f"no such {en} in the list") for name in strangers]
