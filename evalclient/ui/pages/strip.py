"""The committee's strip above every page: the next act, who is ready, and the leader's end of the stage."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.evaluation.views import active_members
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import StageClosed
from evalclient.core.workflow.stage_ends import can_end, closing_ids, conclusion
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.chair import Chair
from evalclient.ui.live import Live, Refusal
from evalclient.ui.pages.colleague import Colleague
from evalclient.ui.pages.lineup import Lineup
from evalclient.ui.pages.names import by_name, with_article
from evalclient.ui.pages.readiness import Standing, standing
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import column, row

NARROW_PX: Final = 1150
QUIET: frozenset[Stage] = frozenset({"archive", "ended"})


class CommitteeStrip(QFrame):
    """``peek(person)`` asks for a colleague's sheet, ``other_matters`` for recusal, defect and roll-back."""

    peek = Signal(str)
    other_matters = Signal()

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("committee-strip")
        self.setProperty("role", "stage-bar")
        self._live = live
        self._page_text: Say = ""
        self._closing: Say | None = None
        self._ending = False
        self._next = Label("", "section", wrap=True)
        self._next.setObjectName("next-act")
        self._waits = Label("", "hint", wrap=True)
        self._waits.setObjectName("stage-waits")
        people = Lineup()
        self._members = Rows(people.flow, self._make_member)
        self.close_button = Button(lambda: self.tr("结束本环节"), icon="list-checks", on=self._close)
        self.close_button.setObjectName("close-stage")
        self._other = Button(lambda: self.tr("其他事项"), icon="ellipsis", kind="ghost", on=self.other_matters.emit)
        self._other.setObjectName("other-matters")
        self._people = people
        self._words = column(self._next, gap=0)
        self._top = row(
            Icon("arrow-right", tone="primary", size=18), self._words, self._other, self.close_button, gap=12
        )
        self._top.setStretch(1, 1)
        self._below = row(gap=12)
        self._in_two: bool | None = None
        self.setLayout(column(self._top, self._below, gap=0, margins=(16, 6)))
        theme().changed.connect(self._arrange)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """The committee stands beside the words, or where the window is narrow on a line below, with what is waited for."""
        in_two = self.width() < theme().px(NARROW_PX)
        if in_two == self._in_two:
            return
        self._in_two = in_two
        if in_two:
            self._below.addWidget(self._waits, 1)
            self._below.addWidget(self._people)
        else:
            self._words.addWidget(self._waits)
            self._top.insertWidget(2, self._people)

    def say_next(self, text: Say) -> None:
        """The next act of this member; where he can end the stage, that goes first."""
        self._page_text = text
        self._next.say(self._closing if self._closing is not None else text)
        if self._closing is not None:
            self._waits.say(text)

    def follow(self, new: Evaluation, old: Evaluation | None) -> None:
        """Follow the evaluation; roster and leader rarely change, the states do."""
        if new is old:
            return
        members = active_members(new)
        self._members.show(member.person for member in members)
        asking = stage_index(new.stage) >= stage_index("preliminary")
        for member in members:
            state = standing(new, member)
            self._members[member.person].show_member(
                self._live.name(member.person),
                state,
                leader=new.leader == member.person,
                note=self._standing_words(state),
                asking=asking,
            )
        leads = new.leader == self._live.person
        self.close_button.setVisible(leads and new.stage not in QUIET)
        self._other.setVisible(new.stage not in QUIET)
        self._waits.setVisible(new.stage != "ended")
        verdict = self._may_close(new) if leads else can_end(new)
        self._explain(new, verdict, leads=leads)

    def _explain(self, evaluation: Evaluation, verdict: Verdict, *, leads: bool) -> None:
        if verdict.reason is not None:
            text = with_article(by_name(evaluation, verdict.reason, brief=True), verdict.article)
            self.close_button.refuse(text)
            self.close_button.set_kind("plain")
            self._closing = None
            self._waits.say(text)
            return
        self.close_button.refuse((lambda: self.tr("正在签名并保存…")) if self._ending else None)
        self.close_button.set_kind("primary" if leads else "plain")
        following = STAGE_TITLES[STAGES[stage_index(evaluation.stage) + 1]]
        self._closing = None
        if leads:
            self._closing = lambda: self.tr("本环节已齐备：请结束本环节，进入“{stage}”。").format(stage=said(following))
            self._waits.say(self._page_text)
        elif evaluation.leader:
            self._waits.say(lambda: self.tr("等待组长结束本环节。"))
        else:
            self._waits.say(lambda: self.tr("等待组织方结束本环节。"))

    def _may_close(self, evaluation: Evaluation) -> Verdict:
        ready = can_end(evaluation)
        if not ready.allowed:
            return ready
        act = StageClosed(stage=evaluation.stage, closes=closing_ids(evaluation), conclusion=conclusion(evaluation))
        return self._live.may(act)

    def _standing_words(self, state: Standing) -> Say:
        if state == "done":
            return lambda: self.tr("本环节已完成")
        if state == "due":
            return lambda: self.tr("本环节进行中")
        return lambda: self.tr("本环节无须办理")

    def _make_member(self, person: str) -> Colleague:
        ask = None if person == self._live.person else (lambda: self.peek.emit(person))
        return Colleague(person, ask)

    def _close(self) -> None:
        """End the stage; until the answer has come the button rests, so that a second click asks nothing more."""
        self._ending = True
        self.close_button.refuse(lambda: self.tr("正在签名并保存…"))
        self._live.key_act(lambda desk: Chair(desk).close_stage(), done=self._ended, failed=self._refused)

    def _ended(self, _record: object) -> None:
        self._ending = False
        self.follow(self._live.evaluation, None)

    def _refused(self, refusal: Refusal) -> None:
        self._ended(refusal)
        self._live.refused.emit(refusal)
