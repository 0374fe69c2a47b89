"""The demo's bar below the seat's window: the four buttons, and how far the evaluation is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolBar, QWidget

from evalclient.demo.casting import Progress
from evalclient.ui.texts import Say
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import OneLine
from evalclient.ui.widgets.layout import box, row

FOUR: Final = ("cut", "digit", "liar", "peek")


class DemoBar(QToolBar):
    """``chosen(card)`` when a button is pressed; one button is down while its card is shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("demo-bar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._buttons = {
            "guide": self._button("guide", lambda: self.tr("我要做什么"), "list-checks"),
            "cut": self._button("cut", lambda: self.tr("切断网络"), "wifi-off"),
            "digit": self._button("digit", lambda: self.tr("改一个数字"), "pen-line"),
            "liar": self._button("liar", lambda: self.tr("让中心说谎"), "shield-alert"),
            "peek": self._button("peek", lambda: self.tr("偷看评分"), "eye"),
        }
        self.state = Chip("primary", lambda: self.tr("演示"), "play")
        self._progress = OneLine("", "caption")
        self._progress.setObjectName("demo-progress")
        self._progress.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = row(self.state, *self._buttons.values(), self._progress, gap=8, margins=(16, 6))
        layout.setStretch(len(self._buttons) + 1, 1)
        self.addWidget(box(layout, role="strip"))

    def show_progress(self, progress: Progress) -> None:
        """The last thing that happened, with its time."""
        self._progress.say(timed(progress))

    def press(self, card: str) -> None:
        """Show which card is open, "" for none."""
        for name, button in self._buttons.items():
            button.setChecked(name == card)

    def set_cut(self, cut: bool) -> None:
        """Say that the line is cut, wherever the panel is."""
        if cut:
            self.state.set("warn", lambda: self.tr("网络已切断"), "wifi-off")
            self._buttons["cut"].say(lambda: self.tr("恢复网络"))
            self._buttons["cut"].set_icon("wifi")
        else:
            self.state.set("primary", lambda: self.tr("演示"), "play")
            self._buttons["cut"].say(lambda: self.tr("切断网络"))
            self._buttons["cut"].set_icon("wifi-off")

    def _button(self, name: str, text: Say, icon: str) -> Button:
        button = Button(text, icon=icon, kind="option", on=lambda: self.chosen.emit(name))
        button.setObjectName(f"demo-{name}")
        button.setCheckable(True)
        return button


def timed(progress: Progress) -> Say:
    """``01:23 text`` in the language shown."""
    minutes, seconds = divmod(int(progress.seconds), 60)
    zh, en = progress.text.zh, progress.text.en
    return type(progress.text)(f"{minutes:02}:{seconds:02}  {zh}", f"{minutes:02}:{seconds:02}  {en}")
