"""The form on the right of a bid: one bidder's items as cards, what is missing, and the seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QProgressBar, QSizePolicy, QWidget

from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.item_card import ItemCard
from evalclient.ui.pages.opinion_card import OpinionCard
from evalclient.ui.pages.room import PageLink
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.labels import Label, Rule
from evalclient.ui.widgets.layout import STRETCH, STRETCH_WHEN_ALONE, column, row, scrolled
from evalclient.ui.widgets.snug import Snug

Links = Callable[[str, str], Sequence[PageLink]]
Card = TypeVar("Card", ItemCard, OpinionCard)


class BidForm(QFrame, Generic[Card]):
    """``link_chosen(PageLink)``, ``missing_wanted``, ``step(±1)`` to another bidder, ``seal_wanted``.

    A form makes its ``cards`` and its foot (``_make_foot``), then lays itself out (``_lay_out``).
    """

    link_chosen = Signal(object)
    missing_wanted = Signal()
    step = Signal(int)
    seal_wanted = Signal()

    def __init__(self, name: str, drafts: DraftTable, links: Links, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self._drafts, self._links = drafts, links
        self._bidder = ""
        self.cards: dict[str, Card] = {}
        self._name = Label("", "heading", wrap=True)
        self._number = Label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setProperty("tone", "ok")
        self.missing = Button("", icon="search", kind="ghost", on=self.missing_wanted.emit)
        self.missing.setObjectName("next-missing")
        self.previous = Button(lambda: self.tr("上一家"), icon="chevron-left", on=lambda: self.step.emit(-1))
        self.previous.setObjectName("previous-bidder")
        self.next = Button(lambda: self.tr("下一家"), icon="chevron-right", on=lambda: self.step.emit(1))
        self.next.setObjectName("next-bidder")
        self.top = column(gap=8, margins=(10, 0))
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
        """Show the table's present entries for this bidder."""
        for item, card in self.cards.items():
            card.replace(self._drafts.get(self._bidder, item), self._links(self._bidder, item))
            card.show_mark(self._drafts.mark(self._bidder, item))
        self._add_up()

    def focus_item(self, item: str) -> None:
        """Bring an item into view and give it the keys."""
        card = self.cards[item]
        self._scroll.ensureWidgetVisible(card, 0, 40)
        card.input.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """What is sealed can be looked at."""
        for card in self.cards.values():
            card.set_read_only(read_only)
        self.missing.setVisible(not read_only)
        self.seal.set_acting(not read_only)

    def say_missing(self, count: int) -> None:
        """How much is missing for all bidders together."""
        self.missing.setEnabled(bool(count))
        if count:
            self.missing.say(
                lambda: self.tr("还缺 {count} 项").format(count=count), lambda: self.tr("转到下一处（Ctrl+M）")
            )
        else:
            self.missing.say(lambda: self.tr("全部评完"), "")

    def _add_up(self) -> None:
        """Say in the head how far this bidder's entries have come."""
        raise NotImplementedError

    def _make_foot(self, name: str, text: Say, cards: QWidget) -> None:
        self.seal = ActLine(
            name, text, self.seal_wanted.emit, icon="lock", before=(self.previous, self.next), stacked=True
        )
        self._scroll = scrolled(cards)
        self.confirm = ConfirmPanel(guard=self._scroll)
        self.confirm.setObjectName("confirm-seal")
        self.confirm.installEventFilter(self)
        self.confirm.yes.setObjectName("confirm-seal-yes")
        self.confirm.no.setObjectName("confirm-seal-no")

    def _lay_out(self, figures: Sequence[QWidget], extra: QWidget, middle: QWidget | QLayout) -> QBoxLayout:
        """Head (name and ``figures``, ``extra`` among the tools), ``top``, ``middle``, foot: one under another."""
        head = row(self._name, *figures, gap=8)
        head.setStretch(0, 1)
        tools = row(self._number, STRETCH, extra, self.missing, gap=2)
        self._head = Snug()
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head.setLayout(column(head, self._bar, tools, gap=4, margins=(14, 8, 14, 0)))
        foot = column(self.confirm, self.seal, gap=8, margins=(12, 8))
        layout = column(self._head, self.top, middle, STRETCH_WHEN_ALONE, Rule(), foot, gap=4)
        self.setLayout(layout)
        return layout

    def _marked(self, bidder: str, item: str) -> None:
        if bidder == self._bidder and item in self.cards:
            self.cards[item].show_mark(self._drafts.mark(bidder, item))
