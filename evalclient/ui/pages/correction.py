"""One own score that is questioned: correct it, or keep it with a reason. Either way it is a signed record."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import correction_of, scores
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.marking.scoring import values_of
from evalclient.core.records.acts_committee import ScoreCorrected, ScoreMaintained
from evalclient.desk.expert import Expert
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.number_text import normalise

Case = Literal["sum", "range", "objective", "abnormal"]


class Correction(QFrame):
    """``correct-<key>`` and ``keep-<key>`` with ``new-<key>…`` and ``reason-<key>`` for one bidder and item."""

    def __init__(self, live: Live, key: str, bidder: str, item: str, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._bidder, self._case = live, bidder, case
        self._item = _item(live.evaluation, item)
        self._state = Label("", wrap=True)
        self._new = QLineEdit()
        self._new.setObjectName(f"new-{key}")
        self._new.setProperty("role", "score")
        self._new.setFixedWidth(84)
        self._options: dict[str, Button] = {}
        self._reason = QLineEdit()
        self._reason.setObjectName(f"reason-{key}")
        self._keep = Button(lambda: self.tr("维持并说明"), on=self._do_keep)
        self._keep.setObjectName(f"keep-{key}")
        self._line = ActLine(f"correct-{key}", lambda: self.tr("更正评分"), self._do_correct, before=(self._keep,))
        self._input = QFrame()
        self._input.setLayout(
            column(
                row(Label(lambda: self.tr("更正为")), *self._value_parts(key), self._reason, gap=8), self._line, gap=6
            )
        )
        self.setLayout(column(self._state, self._input, gap=6))
        self._new.textChanged.connect(self._judge)
        self._reason.textChanged.connect(self._judge)
        self.follow()

    def follow(self) -> None:
        """Follow the evaluation."""
        made = correction_of(self._live.evaluation, self._live.person, self._bidder, self._item.id)
        prompt = self.tr("理由（必填），如依据哪一页证明材料")
        self._reason.setPlaceholderText(prompt)
        self._reason.setAccessibleName(prompt)
        self._new.setAccessibleName(self.tr("更正后的分值"))
        present = self._present()
        if made is None:
            self._state.say(lambda: self.tr("您的评分：{value} 分").format(value=present))
        elif made.case == "maintained":
            self._state.say(lambda: self.tr("您维持 {value} 分：{reason}").format(value=made.new, reason=made.reason))
        else:
            self._state.say(
                lambda: self.tr("您已更正 {old} → {new} 分：{reason}").format(
                    old=made.old, new=made.new, reason=made.reason
                )
            )
        self._input.setVisible(made is None)
        self._judge()

    def _value_parts(self, key: str) -> list[QWidget]:
        if self._item.kind in ("range", "deduction"):
            return [self._new]
        self._new.hide()
        for listed in values_of(self._item):
            button = Button(listed, kind="option", on=lambda value=listed: self._pick(value))  # type: ignore[misc]
            button.setObjectName(f"new-{key}-{listed}")
            button.setCheckable(True)
            self._options[listed] = button
        return [self._new, *self._options.values()]

    def _pick(self, value: str) -> None:
        for other, button in self._options.items():
            button.setChecked(other == value)
        self._new.setText(value)

    def _present(self) -> str:
        return scores(self._live.evaluation).get(self._live.person, {}).get(self._bidder, {}).get(self._item.id, "")

    def _correction(self) -> ScoreCorrected:
        return ScoreCorrected(
            bidder=self._bidder,
            item=self._item.id,
            old=self._present(),
            new=normalise(self._new.text()),
            case=self._case,
            reason=self._reason.text().strip(),
        )

    def _judge(self) -> None:
        live, reason = self._live, self._reason.text()
        keep = live.may(ScoreMaintained(bidder=self._bidder, item=self._item.id, reason=reason))
        self._keep.refuse(keep.reason)
        article = live.evaluation.rules.recheck.article
        act = self._correction()
        if not act.new:
            self._line.refuse(self._first_words(), article)
        elif act.new == act.old:
            self._line.refuse(lambda: self.tr("与原评分相同，无须更正。"), article)
        else:
            self._line.judge(live.may(act))

    def _first_words(self) -> Say:
        return lambda: self.tr("填写更正后的分值与理由；或只写理由，维持原分。")

    def _do_correct(self) -> None:
        act = self._correction()
        self._line.start(self._live, lambda desk: Expert(desk).correct(act))

    def _do_keep(self) -> None:
        bidder, item, reason = self._bidder, self._item.id, self._reason.text().strip()
        self._line.start(self._live, lambda desk: Expert(desk).maintain(bidder, item, reason))


def _item(evaluation: Evaluation, name: str) -> ScoredItem:
    return next(item for item in items_of(evaluation.method) if item.id == name)
