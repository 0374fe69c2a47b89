"""The re-check (复核): flags that name article, numbers and the persons asked to act. They never decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import every_item, items_of
from evalclient.core.method.entry.entries import BidderResult, TallyInput, TallyResult
from evalclient.core.method.exact import Rounding, exact, rounded, shown
from evalclient.core.method.flag import Flag, FlagKind, flag
from evalclient.core.method.marking.scoring import (
    ObjectiveDifference,
    SheetProblem,
    objective_differences,
    reason_needed,
    score_problem,
    sheet_problems,
    span_of,
)
from evalclient.core.method.marking.sheets import UNITS, Mark, read_marks
from evalclient.core.method.pricing.computed import computed_marks
from evalclient.core.method.pricing.price import over_ceiling
from evalclient.core.method.pricing.price_checks import price_flags
from evalclient.core.method.tally.aggregate import Aggregator
from evalclient.core.method.tally.tally import tally
from evalclient.core.records.fields import Bilingual

__all__ = [
    "Flag",
    "ObjectiveDifference",
    "SheetProblem",
    "flags",
    "objective_differences",
    "reason_needed",
    "score_problem",
    "sheet_problems",
]


@dataclass(frozen=True, slots=True)
class _Case:
    """What the checks look at, and how they call persons and bidders in sentences."""

    method: Method
    entries: TallyInput
    articles: Mapping[FlagKind, str]
    names: Mapping[str, str]

    def name(self, person: str) -> str:
        return self.names.get(person, person)


def flags(
    method: Method,
    entries: TallyInput,
    result: TallyResult,
    articles: Mapping[FlagKind, str],
    names: Mapping[str, str] | None = None,
) -> tuple[Flag, ...]:
    """Every flag on ``result``, a summary of ``entries`` that somebody states.

    The four cases of 87号令 第六十四条 first (sums, ranges, objective items, 畸高畸低 measured without regard to rank),
    then prices, equal bidders and too few of them. ``articles`` gives the law behind each kind, ``names``
    displayed names of bidders and members. Raises EntriesRefused as ``tally`` does.
    """
    case = _Case(method, entries, articles, names or {})
    found = [*_sums(case, result), *_ranges(case), *_known_ranges(case), *_objective(case), *_deviations(case)]
    return (*found, *price_flags(method, entries, result, articles, case.name))


def _sums(case: _Case, stated: TallyResult) -> Iterator[Flag]:
    """Numbers of the stated result that differ from what the sheets give (分值汇总计算错误)."""
    own = {line.bidder: _figures(line) for line in tally(case.method, case.entries).bidders}
    theirs = {line.bidder: _figures(line) for line in stated.bidders}
    for bidder in dict.fromkeys((*own, *theirs)):
        right, wrong = own.get(bidder, {}), theirs.get(bidder, {})
        differ = [name for name in dict.fromkeys((*right, *wrong)) if right.get(name) != wrong.get(name)]
        if not differ:
            continue
        numbers = {f"stated {name}": wrong.get(name) or "-" for name in differ}
        numbers |= {f"recomputed {name}": right.get(name) or "-" for name in differ}
        sentence = Bilingual(
            f"{case.name(bidder)} 的汇总分值与评分表重新计算的结果不一致，请核对更正",
            f"{case.name(bidder)}: the summary differs from what the sheets add up to; please check and correct it",
        )
        yield flag(case.articles, "sum", (bidder,), sentence, numbers, case.entries.members)


def _figures(line: BidderResult) -> dict[str, str]:
    figures = {
        "technical": line.technical,
        "price score": line.price_score,
        "total": line.total,
        "place": None if line.place is None else str(line.place),
    }
    figures |= {f"item {item}": value for item, value in line.items.items()}
    figures |= {f"section {section}": value for section, value in line.sections.items()}
    for member, score in line.members.items():
        figures |= {f"{member} total": score.total}
        figures |= {f"{member} section {section}": value for section, value in score.sections.items()}
    return {name: value for name, value in figures.items() if value is not None}


def _ranges(case: _Case) -> Iterator[Flag]:
    """Scores outside the item's range, off its step or not among its values (分项评分超出评分标准范围)."""
    items = items_of(case.method)
    good: set[tuple[str, str]] = set()
    for member, sheet in case.entries.sheets.items():
        for bidder, scores in sheet.items():
            for item in items:
                value = scores.get(item.id)
                if value is None or (item.id, value) in good:
                    continue
                problem = score_problem(item, value, "-")
                if problem is None:
                    good.add((item.id, value))
                    continue
                sentence = Bilingual(
                    f"{case.name(member)} 对 {case.name(bidder)} 的评分：{problem.sentence.zh}，请更正",
                    f"{case.name(member)} on {case.name(bidder)}: {problem.sentence.en}; please correct it",
                )
                low, high = span_of(item)
                numbers = {"score": value, "minimum": shown(low), "maximum": shown(high)}
                yield flag(case.articles, "range", (member, bidder, item.id), sentence, numbers, (member,))


