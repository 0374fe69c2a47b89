"""The PIN of a certificate: asked before a job starts, handed on once, kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, column, row

MAX_PIN = 64
WIDTH_PX = 420


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


class PinDialog(QDialog):
    """Modal to its window. ``entered(pin)``; the owner then calls ``accept()`` or ``fail(sentence)``. Use ``open()``."""

    entered = Signal(str)

    def __init__(self, title: Say, purpose: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(said(title))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme().px(WIDTH_PX))
        self.field = PinField(self)
        self.field.setAccessibleName(self.tr("PIN 码"))
        self.field.setPlaceholderText(self.tr("请输入证书 PIN 码"))
        self._problem = Label("", tone="bad", wrap=True)
        self._problem.hide()
        self.confirm = Button(lambda: self.tr("确定"), kind="primary", on=self._confirm)
        self.confirm.setDefault(True)
        self.refusal = Button(lambda: self.tr("取消"), on=self.reject)
        head = row(Icon("key-round", colour="primary_text", size=24), Label(title, "heading", wrap=True), gap=10)
        head.setStretch(1, 1)
        self.setLayout(
            column(
                head,
                Label(purpose, "secondary", wrap=True),
                self.field,
                self._problem,
                row(STRETCH, self.refusal, self.confirm),
                gap=12,
                margins=20,
            )
        )
        self.field.textChanged.connect(self._typed)
        self._typed("")
        self.field.setFocus()
        self._fit()

    def fail(self, sentence: Say) -> None:
        """The PIN was refused: say why and let the person try again."""
        self._problem.say(sentence)
        self._problem.show()
        self._set_busy(busy=False)
        self._fit()
        self.field.setFocus()

    def done(self, result: int) -> None:
        self.field.clear()
        super().done(result)

    def _confirm(self) -> None:
        pin = self.field.take()
        if pin:
            self._set_busy(busy=True)
            self.entered.emit(pin)

    def _typed(self, text: str) -> None:
        self.confirm.setEnabled(bool(text) and self.field.isEnabled())

    def _fit(self) -> None:
        """As tall as its wrapped sentences; Qt measures a window only once."""
        layout = self.layout()
        if layout is not None:
            width = max(self.minimumWidth(), layout.sizeHint().width())
            self.resize(width, layout.totalHeightForWidth(width))

    def _set_busy(self, *, busy: bool) -> None:
        self.field.setEnabled(not busy)
        self.confirm.say((lambda: self.tr("请稍候…")) if busy else (lambda: self.tr("确定")))
        self._typed(self.field.text())
