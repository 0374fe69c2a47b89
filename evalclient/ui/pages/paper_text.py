"""A paper in words: plain text, or the method's numbered clauses. No markup is read from what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from evalclient.core.method.wording.words import Clause
from evalclient.ui.texts import language
from evalclient.ui.theme import BASE_PX, theme

HEADING_PX = 17
INDENT_PX = 44


class PaperText(QTextEdit):
    """Read only, scrolls by keyboard."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._again: Callable[[], None] | None = None
        theme().changed.connect(self._restyle)

    @Slot()
    def _restyle(self) -> None:
        """Another text size or colour: written anew, at the place where one was reading."""
        if self._again is None:
            return
        bar = self.verticalScrollBar()
        place = bar.value() / bar.maximum() if bar.maximum() else 0
        self._again()
        bar.setValue(round(place * bar.maximum()))

    def show_text(self, text: str) -> None:
        """Plain text, a paragraph a line."""
        self._again = lambda: self.show_text(text)
        self._begin()
        cursor = self.textCursor()
        for line in text.splitlines():
            self._write(cursor, line, BASE_PX, bold=False, before=8, indent=0)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_clauses(self, title: str, clauses: Sequence[Clause]) -> None:
        """The method in words, in the language now shown."""
        self._again = lambda: self.show_clauses(title, clauses)
        self._begin()
        cursor = self.textCursor()
        self._write(cursor, title, HEADING_PX, bold=True, before=0, indent=0)
        for clause in clauses:
            text = f"{clause.number}　{clause.text.text(language())}"
            if clause.heading:
                self._write(cursor, text, HEADING_PX, bold=True, before=16, indent=0)
            else:
                self._write(cursor, text, BASE_PX, bold=False, before=6, indent=INDENT_PX)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _begin(self) -> None:
        self.clear()
        self.document().setDocumentMargin(theme().px(18))

    def _write(self, cursor: QTextCursor, text: str, pixels: int, *, bold: bool, before: int, indent: int) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(theme().px(before))
        block.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setLeftMargin(theme().px(indent))
        block.setTextIndent(-theme().px(indent))
        form = QTextCharFormat()
        form.setFont(theme().font(pixels, bold=bold))
        form.setForeground(theme().colour("text"))
        if cursor.position():
            cursor.insertBlock()
        cursor.setBlockFormat(block)
        cursor.insertText(text, form)
