"""A part of a page that keeps its width while the rest takes what the window has."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLayout, QWidget

from evalclient.ui.theme import theme


class Pane(QWidget):
    """``layout`` in ``pixels`` at normal text size; larger text gets more."""

    def __init__(self, layout: QLayout, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels = pixels
        self.setLayout(layout)
        theme().changed.connect(self._fit)
        self._fit()

    def set_pixels(self, pixels: int) -> None:
        """Another width, at normal text size."""
        self._pixels = pixels
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setFixedWidth(theme().px(self._pixels))
