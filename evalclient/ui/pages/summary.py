"""Summary (汇总): the table every client computes for itself, the members' spread, and the leader's act."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.results import all_rejections, result_digest, tally_result
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, bidder_name
from evalclient.core.law_words import cited
from evalclient.core.method.entry.entries import BidderResult
from evalclient.core.method.tally.rejection import rejection_sentence
from evalclient.core.records.acts_committee import SummaryRecorded
from evalclient.desk.chair import Chair
from evalclient.desk.people import display_name
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.grid import Grid
from evalclient.ui.pages.money import yuan
from evalclient.ui.pages.names import short
from evalclient.ui.pages.page import MemberPage
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.spread import SpreadPanel
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.data_table import TableCell, TableColumn, TableRow
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column, row, scrolled


class SummaryPage(MemberPage):
    """``sum-up`` is the leader's button; the others see the same table and wait."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._digest = ""
        self._table = SummaryTable(self.live.evaluation)
        self._rejected = Label("", "caption", tone="bad", wrap=True)
        self._act = ActLine("sum-up", lambda: self.tr("签名汇总"), self._sum_up, icon="calculator")
        foot = row(self._rejected, self._act, gap=12)
        foot.setStretch(0, 1)
        self._card = Card(
            lambda: self.tr("评分汇总表"),
            self._table,
            foot,
            caption=lambda: self.tr("按评标办法由本机根据已公开的评分表独立计算；汇总后只能在法定情形下更正。"),
            beside=True,
        )
        self._spread = SpreadPanel()
        holder = QWidget()
        holder.setLayout(column(self._card, self._spread, gap=12))
        self.body.addWidget(scrolled(holder))

    def next_act(self, evaluation: Evaluation) -> Say:
        if evaluation.summary:
            return lambda: self.tr("组长已汇总：请等候进入复核。")
        if self.leads(evaluation):
            return lambda: self.tr("请核对汇总表，签名汇总。")
        return lambda: self.tr("无须操作：等待组长汇总。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        digest = result_digest(new)
        if digest != self._digest:
            self._digest = digest
            self._table.show_result(new)
            self._spread.show_result(new)
            self._show_rejected(new)
        done = new.summary == digest
        self._card.mark(
            (lambda: self.tr("已汇总")) if done else (lambda: self.tr("待组长汇总")), "ok" if done else "primary"
        )
        self._act.setVisible(self.leads(new) and not done)
        verdict = self.live.may(SummaryRecorded(result=digest))
        self._act.judge(verdict, self.spoken(verdict))

    def _show_rejected(self, evaluation: Evaluation) -> None:
        lines = [
            (bidder_name(evaluation, bidder), rejection_sentence(evaluation.method, why), why.article)
            for bidder, found in all_rejections(evaluation, tally_result(evaluation)).items()
            for why in found
        ]
        self._rejected.setVisible(bool(lines))
        self._rejected.say(
            lambda: "\n".join(
                self.tr("否决投标　{name}：{reason}（{article}）").format(
                    name=name, reason=said(reason), article=said(cited(article))
                )
                for name, reason, article in lines
            )
        )

    def _sum_up(self) -> None:
        self._act.start(self.live, lambda desk: Chair(desk).sum_up())


class SummaryTable(Grid):
    """Place, bidder, price, members' totals, sections, price score, total; who is out stands last with the reason."""

    def __init__(self, evaluation: Evaluation, parent: QWidget | None = None) -> None:
        self._members = tuple(member.person for member in active_members(evaluation))
        names = [short(display_name(evaluation, person)) for person in self._members]
        columns = [
            TableColumn(lambda: self.tr("名次"), 80),
            TableColumn(lambda: self.tr("投标人"), 0),
            TableColumn(lambda: self.tr("报价（元）"), 142, number=True),
            *(TableColumn(name, 78, number=True) for name in names),
            *(TableColumn(section.title, 100, number=True) for section in evaluation.method.sections),
            *([TableColumn(lambda: self.tr("报价分"), 84, number=True)] if evaluation.method.price else []),
            TableColumn(lambda: self.tr("总得分"), 92, number=True),
        ]
        super().__init__("summary-table", columns, parent)

    def show_result(self, evaluation: Evaluation) -> None:
        """The rows of the present result, best first."""
        lines = sorted(tally_result(evaluation).bidders, key=lambda line: (line.place is None, line.place or 0))
        self.set_rows([self._line(evaluation, line) for line in lines])

    def _line(self, evaluation: Evaluation, line: BidderResult) -> TableRow:
        reason = said(rejection_sentence(evaluation.method, line.rejected[0])) if line.rejected else ""
        out = line.place is None
        name = bidder_name(evaluation, line.bidder)
        members = [line.members.get(person) for person in self._members]
        place = self.tr("否决") if out else str(line.place)
        return (
            TableCell(place, tone="bad" if out else "primary", bold=True),
            TableCell(name, tip=f"{name} {reason}".strip()),
            TableCell(yuan(line.price)),
            *(TableCell(member.total if member else "—") for member in members),
            *(TableCell(line.sections.get(section.id, "—")) for section in evaluation.method.sections),
            *([TableCell(line.price_score or "—")] if evaluation.method.price else []),
            TableCell(line.total or "—", bold=True),
        )
