"""The form on the right of a bid: one bidder's items as cards, what is missing, and the seal.

A card has dozens of widgets, so cards are made a few at a time, from the top, while the window goes on answering. What
is done to the form meanwhile holds for the cards to come.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QProgressBar, QSizePolicy, QWidget

from evalclient.core.method.document.items import PreliminaryItem, ScoredItem
from evalclient.ui.pages.act_line import ActLine
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.item_card import ItemCard
from evalclient.ui.pages.opinion_card import OpinionCard
from evalclient.ui.pages.room import PageLink
from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.confirm import ConfirmPanel
from evalclient.ui.widgets.labels import Label, Rule
from evalclient.ui.widgets.layout import STRETCH, STRETCH_WHEN_ALONE, column, row, scrolled
from evalclient.ui.widgets.snug import Snug

Links = Callable[[str, str], Sequence[PageLink]]
Item = TypeVar("Item", bound=ScoredItem | PreliminaryItem)
LOW_PX: Final = 360
"""Height at normal text size below which a form is low."""
ASKING_PX: Final = 480
"""Below this the question before the seal needs the room of the head too."""
Card = TypeVar("Card", ItemCard, OpinionCard)
#: how long cards are made in one turn of the event loop, seconds; the one begun last is finished
SLICE_S: Final = 0.006


class BidForm(QFrame, Generic[Item, Card]):
    """``link_chosen(PageLink)``, ``missing_wanted``, ``step(±1)`` to another bidder, ``seal_wanted``.

    ``items`` are all there are, ``cards`` those made so far; ``built`` once all have a card. A form makes its foot
    (``_make_foot``), then lays itself out (``_lay_out``), which begins with the cards (``_make_card``).
    """

    built = Signal()

    link_chosen = Signal(object)
    missing_wanted = Signal()
    step = Signal(int)
    seal_wanted = Signal()

    def __init__(
        self, name: str, items: Sequence[Item], drafts: DraftTable, links: Links, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self._drafts: DraftTable = drafts
        self._links: Links = links
        self._bidder: str = ""
        self._read_only: bool = False
        self.items: dict[str, Item] = {item.id: item for item in items}
        self.cards: dict[str, Card] = {}
        self._to_come: list[Item] = list(items)
        self._turn: QTimer = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._make_some)
        self.above = column(gap=8)
        """What stands before the cards and is scrolled with them."""
        self._list = column(self.above, STRETCH, gap=8, margins=(0, 0, 4, 0))
        holder = QFrame()
        holder.setLayout(self._list)
        self._scroll = scrolled(holder)
        self._last_input: QWidget = self._scroll
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

    @property
    def building(self) -> bool:
        """Whether there are cards to come."""
        return bool(self._to_come)

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
            self._make_room()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where the form is low, what is said elsewhere too gives way to the items, or to the question."""
        low = self.height() < theme().px(LOW_PX)
        self.seal.set_brief(low)
        self._bar.setVisible(not low)
        self._number.setVisible(not low)
        self._head.setVisible(self.confirm.isHidden() or self.height() >= theme().px(ASKING_PX))

    def commit(self) -> None:
        """Take what is being typed."""
        for card in self.cards.values():
            card.commit()

    def reload(self) -> None:
        """Show the table's present entries for this bidder."""
        for item in self.cards:
            self._fill(item)
        self._add_up()

    def focus_item(self, item: str) -> None:
        """Bring an item into view and give it the keys."""
        while item not in self.cards:
            self._make_next()
        self._place()
        card = self.cards[item]
        self._scroll.ensureWidgetVisible(card, 0, 40)
        card.input.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """What is sealed can be looked at."""
        self._read_only = read_only
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

    def _make_card(self, item: Item) -> Card:
        """The card of an item, connected."""
        raise NotImplementedError

    def _head_before(self, item: Item) -> QWidget | QLayout | None:
        """What stands above an item's card, where a part of the list begins with it."""
        raise NotImplementedError

    def _make_foot(self, name: str, text: Say) -> None:
        self.seal = ActLine(
            name, text, self.seal_wanted.emit, icon="lock", before=(self.previous, self.next), stacked=True
        )
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
        self._turn.start()
        self._make_some()
        return layout

    @Slot()
    def _make_some(self) -> None:
        until = time.perf_counter() + SLICE_S
        while self._to_come and time.perf_counter() < until:
            self._make_next()
        self._place()

    def _place(self) -> None:
        """Give the list the height that its cards need: till then they are squeezed into that of those before."""
        QCoreApplication.sendPostedEvents(self._scroll.widget(), QEvent.Type.LayoutRequest.value)

    def _make_next(self) -> None:
        item = self._to_come.pop(0)
        head = self._head_before(item)
        if isinstance(head, QLayout):
            self._list.insertLayout(self._list.count() - 1, head)
        elif head is not None:
            self._list.insertWidget(self._list.count() - 1, head)
        card = self.cards[item.id] = self._make_card(item)
        self._list.insertWidget(self._list.count() - 1, card)
        card.show()  # now: the layout would do so in the next turn only, and place it in the one after
        self._follow_with_tab(card)
        card.set_read_only(self._read_only)
        if self._bidder:
            self._fill(item.id)
        if not self._to_come:
            self._turn.stop()
            self.built.emit()

    def _follow_with_tab(self, card: QWidget) -> None:
        """What is made late comes last for the Tab key; a card belongs behind the one before it."""
        inputs: list[QWidget] = []
        widget: QWidget | None = card.nextInFocusChain()
        while widget is not None and card.isAncestorOf(widget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                inputs.append(widget)
            widget = widget.nextInFocusChain()
        for following in inputs:
            self.setTabOrder(self._last_input, following)
            self._last_input = following

    def _fill(self, item: str) -> None:
        """Show the table's present entry of an item, for the bidder shown."""
        card = self.cards[item]
        card.replace(self._drafts.get(self._bidder, item), self._links(self._bidder, item))
        card.show_mark(self._drafts.mark(self._bidder, item))

    def _marked(self, bidder: str, item: str) -> None:
        if bidder == self._bidder and item in self.cards:
            self.cards[item].show_mark(self._drafts.mark(bidder, item))
