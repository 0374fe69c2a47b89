"""The report (评标报告): read it, sign it or dissent with a reason; the visible stamps follow in roster order."""

from __future__ import annotations

import io
from functools import partial
from typing import Final

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from evalclient.core.evaluation.results import result_digest
from evalclient.core.evaluation.state import Evaluation, Report
from evalclient.core.evaluation.verdict import Verdict, no
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_ending import ReportRendered, ReportSigned
from evalclient.core.workflow.gates_ending import next_to_stamp
from evalclient.ui.live import Refusal
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.check_row import CheckRow
from evalclient.ui.pages.office import local
from evalclient.ui.pages.page import MemberPage
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.empty_state import EmptyState
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled
from evalclient.ui.widgets.pane import Pane

RIGHT_PX: Final = 400


class ReportPage(MemberPage):
    """``render-report`` (leader), ``dissent``, ``dissent-reason``, ``sign-report``, ``stamp-report``."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._shown = ""
        self._compared = ""
        self._agrees: bool | None = None
        self._view = room.view()
        self._empty = EmptyState(
            "file-check", lambda: self.tr("报告尚未生成"), lambda: self.tr("组长生成评标报告后，在此阅读并签署。")
        )
        self._empty.setObjectName("no-report")
        self._render = ActLine("render-report", lambda: self.tr("生成评标报告"), self._do_render, icon="file-check")
        self._signers = column(gap=2)
        self._rows = Rows(self._signers, lambda _person: CheckRow())
        self._dissent = QCheckBox()
        self._dissent.setObjectName("dissent")
        self._reason = QPlainTextEdit()
        self._reason.setObjectName("dissent-reason")
        self._reason.setFixedHeight(92)
        self._same = Label("", "caption", wrap=True)
        self._sign = ActLine("sign-report", lambda: self.tr("签署报告"), self._do_sign, icon="signature")
        self._stamp = ActLine("stamp-report", lambda: self.tr("加盖签章"), self._do_stamp, icon="stamp")
        self._dissent.toggled.connect(self._judge)
        self._reason.textChanged.connect(self._judge)
        self._make = Card(lambda: self.tr("评标报告"), self._render)
        self._signed = Label("", wrap=True)
        self._signed.setObjectName("own-signature")
        self._own = Card(
            lambda: self.tr("本人签署"), self._same, self._dissent, self._reason, self._sign, self._signed, self._stamp
        )
        everybody = Card(lambda: self.tr("签署与签章（按名册顺序）"), self._signers)
        right = column(self._make, self._own, everybody, STRETCH, gap=12)
        side = Pane(column(scrolled(right), gap=0), RIGHT_PX)
        layout = row(box(column(self._view, self._empty, margins=1), role="card"), side, gap=12)
        layout.setStretch(0, 1)
        self.body.addLayout(layout)

    def next_act(self, evaluation: Evaluation) -> Say:
        report, me = evaluation.report, self.live.person
        if report is None:
            if self.leads(evaluation):
                return lambda: self.tr("请生成评标报告，供各评委签署。")
            return lambda: self.tr("无须操作：等待组长生成评标报告。")
        if self._agrees is False and me not in report.signed:
            if self.leads(evaluation):
                return lambda: self.tr("报告与本机记录不一致：请重新生成。")
            return lambda: self.tr("报告与本机记录不一致，不能签署：请要求组长重新生成，并报告监督人员。")
        if me not in report.signed and me not in report.refused:
            return lambda: self.tr("请阅读评标报告后签署；有不同意见的，写明理由一并签署。")
        if me not in {person for person, _ in report.stamps}:
            return lambda: self.tr("您已签署：轮到您时自动加盖签章。")
        return lambda: self.tr("您已签署并加盖签章：请等候其他评委。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        report = new.report
        verdict = self.live.may(ReportRendered(document="0" * 64, result=result_digest(new)))
        self._render.judge(verdict, self.spoken(verdict))
        if report is None:
            self._shown, self._compared, self._agrees = "", "", None
            self._view.clear()
        else:
            self._show_document(report)
            self._compare(report)
            self._stamp_when_due(new)
        self._view.setVisible(report is not None)
        self._empty.setVisible(report is None)
        self._own.setVisible(report is not None)
        self._show_signers(new)
        self._texts()
        self._judge()

    def _texts(self) -> None:
        self._dissent.setText(self.tr("对评审结论有不同意见（须写明理由）"))
        self._reason.setPlaceholderText(self.tr("写明不同意见及理由，将载入评标报告"))
        self._reason.setAccessibleName(self.tr("不同意见及理由"))

    def _show_document(self, report: Report) -> None:
        newest = report.stamps[-1][1].document if report.stamps else report.document
        if newest == self._shown:
            return
        self._shown = newest
        self.live.act(lambda _desk: self.room.reports.document(), done=self._opened)

    def _compare(self, report: Report) -> None:
        """Each report that is laid before the members is compared anew; what was found about another says nothing."""
        if report.document == self._compared:
            return
        document = report.document
        self._compared, self._agrees = document, None
        self.live.act(
            lambda _desk: self.room.reports.agrees(document),
            done=partial(self._found, document),
            failed=partial(self._not_compared, document),
        )

    def _opened(self, data: bytes) -> None:
        self._view.show_document(lambda: self.tr("评标报告"), lambda: io.BytesIO(data))

    def _found(self, document: str, agrees: bool) -> None:
        if document == self._compared:
            self._agrees = agrees
            self._judge()
            self.hint_changed.emit()

    def _not_compared(self, document: str, refusal: Refusal) -> None:
        """The report is not here yet, perhaps: tried again with the next news."""
        if document == self._compared:
            self._compared = ""
        self.live.refused.emit(refusal)

    def _show_signers(self, evaluation: Evaluation) -> None:
        members = active_members(evaluation)
        self._rows.show(member.person for member in members)
        turn = next_to_stamp(evaluation)
        for member in members:
            done, remark = self._state(evaluation.report, member.person, turn)
            self._rows[member.person].set(done, self.live.name(member.person), remark)

    def _state(self, report: Report | None, person: str, turn: str) -> tuple[bool, Say]:
        if report is None:
            return False, lambda: self.tr("待签署")
        if person in report.refused and person in report.signed:
            return True, lambda: self.tr("已签署，未盖章")
        if person in report.refused:
            return True, lambda: self.tr("拒签，视为同意")
        signed = report.signed.get(person)
        if person in {who for who, _ in report.stamps}:
            if signed is not None and signed.dissent:
                return True, lambda: self.tr("已签署（附不同意见）并盖章")
            return True, lambda: self.tr("已签署并盖章")
        if signed is None:
            return False, lambda: self.tr("待签署")
        if person == turn:
            return False, lambda: self.tr("已签署，正在盖章")
        return False, lambda: self.tr("已签署，待盖章")

    def _judge(self) -> None:
        report, me = self.live.evaluation.report, self.live.person
        dissents = self._dissent.isChecked()
        signed = report is not None and me in report.signed
        stamped = report is not None and me in {person for person, _ in report.stamps}
        for widget in (self._dissent, self._sign, self._same):
            widget.setVisible(not signed)
        self._reason.setVisible(dissents and not signed)
        self._signed.setVisible(signed)
        self._stamp.setVisible(signed and not stamped)
        wanted = report is None or (self._agrees is False and not report.signed)
        self._make.setVisible(wanted and self.leads(self.live.evaluation))
        if report is None:
            return
        if signed:
            self._signed.say(self._own_signature(report))
        self._same.say(self._comparison())
        self._same.set_tone({None: "neutral", True: "ok", False: "bad"}[self._agrees])  # type: ignore[arg-type]
        act = ReportSigned(document=report.document, dissent=self._reason.toPlainText() if dissents else "")
        verdict = self.live.may(act)
        article = self.live.evaluation.rules.dissent.article
        if verdict.allowed and dissents and not act.dissent.strip():
            verdict = no("提出不同意见须写明理由。", "A dissent needs its reason.", article)
        if verdict.allowed and self._agrees is not True:
            verdict = _not_agreed(self._agrees, article)
        self._sign.judge(verdict, self.spoken(verdict))
        mine = next_to_stamp(self.live.logged) == me
        if not mine:
            self._stamp.refuse(
                lambda: self.tr("按名册顺序等待前一位评委盖章。"), self.live.evaluation.rules.article("report.stamped")
            )
        else:
            self._stamp.allow()

    def _own_signature(self, report: Report) -> Say:
        at, dissent = local(report.signed_at[self.live.person]), report.signed[self.live.person].dissent
        if dissent:
            return lambda: self.tr("您于 {at} 签署本报告，并附不同意见：{dissent}").format(at=at, dissent=dissent)
        return lambda: self.tr("您于 {at} 签署本报告，未提不同意见。").format(at=at)

    def _comparison(self) -> Say:
        if self._agrees is None:
            return lambda: self.tr("正在与本机独立生成的报告核对…")
        if self._agrees:
            return lambda: self.tr("本机已据自身记录独立生成同一报告，逐字节一致。")
        return lambda: self.tr("本机据自身记录生成的报告与此不同！")

    def _stamp_when_due(self, evaluation: Evaluation) -> None:
        """One's turn, and everything before it stands in the log: the stamp follows from the signature given."""
        logged, me = self.live.logged, self.live.person
        signed = logged.report is not None and me in logged.report.signed
        due = next_to_stamp(logged) == me and next_to_stamp(evaluation) == me
        if signed and due and not self._stamp.busy:
            self._do_stamp()

    def _do_render(self) -> None:
        self._render.start(self.live, lambda _desk: self.room.reports.render())

    def _do_sign(self) -> None:
        dissent = self._reason.toPlainText().strip() if self._dissent.isChecked() else ""
        document = self._compared
        self._sign.start(self.live, lambda _desk: self.room.reports.sign(document, dissent))

    def _do_stamp(self) -> None:
        self._stamp.start(self.live, lambda _desk: self.room.reports.stamp())


def _not_agreed(agrees: bool | None, article: str) -> Verdict:
    """Why a report that does not agree, or is not compared yet, cannot be signed."""
    if agrees is None:
        return no(
            "正在与本机独立生成的报告核对，请稍候。",
            "The report is being compared with this client's own; wait.",
            article,
        )
    return no(
        "报告与本机记录算出的不一致，不能签署：请要求组长重新生成，并报告监督人员。",
        "The report is not what this client's own log gives: ask the leader to make it anew, and tell the supervisor.",
        article,
    )
