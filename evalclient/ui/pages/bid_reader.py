"""The bid in the middle of a page: its documents as tabs or a list, the pages below, from memory only."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from evalclient.ui.pages.room import BidDocument, PackageState, PageLink, Room
from evalclient.ui.pages.rows import Rows
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.empty_state import EmptyState
from evalclient.ui.widgets.layout import FlowLayout, box, column

EDGE_PX: Final = 12


class BidReader(QFrame):
    """``show_bid`` keeps to the same kind of document when the bidder changes; ``show_link`` opens a page.

    Tabs that would need more than one line become a drop-down list (``document-choice``): the page needs the height.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName("bid-reader")
        self._room = room
        self._bidder = ""
        self._document = ""
        self._place: int | None = None
        self._preferred = ""
        self._documents: tuple[BidDocument, ...] = ()
        self.view = room.view()
        self._empty = EmptyState("package", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._flow = FlowLayout(gap=4)
        self._tabs: Rows[Button] = Rows(self._flow, self._make_tab)
        self._line = box(self._flow)
        self._choice = Choice("document-choice", lambda: self.tr("投标文件"))
        self._choice.hide()
        self._choice.activated.connect(self._chosen)
        self._bar = box(column(self._line, self._choice, gap=0))
        self.view.lead_with(self._bar)
        self.setLayout(column(self._stack, gap=0, margins=1))
        room.packages.changed.connect(self._package_changed)

    def prefer(self, compartment: str) -> None:
        """The kind of document to open first, before the member chose one."""
        self._preferred = compartment

    def show_bid(self, bidder: str) -> None:
        """Another bidder's documents."""
        if bidder == self._bidder:
            return
        self._bidder, self._document = bidder, ""
        self._refresh()

    def show_link(self, link: PageLink) -> None:
        """The page where the bidder answers a criterion."""
        if link.document != self._document:
            self._open(link.document, link.page)
        else:
            self.view.go_to(link.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps a list for the tabs."""
        super().resizeEvent(event)
        self._fit_tabs()

    def event(self, event: QEvent) -> bool:
        """So do other tabs, another language or text size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_tabs()
        return super().event(event)

    def _fit_tabs(self) -> None:
        listed = self._flow.sizeHint().width() + 2 * EDGE_PX > self.width()
        if listed != self._choice.isHidden():
            return
        self._choice.setVisible(listed)
        self._line.setVisible(not listed)

    @Slot(int)
    def _chosen(self, _place: int) -> None:
        self._open(self._choice.value)

    @Slot(str)
    def _package_changed(self, bidder: str) -> None:
        if bidder == self._bidder:
            self._refresh()

    def _refresh(self) -> None:
        self._documents = self._room.packages.documents(self._bidder)
        self._tabs.show(document.id for document in self._documents)
        self._choice.offer([(document.id, document.title) for document in self._documents])
        self._bar.setVisible(bool(self._documents))
        if not self._documents:
            self._empty.say(*self._waiting(self._room.packages.state(self._bidder)))
            self._stack.setCurrentWidget(self._empty)
            self.view.clear()
        elif not self._document:
            self._open(self._documents[self._first()].id)

    def _first(self) -> int:
        """The document at the place read last, whoever the bidder; at first the kind preferred."""
        if self._place is not None:
            return min(self._place, len(self._documents) - 1)
        kinds = [document.compartment for document in self._documents]
        return kinds.index(self._preferred) if self._preferred in kinds else 0

    def _open(self, document: str, page: int = 1) -> None:
        found = next((entry for entry in self._documents if entry.id == document), None)
        if found is None:
            return
        self._document, self._place = document, self._documents.index(found)
        for key in self._tabs.held():
            self._tabs[key].setChecked(key == document)
        self._choice.choose(document)
        self._stack.setCurrentWidget(self.view)
        self.view.show_document("", partial(self._room.packages.open, self._bidder, document), page)

    def _make_tab(self, document: str) -> Button:
        place = [entry.id for entry in self._documents].index(document)
        tab = Button(self._documents[place].title, kind="option", on=lambda: self._open(document))
        tab.setObjectName(f"document-tab-{place + 1}")
        tab.setProperty("role", "tab")
        tab.setCheckable(True)
        return tab

    def _waiting(self, state: PackageState) -> tuple[Say, Say]:
        if state.phase == "locked":
            return (
                lambda: self.tr("等待开放"),
                lambda: self.tr("组织方尚未向您的席位授予该投标文件的密钥。"),
            )
        if state.phase in ("failed", "cancelled"):
            sentence: Say = state.problem.sentence if state.problem else (lambda: self.tr("下载已取消。"))
            return (lambda: self.tr("投标文件不能查看")), sentence
        return (
            lambda: self.tr("正在准备投标文件"),
            lambda: self.tr("下载并核对投标人签名与摘要后自动显示。"),
        )
