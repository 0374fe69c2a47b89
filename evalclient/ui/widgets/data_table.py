"""Large tables over plain tuples: fixed columns, cells changed in place, nothing measured row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from evalclient.ui.texts import Say, plain, said
from evalclient.ui.theme import theme
from evalclient.ui.theme_tokens import Tone

ROW_PX = 38
LEAST_PX = 170
TITLE_PX = 128
PAD_PX = 5
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class TableColumn:
    """``width`` in pixels before scaling, 0 takes what is left, never too little to read; numbers stand right."""

    title: Say
    width: int = 120
    number: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A text in a tone, perhaps with an icon and a tool tip."""

    text: str
    tone: Tone = "neutral"
    icon: str = ""
    tip: str = ""
    bold: bool = False


TableRow = tuple[TableCell | str, ...]


class TupleModel(QAbstractTableModel):
    """Rows are tuples; ``set_rows`` tells the view only of the rows that differ."""

    def __init__(self, columns: Sequence[TableColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[TableRow, ...] = ()

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Raises ValueError for a row of another width."""
        new = tuple(rows)
        if any(len(row) != len(self.columns) for row in new):
            raise ValueError("a row has another number of cells than the table has columns")
        if len(new) != len(self.rows):
            self.beginResetModel()
            self.rows = new
            self.endResetModel()
            return
        old, self.rows = self.rows, new
        last = len(self.columns) - 1
        for at, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(at, 0), self.index(at, last))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if role not in _USED or not index.isValid():
            return None
        cell = self.rows[index.row()][index.column()]
        if role == _Role.TextAlignmentRole:
            return self._side(index.column())
        if isinstance(cell, str):
            return cell if role == _Role.DisplayRole else None
        return _part(cell, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return said(self.columns[section].title)
        if orientation == Qt.Orientation.Horizontal and role == _Role.ToolTipRole:
            return plain(said(self.columns[section].title)) or None
        if orientation == Qt.Orientation.Horizontal and role == _Role.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


_USED = frozenset(
    {
        _Role.DisplayRole,
        _Role.ForegroundRole,
        _Role.DecorationRole,
        _Role.ToolTipRole,
        _Role.FontRole,
        _Role.TextAlignmentRole,
    }
)


def _part(cell: TableCell, role: int) -> Any:
    look = theme()
    if role == _Role.DisplayRole:
        return cell.text
    if role == _Role.ForegroundRole:
        return look.tone(cell.tone) if cell.tone != "neutral" else None
    if role == _Role.DecorationRole:
        return look.pixmap(cell.icon, look.tone(cell.tone), 16) if cell.icon else None
    if role == _Role.ToolTipRole:
        return plain(cell.tip) or None
    if cell.bold:
        font = QFont()
        font.setBold(True)
        return font
    return None


class _Padded(QStyledItemDelegate):
    """Room at both sides of a cell, so that a number does not touch the next column."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        pad = theme().px(PAD_PX)
        inner = QStyleOptionViewItem(option)
        rect = inner.rect
        if inner.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme().colour("primary"))
        inner.rect = rect.adjusted(pad, 0, -pad, 0)
        super().paint(painter, inner, index)


class DataTable(QTableView):
    """``activated_row(number)`` on double click or Enter."""

    activated_row = Signal(int)

    row_px: int = ROW_PX
    """Height of a row at normal text size."""

    def __init__(self, columns: Sequence[TableColumn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tuples = TupleModel(columns)
        self.setModel(self.tuples)
        self.setItemDelegate(_Padded(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.activated.connect(self._activated)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        self.tuples.set_rows(rows)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.tuples.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.tuples.columns) - 1)
            self._share_width()
        super().changeEvent(event)

    def _activated(self, index: QModelIndex) -> None:
        self.activated_row.emit(index.row())

    def _restyle(self) -> None:
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.px(self.row_px))
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width for the columns that take what is left."""
        super().resizeEvent(event)
        self._share_width()

    def showEvent(self, event: QShowEvent) -> None:
        """The style sheet, which says how large the titles are, comes with the window."""
        super().showEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Each column as wide as its title needs, unless that is a company's name; what is left to those that ask for it.

        Where that would be too little, they keep a width one can read and the table scrolls to the side.
        """
        look, header = theme(), self.horizontalHeader()
        left = self.viewport().width()
        open_ended = []
        for at, column in enumerate(self.tuples.columns):
            if column.width:
                width = max(look.px(column.width), min(header.sectionSizeHint(at), look.px(TITLE_PX)))
                self.setColumnWidth(at, width)
                left -= width
            else:
                open_ended.append(at)
        for place, at in enumerate(open_ended):
            width = max(look.px(LEAST_PX), left // (len(open_ended) - place))
            self.setColumnWidth(at, width)
            left -= width
