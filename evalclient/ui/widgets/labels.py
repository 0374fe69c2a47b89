"""Text on the screen: always plain text, so that nothing a bidder wrote is taken for markup."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.theme import set_variant, theme
from evalclient.ui.theme_tokens import TONE_ICON, Tone

Role = Literal["", "caption", "hint", "secondary", "heading", "title", "figure", "section"]


class Label(QLabel):
    """Plain text in one of the sizes of the theme; ``wrap`` breaks lines instead of clipping."""

    def __init__(
        self,
        text: Say = "",
        role: Role = "",
        *,
        tone: Tone = "neutral",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._say: Say = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        if tone != "neutral":
            self.setProperty("tone", tone)
        self.say(text)

    def say(self, text: Say) -> None:
        """Show a text; a function or a Bilingual is asked again after a language switch."""
        self._say = text
        self.setText(said(text))

    def set_tone(self, tone: Tone) -> None:
        set_variant(self, "tone", tone)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setText(said(self._say))
        super().changeEvent(event)


class OneLine(Label):
    """A text that takes whatever width it gets; where that is too little, it ends in an ellipsis."""

    def __init__(self, text: Say = "", role: Role = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def shown(self) -> str:
        """The text as it is painted."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.shown)
        painter.end()


class Icon(QWidget):
    """A Lucide icon of fixed size in the colour of a tone or a token."""

    def __init__(
        self,
        name: str,
        *,
        tone: Tone | None = None,
        colour: str = "text_2",
        size: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._colour, self._size = name, tone, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, name: str, *, tone: Tone | None = None, colour: str = "text_2") -> None:
        self._name, self._tone, self._colour = name, tone, colour
        self.update()

    def sizeHint(self) -> QSize:
        return theme().icon_size(self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        colour = look.tone(self._tone) if self._tone else look.colour(self._colour)
        pixmap = look.pixmap(self._name, colour, self._size, self.devicePixelRatioF())
        side = look.px(self._size)
        painter = QPainter(self)
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)
        painter.end()


class Rule(QFrame):
    """A hair line between parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rule")


def tone_icon(tone: Tone) -> str:
    """The icon that goes with a tone, so that colour never stands alone."""
    return TONE_ICON[tone]
