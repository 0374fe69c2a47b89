"""A line of text with a prompt that is also its name for screen readers; follows the language."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from evalclient.ui.texts import Say, said

MOST_CHARACTERS = 2_000


class LineField(QLineEdit):
    """``value`` is the text without blanks around it."""

    def __init__(self, name: str, prompt: Say, most: int = MOST_CHARACTERS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMaxLength(most)
        self._prompt: Say = prompt
        self._retranslate()

    @property
    def value(self) -> str:
        """What has been typed, stripped."""
        return self.text().strip()

    def say(self, prompt: Say) -> None:
        """Another prompt."""
        self._prompt = prompt
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        text = said(self._prompt)
        self.setPlaceholderText(text)
        self.setAccessibleName(text)
