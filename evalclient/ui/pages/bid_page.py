"""A page in three panes: bidders on the left, the bid in the middle, the member's own work on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from evalclient.ui.pages.bid_form import BidForm
from evalclient.ui.pages.bid_reader import BidReader
from evalclient.ui.pages.draft_table import DraftTable
from evalclient.ui.pages.page import MemberPage
from evalclient.ui.pages.room import Room
from evalclient.ui.theme import theme
from evalclient.ui.widgets.bidder_list import BidderList
from evalclient.ui.widgets.layout import row

FORM_PX: Final = 430


class BidPage(MemberPage):
    """Ctrl+↓ and Ctrl+↑ go through the bidders, Ctrl+M to the next thing missing."""

    form: BidForm[Any, Any]

    def __init__(self, room: Room, form: BidForm[Any, Any], drafts: DraftTable, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        drafts.setParent(self)
        self.bidders = BidderList()
        self.bidders.setObjectName("bidders")
        self.bidders.setAccessibleName(self.tr("投标人"))
        self.reader = BidReader(room)
        self.form = form
        layout = row(self.bidders, self.reader, form, gap=12)
        layout.setStretch(1, 1)
        self.body.addLayout(layout, 1)
        self.bidders.selected.connect(self.choose)
        for keys, slot in (
            ("Ctrl+Down", self._next),
            ("Ctrl+Up", self._previous),
            ("Ctrl+M", self.go_to_missing),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(0)
        self._recount.timeout.connect(self._counted)
        form.link_chosen.connect(self.reader.show_link)
        form.missing_wanted.connect(self.go_to_missing)
        form.step.connect(self.bidders.step)
        drafts.loaded.connect(self._loaded)
        drafts.marked.connect(self._marked)
        room.packages.changed.connect(self._package_changed)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def bidder(self) -> str:
        """The bidder shown."""
        return self.bidders.key

    @Slot(str)
    def choose(self, bidder: str) -> None:
        """Show a bidder in all panes."""
        self.bidders.select(bidder)
        self.reader.show_bid(bidder)
        self.show_bidder(bidder)

    def show_bidder(self, bidder: str) -> None:
        """Show a bidder in the form on the right."""
        raise NotImplementedError

    @Slot()
    def go_to_missing(self) -> None:
        """Go to the next thing that is missing."""
        raise NotImplementedError

    def _count_all(self) -> None:
        """What is missing, for all bidders, and how far each has come."""
        raise NotImplementedError

    @Slot()
    def _counted(self) -> None:
        self._count_all()

    @Slot()
    def _loaded(self) -> None:
        if self.bidder:
            self.form.reload()
        self._count_all()

    @Slot(str, str)
    def _marked(self, _bidder: str, _item: str) -> None:
        """Many fields may change at once; everything is counted once for all of them."""
        if not self._recount.isActive():
            self._recount.start()

    @Slot(str)
    def _package_changed(self, bidder: str) -> None:
        if bidder == self.bidder:
            for item, card in self.form.cards.items():
                card.links.show_links(self.room.packages.links(bidder, item))

    def choose_among(self, bidders: Sequence[str]) -> None:
        """Stay with the bidder shown if he is still there, else take the first."""
        if bidders and self.bidder not in bidders:
            self.choose(bidders[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers instead of names where the window is narrow."""
        super().resizeEvent(event)
        self.bidders.follow_window(self.width())

    @Slot()
    def _next(self) -> None:
        self.bidders.step(1)

    @Slot()
    def _previous(self) -> None:
        self.bidders.step(-1)

    @Slot()
    def _fit(self) -> None:
        self.form.setFixedWidth(theme().px(FORM_PX))
