"""Where the bidder answers a criterion: a button per page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evalclient.ui.pages.room import PageLink
from evalclient.ui.pages.rows import Rows
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.layout import FlowLayout

MOST = 4


class LinkRow(QWidget):
    """``chosen(PageLink)``; hidden while the bidder names no page."""

    chosen = Signal(object)

    def __init__(self, item: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self._links: dict[str, PageLink] = {}
        self._rows: Rows[Button] = Rows(FlowLayout(self, gap=2), self._make)
        self.hide()

    def show_links(self, links: Sequence[PageLink]) -> None:
        """The pages of the bidder shown."""
        self._links = {f"{link.document}|{link.page}": link for link in links[:MOST]}
        self._rows.show(self._links)
        self.setVisible(bool(self._links))

    def _make(self, key: str) -> Button:
        link = self._links[key]
        button = Button(
            lambda: self.tr("第 {page} 页").format(page=link.page),
            icon="book-open",
            kind="ghost",
            on=lambda: self.chosen.emit(link),
        )
        button.setObjectName(f"evidence-{self._item}-{link.page}")
        button.setFocusPolicy(button.focusPolicy().NoFocus)
        return button
