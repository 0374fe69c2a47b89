"""The card that tells a newcomer what his person has to do: the way through the evening, and where it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout

from evalclient.core.evaluation.state import stage_index
from evalclient.core.records.act import Stage
from evalclient.demo.casting import PlayedRole
from evalclient.demo.people import Person
from evalclient.demo.play.cards import PanelCard
from evalclient.ui.pages.names import listed
from evalclient.ui.texts import Say
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import row


@dataclass(frozen=True, slots=True)
class Step:
    """What to do until a stage has ended."""

    last: Stage
    text: Say


class StepLine:
    """One step with its mark: done, now, or still to come."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.icon = Icon("circle", colour="text_3")
        self.label = Label(step.text, wrap=True)

    def row(self) -> QHBoxLayout:
        """Icon and text side by side."""
        layout = row(self.icon, self.label, gap=10)
        layout.setStretch(1, 1)
        return layout

    def mark(self, *, done: bool, now: bool, past: bool) -> None:
        """Show how it stands; what lies further ``past`` makes room, so that what is to be done now stands near the top."""
        self.icon.setVisible(not past)
        self.label.setVisible(not past)
        if done:
            self.icon.set("circle-check", tone="ok")
        elif now:
            self.icon.set("arrow-right", tone="primary")
        else:
            self.icon.set("circle", colour="text_3")
        self.label.setObjectName("guide-now" if now else "guide-step")
        self.label.set_tone("primary" if now else "neutral")


class GuideCard(PanelCard):
    """Who the newcomer is, each of his steps with its mark, and the PIN that unlocks his window."""

    def __init__(self, role: PlayedRole, person: Person, pin: str) -> None:
        offices: dict[PlayedRole, Say] = {
            "expert": lambda: self.tr("您现在是评标专家{person}").format(person=person.name),
            "administrator": lambda: self.tr("您现在是主场的场地管理员"),
            "supervisor": lambda: self.tr("您现在是行政监督人员{person}").format(person=person.name),
        }
        super().__init__(
            "guide",
            offices[role],
            lambda: self.tr("箭头所指是现在要做的事。点一下页面，本栏就收起；点下方“我要做什么”再打开。"),
        )
        self._pin = pin
        steps = {"expert": self._expert, "administrator": self._administrator, "supervisor": self._supervisor}
        self._lines = [StepLine(step) for step in steps[role](person)]
        for line in self._lines:
            self.outcome.addLayout(line.row())
        self._first = Label(lambda: self.tr("正在用您的证书自动登录，不必输入，请稍候…"), "secondary", wrap=True)
        self.outcome.addWidget(self._first)

    def follow(self, stage: Stage) -> None:
        """The evaluation, seen from the seat signed in by now, is at ``stage``."""
        at = stage_index(stage)
        reached = next((n for n, line in enumerate(self._lines) if at <= stage_index(line.step.last)), len(self._lines))
        for number, line in enumerate(self._lines):
            line.mark(done=number < reached, now=number == reached, past=number < reached - 1)
        self._first.say(lambda: self.tr("锁屏后解锁用的 PIN 码：{pin}").format(pin=self._pin))

    def _expert(self, _person: Person) -> Sequence[Step]:
        return (
            Step("checkin", lambda: self.tr("签到由管理员办理，请稍候。")),
            Step(
                "pledge",
                lambda: self.tr("逐份点开左侧四份文件；点“不存在应回避的情形”、“签名声明”；勾选承诺，点“签署承诺书”。"),
            ),
            Step("leader", lambda: self.tr("选一位评委，点“签名并投票”。")),
            Step("release", lambda: self.tr("组织方开放投标文件，请稍候。")),
            Step(
                "preliminary",
                lambda: self.tr(
                    "初步评审：其余各家您“先前”已评完。左侧点还是空圈的一家，翻翻投标文件，点“其余全部通过”，再点“封存评审意见”。"
                ),
            ),
            Step(
                "scoring",
                lambda: self.tr(
                    "详细评分：左侧点还是空圈的一家，逐项评分，或者点“替我填完其余（练习）”；再点“封存评分表”。"
                ),
            ),
            Step("settlement", lambda: self.tr("您有一项客观分与他人不同：选他人的分值、写理由、更正。")),
            Step("price", lambda: self.tr("看过报价得分的计算过程，点“签名确认”。")),
            Step("candidates", lambda: self.tr("组长汇总后，逐条答复复核提示，点“签名提交复核意见”。")),
            Step("report", lambda: self.tr("阅读评标报告，点“签署报告”；轮到您时自动加盖签章。")),
            Step("ended", lambda: self.tr("归档、导出、核验由组织方办理，结果稍后显示在这里。")),
        )

    def _administrator(self, person: Person) -> Sequence[Step]:
        return (
            Step(
                "ready",
                lambda: self.tr("逐个添加席位 {seats}，逐项勾选设备检查，点“确认场地就绪”。").format(
                    seats=listed(person.seats)
                ),
            ),
            Step(
                "checkin",
                lambda: self.tr("评委到场后，每位选席位、点两项身份核验，再点“登记签到”。可以先切断网络再办。"),
            ),
            Step(
                "report",
                lambda: self.tr("您的事办完了。评委会评审约需两分钟，您看得到进程，看不到评分；不妨试试下面四个按钮。"),
            ),
            Step("ended", lambda: self.tr("归档、导出、核验由组织方办理，结果稍后显示在这里。")),
        )

    def _supervisor(self, _person: Person) -> Sequence[Step]:
        return (
            Step(
                "settlement",
                lambda: self.tr(
                    "旁观各环节，约两分钟。每个环节结束后，可到“日志与检查点”点“签署检查点”；不妨试试下面四个按钮。"
                ),
            ),
            Step(
                "price",
                lambda: self.tr("组长申请回退一次：到“评标进程”点“签名批准回退”。四分钟内不批准，评委会继续评审。"),
            ),
            Step("report", lambda: self.tr("继续旁观；各评委的评分已经公开，可到“评分表”查看。")),
            Step("ended", lambda: self.tr("归档、导出、核验由组织方办理，结果稍后显示在这里。")),
        )
