"""The locked screen: nothing of the evaluation is visible, nothing of the work is lost."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, box, column, row
from evalclient.ui.widgets.pin_field import PinField

CARD_PX = 420


class LockPage(QWidget):
    """Asks for the PIN of whoever is signed in; ``entered(pin)`` goes to the key lane, which answers the frame."""

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.person = Label("", "heading")
        self.field = PinField()
        self.button = Button(lambda: self.tr("解锁"), icon="lock-open", kind="primary", on=self._enter)
        self.problem = Label("", tone="bad", wrap=True)
        self.problem.hide()
        self._card = box(
            column(
                row(STRETCH, Icon("lock", colour="primary_text", size=40), STRETCH),
                row(STRETCH, Label(lambda: self.tr("屏幕已锁定"), "title"), STRETCH),
                row(STRETCH, self.person, STRETCH),
                Label(lambda: self.tr("已填写的内容都已保存，输入证书 PIN 码继续。"), "secondary", wrap=True),
                self.field,
                self.problem,
                self.button,
                gap=12,
                margins=28,
            ),
            role="card",
        )
        self._card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self.setLayout(column(STRETCH, row(STRETCH, self._card, STRETCH), STRETCH))
        self.field.returnPressed.connect(self._enter)
        theme().changed.connect(self._restyle)
        self._restyle()

    def fail(self, sentence: Say) -> None:
        self.problem.say(sentence)
        self.problem.show()
        self._set_busy(busy=False)
        self.field.setFocus()

    def reset(self, person: str) -> None:
        self.person.say(person)
        self.field.clear()
        self.problem.hide()
        self._set_busy(busy=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setAccessibleName(self.tr("PIN 码"))
        self.field.setPlaceholderText(self.tr("请输入证书 PIN 码"))
        self.field.setFocus()

    def _enter(self) -> None:
        pin = self.field.take()
        if pin:
            self._set_busy(busy=True)
            self.entered.emit(pin)

    def _set_busy(self, *, busy: bool) -> None:
        self.field.setEnabled(not busy)
        self.button.setEnabled(not busy)

    def _restyle(self) -> None:
        self._card.setFixedWidth(theme().px(CARD_PX))
