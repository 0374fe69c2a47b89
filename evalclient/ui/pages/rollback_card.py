"""Asking to go back to a stage (申请回退), for the organiser; the supervisor approves."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_ending import RollbackRequested
from evalclient.core.records.catalogue import COMMITTEE_WORK
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.chair import Chair
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.texts import said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import row
from evalclient.ui.widgets.line_field import LineField

FIRST: Final = stage_index("leader")


class RollbackCard(Card):
    """``rollback-stage``, ``rollback-ground``, ``request-rollback``; what has been asked for stands above."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("申请回退"), parent=parent)
        self._live = live
        self._asked = Label("", tone="warn", wrap=True)
        self._asked.setObjectName("rollback-asked")
        self._stage = Choice("rollback-stage", lambda: self.tr("回退到的环节"))
        self._ground = LineField("rollback-ground", lambda: self.tr("回退的原因"))
        fields = row(self._stage, self._ground, gap=8)
        fields.setStretch(0, 1)
        fields.setStretch(1, 3)
        self._act = ActLine("request-rollback", lambda: self.tr("签名申请回退"), self._ask, icon="undo-2", kind="plain")
        self.add(self._asked, fields, self._act)
        self._stage.currentIndexChanged.connect(self._judge)
        self._ground.textChanged.connect(self._judge)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown while the committee is at its work."""
        self.setVisible(evaluation.stage in COMMITTEE_WORK)
        rule = evaluation.rules.rollback
        self.caption.say(with_article(rule.text, rule.article))
        self.caption.show()
        asked = list(evaluation.rollback.values())
        self._asked.setVisible(bool(asked))
        self._asked.say(
            lambda: "\n".join(
                self.tr("已申请回退到“{stage}”：{ground}").format(stage=said(STAGE_TITLES[stage]), ground=ground)
                for stage, ground in asked
            )
        )
        present = stage_index(evaluation.stage)
        self._stage.offer([(stage, STAGE_TITLES[stage]) for stage in STAGES[FIRST : present + 1]])
        self._judge()

    def _to(self) -> Stage:
        found: Stage = next((stage for stage in STAGES if stage == self._stage.value), "leader")
        return found

    def _judge(self) -> None:
        verdict = self._live.may(RollbackRequested(to_stage=self._to(), ground=self._ground.value))
        note = lambda: self.tr("由行政监督批准后生效：该环节及其后的结论作废，原记录保留。")  # noqa: E731
        sentence = by_name(self._live.evaluation, verdict.reason) if verdict.reason else None
        self._act.judge(verdict, sentence, note)

    def _ask(self) -> None:
        stage, ground = self._to(), self._ground.value
        self._act.start(
            self._live, lambda desk: Chair(desk).request_rollback(stage, ground), partial(self._asked_now, ground)
        )

    def _asked_now(self, ground: str, _record: object) -> None:
        if self._ground.value == ground:
            self._ground.clear()
