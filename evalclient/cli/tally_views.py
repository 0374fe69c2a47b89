"""A tally report to read: as a table for people and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evalclient.cli.console import one_line
from evalclient.cli.robustness_view import robustness_lines
from evalclient.core.law_words import cited

if TYPE_CHECKING:
    from evalclient.core.method.document.parts import Method
    from evalclient.core.method.entry.entries import BidderResult, StepValue
    from evalclient.core.method.files.tally_file import TallyReport
    from evalclient.core.method.wording.explanation import Explanation
    from evalclient.core.method.wording.sheet import StepResult

#: columns of the CSV before those of sections and items, which follow in the order of the method
COLUMNS = (
    "place", "bidder", "name", "price", "corrected", "evaluated", "technical", "price_score", "total", "candidate",
    "rejected_at", "rejected_by", "rejected_article", "rejected_reason",
)  # fmt: skip
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?…?")
_ZH = {
    "place": "名次", "bidder": "投标人", "price": "报价", "corrected": "修正后报价", "evaluated": "评标价",
    "technical": "技术商务分", "price_score": "报价分", "total": "总得分",
}  # fmt: skip
_EN = {
    "place": "Place", "bidder": "Bidder", "price": "Price", "corrected": "Corrected", "evaluated": "Evaluated",
    "technical": "Technical", "price_score": "Price score", "total": "Total",
}  # fmt: skip
#: whom a flag asks besides members
_OFFICES = {"organiser": ("招标人（采购人）", "the organiser"), "committee": ("评标委员会", "the committee")}


def as_csv(report: TallyReport, method: Method, language: str) -> str:
    """One line per bidder, best first, those who are out last; the head line names the columns."""
    sections = [section.id for section in method.sections]
    items = [item.id for section in method.sections for item in section.items]
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([*COLUMNS, *(f"section:{name}" for name in sections), *(f"item:{name}" for name in items)])
    reasons = {one.bidder: one for one in reversed(report.rejections)}
    for line in ordered(report):
        out = reasons.get(line.bidder)
        cells = [
            _text(line.place), line.bidder, report.names.get(line.bidder, ""), _text(line.price), _text(line.corrected),
            _text(line.evaluated), _text(line.technical), _text(line.price_score), _text(line.total),
            str(report.candidates.index(line.bidder) + 1) if line.bidder in report.candidates else "",
            *(("", "", "", "") if out is None else (out.at, out.code, cited(out.article).text(language), out.reason.text(language))),
            *(line.sections.get(name, "") for name in sections),
            *(line.items.get(name, "") for name in items),
        ]  # fmt: skip
        lines.writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def harmless(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula: a leading apostrophe, unless it is a number."""
    if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")):
        return cell if _NUMBER.fullmatch(cell) else "'" + cell
    return cell if not cell.startswith(("\t", "\r", "\n")) else "'" + cell


def ordered(report: TallyReport) -> list[BidderResult]:
    """The lines by place, in the order of the input where places are shared, those without a place last."""
    return sorted(report.bidders, key=lambda line: line.place if line.place is not None else len(report.bidders) + 1)


def as_text(report: TallyReport, method: Method, language: str) -> str:
    """The table, who is out and why, candidates, the numbers of the price formula, flags; and the working if it is there."""
    return "".join(one_line(line).rstrip() + "\n" for line in _Page(report, method, language).lines())


