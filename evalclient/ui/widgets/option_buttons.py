"""One of a few fixed values, each a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from evalclient.ui.texts import Say
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.layout import FlowLayout


@dataclass(frozen=True, slots=True)
class Option:
    """``value`` is what is emitted; ``text`` what is shown."""

    value: str
    text: Say
    tip: Say = ""
    tone: Tone = "primary"
    icon: str = ""


class OptionButtons(QWidget):
    """Emits ``chosen(value)`` when the person chooses another value."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._values: list[str] = []
        flow = FlowLayout(self, gap=6)
        for option in options:
            button = Button(option.text, kind="option", tip=option.tip, icon=option.icon)
            button.setCheckable(True)
            button.set_tone(option.tone)
            self._group.addButton(button, len(self._values))
            self._values.append(option.value)
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group.idClicked.connect(self._clicked)

    @property
    def value(self) -> str:
        """The value chosen or set last, "" for none."""
        return self._value

    def button(self, value: str) -> Button:
        """The button of a value; ValueError for a value that is not offered."""
        button = self._group.button(self._values.index(value))
        if not isinstance(button, Button):
            raise TypeError(type(button))
        return button

    def set_value(self, value: str) -> None:
        """Show a stored value ("" for none) without emitting it."""
        if value == self._value:
            return
        self._value = value
        self._group.setExclusive(False)
        for at, offered in enumerate(self._values):
            self._group.button(at).setChecked(offered == value)
        self._group.setExclusive(True)

    def set_read_only(self, read_only: bool) -> None:
        for button in self._group.buttons():
            button.setEnabled(not read_only)

    def _clicked(self, at: int) -> None:
        if self._values[at] != self._value:
            self._value = self._values[at]
            self.chosen.emit(self._value)
