"""A drop-down list that looks like one: the style sheet's border takes the platform's arrow away."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from evalclient.ui.theme import theme

ARROW_PX: Final = 16
EDGE_PX: Final = 8


class DropDown(QComboBox):
    """Chooses one of several values."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        side, edge = look.px(ARROW_PX), look.px(EDGE_PX)
        arrow = look.pixmap("chevron-down", look.colour("text_2" if self.isEnabled() else "on_disabled"), ARROW_PX)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - edge - side, (self.height() - side) // 2, side, side, arrow)
        painter.end()
