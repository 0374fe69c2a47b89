"""A drop-down list of values with texts that follow the language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.drop_down import DropDown


class Choice(DropDown):
    """``offer`` values; what is chosen stays chosen while it is offered."""

    def __init__(self, name: str, prompt: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._prompt = prompt
        self._offered: tuple[tuple[str, Say], ...] = ()
        self._retranslate()

    @property
    def value(self) -> str:
        """The value chosen, "" for none."""
        return str(self.currentData() or "")

    def offer(self, options: Sequence[tuple[str, Say]]) -> None:
        """Values with their texts, in order; the first is chosen where the former choice is gone."""
        values = [value for value, _ in options]
        same = values == [value for value, _ in self._offered]
        self._offered = tuple(options)
        if same:
            self._retranslate()
            return
        kept = self.value
        self.blockSignals(True)
        self.clear()
        for value, text in options:
            self.addItem(said(text), value)
        self.blockSignals(False)
        self.choose(kept if kept in values else (values[0] if values else ""))
        self.currentIndexChanged.emit(self.currentIndex())

    def choose(self, value: str) -> None:
        """Choose a value that is offered; anything else chooses nothing."""
        self.setCurrentIndex(self.findData(value))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(said(self._prompt))
        for at, (_, text) in enumerate(self._offered):
            self.setItemText(at, said(text))
