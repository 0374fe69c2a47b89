"""The PIN of a certificate: typed before a job starts, handed on once, kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

MAX_PIN = 64


class PinField(QLineEdit):
    """Hidden characters, no copy, no undo; ``take()`` returns the PIN and empties the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(MAX_PIN)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def take(self) -> str:
        pin = self.text()
        self.clear()
        return pin
