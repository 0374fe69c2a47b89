"""Names and values, one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from evalclient.ui.texts import Say
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column


class Facts(QWidget):
    """Names on the left, values on the right, wrapped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Label, Label]] = []
        self.setLayout(column(self._grid, gap=0))

    def show_pairs(self, pairs: Sequence[tuple[Say, Say]]) -> None:
        """One line each."""
        for unused in self._lines[len(pairs) :]:
            for label in unused:
                label.hide()
        while len(self._lines) < len(pairs):
            line = (Label("", "caption"), Label("", wrap=True))
            for at, label in enumerate(line):
                self._grid.addWidget(label, len(self._lines), at, Qt.AlignmentFlag.AlignTop)
            self._lines.append(line)
        for (name, value), (left, right) in zip(pairs, self._lines, strict=False):
            for label, text in ((left, name), (right, value)):
                label.say(text)
                label.show()
