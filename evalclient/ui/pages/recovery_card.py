"""Asking the recovery custodians for a sealed body whose author has fallen silent (申请恢复封存内容)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.drawing import shut_shares
from evalclient.core.evaluation.state import Evaluation, Seal
from evalclient.core.evaluation.views import all_sealed, standing_seals
from evalclient.core.records.acts_recovery import RecoveryRequested
from evalclient.core.records.catalogue import KINDS
from evalclient.desk.organiser import Organiser
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name
from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import row
from evalclient.ui.widgets.line_field import LineField


class RecoveryCard(Card):
    """``recovery-seal``, ``recovery-ground``, ``request-recovery``; ``recovery-asked`` says how many shares are there."""

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: self.tr("评委不公开封存内容"),
            caption=lambda: self.tr(
                "全体封存后由各评委本人的客户端公开；在规定时间内仍未公开的，可请恢复密钥保管方提交份额，达到规定份数后本席位自动公开。"
            ),
            parent=parent,
        )
        self._live = live
        self._asked = Label("", "caption", wrap=True)
        self._asked.setObjectName("recovery-asked")
        self._seal = Choice("recovery-seal", lambda: self.tr("封存内容"))
        self._ground = LineField("recovery-ground", lambda: self.tr("申请恢复的原因"))
        fields = row(self._seal, self._ground, gap=8)
        fields.setStretch(0, 1)
        fields.setStretch(1, 2)
        self._act = ActLine(
            "request-recovery", lambda: self.tr("签名申请恢复"), self._ask, icon="key-round", kind="plain"
        )
        self.add(self._asked, fields, self._act)
        self._seal.currentIndexChanged.connect(self.judge)
        self._ground.textChanged.connect(self.judge)

    def follow(self, evaluation: Evaluation) -> None:
        """Shown while all have sealed and somebody's seal is still shut."""
        shut = shut_seals(evaluation)
        self.setVisible(bool(shut))
        self._seal.offer([(seal.record, self._words(seal)) for seal in shut])
        asked = [(seal, evaluation.recovery[seal.record]) for seal in shut if seal.record in evaluation.recovery]
        least = evaluation.founding.recovery_threshold
        self._asked.setVisible(bool(asked))
        self._asked.say(
            lambda: "\n".join(
                self.tr("{what}：已申请，保管方份额 {count}/{least}").format(
                    what=said(self._words(seal)), count=len(recovery.shares), least=least
                )
                for seal, recovery in asked
            )
        )
        self.judge()

    def judge(self, *_of: object) -> None:
        """Whether it may be asked for now; time passes without a record."""
        if self.isHidden():
            return
        verdict = self._live.may(RecoveryRequested(seal=self._seal.value, ground=self._ground.value))
        self._act.judge(verdict, by_name(self._live.evaluation, verdict.reason) if verdict.reason else None)

    def _words(self, seal: Seal) -> Say:
        name, title = self._live.name(seal.author), KINDS[seal.kind].title
        return lambda: f"{name} · {said(title)}"

    def _ask(self) -> None:
        seal, ground = self._seal.value, self._ground.value
        self._act.start(self._live, lambda desk: Organiser(desk).request_recovery(seal, ground))


def shut_seals(evaluation: Evaluation) -> tuple[Seal, ...]:
    """What all have sealed and its author has not opened yet."""
    bodies = tuple(
        seal
        for kind in ("vote.sealed", "review.sealed", "sheet.sealed")
        if all_sealed(evaluation, kind)
        for seal in standing_seals(evaluation, kind)
        if not seal.opened
    )
    return (*bodies, *shut_shares(evaluation))
