"""Small windows over a page. They are opened, never waited for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row
from evalclient.ui.widgets.roomy import Roomy

MARGIN_PX: Final = 20
RIM_PX: Final = 24
"""What is left of the window below on every side."""


class Panel(QDialog):
    """A titled window with a body, and buttons at its foot; Escape closes it.

    ``pixels`` wide at normal text size and as high as its body needs, but within the window it lies over: there the
    body is scrolled.
    """

    def __init__(self, name: str, title: Say, parent: QWidget, pixels: int) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(said(title))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._over, self._pixels = parent, pixels
        self.title = Label(title, "heading", wrap=True)
        self.body = column(gap=10)
        self._area = Roomy(self.body)
        self.cancel = Button(lambda: self.tr("关闭"), on=self.close)
        self.cancel.setObjectName(f"{name}-close")
        self.feet = row(STRETCH, self.cancel)
        self._whole = column(self.title, self._area, self.feet, gap=14, margins=MARGIN_PX)
        self._whole.setStretch(1, 1)
        self.setLayout(self._whole)
        theme().changed.connect(self._fit)

    def add(self, *widgets: QWidget) -> None:
        """Append to the body."""
        for widget in widgets:
            self.body.addWidget(widget)

    def showEvent(self, event: QShowEvent) -> None:
        """The style sheet, which says how large everything is, comes with the window."""
        self._fit()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    @Slot()
    def _fit(self) -> None:
        below = self._over.window()
        width = min(theme().px(self._pixels), below.width() - 2 * RIM_PX)
        inner = width - 2 * MARGIN_PX
        height = self._area.least_height(inner) + self.title.heightForWidth(inner) + self.feet.sizeHint().height()
        height += 2 * self._whole.spacing() + 2 * MARGIN_PX
        self.resize(width, min(height, below.height() - 2 * RIM_PX))
