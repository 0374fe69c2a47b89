"""A state in a word, with its icon: never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evalclient.ui.texts import Say, plain, said
from evalclient.ui.theme import theme
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.labels import tone_icon

FONT_PX = 13
ICON_PX = 14
HEIGHT_PX = 26
PAD_PX = 9
GAP_PX = 5


class Chip(QWidget):
    """A rounded mark; ``set(tone, text)`` changes it in place."""

    def __init__(self, tone: Tone = "neutral", text: Say = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self._say: Say = text
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._retranslate()
        theme().changed.connect(self.updateGeometry)

    def set(self, tone: Tone, text: Say, icon: str = "", tip: Say = "") -> None:
        self._tone, self._say, self._icon = tone, text, icon
        self.setToolTip(plain(said(tip)))
        self._retranslate()

    @property
    def tone(self) -> Tone:
        return self._tone

    def text(self) -> str:
        return said(self._say)

    def sizeHint(self) -> QSize:
        look = theme()
        text = QFontMetrics(look.font(FONT_PX)).horizontalAdvance(self.text())
        return QSize(text + look.px(ICON_PX) + look.px(GAP_PX) + 2 * look.px(PAD_PX), look.px(HEIGHT_PX))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(look.colour("border") if self._tone == "neutral" else Qt.PenStyle.NoPen)
        painter.setBrush(look.soft(self._tone))
        painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
        icon, pad = look.px(ICON_PX), look.px(PAD_PX)
        colour = look.tone(self._tone)
        pixmap = look.pixmap(self._icon or tone_icon(self._tone), colour, ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(pad, (self.height() - icon) // 2, pixmap)
        painter.setPen(colour)
        painter.setFont(look.font(FONT_PX))
        left = pad + icon + look.px(GAP_PX)
        painter.drawText(
            self.rect().adjusted(left, 0, -pad + 1, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.text(),
        )
        painter.end()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()
