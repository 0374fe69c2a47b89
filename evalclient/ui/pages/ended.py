"""After the report: waiting for the organiser's end, then how it ended and how anyone can check it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name
from evalclient.ui.pages.names import with_article
from evalclient.ui.pages.page import MemberPage, centred
from evalclient.ui.pages.receipts_line import ReceiptsLine
from evalclient.ui.pages.room import Room
from evalclient.ui.pages.stamped_line import StampedLine
from evalclient.ui.texts import Say
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import column, row

GROUP: Final = 8


class EndedPage(MemberPage):
    """Nothing more to do: ending, ground, candidates, fingerprint; ``save-receipts``."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._title = Label("", "title", wrap=True)
        self._ground = Label("", "secondary", wrap=True)
        self._candidates = Label("", wrap=True)
        self._print = Label("", "secondary", wrap=True)
        self._print.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._print.setObjectName("genesis-fingerprint")
        head = row(Icon("archive", tone="ok", size=32), column(self._title, self._ground, gap=4), gap=16)
        head.setStretch(1, 1)
        self._who = Card(lambda: self.tr("推荐的中标候选人"), self._candidates)
        self._refusals = Label("", wrap=True)
        self._refused = Card(lambda: self.tr("未签署或未盖章的成员（组织方记录）"), self._refusals)
        self._stamped = StampedLine()
        check = Card(
            lambda: self.tr("项目指纹"),
            self._print,
            self._stamped,
            ReceiptsLine(self.live),
            caption=lambda: self.tr("归档文件可由任何人用“evalclient verify”命令核验，指纹与公告一致即为本项目。"),
        )
        holder = QWidget()
        holder.setLayout(column(head, 8, self._who, self._refused, check, gap=12, margins=(4, 20)))
        self.body.addWidget(centred(holder, 820))
        self.body.addStretch(1)

    def next_act(self, evaluation: Evaluation) -> Say:
        if evaluation.ending is None:
            return lambda: self.tr("无须操作：报告已签署，等待组织方记录评标结束。")
        return lambda: self.tr("评标已结束：请取回寄存物品，向场地管理员办理离场。")

    def follow(self, new: Evaluation, _old: Evaluation | None) -> None:
        ending = new.ending
        refused = new.report.refused if new.report is not None else {}
        if ending is None:
            self._title.say(lambda: self.tr("评标报告签署结束") if refused else self.tr("评标报告已全部签署"))
            self._ground.say(lambda: self.tr("组织方记录评标结束后归档。"))
        else:
            rule = new.rules.endings.get(ending.ending)
            self._title.say(lambda: self.tr("评标已结束"))
            self._ground.say(with_article(ending.ground, rule.article if rule else ""))
        chosen = new.candidates or ()
        self._who.setVisible(bool(chosen))
        self._candidates.say(
            "\n".join(f"{place}　{bidder_name(new, bidder)}" for place, bidder in enumerate(chosen, start=1))
        )
        self._refused.setVisible(bool(refused))
        self._refusals.say("\n".join(f"{self.live.name(person)}：{ground}" for person, ground in refused.items()))
        self._stamped.follow(new)
        print_ = new.fingerprint
        self._print.say(" ".join(print_[at : at + GROUP] for at in range(0, len(print_), GROUP)))
