"""Naming the leader where the rules let the tenderer do it (由招标人确定评标委员会负责人)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation, stage_index
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_committee import LeaderNamed
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import row
from evalclient.ui.widgets.line_field import LineField


class LeaderCard(Card):
    """``leader-member``, ``leader-ground``, ``name-leader``."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("评标委员会负责人（组长）"), parent=parent)
        self._live = live
        self._who = Label("", wrap=True)
        self._member = Choice("leader-member", lambda: self.tr("评委"))
        self._ground = LineField("leader-ground", lambda: self.tr("确定的依据（如招标人的书面决定）"))
        fields = row(self._member, self._ground, gap=8)
        fields.setStretch(0, 1)
        fields.setStretch(1, 3)
        self._fields = QWidget()
        self._fields.setLayout(fields)
        self._act = ActLine("name-leader", lambda: self.tr("签名确定组长"), self._name, icon="crown")
        self.add(self._who, self._fields, self._act)
        self._member.currentIndexChanged.connect(self._judge)
        self._ground.textChanged.connect(self._judge)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown from the pledge on."""
        self.setVisible(stage_index(evaluation.stage) >= stage_index("pledge"))
        rule = evaluation.rules.leader
        self.caption.say(with_article(rule.text, rule.article))
        self.caption.show()
        leader = self._live.name(evaluation.leader) if evaluation.leader else ""
        self.mark(
            (lambda: self.tr("已产生")) if leader else (lambda: self.tr("尚未产生")), "ok" if leader else "neutral"
        )
        self._who.say(leader)
        self._who.setVisible(bool(leader))
        self._fields.setVisible(not leader)
        self._act.setVisible(not leader)
        self._member.offer([(member.person, self._live.name(member.person)) for member in active_members(evaluation)])
        self._judge()

    def _judge(self) -> None:
        evaluation = self._live.evaluation
        verdict = self._live.may(LeaderNamed(member=self._member.value or "m", ground=self._ground.value))
        if not verdict.allowed:
            self._act.judge(verdict, by_name(evaluation, verdict.reason) if verdict.reason else None)
        elif not self._ground.value:
            self._act.refuse(lambda: self.tr("请写明确定的依据。"), evaluation.rules.leader.article)
        else:
            self._act.allow(lambda: self.tr("确定后不再投票；组长与其他评委有同等的表决权。"))

    def _name(self) -> None:
        member, ground = self._member.value, self._ground.value
        self._act.start(self._live, lambda desk: Organiser(desk).name_leader(member, ground))
