"""What every page of a committee member is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.records.fields import Bilingual
from evalclient.ui.pages.names import by_name
from evalclient.ui.pages.room import Room
from evalclient.ui.texts import Say
from evalclient.ui.widgets.layout import STRETCH, column, row

GAP_PX = 12
READABLE_PX = 1180


class MemberPage(QWidget):
    """One stage of the evening for one member. ``start`` is called once, ``follow`` after every change."""

    hint_changed = Signal()
    """``next_act`` says something else now, without the evaluation having changed."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.room = room
        self.live = room.live
        self.body: QVBoxLayout = column(gap=GAP_PX, margins=GAP_PX)
        self.setLayout(self.body)

    def start(self) -> None:
        """Fill the page for the first time."""
        self.follow(self.live.evaluation, None)

    def follow(self, new: Evaluation, old: Evaluation | None) -> None:
        """Show ``new``; what is the same as in ``old`` stays untouched."""
        raise NotImplementedError

    def next_act(self, evaluation: Evaluation) -> Say:
        """The next lawful act of this member, or what is being waited for, in one sentence."""
        raise NotImplementedError

    def me(self, evaluation: Evaluation) -> Member:
        """This member, as the evaluation knows him."""
        return evaluation.members[self.live.person]

    def leads(self, evaluation: Evaluation) -> bool:
        """Whether this member is the leader."""
        return evaluation.leader == self.live.person

    def spoken(self, verdict: Verdict) -> Bilingual:
        """The reason of a refusal with people by name."""
        return by_name(self.live.evaluation, verdict.reason or Bilingual("", ""))


def centred(widget: QWidget, most: int = READABLE_PX) -> QWidget:
    """``widget`` in the middle of the page, no wider than is pleasant to read."""
    widget.setMaximumWidth(most)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    holder = QWidget()
    layout = row(STRETCH, widget, STRETCH, gap=0)
    layout.setStretch(1, 1000)
    holder.setLayout(layout)
    return holder