class _Page:
    """Writes the lines of the readable report in one language."""

    def __init__(self, report: TallyReport, method: Method, language: str) -> None:
        self._report = report
        self._method = method
        self._language = language
        self._english = language == "en"

    def lines(self) -> Iterator[str]:
        """Every line, without line ends."""
        report = self._report
        yield f"{report.title.text(self._language)} ({report.method})"
        yield ""
        yield from table(self._rows(), left=1)
        yield from self._rejected()
        yield ""
        candidates = (self._say("、", ", ")).join(self._name(bidder) for bidder in report.candidates)
        yield self._say("中标候选人：", "Candidates: ") + (candidates or self._say("无", "none"))
        if report.undecided:
            equal = self._say("、", ", ").join(self._name(bidder) for bidder in report.undecided)
            yield self._say("并列待定：", "Equal, to be decided: ") + equal
        yield from self._numbers()
        yield from self._flags()
        if report.explanation is not None:
            yield from self._explained(report.explanation)
        if report.robustness is not None:
            yield from robustness_lines(report.robustness, self._language, self._name)
        yield ""
        yield f"SHA-256 {report.sha256}"

    def _say(self, zh: str, en: str) -> str:
        return en if self._english else zh

    def _name(self, person: str) -> str:
        office = _OFFICES.get(person) if person not in self._report.names else None
        return self._report.names.get(person, person) if office is None else office[self._english]

    def _rows(self) -> list[list[str]]:
        shown = ["place", "bidder", "price"]
        lines = ordered(self._report)
        shown += [name for name in ("corrected", "evaluated") if any(getattr(line, name) for line in lines)]
        shown += ["technical"] if self._method.sections else []
        shown += [name for name in ("price_score", "total") if any(getattr(line, name) for line in lines)]
        words = _EN if self._english else _ZH
        rows = [[words[name] for name in shown]]
        for line in lines:
            cells = [self._name(line.bidder) if name == "bidder" else _text(getattr(line, name)) for name in shown]
            rows.append([cell or "-" for cell in cells])
        return rows

    def _rejected(self) -> Iterator[str]:
        if self._report.rejections:
            yield ""
            yield self._say("否决投标：", "Rejected:")
        for one in self._report.rejections:
            yield (
                f"  {self._name(one.bidder)}  {one.reason.text(self._language)}  [{one.at}/{one.code}]  "
                f"{cited(one.article).text(self._language)}"
            )

    def _numbers(self) -> Iterator[str]:
        price = self._report.price
        titles = {step.id: step.title for step in self._method.price.steps} if self._method.price is not None else {}
        numbers: list[StepValue] = [value for value in price.steps if value.number is not None] if price else []
        if numbers:
            yield ""
            yield self._say("报价计算中的数：", "Numbers of the price formula:")
        for value in numbers:
            yield f"  {titles[value.id].text(self._language)} = {value.number}"

    def _flags(self) -> Iterator[str]:
        if self._report.flags:
            yield ""
            yield self._say("复核提示：", "Flags:")
        for flag in self._report.flags:
            asked = self._say("、", ", ").join(self._name(person) for person in flag.asked)
            yield f"  [{flag.kind}] {flag.sentence.text(self._language)}  ({cited(flag.article).text(self._language)}; → {asked})"

    def _explained(self, explained: Explanation) -> Iterator[str]:
        parts = (
            (self._say("计算评分项", "Computed items"), explained.computed),
            (self._say("报价计算表", "Calculation of the price"), explained.price),
            (self._say("总得分计算", "From the scores to the total"), explained.total),
        )
        for title, steps in parts:
            if steps:
                yield ""
                yield title
            for step in steps:
                yield from self._step(step)
        yield from self._committee(explained)
        yield ""
        yield self._say("各投标人得分计算", "How each bidder's scores come about")
        titles = {item.id: item.title for section in self._method.sections for item in section.items}
        titles |= {section.id: section.title for section in self._method.sections}
        own = _EN if self._english else _ZH
        for bidder, workings in explained.scores.items():
            yield f"  {self._name(bidder)}"
            for one in workings:
                title = titles[one.of].text(self._language) if one.of in titles else own[one.of]
                if one.member is not None:
                    title += self._say("，", ", ") + self._name(one.member)
                if one.note is not None:
                    title += self._say(f"（{one.note.zh}）", f" ({one.note.en})")
                dropped = self._say("；去掉 ", "; dropped ") + ", ".join(one.dropped) if one.dropped else ""
                yield f"    {title}: {one.working} = {one.value}{dropped}"

    def _committee(self, explained: Explanation) -> Iterator[str]:
        """Who was left out and by which spreads; whose scores gave way to the others' mean."""
        spreads = explained.spreads
        if spreads:
            yield ""
            yield self._say(
                "各评委总分差距（最高减最低）", "How far each member's totals lie apart (highest less lowest)"
            )
        tied = sum(one.value == next(other.value for other in spreads if other.left_out) for one in spreads) > 1
        for one in spreads:
            second = f"; {one.second_working} = {one.second}" if tied else ""
            out = self._say("，差距最大，不计入", ", the widest: left out") if one.left_out else ""
            totals = self._say("，", ", ").join(f"{self._name(who)} {total}" for who, total in one.totals.items())
            yield f"  {self._name(one.member)}: {totals}; {one.working} = {one.value}{second}{out}"
        if tied:
            yield "  " + self._say(
                "差距相同的，比最高减次低；仍相同的，以抽签在先者不计入",
                "Equal spreads: highest less second lowest; still equal: the first by lot",
            )
        if explained.replaced:
            yield ""
            yield self._say("评标委员会的决定", "Decisions of the committee")
        for decided in explained.replaced:
            member, bidder, reason = self._name(decided.member), self._name(decided.bidder), decided.reason
            yield "  " + self._say(
                f"{member} 对 {bidder} 的评分异常，以其他评委的平均值替代" + (f"：{reason}" if reason else ""),
                f"{member}'s scores of {bidder} are abnormal, the others' mean stands there"
                + (f": {reason}" if reason else ""),
            )

    def _step(self, step: StepResult) -> Iterator[str]:
        yield f"  {step.name.text(self._language)}: {step.formula.text(self._language)}"
        for value in step.values:
            yield f"    {self._name(value.bidder)}: {value.working}"
        if step.kept is not None:
            between = self._say("、", ", ")
            out = between.join(self._name(bidder) for bidder in step.left_out)
            yield "    " + between.join(self._name(bidder) for bidder in step.kept)
            if out:
                yield "    " + self._say("未计入：", "left out: ") + out


def table(rows: Sequence[Sequence[str]], left: int = -1) -> Iterator[str]:
    """``rows`` in columns, the one numbered ``left`` to the left, the others to the right; Chinese signs take two places."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(width(row[at]) for row in cells) for at in range(len(cells[0]))]
    for row in cells:
        padded = [
            cell + " " * (room - width(cell)) if at == left else " " * (room - width(cell)) + cell
            for at, (cell, room) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(padded)


def width(text: str) -> int:
    """Places that ``text`` takes on a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
