"""The demo's panel beside the work: one card at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QStackedWidget, QWidget

from evalclient.demo.play.cards import PanelCard
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import IconButton
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, box, column, row, scrolled

PANEL_PX: Final = 400
#: width of the window from which the panel stands beside the work; in a smaller one it lies over it
ROOMY_PX: Final = 1600


class DemoPanel(QDockWidget):
    """Hidden until a card is opened. In a narrow window its content lies over the work instead, so that no page is squeezed,
    and gives way as soon as the work is touched.
    """

    closed = Signal()

    def __init__(self, cards: Mapping[str, PanelCard], window: QMainWindow, work: QWidget) -> None:
        super().__init__(window)
        self._window, self._work = window, work
        work.installEventFilter(self)
        self.setObjectName("demo-panel")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        self.setTitleBarWidget(QWidget())
        self._cards = dict(cards)
        self._shown = ""
        self._watching = False
        self._stack = QStackedWidget()
        for card in cards.values():
            self._stack.addWidget(scrolled(column(card, gap=0)))
        self._cross = IconButton("x", lambda: self.tr("关闭"), on=self.close_card)
        self._cross.setObjectName("demo-panel-close")
        head = row(Label(lambda: self.tr("演示"), "section"), STRETCH, self._cross, gap=8, margins=(16, 8, 8, 0))
        layout = column(head, self._stack, gap=0)
        layout.setStretch(1, 1)
        self._content = box(layout, role="card", name="demo-cards")
        self._content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()
        self._content.hide()

    @property
    def shown_card(self) -> str:
        """The name of the card shown, "" while the panel is hidden."""
        return self._shown

    def open_card(self, name: str) -> None:
        """Show a card; KeyError for one that there is not."""
        self._stack.setCurrentIndex(list(self._cards).index(name))
        self._shown = name
        self._fit()

    def close_card(self) -> None:
        """Give the room back to the work."""
        self._watch_presses(watch=False)
        self._shown = ""
        self.hide()
        self._content.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = event.type()
        if kind in (QEvent.Type.Resize, QEvent.Type.Move) and watched is self._work:
            self._fit()
        elif kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and self._lies_over(watched):
            self.close_card()
        return super().eventFilter(watched, event)

    def _lies_over(self, touched: QWidget) -> bool:
        """Whether the panel lies over the work, and ``touched`` belongs to that."""
        return self._content.parentWidget() is self._window and self._work.isAncestorOf(touched)

    def _watch_presses(self, *, watch: bool) -> None:
        """A press goes to the widget below the mouse: only the application sees them all. Nothing is watched in vain."""
        application = QApplication.instance()
        if application is not None and watch != self._watching:
            self._watching = watch
            (application.installEventFilter if watch else application.removeEventFilter)(self)

    def _fit(self) -> None:
        """Beside the work where there is room, over it where there is not."""
        if not self._shown:
            return
        width = theme().px(PANEL_PX)
        roomy = self._window.width() >= theme().px(ROOMY_PX)
        self._watch_presses(watch=not roomy)
        if roomy:
            self.setFixedWidth(width)
            if self.widget() is not self._content:
                self.setWidget(self._content)
            self._content.show()
            self.show()
            return
        self.hide()
        if self._content.parentWidget() is not self._window:
            self._content.setParent(self._window)
        corner = self._work.mapTo(self._window, QPoint(self._work.width() - width, 0))
        self._content.setGeometry(corner.x(), corner.y(), width, self._work.height())
        self._content.show()
        self._content.raise_()
