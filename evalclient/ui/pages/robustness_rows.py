"""The robustness of a result as rows of tables: names instead of identifiers, and what changes in a tone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QObject

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name, correction_of, sheets_as_sealed
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import Place
from evalclient.core.method.robustness.result import Change, DecisiveScore, Robustness, Variant
from evalclient.core.method.wording.robustness_words import LEVEL_WORDS, other_rounding, other_trimming
from evalclient.ui.pages.names import listed
from evalclient.ui.texts import said
from evalclient.ui.widgets.data_table import TableCell, TableRow

#: so many scores are shown; the archive has all of them
MOST_SHOWN: Final = 60


class RobustnessRows(QObject):
    """Rows for the tables of one analysis; ``name`` gives a member's name."""

    def __init__(self, evaluation: Evaluation, found: Robustness, name: Callable[[str], str]) -> None:
        super().__init__()
        self._evaluation = evaluation
        self._found = found
        self._name = name
        self._titles = {item.id: item.title for item in items_of(evaluation.method)}
        self._sheets = sheets_as_sealed(evaluation)

    def members(self) -> list[TableRow]:
        """One for each member left out."""
        return [
            (
                TableCell(
                    self._name(line.member),
                    tip=self.tr("评委人数减少后，评标办法规定的去极值方式不同。") if line.other_trimming else "",
                    icon="info" if line.other_trimming else "",
                ),
                *self._variant(line),
            )
            for line in self._found.members
        ]

    def ways(self) -> list[TableRow]:
        """Other trimmings and levels, and those roundings that change something."""
        found, method = self._found, self._evaluation.method
        rows = [(said(other_trimming(one)), *self._variant(one)) for one in found.trimmings]
        rows += [(said(LEVEL_WORDS[one.level]), *self._variant(one)) for one in found.levels]
        return [*rows, *((said(other_rounding(method, one)), *self._variant(one)) for one in found.roundings)]

    def scores(self) -> list[TableRow]:
        """The nearest of the scores that can change something, with the reason the member wrote."""
        return [self._score(score) for score in self._found.scores[:MOST_SHOWN]]

    def bidders(self, bidders: Iterable[str]) -> str:
        """Names, with a mark between those who are equal."""
        return " = ".join(bidder_name(self._evaluation, bidder) for bidder in bidders) or "—"

    def _variant(self, line: Variant) -> Iterator[TableCell | str]:
        if line.impossible is not None:
            yield "—"
            yield TableCell(self.tr("无法计算"), "neutral")
            return
        yield _tipped(self._candidates(line.candidates, line.undecided))
        yield self._verdict(first=line.changes_first, candidates=line.changes_candidates)

    def _candidates(self, places: Sequence[Place], undecided: Sequence[str]) -> str:
        told = [self.bidders(place.bidders) for place in places]
        if undecided:
            told.append(self.tr("（并列待定：{names}）").format(names=self.bidders(undecided)))
        return listed(told) or "—"

    def _score(self, score: DecisiveScore) -> TableRow:
        reason = self._reason(score)
        return (
            TableCell(self.tr("是") if score.pivotal else "", "bad" if score.first is not None else "warn", bold=True),
            self._name(score.member or ""),
            _tipped(bidder_name(self._evaluation, score.bidder)),
            _tipped(said(self._titles[score.item])),
            score.value,
            self._change(score.first, first=True),
            self._change(score.candidates, first=False),
            TableCell(reason or "—", tip=reason),
        )

    def _change(self, change: Change | None, *, first: bool) -> TableCell:
        if change is None:
            return TableCell("—", tip=self.tr("该项允许的任何分值都不会改变第一名。"))
        comes = self.bidders(change.first) if first else self._candidates(change.candidates, change.undecided)
        text = self.tr("{to}（{steps} 档）").format(to=change.to, steps=change.steps)
        return TableCell(text, tip=self.tr("则为：{names}").format(names=comes))

    def _reason(self, score: DecisiveScore) -> str:
        """What the member wrote with the score, or with its correction."""
        member = score.member or ""
        correction = correction_of(self._evaluation, member, score.bidder, score.item)
        if correction is not None:
            return correction.reason
        sheet = self._sheets.get(member)
        typed = sheet.scores.get(score.bidder, {}).get(score.item) if sheet is not None else None
        return typed.reason if typed is not None else ""

    def _verdict(self, *, first: bool, candidates: bool) -> TableCell:
        if first:
            return TableCell(self.tr("第一名改变"), "bad", bold=True)
        if candidates:
            return TableCell(self.tr("候选人改变"), "warn", bold=True)
        return TableCell(self.tr("不变"), "ok")


def _tipped(text: str) -> TableCell:
    """A text that may be cut where the window is narrow."""
    return TableCell(text, tip=text)
