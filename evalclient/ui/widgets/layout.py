"""Short words for layouts: ``column(a, row(b, STRETCH, c))``."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QLayoutItem, QScrollArea, QVBoxLayout, QWidget


class _Stretch:
    """Takes up the free room of a row or column."""


class _StretchWhenAlone(_Stretch):
    """Takes up the free room that nothing else in a row or column wants."""


STRETCH: Final = _Stretch()
STRETCH_WHEN_ALONE: Final = _StretchWhenAlone()
Item = QWidget | QLayout | _Stretch | int
"""A widget, a nested layout, STRETCH, or a gap in pixels."""
Margins = int | tuple[int, int] | tuple[int, int, int, int]
"""All sides; or (horizontal, vertical); or (left, top, right, bottom). In pixels."""


def column(*items: Item, gap: int = 8, margins: Margins = 0) -> QVBoxLayout:
    """Items from top to bottom."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def row(*items: Item, gap: int = 8, margins: Margins = 0) -> QHBoxLayout:
    """Items from left to right, centred vertically."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def box(layout: QLayout, *, name: str = "", role: str = "", parent: QWidget | None = None) -> QFrame:
    """A frame around a layout; ``role`` is one of the style sheet's surfaces (card, inset, panel, bar …)."""
    frame = QFrame(parent)
    if name:
        frame.setObjectName(name)
    if role:
        frame.setProperty("role", role)
    frame.setLayout(layout)
    return frame


def scrolled(content: QWidget | QLayout, *, horizontal: bool = False) -> QScrollArea:
    """Content that scrolls vertically (and horizontally only if asked) and takes the width it gets."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not horizontal:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner = content if isinstance(content, QWidget) else box(content)
    inner.setObjectName(inner.objectName() or "scrolled")
    area.setWidget(inner)
    return area


def as_margins(margins: Margins) -> QMargins:
    """Margins in the form Qt takes."""
    if isinstance(margins, int):
        return QMargins(margins, margins, margins, margins)
    if len(margins) == 2:
        return QMargins(margins[0], margins[1], margins[0], margins[1])
    return QMargins(*margins)


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margins: Margins) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(as_margins(margins))
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            layout.addStretch(0 if isinstance(item, _StretchWhenAlone) else 1)


class FlowLayout(QLayout):
    """Left to right, breaking to the next line when the width is used up."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line, if there is room for it."""
        hints = [item.sizeHint() for item in self._items if not _hidden(item)]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Height used; with ``move`` the items go to their places, in the middle of their line."""
        y = rect.y()
        for number, line in enumerate(self._lines(rect.width())):
            y += self._gap if number else 0
            height = max(hint.height() for _, hint in line)
            x = rect.x()
            for item, hint in line:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - hint.height()) // 2), hint))
                x += hint.width() + self._gap
            y += height
        return y - rect.y()

    def _size(self, item: QLayoutItem, width: int) -> QSize:
        """What an item asks for; one that is wider than the line breaks within itself if it can."""
        hint = item.sizeHint()
        if hint.width() <= width:
            return hint
        least = max(width, item.minimumSize().width())
        return QSize(least, item.heightForWidth(least) if item.hasHeightForWidth() else hint.height())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if _hidden(item):
                continue
            hint = self._size(item, width)
            if not lines or used + hint.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, hint))
            used += hint.width() + self._gap
        return lines


def flowing(*widgets: QWidget, gap: int = 8) -> QFrame:
    """Widgets from left to right, on as many lines as the width asks for."""
    flow = FlowLayout(gap=gap)
    for widget in widgets:
        flow.addWidget(widget)
    return box(flow)


def _hidden(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.isHidden()
