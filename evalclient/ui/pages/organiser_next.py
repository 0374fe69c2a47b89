"""What the organiser has to do next, or waits for, in one sentence, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, shares_suffice, standing_bids
from evalclient.core.records.act import Stage
from evalclient.core.workflow.conditions import enough_to_evaluate
from evalclient.core.workflow.stage_ends import can_end
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.ui.pages.ending_card import open_endings
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.office import Office, seconds_between
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import column, row

BEFORE_PLEDGE: Final[tuple[Stage, ...]] = ("opening", "ready", "checkin")


@dataclass(frozen=True, slots=True)
class Next:
    """``due``: the organiser acts; otherwise he waits. ``section`` is where."""

    section: str
    text: Say
    due: bool = True


class NextStrip(QFrame):
    """``next-act``, ``next-waits`` below it, ``go-next``; ``wanted(section)`` when the person wants to go there."""

    wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "stage-bar")
        self._office = office
        self.section = ""
        self.due = False
        self._text = Label("", "section", wrap=True)
        self._text.setObjectName("next-act")
        self._waits = Label("", "hint", wrap=True)
        self._waits.setObjectName("next-waits")
        self._go = Button(lambda: self.tr("前往办理"), icon="chevron-right", kind="ghost", on=self._want)
        self._go.setObjectName("go-next")
        words = column(self._text, self._waits, gap=0)
        layout = row(Icon("arrow-right", tone="primary", size=18), words, self._go, gap=12, margins=(16, 7))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def follow(self, evaluation: Evaluation) -> None:
        """Say it anew."""
        found = self._next(evaluation)
        self.section, self.due = found.section, found.due
        self._text.say(found.text)
        self._go.setVisible(found.due)
        verdict = can_end(evaluation)
        waits = evaluation.ending is None and not evaluation.dissolved and verdict.reason is not None
        self._waits.setVisible(waits)
        if verdict.reason is not None:
            self._waits.say(with_article(by_name(evaluation, verdict.reason), verdict.article))

    def _want(self) -> None:
        self.wanted.emit(self.section)

    def _next(self, evaluation: Evaluation) -> Next:
        if evaluation.ending is not None:
            return Next("ending", lambda: self.tr("评标已结束：请导出档案和评标报告并移交。"), due=False)
        if evaluation.dissolved:
            return Next("ending", lambda: self.tr("评标委员会已解散：请生成情况报告，签名结束评标。"))
        leaving = [member for member in active_members(evaluation) if member.conflict or member.replacement_wanted]
        if leaving:
            name = self._office.live.name(leaving[0].person)
            return Next("committee", lambda: self.tr("{name} 须更换：请指派接替者。").format(name=name))
        if evaluation.stage == "opening":
            return self._opening(evaluation)
        if open_endings(self._office.live):
            return self._may_end(evaluation)
        if evaluation.rollback:
            return Next("course", lambda: self.tr("已申请回退：等候行政监督批准。"), due=False)
        return self._course(evaluation)

    def _opening(self, evaluation: Evaluation) -> Next:
        staffing = self._staffing(evaluation)
        if staffing is not None:
            return staffing
        if seconds_between(self._office.clock.now(), evaluation.founding.deadline) > 0:
            return Next("announcement", lambda: self.tr("等候投标截止：截止前不得开标。"), due=False)
        bids, minimum = standing_bids(evaluation), evaluation.rules.too_few.minimum
        if len(bids) < minimum:
            return Next(
                "ending", lambda: self.tr("投标人不足 {least} 个，不得开标：请结束评标。").format(least=minimum)
            )
        if evaluation.opening is None:
            short = sum(not shares_suffice(evaluation, bid) for bid in bids)
            if short:
                return Next(
                    "opening",
                    lambda: self.tr("等候提交解密份额：还有 {count} 份投标文件的份额不足。").format(count=short),
                    due=False,
                )
            return Next("opening", lambda: self.tr("解密份额已齐：请取回投标文件，读出名称和报价，签名记录开标。"))
        if evaluation.rules.qualification.by == "organiser" and not evaluation.qualification:
            return Next("opening", lambda: self.tr("请登记资格审查结果。"))
        if not enough_to_evaluate(evaluation):
            return Next("ending", lambda: self.tr("有效投标不足 {least} 个：请结束评标。").format(least=minimum))
        return Next("course", lambda: self.tr("开标已完成：请结束开标环节。"))

    def _staffing(self, evaluation: Evaluation) -> Next | None:
        places = evaluation.roster.places.values()
        staffed = {place.site for place in places if place.role == "administrator"}
        site = next((site.name for site in evaluation.founding.sites if site.id not in staffed), "")
        if site:
            return Next("committee", lambda: self.tr("请为{site}指定场地管理员。").format(site=site))
        missing = evaluation.tender.committee.size - len(active_members(evaluation))
        if missing > 0:
            return Next("committee", lambda: self.tr("请指派评委：还缺 {count} 人。").format(count=missing))
        return None

    def _may_end(self, evaluation: Evaluation) -> Next:
        if evaluation.stage == "archive":
            return Next("ending", lambda: self.tr("评标报告已签署完毕：请签名记录评标结束。"))
        return Next("ending", lambda: self.tr("已具备结束评标的法定情形：请核对依据，签名结束。"))

    def _course(self, evaluation: Evaluation) -> Next:
        title = STAGE_TITLES[evaluation.stage]
        staffing = self._staffing(evaluation) if evaluation.stage in BEFORE_PLEDGE else None
        if staffing is not None:
            return staffing
        if evaluation.leader:
            return Next(
                "course",
                lambda: self.tr("无须操作：“{stage}”环节由组长主持。").format(stage=said(title)),
                due=False,
            )
        if can_end(evaluation).allowed:
            return Next("course", lambda: self.tr("“{stage}”环节已齐备：请结束本环节。").format(stage=said(title)))
        if evaluation.stage == "leader" and "named" in evaluation.rules.leader.by:
            return Next("course", lambda: self.tr("等候评委推选组长，或者由招标人确定。"), due=False)
        return Next("course", lambda: self.tr("等候“{stage}”环节完成。").format(stage=said(title)), due=False)
