"""A page that is never smaller than its parts need: in a window too small for it, it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea

from evalclient.ui.widgets.layout import box


class Roomy(QScrollArea):
    """Gives ``layout`` all the room there is, and what it needs at least where there is less.

    Qt's own resizable scroll area asks for the height that would be pleasant; a page with a list or a document in it
    would then be scrolled as a whole although it fits.
    """

    def __init__(self, layout: QLayout, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._layout = layout
        self._inner = box(layout, name="scrolled")
        self.setWidget(self._inner)
        self._inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another page, or larger text, needs other room."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole = self.maximumViewportSize()
        width = max(whole.width(), self._layout.totalMinimumSize().width())
        height = self.least_height(width)
        bars = self.verticalScrollBar().sizeHint().width(), self.horizontalScrollBar().sizeHint().height()
        room = whole.height() - (bars[1] if width > whole.width() else 0)
        if height > room:
            width = max(whole.width() - bars[0], self._layout.totalMinimumSize().width())
            height = self.least_height(width)
        self._inner.resize(width, max(room, height))

    def least_height(self, width: int) -> int:
        """What the layout needs at a width, in pixels."""
        if self._layout.hasHeightForWidth():
            return self._layout.totalMinimumHeightForWidth(width)
        return self._layout.totalMinimumSize().height()
