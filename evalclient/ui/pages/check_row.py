"""One line of a check list: done or not, what, and a remark on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.ui.texts import Say, said
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import row


class CheckRow(QWidget):
    """Icon, text, remark; the icon carries the state together with the remark's words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = Icon("circle", tone="neutral", size=18)
        self._text = Label("", wrap=True)
        self.remark = Label("", "caption")
        layout = row(self.icon, self._text, self.remark, gap=10, margins=(2, 4))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def set(self, done: bool, text: Say, remark: Say) -> None:
        """``remark`` says the state in words."""
        self.icon.set("circle-check" if done else "clock", tone="ok" if done else "neutral")
        self._text.say(text)
        self.remark.say(remark)
        self.remark.set_tone("ok" if done else "neutral")
        self.setAccessibleName(f"{said(text)} {said(remark)}")
