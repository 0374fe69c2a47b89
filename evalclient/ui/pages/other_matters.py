"""What may become necessary at any stage: recusal, a defect of the tender document, and the leader's roll-back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import DefectDeclared
from evalclient.core.records.acts_ending import RollbackRequested
from evalclient.core.records.acts_founding import RecusalDeclared
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.chair import Chair
from evalclient.desk.expert import Expert
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.dialogs import Panel
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.drop_down import DropDown
from evalclient.ui.widgets.layout import row

WIDE_PX: Final = 640


class OtherMatters(Panel):
    """One card per matter; each refusal is known before the button is pressed."""

    def __init__(self, live: Live, parent: QWidget) -> None:
        super().__init__("other-matters-panel", lambda: self.tr("其他事项"), parent, WIDE_PX)
        self._live = live
        self._conflict = _ground("late-conflict-ground", lambda: self.tr("写明与哪家投标人有何种关系"))
        self._defect = _ground("defect-ground", lambda: self.tr("写明招标（采购）文件哪一条、何种缺陷"))
        self._back = _ground("rollback-ground", lambda: self.tr("写明回退原因"))
        self._stages = DropDown()
        self._stages.setObjectName("rollback-stage")
        self._stages.setAccessibleName(self.tr("回退到的环节"))
        self._recuse = ActLine(
            "declare-conflict", lambda: self.tr("声明回避"), self._declare, icon="user-x", kind="danger"
        )
        self._judge = ActLine("declare-defect", lambda: self.tr("认定文件缺陷"), self._declare_defect, icon="file-text")
        self._roll = ActLine("request-rollback", lambda: self.tr("申请回退"), self._request, icon="undo-2")
        self.add(
            Card(lambda: self.tr("声明回避"), self._conflict, self._recuse,
                 caption=lambda: self.tr("评审中发现应当回避的情形须立即声明；声明后由组织方更换评委，结论由接替者重新作出。")),
            Card(lambda: self.tr("认定招标（采购）文件存在重大缺陷"), self._defect, self._judge,
                 caption=lambda: self.tr("过半数评委认定后停止评审，由组织方修改招标（采购）文件后重新招标。")),
        )  # fmt: skip
        if live.evaluation.leader == live.person:
            self.add(
                Card(lambda: self.tr("申请回退"), row(self._stages, self._back, gap=8), self._roll,
                     caption=lambda: self.tr("由组长申请、行政监督批准；回退环节及其后的结论作废，原记录保留。"))
            )  # fmt: skip
            self._offer_stages()
        for edit in (self._conflict, self._defect, self._back):
            edit.textChanged.connect(self._judge_all)
        self._stages.currentIndexChanged.connect(self._judge_all)
        self._judge_all()

    def _offer_stages(self) -> None:
        present = stage_index(self._live.evaluation.stage)
        for stage in STAGES[stage_index("leader") : present]:
            title = STAGE_TITLES[stage]
            self._stages.addItem(said(title), stage)
        self._stages.setCurrentIndex(self._stages.count() - 1)

    def _judge_all(self) -> None:
        live = self._live
        self._recuse.judge(live.may(RecusalDeclared(conflict=True, ground=self._conflict.text())))
        self._judge.judge(live.may(DefectDeclared(ground=self._defect.text())))
        self._roll.judge(live.may(RollbackRequested(to_stage=self._stage(), ground=self._back.text())))

    def _stage(self) -> Stage:
        chosen: Stage = self._stages.currentData() or "leader"
        return chosen

    def _declare(self) -> None:
        ground = self._conflict.text()
        self._do(lambda desk: Expert(desk).declare(conflict=True, ground=ground))

    def _declare_defect(self) -> None:
        ground = self._defect.text()
        self._do(lambda desk: Expert(desk).declare_defect(ground))

    def _request(self) -> None:
        stage, ground = self._stage(), self._back.text()
        self._do(lambda desk: Chair(desk).request_rollback(stage, ground))

    def _do(self, verb: Callable[..., str]) -> None:
        self._live.key_act(verb)
        self.close()


def _ground(name: str, prompt: Say) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setPlaceholderText(said(prompt))
    edit.setAccessibleName(said(prompt))
    return edit
