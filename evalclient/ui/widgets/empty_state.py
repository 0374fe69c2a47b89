"""What a page shows while there is nothing to show: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from evalclient.ui.texts import Say
from evalclient.ui.theme import theme
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import STRETCH, column, row

TEXT_PX = 460


class EmptyState(QWidget):
    """An icon, a heading, one sentence and perhaps a button, in the middle of the room it has."""

    def __init__(
        self, icon: str, title: Say, text: Say = "", button: Button | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.icon = Icon(icon, colour="text_3", size=44)
        self.title = Label(title, "heading")
        self.text = Label(text, "secondary", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setMinimumWidth(theme().px(TEXT_PX))
        parts = [row(STRETCH, part, STRETCH) for part in (self.icon, self.title, self.text, button) if part is not None]
        self.setLayout(column(STRETCH, *parts, STRETCH, gap=12, margins=24))

    def say(self, title: Say, text: Say = "") -> None:
        self.title.say(title)
        self.text.say(text)
