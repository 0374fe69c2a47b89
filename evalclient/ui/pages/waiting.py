"""Before the committee can begin: opening, sites, check-in. Says what is waited for, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, opened_bids, standing_bids
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.ui.pages.check_row import CheckRow
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, column, row, scrolled

Line = tuple[str, bool, Say, Say]


class WaitingPage(MemberPage):
    """A check list of what must be there before the pledge."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._title = Label("", "title")
        self._own = Label("", "secondary", wrap=True)
        head = row(Icon("hourglass", tone="primary", size=30), column(self._title, self._own, gap=4), gap=16)
        head.setStretch(1, 1)
        opening, sites, members = column(gap=2), column(gap=2), column(gap=2)
        self._lists = (Rows(opening, _line), Rows(sites, _line), Rows(members, _line))
        holder = QWidget()
        holder.setLayout(
            column(
                head,
                8,
                Card(lambda: self.tr("开标"), opening),
                Card(lambda: self.tr("评标场地"), sites),
                Card(lambda: self.tr("评标委员会"), members),
                STRETCH,
                gap=12,
                margins=(4, 16),
            )
        )
        self.body.addWidget(scrolled(centred(holder, 860)))

    def next_act(self, evaluation: Evaluation) -> Say:
        if evaluation.stage != "checkin":
            return lambda: self.tr("无须操作：请在席位等候，条件具备后自动进入下一环节。")
        if self.me(evaluation).arrival:
            return lambda: self.tr("您已签到：请等候其他评委到齐。")
        return lambda: self.tr("请到签到台，由场地管理员核验身份并登记签到。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        title = STAGE_TITLES[new.stage]
        self._title.say(title)
        seat = new.roster.session_of(self.live.person)
        place = seat.seat if seat else ""
        self._own.say(lambda: self.tr("您已在席位 {seat} 登录。").format(seat=place) if place else "")
        parts = (self._opening(new), self._sites(new), self._members(new))
        for rows, lines in zip(self._lists, parts, strict=True):
            wanted = {key: rest for key, *rest in lines}
            rows.show(wanted)
            for key, (done, text, remark) in wanted.items():
                rows[key].set(bool(done), text, remark)  # type: ignore[arg-type]

    def _opening(self, evaluation: Evaluation) -> Iterator[Line]:
        received, opened = len(standing_bids(evaluation)), len(opened_bids(evaluation))
        done = evaluation.opening is not None
        yield (
            "received",
            True,
            lambda: self.tr("截止前递交的投标文件"),
            lambda: self.tr("{count} 家").format(count=received),
        )
        yield (
            "opening",
            done,
            lambda: self.tr("开标记录"),
            lambda: self.tr("已开标 {count} 家").format(count=opened) if done else self.tr("等待组织方开标"),
        )
        if evaluation.rules.qualification.by == "organiser":
            reviewed = bool(evaluation.qualification)
            yield (
                "qualification",
                reviewed,
                lambda: self.tr("资格审查结果（采购人或代理机构）"),
                lambda: self.tr("已提交") if reviewed else self.tr("等待提交"),
            )

    def _sites(self, evaluation: Evaluation) -> Iterator[Line]:
        for site in evaluation.founding.sites:
            ready = site.id in evaluation.sites
            yield site.id, ready, site.name, self._ready_words(ready)

    def _members(self, evaluation: Evaluation) -> Iterator[Line]:
        sites = {site.id: site.name for site in evaluation.founding.sites}
        for member in active_members(evaluation):
            text = f"{self.live.name(member.person)} · {sites.get(member.site, member.site)}"
            yield member.person, bool(member.arrival), text, self._arrival_words(bool(member.arrival))

    def _ready_words(self, ready: bool) -> Say:
        return (lambda: self.tr("已确认就绪")) if ready else (lambda: self.tr("等待管理员确认"))

    def _arrival_words(self, arrived: bool) -> Say:
        return (lambda: self.tr("已签到")) if arrived else (lambda: self.tr("等待签到"))


def _line(_key: str) -> CheckRow:
    return CheckRow()
