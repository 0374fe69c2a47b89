"""What the committee does with marks before a mean is taken: majority on pass/fail items, replacing, leaving out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import every_item
from evalclient.core.method.entry.entries import Replacement, TallyInput
from evalclient.core.method.exact import exact
from evalclient.core.method.marking.sheets import UNITS, Mark, Marks
from evalclient.core.method.pricing.scope import is_order
from evalclient.core.method.problem import EntriesRefused, Problem
from evalclient.core.method.tally.aggregate import Aggregator
from evalclient.core.method.tally.majority import group_passes


@dataclass(frozen=True, slots=True)
class Settled:
    """The marks that count, and the row of the member who does not."""

    marks: Marks
    left_out: int | None


def settled(method: Method, entries: TallyInput, marks: Marks) -> Settled:
    """``marks`` after the committee's rules, in the order the document states.

    Raises EntriesRefused where a replacement is not provided for or names a stranger, and where only the lot can say
    whose spread is the widest and it is not stated whom it met.
    """
    _check_replacements(method, entries)
    if method.aggregation.lot is not None and entries.drawn_member is not None:
        raise EntriesRefused(
            Problem(
                "$.drawn_member", "评标办法以抽签次序决定，不另行写明", "the lot drawn decides; nobody states it beside"
            )
        )
    marks = by_majority(method, marks)
    if entries.scores:
        return Settled(marks, None)
    rule = method.aggregation
    if rule.void_first:
        left_out = _widest(method, entries, marks)
        return Settled(replaced(entries, marks, left_out), left_out)
    marks = replaced(entries, marks, None)
    return Settled(marks, _widest(method, entries, marks))


def by_majority(method: Method, marks: Marks) -> Marks:
    """Every member's mark of a pass/fail item is what the majority found (少数服从多数)."""
    found = [(at, item) for at, item in enumerate(every_item(method)) if item.kind == "pass_fail"]
    if not found:
        return marks
    return {bidder: _voted(method, found, rows) for bidder, rows in marks.items()}


def _voted(
    method: Method, found: Sequence[tuple[int, ScoredItem]], rows: Sequence[Sequence[Mark]]
) -> list[Sequence[Mark]]:
    changed = [list(row) for row in rows]
    for at, item in found:
        full = exact(item.maximum) * UNITS
        fails = sum(1 for row in rows if row[at] < full)
        passed = group_passes(method.majority, fails, len(rows))
        for row in changed:
            row[at] = full if passed else exact(item.minimum) * UNITS
    return [*changed]


def _check_replacements(method: Method, entries: TallyInput) -> None:
    bidders = {entry.bidder for entry in entries.bidders}
    for i, replacement in enumerate(entries.replaced):
        path = f"$.replaced[{i}]"
        if not method.aggregation.replace_abnormal:
            raise EntriesRefused(
                Problem(path, "评标办法未规定以其他评委平均值替代", "the method does not provide for replacing scores")
            )
        if replacement.member not in entries.members:
            raise EntriesRefused(Problem(f"{path}.member", "评委不在名单内", "no such member in the list"))
        if replacement.bidder not in bidders:
            raise EntriesRefused(Problem(f"{path}.bidder", "投标人不在名单内", "no such bidder in the list"))


def replaced(entries: TallyInput, marks: Marks, left_out: int | None) -> Marks:
    """Abnormal rows give way to the mean of those that are neither abnormal nor left out."""
    decided: dict[str, list[Replacement]] = {}
    for replacement in entries.replaced:
        decided.setdefault(replacement.bidder, []).append(replacement)
    return {
        bidder: _mended(entries, rows, decided[bidder], left_out) if bidder in decided else rows
        for bidder, rows in marks.items()
    }


def _mended(
    entries: TallyInput, rows: Sequence[Sequence[Mark]], decided: Sequence[Replacement], left_out: int | None
) -> Sequence[Sequence[Mark]]:
    abnormal = {entries.members.index(one.member) for one in decided}
    others = [row for at, row in enumerate(rows) if at not in abnormal and at != left_out]
    if not others:
        raise EntriesRefused(Problem("$.replaced", "没有其他评委的评分可供替代", "there is no other member's score"))
    mean = [Fraction(sum(column, Fraction()), len(others)) for column in zip(*others, strict=True)]
    return [mean if at in abnormal else row for at, row in enumerate(rows)]


def _widest(method: Method, entries: TallyInput, marks: Marks) -> int | None:
    """The member whose totals differ most from bid to bid (最高分与最低分之差最大), from so many members on.

    Equal spreads: the greatest distance from the highest to the second lowest; still equal: whom the lot met
    (公路工程建设项目评标办法).
    """
    if method.aggregation.void_widest_from is None:
        return None
    aggregator = Aggregator(method)
    return widest(method, entries, [aggregator.score(rows).member_totals for rows in marks.values()])


def widest(method: Method, entries: TallyInput, by_bidder: Sequence[Sequence[Fraction]]) -> int | None:
    """The member whose totals differ most, from each bidder's totals by member; ``None`` where nobody is left out.

    Raises EntriesRefused where only the lot can say who it is and it is not stated whom it met.
    """
    least = method.aggregation.void_widest_from
    if least is None or len(entries.members) < least or len(by_bidder) < 2:
        return None
    totals = [sorted(column) for column in zip(*by_bidder, strict=True)]
    spreads = [(own[-1] - own[0], own[-1] - own[1]) for own in totals]
    equal = [at for at, spread in enumerate(spreads) if spread == max(spreads)]
    if len(equal) == 1:
        return equal[0]
    names = [entries.members[at] for at in equal]
    met = entries.drawn_member if method.aggregation.lot is None else _lot(method, entries, names)
    if met not in names:
        listed = ", ".join(names)
        raise EntriesRefused(
            Problem(
                "$.drawn_member",
                f"{listed} 的评分差距相同，请抽签并写明抽中者",
                f"{listed} have equal spreads; draw by lot and state whom it met",
            )
        )
    return entries.members.index(met)


def _lot(method: Method, entries: TallyInput, equal: Sequence[str]) -> str | None:
    """Which of the ``equal`` stands first in the order drawn; who was not there yet stands behind (a successor)."""
    order = entries.draws.get(method.aggregation.lot or "")
    if not isinstance(order, Mapping):
        return None
    if not is_order(order):
        path = f"$.draws.{method.aggregation.lot}"
        raise EntriesRefused(
            Problem(path, "不是从 1 起的不重复序号", "must number the members from 1 on, each number once")
        )
    there = [member for member in equal if member in order]
    return min(there, key=lambda member: exact(order[member]), default=None)
