"""Pledge and recusal: the papers to read, the bidders' names without any bid content, two signed declarations."""

from __future__ import annotations

import io
from typing import Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QStackedWidget, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import reviewed_bids
from evalclient.core.method.wording.words import clauses
from evalclient.core.records.acts_founding import PledgeSigned, RecusalDeclared
from evalclient.core.tender import Paper
from evalclient.desk.expert import Expert
from evalclient.ui.live import Refusal
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.page import MemberPage
from evalclient.ui.pages.paper_list import METHOD, PaperList
from evalclient.ui.pages.paper_text import PaperText
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.signed_for import SignedFor
from evalclient.ui.texts import Say, language, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled
from evalclient.ui.widgets.pane import Pane

LEFT_PX: Final = 290
RIGHT_PX: Final = 370
NARROW_PX: Final = 1180


class PledgePage(MemberPage):
    """``paper-<n>`` opens a paper, ``recusal-no``/``recusal-yes`` and ``declare-recusal``, ``pledge-agree``, ``sign-pledge``."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._papers: dict[str, Paper] = {}
        self._papers_list = PaperList()
        self._papers_list.chosen.connect(self._open)
        self._stack = QStackedWidget()
        self._text = PaperText("paper-text")
        self._view = room.view()
        self._stack.addWidget(self._text)
        self._stack.addWidget(self._view)
        self._bidders = Label("", wrap=True)
        self._parties = Label("", "caption", wrap=True)
        who = Card(lambda: self.tr("投标人"), self._bidders, self._parties)
        self._acts = self._declarations()
        self._read = column(self._papers_list, who, gap=12)
        self._left = Pane(column(scrolled(column(self._read, STRETCH, gap=0))), LEFT_PX)
        self._sign_here = column(gap=0)
        self._right = Pane(column(scrolled(column(self._sign_here, STRETCH, gap=0))), RIGHT_PX)
        layout = row(self._left, box(column(self._stack, margins=1), role="card"), self._right, gap=12)
        layout.setStretch(1, 1)
        self.body.addLayout(layout)
        self._in_one: bool | None = None
        theme().changed.connect(self._arrange)
        self._arrange()

    def _declarations(self) -> QWidget:
        self._no = Button(lambda: self.tr("不存在应回避的情形"), kind="option")
        self._yes = Button(lambda: self.tr("需要回避"), kind="option")
        for button, name in ((self._no, "recusal-no"), (self._yes, "recusal-yes")):
            button.setObjectName(name)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(self._judge)
        self._ground = QLineEdit()
        self._ground.setObjectName("recusal-ground")
        self._ground.textChanged.connect(self._judge)
        self._declare = ActLine("declare-recusal", lambda: self.tr("签名声明"), self._do_declare, icon="pen-line")
        self._agree = QCheckBox()
        self._agree.setObjectName("pledge-agree")
        self._agree.toggled.connect(self._judge)
        self._agreed = Label(
            lambda: self.tr("本人已阅读左侧全部文件，郑重承诺遵守承诺书所列各项，独立、客观、公正评审。"), wrap=True
        )
        self._sign = ActLine("sign-pledge", lambda: self.tr("签署承诺书"), self._do_sign, icon="signature")
        self._recusal = Card(lambda: self.tr("回避声明"), row(self._no, self._yes, gap=6), self._ground, self._declare)
        agree = row(self._agree, self._agreed, gap=8)
        agree.setStretch(1, 1)
        self._signed_for = SignedFor("pledge-signs")
        self._pledge = Card(lambda: self.tr("承诺书"), self._signed_for, agree, self._sign)
        holder = QFrame()
        holder.setLayout(column(self._recusal, self._pledge, gap=12))
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Where the window is narrow the declarations stand below the papers, and the paper keeps its width."""
        in_one = self.width() < theme().px(NARROW_PX)
        if in_one == self._in_one:
            return
        self._in_one = in_one
        (self._read if in_one else self._sign_here).addWidget(self._acts)
        self._left.set_pixels(RIGHT_PX if in_one else LEFT_PX)
        self._right.setVisible(not in_one)

    def next_act(self, evaluation: Evaluation) -> Say:
        member = self.me(evaluation)
        if member.conflict:
            return lambda: self.tr("您已声明回避：请等候组织方更换评委，勿再查看项目资料。")
        if member.pledge and member.recusal:
            return lambda: self.tr("您已完成承诺与回避声明：请等候其他评委。")
        if self._papers_list.unread():
            return lambda: self.tr("请逐份打开左侧文件阅读，再声明回避情况并签署承诺书。")
        if not member.recusal:
            return lambda: self.tr("请核对投标人名单，声明是否需要回避。")
        return lambda: self.tr("请勾选承诺并签署承诺书。")

    def start(self) -> None:
        evaluation = self.live.evaluation
        self._papers = {paper.digest: paper for paper in evaluation.tender.papers}
        self._papers_list.set_papers(evaluation.tender.papers)
        self._signed_for.show_papers(evaluation.tender.papers, evaluation.founding.method)
        super().start()
        self._open(self._papers_list.first())

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        names = [bid.opened.name for bid in reviewed_bids(new) if bid.opened]
        self._bidders.say("\n".join(f"{place}　{name}" for place, name in enumerate(names, start=1)))
        tender = new.tender
        self._parties.say(
            lambda: self.tr("招标人（采购人）：{purchaser}\n代理机构：{agency}").format(
                purchaser=said(tender.purchaser), agency=said(tender.agency)
            )
        )
        member = self.me(new)
        if member.pledge:
            self._papers_list.mark_all_read()
        declared = bool(member.recusal)
        for widget in (self._no, self._yes):
            widget.setEnabled(not declared)
        if declared:
            (self._yes if member.conflict else self._no).setChecked(True)
        self._declare.setVisible(not declared)
        self._recusal.mark((lambda: self.tr("已声明")) if declared else None, "warn" if member.conflict else "ok")
        self._agree.setAccessibleName(self._agreed.text())
        signed = bool(member.pledge)
        self._agree.setChecked(signed or self._agree.isChecked())
        self._agree.setEnabled(not signed)
        self._sign.setVisible(not signed)
        self._pledge.mark((lambda: self.tr("已签署")) if signed else None, "ok")
        self._judge()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._papers_list.current() == METHOD:
            self._open(METHOD)

    def _judge(self) -> None:
        unread = self._papers_list.unread()
        conflict = self._yes.isChecked()
        self._ground.setVisible(conflict)
        prompt = self.tr("写明与哪家投标人有何种关系")
        self._ground.setPlaceholderText(prompt)
        self._ground.setAccessibleName(prompt)
        if not (self._no.isChecked() or conflict):
            self._declare.refuse(
                lambda: self.tr("请先选择其中一项。"), self.live.evaluation.rules.article("recusal.declared")
            )
        else:
            verdict = self.live.may(RecusalDeclared(conflict=conflict, ground=self._ground.text()))
            self._declare.judge(verdict, self.spoken(verdict))
        verdict = self.live.may(self._pledge_act())
        if not verdict.allowed:
            self._sign.judge(verdict, self.spoken(verdict))
        elif unread:
            self._sign.refuse(
                lambda: self.tr("还有 %n 份文件未打开阅读。", None, unread),
                self.live.evaluation.rules.article("pledge.signed"),
            )
        elif not self._agree.isChecked():
            self._sign.refuse(lambda: self.tr("请先勾选承诺。"))
        else:
            self._sign.allow()

    def _pledge_act(self) -> PledgeSigned:
        papers = self.live.evaluation.tender.papers
        pledge = next(paper.digest for paper in papers if paper.kind == "pledge")
        others = tuple(paper.digest for paper in papers if paper.kind != "pledge")
        return PledgeSigned(pledge=pledge, documents=(*others, self.live.evaluation.founding.method))

    def _open(self, key: str) -> None:
        self._papers_list.show_current(key)
        if key == METHOD:
            self._stack.setCurrentWidget(self._text)
            method = self.live.evaluation.method
            self._text.show_clauses(method.title.text(language()), clauses(method))
            self._was_read(key)
            return
        self.room.papers.read(key, lambda data: self._show(key, data), self._absent)

    def _show(self, key: str, data: bytes) -> None:
        if key != self._papers_list.current():
            return
        paper = self._papers[key]
        if paper.media_type == "application/pdf":
            self._stack.setCurrentWidget(self._view)
            self._view.show_document(paper.title, lambda: io.BytesIO(data))
        else:
            self._stack.setCurrentWidget(self._text)
            self._text.show_text(data.decode("utf-8", errors="replace"))
        self._was_read(key)

    def _absent(self, refusal: Refusal) -> None:
        self._stack.setCurrentWidget(self._text)
        self._text.show_text(said(refusal.sentence))

    def _was_read(self, key: str) -> None:
        self._papers_list.mark_read(key)
        self._judge()
        self.hint_changed.emit()

    def _do_declare(self) -> None:
        conflict, ground = self._yes.isChecked(), self._ground.text().strip()
        self._declare.start(self.live, lambda desk: Expert(desk).declare(conflict, ground))

    def _do_sign(self) -> None:
        self._sign.start(self.live, lambda desk: Expert(desk).sign_pledge())