def _known_ranges(case: _Case) -> Iterator[Flag]:
    """Known scores and price scores outside what the method allows; here nobody's sheet says who gave them."""
    asked = case.entries.members or ("committee",)
    for bidder, scores in case.entries.scores.items():
        for item in items_of(case.method):
            score, (low, high) = scores.get(item.id), span_of(item)
            if score is not None and not low <= exact(score) <= high:
                yield _known_range(case, (bidder, item.id), item.title, score, (shown(low), shown(high)), asked)
    part = case.method.price
    for bidder, score in case.entries.price_scores.items():
        if part is not None and part.bounded and not 0 <= exact(score) <= exact(part.maximum):
            title = Bilingual("报价得分", "price score")
            yield _known_range(case, (bidder, "price_score"), title, score, ("0", part.maximum), asked)


def _known_range(
    case: _Case, about: tuple[str, str], title: Bilingual, value: str, span: tuple[str, str], asked: tuple[str, ...]
) -> Flag:
    bidder, (low, high) = case.name(about[0]), span
    sentence = Bilingual(
        f"{bidder} 的“{title.zh}”{value} 分超出评分范围 {low}～{high} 分，请核对更正",
        f"{bidder}: {title.en} {value} is outside {low} to {high}; please check and correct it",
    )
    return flag(case.articles, "range", about, sentence, {"score": value, "minimum": low, "maximum": high}, asked)


def _objective(case: _Case) -> Iterator[Flag]:
    """Objective items that members scored differently (客观评审因素评分不一致)."""
    titles = {item.id: item.title for item in items_of(case.method)}
    for difference in objective_differences(case.method, case.entries.sheets):
        title, bidder = titles[difference.item], case.name(difference.bidder)
        sentence = Bilingual(
            f"{bidder} 的客观项“{title.zh}”各评委评分不一致，请更正或书面说明",
            f"{bidder}: members differ on the objective item {title.en}; please correct or give a reason",
        )
        about = (difference.bidder, difference.item)
        yield flag(case.articles, "objective", about, sentence, difference.values, tuple(difference.values))


def _deviations(case: _Case) -> Iterator[Flag]:
    """A member's score far from the mean of the others' (畸高、畸低); nobody's rank is looked at."""
    if len(case.entries.members) < 3:
        return
    limit = exact(case.method.flags.deviation_percent)
    bidders = over_ceiling(case.method, case.entries.bidders)
    scored = [entry.bidder for entry in bidders if not entry.rejected]
    marks = read_marks(case.method, case.entries, scored, computed_marks(case.method, bidders, case.entries.draws))
    aggregator = Aggregator(case.method)
    for bidder in scored:
        for label, values in _measured(case, aggregator, marks[bidder]):
            for member, value in zip(case.entries.members, values, strict=True):
                mean = (sum(values, Fraction()) - value) / (len(values) - 1)
                if abs(value - mean) * 100 > limit * abs(mean):
                    yield _deviation(case, member, bidder, label, value, mean)


def _measured(
    case: _Case, aggregator: Aggregator, rows: Sequence[Sequence[Mark]]
) -> Iterator[tuple[str, list[Fraction]]]:
    """Label and one number per member, at the level the document states."""
    level = case.method.flags.deviation_level
    if level == "item":
        for i, item in enumerate(every_item(case.method)):
            yield item.id, [Fraction(row[i], UNITS) for row in rows]
        return
    score = aggregator.score(rows)
    if level == "total":
        yield "", score.member_totals
        return
    for section in case.method.sections:
        yield section.id, [own[section.id] for own in score.member_sections]


def _deviation(case: _Case, member: str, bidder: str, label: str, value: Fraction, mean: Fraction) -> Flag:
    titles = {item.id: item.title for item in items_of(case.method)}
    titles |= {section.id: section.title for section in case.method.sections}
    title = titles.get(label, Bilingual("总分", "total"))
    two = Rounding(2)
    percent = shown(rounded((value - mean) / mean * 100, two), two) if mean else "-"
    sentence = Bilingual(
        f"{case.name(member)} 对 {case.name(bidder)} 的“{title.zh}”评分明显{'高' if value > mean else '低'}于"
        f"其他评委平均值，请复核并书面说明",
        f"{case.name(member)} scored {case.name(bidder)} far {'above' if value > mean else 'below'} the mean of the "
        f"others ({title.en}); please re-check and give a reason",
    )
    numbers = {"score": shown(value), "others' mean": shown(rounded(mean, two), two), "deviation %": percent}
    return flag(case.articles, "deviation", tuple(filter(None, (member, bidder, label))), sentence, numbers, (member,))
