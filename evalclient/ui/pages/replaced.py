"""A member who has been replaced: he sees that, and why nothing more can be done here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.law_words import cited
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.room import Room
from evalclient.ui.texts import Say
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label


class ReplacedPage(MemberPage):
    """Nothing to do but leave."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        text = Label(
            lambda: self.tr(
                "您已不是本项目评标委员会成员。您此前的评审结论作废，由接替者重新作出；请向场地管理员办理离场。"
            ),
            wrap=True,
        )
        card = Card(
            lambda: self.tr("您已被更换"),
            text,
            caption=cited(room.live.evaluation.rules.article("replacement.requested")),
        )
        self.body.addWidget(centred(card, 720))
        self.body.addStretch(1)

    def next_act(self, _evaluation: Evaluation) -> Say:
        return lambda: self.tr("您在本项目已无须办理的事项，请退出登录。")

    def follow(self, _new: Evaluation, _old: Evaluation | None) -> None:
        return
