"""The qualification result, where the organiser reviews it (资格审查): a decision per bidder, a reason for each fail."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.evaluation.views import bidder_name, opened_bids
from evalclient.core.records.acts_bids import Qualification, QualificationRecorded
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import with_article
from evalclient.ui.pages.rows import Rows
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.line_field import LineField
from evalclient.ui.widgets.option_buttons import Option, OptionButtons

PASS, FAIL = "pass", "fail"


class QualificationCard(Card):
    """``qualify-pass-<tail> qualify-fail-<tail> qualify-reason-<tail>``, ``qualify-rest``, ``record-qualification``."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("资格审查结果"), parent=parent)
        self._live = live
        lines = column(gap=6)
        self._lines = Rows(lines, self._make_line)
        self._rest = Button(lambda: self.tr("其余合格"), icon="list-checks", on=self._pass_rest)
        self._rest.setObjectName("qualify-rest")
        self._act = ActLine(
            "record-qualification",
            lambda: self.tr("签名登记资格审查结果"),
            self._record,
            icon="pen-line",
            before=(self._rest,),
        )
        self.add(lines, self._act)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown where the rules leave qualification to the organiser, once the bids are open."""
        rule = evaluation.rules.qualification
        self.setVisible(rule.by == "organiser" and evaluation.opening is not None)
        if self.isHidden():
            return
        self.caption.say(with_article(rule.text, rule.article))
        self.caption.show()
        bids = opened_bids(evaluation)
        self._lines.show(bid.bidder for bid in bids)
        recorded = bool(evaluation.qualification)
        editing = evaluation.stage == "opening"
        for bid in bids:
            self._lines[bid.bidder].follow(bidder_name(evaluation, bid.bidder), bid, editing=editing)
        self._act.setVisible(editing)
        self.mark(
            (lambda: self.tr("已登记")) if recorded else (lambda: self.tr("待登记")), "ok" if recorded else "primary"
        )
        self._judge()

    def _make_line(self, bidder: str) -> QualificationLine:
        line = QualificationLine(bidder)
        line.changed.connect(self._judge)
        return line

    def _pass_rest(self) -> None:
        for line in self._lines:
            line.pass_if_open()

    def _failed(self) -> dict[str, str]:
        held = self._lines.held()
        return {bidder: self._lines[bidder].reason.value for bidder in held if self._lines[bidder].decision == FAIL}

    def _judge(self) -> None:
        if self._act.isHidden():
            return
        failed = self._failed()
        bidders = [bid.bidder for bid in opened_bids(self._live.evaluation)]
        results = tuple(Qualification(bidder, bidder not in failed, failed.get(bidder, "")) for bidder in bidders)
        undecided = sum(not line.decision for line in self._lines)
        verdict = self._live.may(QualificationRecorded(results=results))
        if not verdict.allowed:
            self._act.judge(verdict)
        elif undecided:
            self._act.refuse(lambda: self.tr("还有 {count} 家未作结论。").format(count=undecided))
        else:
            self._act.allow(lambda: self.tr("不合格的投标人不进入评审，其原因随结果告知。"))

    def _record(self) -> None:
        failed = self._failed()
        self._act.start(self._live, lambda desk: Organiser(desk).record_qualification(failed))


class QualificationLine(QFrame):
    """One bidder; ``decision`` is ``pass``, ``fail`` or "" while there is none."""

    changed = Signal()

    def __init__(self, bidder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        tail = bidder[-8:]
        self._name = Label("", wrap=True)
        self._options = OptionButtons(
            (
                Option(PASS, lambda: self.tr("合格"), tone="ok", icon="circle-check"),
                Option(FAIL, lambda: self.tr("不合格"), tone="bad", icon="circle-x"),
            )
        )
        for value in (PASS, FAIL):
            self._options.button(value).setObjectName(f"qualify-{value}-{tail}")
        self.reason = LineField(f"qualify-reason-{tail}", lambda: self.tr("不合格的原因（必填）"))
        head = row(self._name, self._options, gap=10)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.reason, gap=6, margins=(12, 6)))
        self.reason.hide()
        self._shown: tuple[bool | None, str] = (None, "")
        self._options.chosen.connect(self._chosen)
        self.reason.textChanged.connect(self.changed)

    @property
    def decision(self) -> str:
        """What has been decided."""
        return self._options.value

    def follow(self, name: str, bid: Bid, *, editing: bool) -> None:
        """What is recorded; what is being typed stays."""
        self._name.say(name)
        recorded = (bid.qualified, bid.qualification_reason)
        if recorded != self._shown:
            self._shown = recorded
            if bid.qualified is not None:
                self._options.set_value(PASS if bid.qualified else FAIL)
                self.reason.setText(bid.qualification_reason)
        self._options.set_read_only(not editing)
        self.reason.setReadOnly(not editing)
        self.reason.setVisible(self.decision == FAIL)

    def pass_if_open(self) -> None:
        """Qualified, unless it has been decided."""
        if not self.decision:
            self._options.set_value(PASS)
            self.changed.emit()

    def _chosen(self, value: str) -> None:
        self.reason.setVisible(value == FAIL)
        if value == FAIL:
            self.reason.setFocus()
        self.changed.emit()
