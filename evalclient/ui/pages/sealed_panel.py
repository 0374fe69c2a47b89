"""After sealing: who has sealed so far, nothing of what is inside, and a way back while others are still at work."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members, all_opened, seal_by
from evalclient.core.records.acts_committee import SealWithdrawn
from evalclient.desk.expert import Expert
from evalclient.ui.live import Live
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.names import by_name
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import FlowLayout, column, row
from evalclient.ui.widgets.snug import Snug


class SealedPanel(Snug):
    """``withdraw-<kind>`` takes one's own seal back."""

    def __init__(self, live: Live, kind: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"sealed-{name}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "notice")
        self.setProperty("tone", "ok")
        self._live, self._kind = live, kind
        self._title = Label("", "heading", wrap=True)
        people = FlowLayout(gap=6)
        self._rows: Rows[Chip] = Rows(people, lambda _person: Chip())
        self._withdraw = ActLine(
            f"withdraw-{name}", lambda: self.tr("撤回封存"), self._take_back, icon="undo-2", kind="plain", stacked=True
        )
        head = row(Icon("lock", tone="ok", size=22), self._title, gap=10)
        head.setStretch(1, 1)
        self.setLayout(column(head, people, self._withdraw, gap=8, margins=(14, 10)))

    def follow(self, evaluation: Evaluation) -> None:
        """Shown once this member has sealed."""
        mine = seal_by(evaluation, self._live.person, self._kind)
        self.setVisible(mine is not None)
        if mine is None:
            return
        opened = all_opened(evaluation, self._kind)
        self._title.say(self._opened_words if opened else self._waiting_words)
        members = active_members(evaluation)
        self._rows.show(member.person for member in members)
        for member in members:
            seal = seal_by(evaluation, member.person, self._kind)
            self._rows[member.person].set(
                "neutral",
                self._words(self._live.name(member.person), sealed=seal is not None),
                "circle-check" if seal is not None else "clock",
            )
        verdict = self._live.may(SealWithdrawn(seal=mine.record))
        sentence = by_name(evaluation, verdict.reason) if verdict.reason else None
        note: Say = lambda: self.tr("全体封存前可撤回修改，之后重新封存；撤回也会记录。")  # noqa: E731
        self._withdraw.judge(verdict, sentence, note)
        self._withdraw.setVisible(not opened)

    def _words(self, name: str, *, sealed: bool) -> Say:
        if sealed:
            return lambda: self.tr("{name} 已封存").format(name=name)
        return lambda: self.tr("{name} 评审中").format(name=name)

    def _waiting_words(self) -> str:
        return self.tr("您已封存，等待其他评委；全体封存前任何人都看不到他人内容。")

    def _opened_words(self) -> str:
        return self.tr("全体评委已封存，内容已同时公开。")

    def _take_back(self) -> None:
        mine = seal_by(self._live.evaluation, self._live.person, self._kind)
        if mine is not None:
            record = mine.record
            self._withdraw.start(self._live, lambda desk: Expert(desk).withdraw_seal(record))
