"""An office's work in sections: a list on the left, one section at a time on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.ui.pages.office import OfficePage
from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.layout import STRETCH, box, column, row

LIST_PX = 250


class _Entry(QFrame):
    """A section's name with a mark on the right; hidden while there is nothing to mark."""

    def __init__(self, key: str, title: Say, icon: str) -> None:
        super().__init__()
        self.button = Button(title, icon=icon, kind="nav")
        self.button.setObjectName(f"section-{key}")
        self.button.setCheckable(True)
        self.chip = Chip()
        self.chip.hide()
        layout = row(self.button, self.chip, gap=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def mark(self, text: Say | None, tone: Tone) -> None:
        self.chip.setVisible(text is not None)
        if text is not None:
            self.chip.set(tone, text)
        self.button.setAccessibleDescription(said(text) if text is not None else "")


class Sections(QWidget):
    """``add`` sections, ``mark`` what waits in them; only the one in view follows."""

    shown = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._entries: dict[str, _Entry] = {}
        self._makers: dict[str, Callable[[], OfficePage]] = {}
        self._pages: dict[str, OfficePage] = {}
        self._group = QButtonGroup(self)
        self._list = column(gap=4, margins=(12, 14, 8, 12))
        self._side = box(column(self._list, STRETCH, gap=0), role="side")
        self._stack = QStackedWidget()
        layout = row(self._side, self._stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        theme().changed.connect(self._restyle)
        self._restyle()

    def add(self, key: str, title: Say, icon: str, make: Callable[[], OfficePage]) -> None:
        """Another section at the end of the list; it is made when it first comes into view."""
        entry = _Entry(key, title, icon)
        self._entries[key], self._makers[key] = entry, make
        self._list.addWidget(entry)
        self._group.addButton(entry.button)
        entry.button.clicked.connect(self._chosen)

    @property
    def current(self) -> str:
        """The key of the section in view, "" before the first ``show_section``."""
        return next((key for key, page in self._pages.items() if page is self._stack.currentWidget()), "")

    def show_section(self, key: str) -> None:
        """Bring a section into view, up to date."""
        if key not in self._pages:
            self._pages[key] = self._makers[key]()
            self._stack.addWidget(self._pages[key])
        page = self._pages[key]
        self._entries[key].button.setChecked(True)
        self._stack.setCurrentWidget(page)
        page.follow(page.live.evaluation)
        self.shown.emit(key)

    def mark(self, key: str, text: Say | None, tone: Tone = "primary") -> None:
        """What waits in a section; None for nothing."""
        self._entries[key].mark(text, tone)

    def follow(self, new: Evaluation) -> None:
        """Follow the evaluation in the section in view."""
        if self.current:
            self._pages[self.current].follow(new)

    def tick(self) -> None:
        """A second has passed: for what counts time in the section in view."""
        if self.current:
            self._pages[self.current].tick()

    def _chosen(self) -> None:
        for key, entry in self._entries.items():
            if entry.button.isChecked():
                self.show_section(key)

    def _restyle(self) -> None:
        self._side.setFixedWidth(theme().px(LIST_PX))
