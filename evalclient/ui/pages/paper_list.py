"""The papers a member signs for: each is opened at least once before the pledge can be signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from evalclient.core.tender import Paper
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.card import Card
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column

METHOD: Final = "method"
#: on the button of a paper that has been opened
READ_ICON: Final = "circle-check"


class PaperList(QFrame):
    """``chosen(key)``: a paper's digest, or ``METHOD`` for the method in words."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, Button] = {}
        self._read: set[str] = set()
        self._current = ""
        self._rows = column(gap=6)
        self._count = Label("", "caption", wrap=True)
        card = Card(lambda: self.tr("项目文件"), self._count, self._rows)
        self.setLayout(column(card))

    def set_papers(self, papers: Sequence[Paper]) -> None:
        """The papers in the tender's order, the method before the pledge."""
        entries: list[tuple[str, Say]] = [(paper.digest, paper.title) for paper in papers if paper.kind != "pledge"]
        entries.append((METHOD, lambda: self.tr("评标办法（文字说明）")))
        entries += [(paper.digest, paper.title) for paper in papers if paper.kind == "pledge"]
        for number, (key, title) in enumerate(entries, start=1):
            button = Button(title, icon="file-text", kind="option", on=lambda key=key: self.chosen.emit(key))  # type: ignore[misc]
            button.setObjectName(f"paper-{number}")
            button.setCheckable(True)
            button.setStyleSheet("text-align: left;")
            self._buttons[key] = button
            self._rows.addWidget(button)
        self._recount()

    def first(self) -> str:
        """The first paper's key."""
        return next(iter(self._buttons))

    def current(self) -> str:
        """The key of the paper shown."""
        return self._current

    def unread(self) -> int:
        """How many have not been opened yet."""
        return len(self._buttons) - len(self._read)

    def show_current(self, key: str) -> None:
        """Mark the paper that is shown."""
        self._current = key
        for other, button in self._buttons.items():
            button.setChecked(other == key)

    def mark_read(self, key: str) -> None:
        """It has been opened."""
        self._read.add(key)
        self._buttons[key].set_icon(READ_ICON, "ok")
        self._recount()

    def mark_all_read(self) -> None:
        """Signed for, on another seat perhaps."""
        for key in self._buttons:
            self.mark_read(key)

    def _recount(self) -> None:
        read, everything = len(self._read), len(self._buttons)
        self._count.say(lambda: self.tr("已打开 {read}/{everything} 份").format(read=read, everything=everything))
