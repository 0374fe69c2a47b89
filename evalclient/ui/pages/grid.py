"""A table that is as tall as its rows: the page scrolls as a whole, not in two places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from evalclient.ui.pages.names import listed
from evalclient.ui.texts import said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.data_table import DataTable, TableColumn, TableRow


class Grid(DataTable):
    """To read, not to select from; so its rows need not be as tall as what is clicked."""

    row_px = 34

    def __init__(self, name: str, columns: Sequence[TableColumn], parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self.setObjectName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self._fit)

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show the rows and take the height they need; a screen reader gets the columns' names for the table's own."""
        self.setAccessibleName(listed(said(column.title) for column in self.tuples.columns))
        super().set_rows(rows)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The style sheet, which says how tall the head is, comes with the window."""
        self._fit()
        super().showEvent(event)

    def _share_width(self) -> None:
        """With the widths it is known whether the table scrolls to the side."""
        super()._share_width()
        self._fit()

    def _fit(self) -> None:
        rows = len(self.tuples.rows) * theme().px(self.row_px)
        header = self.horizontalHeader()
        bar = self.horizontalScrollBar().sizeHint().height() if header.length() > self.viewport().width() else 0
        self.setFixedHeight(rows + header.sizeHint().height() + bar + 4)
