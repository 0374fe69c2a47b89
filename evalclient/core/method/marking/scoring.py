"""Whether a score, a sheet, or several sheets follow the method: asked by the score form, the gates and the checks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, Protocol

import msgspec

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.exact import exact, shown
from evalclient.core.method.marking.sheets import UNITS, mark_of
from evalclient.core.records.fields import Bilingual, is_decimal

ProblemKind = Literal[
    "missing", "malformed", "below", "above", "off_step", "not_listed", "reason", "options", "unknown"
]


class Scored(Protocol):
    """A score as a record holds it: the value as typed and the reason."""

    @property
    def value(self) -> str:
        """The value as typed."""
        ...

    @property
    def reason(self) -> str:
        """The reason, or ""."""
        ...

    @property
    def options(self) -> tuple[int, ...]:
        """The options that apply, from 1, of an item that adds them up."""
        ...


class SheetProblem(msgspec.Struct, frozen=True):
    """One thing that keeps a sheet from being handed in; ``item`` is "" where the whole bidder is meant."""

    kind: ProblemKind
    bidder: str
    item: str
    sentence: Bilingual


class ObjectiveDifference(msgspec.Struct, frozen=True):
    """An objective item for which the members gave one bidder different scores: member → value as typed."""

    bidder: str
    item: str
    values: Mapping[str, str]


def score_problem(item: ScoredItem, value: str, reason: str = "", bidder: str = "") -> SheetProblem | None:
    """What is wrong with one score of ``item`` as typed; ``None``: nothing."""
    found = _value_problem(item, value) or _reason_problem(item, value, reason)
    return None if found is None else SheetProblem(found[0], bidder, item.id, found[1])


def _value_problem(item: ScoredItem, value: str) -> tuple[ProblemKind, Bilingual] | None:
    zh, en = item.title.zh, item.title.en
    if not is_decimal(value):
        return "malformed", Bilingual(f"“{zh}”：请填写数字，如 7.5", f"{en}: please type a number such as 7.5")
    number, (low, high) = exact(value), span_of(item)
    span_zh, span_en = f"{shown(low)}～{shown(high)} 分", f"{shown(low)} to {shown(high)}"
    if number < low:
        return "below", Bilingual(f"“{zh}”：{value} 分低于评分范围 {span_zh}", f"{en}: {value} is below {span_en}")
    if number > high:
        return "above", Bilingual(f"“{zh}”：{value} 分超出评分范围 {span_zh}", f"{en}: {value} is above {span_en}")
    if item.kind in ("fixed", "options", "pass_fail"):
        allowed = values_of(item)
        if number not in {exact(text) for text in allowed}:
            return "not_listed", Bilingual(
                f"“{zh}”：只能给 {'、'.join(allowed)} 分", f"{en}: choose one of {', '.join(allowed)}"
            )
    elif (number - low) % exact(item.step) != 0:
        return "off_step", Bilingual(
            f"“{zh}”：{value} 分不在步长 {item.step} 分上", f"{en}: {value} is not on a step of {item.step}"
        )
    return None


def span_of(item: ScoredItem) -> tuple[Fraction, Fraction]:
    """The least and the greatest number that may be typed; for a deduction the points deducted, from 0 on."""
    low, high = exact(item.minimum), exact(item.maximum)
    return (Fraction(), high - low) if item.kind == "deduction" else (low, high)


def values_of(item: ScoredItem) -> tuple[str, ...]:
    """The values that may be typed where they are listed: fixed ones, sums of options, pass and fail."""
    if item.kind == "pass_fail":
        return item.minimum, item.maximum
    if item.kind != "options":
        return tuple(fixed.value for fixed in item.values)
    sums = {exact(item.minimum)}
    for option in item.values:
        sums |= {min(total + exact(option.value), exact(item.maximum)) for total in sums}
    return tuple(shown(total) for total in sorted(sums))


def options_sum(item: ScoredItem, chosen: Collection[int]) -> str:
    """What the chosen options (from 1) of ``item`` come to, no more than its maximum."""
    total = sum((exact(item.values[number - 1].value) for number in set(chosen)), exact(item.minimum))
    return shown(min(total, exact(item.maximum)))


def said_score(item: ScoredItem, value: str) -> str:
    """A typed score for a table: of a deduction also the mark that it leaves (``-2 → 3``)."""
    if item.kind != "deduction" or not is_decimal(value):
        return value
    mark = shown(Fraction(mark_of(item, value), UNITS))
    return mark if exact(value) == 0 else f"-{value} → {mark}"


def reason_needed(item: ScoredItem, value: str) -> bool:
    """Whether the document asks for a reason with this (well-formed) score; it goes by the mark."""
    if item.reason_below is None:
        return False
    return Fraction(mark_of(item, value), UNITS) < exact(item.reason_below) * exact(item.maximum)


def _reason_problem(item: ScoredItem, value: str, reason: str) -> tuple[ProblemKind, Bilingual] | None:
    if reason.strip() or item.reason_below is None or not reason_needed(item, value):
        return None
    bound = shown(exact(item.reason_below) * exact(item.maximum))
    return "reason", Bilingual(
        f"“{item.title.zh}”：低于 {bound} 分须写明理由", f"{item.title.en}: a score below {bound} needs a reason"
    )


def sheet_problems(
    method: Method, sheet: Mapping[str, Mapping[str, Scored]], bidders: Sequence[str]
) -> tuple[SheetProblem, ...]:
    """Everything that keeps ``sheet`` (bidder → item → score) from being handed in for ``bidders``; empty: complete."""
    found = [problem for bidder in bidders for problem in _bidder_problems(method, sheet.get(bidder, {}), bidder)]
    for stranger in sorted(set(sheet) - set(bidders)):
        sentence = Bilingual("评分表中有不参加详细评审的投标人", "the sheet scores a bidder who is not to be scored")
        found.append(SheetProblem("unknown", stranger, "", sentence))
    return tuple(found)


def _bidder_problems(method: Method, scores: Mapping[str, Scored], bidder: str) -> Iterator[SheetProblem]:
    items = items_of(method)
    for item in items:
        score = scores.get(item.id)
        if score is None:
            sentence = Bilingual(f"“{item.title.zh}”：尚未评分", f"{item.title.en}: not scored yet")
            yield SheetProblem("missing", bidder, item.id, sentence)
        elif (problem := score_problem(item, score.value, score.reason, bidder)) is not None:
            yield problem
        elif not _options_fit(item, score):
            sentence = Bilingual(
                f"“{item.title.zh}”：请勾选符合的各项", f"{item.title.en}: tick the options that apply"
            )
            yield SheetProblem("options", bidder, item.id, sentence)
    for stranger in sorted(set(scores) - {item.id for item in items}):
        sentence = Bilingual(f"评标办法中没有评分项 {stranger}", f"the method has no item {stranger}")
        yield SheetProblem("unknown", bidder, stranger, sentence)


def _options_fit(item: ScoredItem, score: Scored) -> bool:
    """Whether the options stated, where an item has them and only there, come to the score."""
    if item.kind != "options":
        return not score.options
    known = all(1 <= number <= len(item.values) for number in score.options)
    return known and exact(options_sum(item, score.options)) == exact(score.value)


def objective_differences(
    method: Method, sheets: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> tuple[ObjectiveDifference, ...]:
    """Where members differ on objective items (member → bidder → item → value); what is missing is passed over."""
    bidders = dict.fromkeys(bidder for sheet in sheets.values() for bidder in sheet)
    objective = [item.id for item in items_of(method) if item.objective]
    return tuple(_differences(sheets, bidders, objective))


def _differences(
    sheets: Mapping[str, Mapping[str, Mapping[str, str]]], bidders: Mapping[str, None], items: Sequence[str]
) -> Iterator[ObjectiveDifference]:
    for bidder in bidders:
        for item in items:
            values = {member: sheet[bidder][item] for member, sheet in sheets.items() if item in sheet.get(bidder, {})}
            if len(set(values.values())) > 1 and len({exact(value) for value in values.values()}) > 1:
                yield ObjectiveDifference(bidder, item, values)
