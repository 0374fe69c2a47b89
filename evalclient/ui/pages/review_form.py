"""The preliminary review on the right: one bidder's items by group, all others passed at once, and the seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from evalclient.core.method.parts import PreliminaryItem
from evalclient.core.records.acts_committee import Opinion
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.opinion_card import OpinionCard
from evalclient.ui.pages.room import PageLink
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.labels import Label, Rule
from evalclient.ui.widgets.layout import STRETCH, STRETCH_WHEN_ALONE, box, column, row, scrolled
from evalclient.ui.widgets.snug import Snug

Links = Callable[[str, str], Sequence[PageLink]]


class ReviewForm(QFrame):
    """``step(±1)``, ``missing_wanted``, ``pass_others_wanted``, ``seal_wanted``, ``link_chosen(PageLink)``."""

    link_chosen = Signal(object)
    missing_wanted = Signal()
    pass_others_wanted = Signal()
    step = Signal(int)
    seal_wanted = Signal()

    def __init__(
        self, items: Sequence[PreliminaryItem], drafts: DraftTable, links: Links, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("review-form")
        self.setProperty("role", "card")
        self._drafts, self._links = drafts, links
        self._bidder = ""
        self.cards: dict[str, OpinionCard] = {}
        self._name = Label("", "heading", wrap=True)
        self._number = Label("", "caption")
        self._done = Label("", "secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setProperty("tone", "ok")
        self.missing = Button("", icon="search", kind="ghost", on=self.missing_wanted.emit)
        self.missing.setObjectName("next-missing")
        self.others = Button(
            lambda: self.tr("其余全部通过"), icon="list-checks", kind="ghost", on=self.pass_others_wanted.emit
        )
        self.others.setObjectName("pass-others")
        self.previous = Button(lambda: self.tr("上一家"), icon="chevron-left", on=lambda: self.step.emit(-1))
        self.previous.setObjectName("previous-bidder")
        self.next = Button(lambda: self.tr("下一家"), icon="chevron-right", on=lambda: self.step.emit(1))
        self.next.setObjectName("next-bidder")
        self.seal = ActLine(
            "seal-review",
            lambda: self.tr("封存评审意见"),
            self.seal_wanted.emit,
            icon="lock",
            before=(self.previous, self.next),
            stacked=True,
        )
        self._scroll = scrolled(self._make_cards(items))
        self.confirm = ConfirmPanel(guard=self._scroll)
        self.confirm.setObjectName("confirm-seal")
        self.confirm.installEventFilter(self)
        self.confirm.yes.setObjectName("confirm-seal-yes")
        self.confirm.no.setObjectName("confirm-seal-no")
        self._own = box(column(self._scroll, margins=(10, 4, 4, 0)))
        self.top = column(gap=8, margins=(10, 0))
        self._lay_out()
        drafts.marked.connect(self._marked)

    def show_bidder(self, bidder: str, number: int, name: str) -> None:
        """Another bidder: what is being typed is taken first, for the one shown so far."""
        self.commit()
        self._bidder = bidder
        self._name.say(name)
        self._number.say(lambda: self.tr("{number} 号投标人").format(number=number))
        self.reload()
        self._scroll.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is asked once more, the question has the room of the form."""
        if watched is self.confirm and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            asking = event.type() == QEvent.Type.Show
            self._scroll.setVisible(not asking)
            self.seal.setVisible(not asking)
        return super().eventFilter(watched, event)

    def commit(self) -> None:
        """Take what is being typed."""
        for card in self.cards.values():
            card.commit()

    def reload(self) -> None:
        """Show the table's present opinions of this bidder."""
        for item, card in self.cards.items():
            card.replace(self._drafts.get(self._bidder, item), self._links(self._bidder, item))
            card.show_mark(self._drafts.mark(self._bidder, item))
        self._count()

    def focus_item(self, item: str) -> None:
        """Bring an item into view and give it the keys."""
        card = self.cards[item]
        self._scroll.ensureWidgetVisible(card, 0, 40)
        card.input.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """A sealed review can be looked at."""
        for card in self.cards.values():
            card.set_read_only(read_only)
        for widget in (self.missing, self.others):
            widget.setVisible(not read_only)
        self.seal.set_acting(not read_only)

    def show_result(self, shown: bool) -> None:
        """The group's result takes the place of one's own opinions."""
        self._own.setVisible(not shown)

    def say_missing(self, count: int) -> None:
        """How much is missing in the whole review."""
        self.missing.setEnabled(bool(count))
        self.others.setEnabled(bool(count))
        if count:
            self.missing.say(
                lambda: self.tr("还缺 {count} 项").format(count=count), lambda: self.tr("转到下一处（Ctrl+M）")
            )
        else:
            self.missing.say(lambda: self.tr("全部评完"), "")

    def _make_cards(self, items: Sequence[PreliminaryItem]) -> QWidget:
        holder = QFrame()
        layout = column(gap=8, margins=(0, 0, 4, 0))
        for group, members in groupby(items, key=lambda item: item.group):
            layout.addWidget(Label(group, "section"))
            for item in members:
                card = OpinionCard(item, self._phrases())
                card.changed.connect(self._changed)
                card.link_chosen.connect(self.link_chosen)
                self.cards[item.id] = card
                layout.addWidget(card)
        layout.addStretch(1)
        holder.setLayout(layout)
        return holder

    def _lay_out(self) -> None:
        head = row(self._name, self._done, gap=8)
        head.setStretch(0, 1)
        tools = row(self._number, STRETCH, self.others, self.missing, gap=2)
        self._head = Snug()
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head.setLayout(column(head, self._bar, tools, gap=4, margins=(14, 8, 14, 0)))
        layout = column(
            self._head,
            self.top,
            self._own,
            STRETCH_WHEN_ALONE,
            Rule(),
            column(self.confirm, self.seal, gap=8, margins=(12, 8)),
            gap=4,
        )
        layout.setStretch(1, 1)
        layout.setStretch(2, 20)
        self.setLayout(layout)

    def _changed(self, item: str, opinion: Opinion) -> None:
        self._drafts.put(self._bidder, item, opinion)
        self._count()

    def _marked(self, bidder: str, item: str) -> None:
        if bidder == self._bidder and item in self.cards:
            self.cards[item].show_mark(self._drafts.mark(bidder, item))

    def _count(self) -> None:
        done, everything = len(self._drafts.row(self._bidder)), len(self.cards)
        self._bar.setMaximum(everything)
        self._bar.setValue(done)
        self._done.say(lambda: self.tr("{done}/{everything} 项").format(done=done, everything=everything))

    def _phrases(self) -> tuple[Say, ...]:
        return (
            lambda: self.tr("未按招标文件要求签字或盖章。"),
            lambda: self.tr("未提供有效的资质证明材料。"),
            lambda: self.tr("不满足招标文件的实质性要求。"),
        )
