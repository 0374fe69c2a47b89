"""What the supervisor watches: where the evaluation stands, stage by stage, who is here, and requests to go back."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_ending import RollbackApproved
from evalclient.core.workflow.stage_ends import can_end, composition
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.supervisor import Supervisor
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.certificates_card import CertificatesCard
from evalclient.ui.pages.draw_card import DrawCard
from evalclient.ui.pages.grid import Grid
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.office import Office, Section, local
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.data_table import TableCell, TableColumn, TableRow
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row


class WatchSection(Section):
    """``stage-needs``, ``stages``, ``people``, ``certificates``, a ``rollback-…`` per request."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._requests_layout = column(gap=8)
        self._requests = Rows(self._requests_layout, self._make_request)
        self._back = Card(lambda: self.tr("回退申请"), self._requests_layout)
        self._needs = Label("", wrap=True)
        self._needs.setObjectName("stage-needs")
        self._made_up = Label("", "caption", wrap=True)
        self._present = Card("", self._needs, self._made_up)
        self._present.title.show()
        self._stages = Grid(
            "stages",
            (
                TableColumn(lambda: self.tr("环节"), 0),
                TableColumn(lambda: self.tr("结束时间"), 150),
                TableColumn(lambda: self.tr("结束人"), 150),
            ),
        )
        self._people = Grid(
            "people",
            (
                TableColumn(lambda: self.tr("人员"), 0),
                TableColumn(lambda: self.tr("场地"), 130),
                TableColumn(lambda: self.tr("席位"), 100),
                TableColumn(lambda: self.tr("状态"), 130),
            ),
        )
        here = Card(lambda: self.tr("人员与场地"), self._people)
        closed = Card(lambda: self.tr("已结束的环节"), self._stages)
        pair = row(column(closed, STRETCH, gap=0), column(here, STRETCH, gap=0), gap=12)
        pair.setStretch(0, 4)
        pair.setStretch(1, 5)
        holder = QWidget()
        holder.setLayout(pair)
        self._draw = DrawCard(office.live, all_times=True)
        self._certificates = CertificatesCard(office.live)
        self.stack(self._back, self._draw, self._present, holder, self._certificates)

    def follow(self, new: Evaluation) -> None:
        self._requests.show(new.rollback)
        for request in self._requests:
            request.follow(new)
        self._back.setVisible(bool(new.rollback))
        self._draw.follow(new)
        self._show_present(new)
        self._stages.set_rows([self._stage_row(new, at) for at in range(len(new.closed))])
        self._people.set_rows(self._people_rows(new))
        self._certificates.follow(new)

    def _show_present(self, evaluation: Evaluation) -> None:
        title, number = STAGE_TITLES[evaluation.stage], evaluation.round
        self._present.title.say(lambda: self.tr("当前环节：{stage}").format(stage=said(title)))
        self._present.mark(lambda: self.tr("第 {number} 轮").format(number=number), "neutral", "history")
        verdict = can_end(evaluation)
        if verdict.reason is not None:
            self._needs.say(with_article(self.spoken(verdict), verdict.article))
        else:
            self._needs.say(lambda: self.tr("本环节所需的记录已齐备，可以结束。"))
        made_up = composition(evaluation)
        self._made_up.setVisible(not made_up.allowed)
        self._made_up.set_tone("warn")
        if made_up.reason is not None:
            self._made_up.say(with_article(self.spoken(made_up), made_up.article))

    def _stage_row(self, evaluation: Evaluation, at: int) -> TableRow:
        end = evaluation.closed[at]
        round_ = f"（{end.round}）" if evaluation.round > 1 else ""
        return (said(STAGE_TITLES[end.stage]) + round_, local(end.at), self.live.name(end.by))

    def _people_rows(self, evaluation: Evaluation) -> list[TableRow]:
        sites = {site.id: site.name for site in evaluation.founding.sites}
        found: list[TableRow] = []
        for place in evaluation.roster.places.values():
            if place.role == "administrator":
                ready = place.site in evaluation.sites
                state = TableCell(self.tr("场地就绪") if ready else self.tr("场地未确认"), "ok" if ready else "neutral")
                name = self.tr("{name}（场地管理员）").format(name=self.live.name(place.person))
                found.append((name, sites.get(place.site, place.site), "—", state))
        for member in active_members(evaluation):
            if member.conflict:
                state = TableCell(self.tr("需要回避"), "bad", tip=member.conflict)
            elif member.replacement_wanted:
                state = TableCell(self.tr("已申请更换"), "warn", tip=member.replacement_wanted)
            elif member.arrival:
                state = TableCell(self.tr("在场"), "ok")
            else:
                state = TableCell(self.tr("未签到"))
            name = self.live.name(member.person)
            if evaluation.leader == member.person:
                name = self.tr("{name}（组长）").format(name=name)
            found.append((name, sites.get(member.site, member.site), member.seat or "—", state))
        return found

    def _make_request(self, request: str) -> RollbackRequest:
        return RollbackRequest(self.live, request)


class RollbackRequest(QFrame):
    """One request: where to and why; ``approve-rollback-<head of the record's id>``."""

    def __init__(self, live: Live, request: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        self._live, self._request = live, request
        self._where = Label("", "section", wrap=True)
        self._ground = Label("", wrap=True)
        self._ground.setObjectName(f"rollback-ground-{request[:8]}")
        self._act = ActLine(
            f"approve-rollback-{request[:8]}", lambda: self.tr("签名批准回退"), self._approve, icon="undo-2"
        )
        self.setLayout(column(self._where, self._ground, self._act, gap=6, margins=(12, 8)))

    def follow(self, evaluation: Evaluation) -> None:
        """Follow the request and whether it can still be approved."""
        stage, ground = evaluation.rollback[self._request]
        title = STAGE_TITLES[stage]
        self._where.say(lambda: self.tr("申请回退到“{stage}”").format(stage=said(title)))
        self._ground.say(lambda: self.tr("原因：{ground}").format(ground=ground))
        verdict = self._live.may(RollbackApproved(request=self._request))
        rule = evaluation.rules.rollback
        sentence = by_name(evaluation, verdict.reason) if verdict.reason else None
        self._act.judge(verdict, sentence, with_article(rule.text, rule.article))

    def _approve(self) -> None:
        request = self._request
        self._act.start(self._live, lambda desk: Supervisor(desk).approve_rollback(request))
