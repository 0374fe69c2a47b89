"""The committee in a row; a larger committee stands in two, so that the words beside it keep their room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from evalclient.ui.widgets.layout import FlowLayout

ONE_ROW: Final = 5


class Lineup(QWidget):
    """As wide as its members need in one row, or in two above ``ONE_ROW`` of them; add them to ``flow``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, gap=10)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        one_row = self.flow.sizeHint().width()
        if self.flow.count() <= ONE_ROW:
            return QSize(one_row, self.flow.heightForWidth(one_row))
        width = (one_row + self.flow.minimumSize().width()) // 2
        return QSize(width, self.flow.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
