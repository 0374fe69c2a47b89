"""Messages that do not stop the work: a banner that stays until its cause is gone, a toast that leaves by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.buttons import Button, IconButton
from evalclient.ui.widgets.labels import Icon, Label, tone_icon
from evalclient.ui.widgets.layout import box, column, row
from evalclient.ui.widgets.snug import Snug

TOAST_MS = 6_000
TOAST_PX = 420


@dataclass(frozen=True, slots=True)
class Action:
    """A button in a message."""

    text: Say
    on: Callable[[], object]


class Message(Snug):
    """One sentence with its icon, an optional detail (the article), an optional action, and a cross."""

    closed = Signal()

    def __init__(
        self, tone: Tone, text: Say, detail: Say = "", action: Action | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.gone = False
        self.setProperty("role", "notice")
        self.setProperty("tone", tone)
        icon = "info" if tone in ("neutral", "primary") else tone_icon(tone)
        self.sentence = Label(text, wrap=True)
        self.detail = Label(detail, "caption", wrap=True)
        if not said(detail):
            self.detail.hide()
        self.cross = IconButton("x", lambda: self.tr("关闭提示"), on=self._close)
        layout = row(
            Icon(icon, tone=tone, size=20), column(self.sentence, self.detail, gap=2), gap=10, margins=(12, 4, 6, 4)
        )
        layout.setStretch(1, 1)
        if action is not None:
            layout.addWidget(Button(action.text, kind="ghost", on=action.on))
        layout.addWidget(self.cross)
        self.setLayout(layout)
        self.setAccessibleName(said(text))

    def _close(self) -> None:
        self.gone = True
        self.hide()
        self.closed.emit()
        self.deleteLater()


class Banners(QWidget):
    """A column of messages above a page, one per ``key``; takes no room while empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: dict[str, Message] = {}
        self._column = column(gap=6, margins=(12, 8, 12, 0))
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_message(self, key: str, tone: Tone, text: Say, detail: Say = "", action: Action | None = None) -> Message:
        """Show, or replace, the message of ``key``; it stays until ``clear(key)`` or its cross."""
        self.clear(key)
        message = Message(tone, text, detail, action)
        self._held[key] = message
        message.closed.connect(self._forget_gone)
        self._column.addWidget(message)
        self.show()
        return message

    def clear(self, key: str) -> None:
        message = self._held.pop(key, None)
        if message is not None:
            self._column.removeWidget(message)
            message.hide()
            message.deleteLater()
        self.setVisible(bool(self._held))

    def shown(self) -> tuple[str, ...]:
        """Keys of the messages now shown."""
        return tuple(self._held)

    def _forget_gone(self) -> None:
        for key in [key for key, message in self._held.items() if message.gone]:
            self.clear(key)


class Toast(QObject):
    """A message over the lower right corner of ``host``; a new one replaces the last. Bad news stay until closed."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._message: QFrame | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)

    def show_message(self, tone: Tone, text: Say, action: Action | None = None, detail: Say = "") -> Message:
        self.hide()
        message = Message(tone, text, detail, action)
        # The notice colours may be see-through to the page, so the message stands on a card of its own.
        self._message = box(column(message, gap=0), role="panel", parent=self._host)
        message.closed.connect(self.hide)
        self._place()
        self._message.show()
        self._message.raise_()
        if tone != "bad":
            self._timer.start()
        return message

    def hide(self) -> None:
        self._timer.stop()
        if self._message is not None:
            self._message.hide()
            self._message.deleteLater()
            self._message = None

    @property
    def shown(self) -> bool:
        return self._message is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self._message is None:
            return
        width = min(theme().px(TOAST_PX), self._host.width() - 32)
        self._message.setFixedWidth(width)
        self._message.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        height = max(self._message.heightForWidth(width), self._message.minimumSizeHint().height())
        self._message.setGeometry(self._host.width() - width - 16, self._host.height() - height - 16, width, height)
