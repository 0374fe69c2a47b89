"""One long job in one line: what, how far, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from evalclient.ui.texts import Say
from evalclient.ui.theme import set_variant
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.buttons import Button, IconButton
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Icon, Label
from evalclient.ui.widgets.layout import column, row

PERMILLE = 1_000


class ProgressRow(QWidget):
    """``cancelled`` and ``retried`` when the person asks for it; the owner answers with the next ``set_*``."""

    cancelled = Signal()
    retried = Signal()

    def __init__(self, name: Say, icon: str = "package", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.name = Label(name, wrap=True)
        self.detail = Label("", "caption", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, PERMILLE)
        self.bar.setTextVisible(False)
        self.chip = Chip()
        self.cancel = IconButton("x", lambda: self.tr("取消"), on=self.cancelled.emit)
        self.retry = Button(lambda: self.tr("重试"), icon="refresh-cw", kind="ghost", on=self.retried.emit)
        words = column(self.name, self.bar, self.detail, gap=4)
        layout = row(Icon(icon, size=22), words, self.chip, self.retry, self.cancel, gap=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.set_waiting("")

    def set_waiting(self, text: Say) -> None:
        """Not begun."""
        self._show("neutral", lambda: self.tr("等待"), text, share=0, cancel=False, retry=False)

    def set_progress(self, done: int, total: int, text: Say = "") -> None:
        """``done`` of ``total`` (bytes, pages …); total 0 while it is unknown."""
        share = PERMILLE * done // total if total else 0
        self._show("primary", lambda: self.tr("进行中"), text, share=share, cancel=True, retry=False)

    def set_done(self, text: Say = "") -> None:
        self._show("ok", lambda: self.tr("完成"), text, share=PERMILLE, cancel=False, retry=False)

    def set_failed(self, text: Say, *, retry: bool = True) -> None:
        """``text`` says what happened and what to do."""
        self._show("bad", lambda: self.tr("失败"), text, share=self.bar.value(), cancel=False, retry=retry)

    def _show(self, tone: Tone, state: Say, text: Say, *, share: int, cancel: bool, retry: bool) -> None:
        self.chip.set(tone, state)
        self.detail.say(text)
        set_variant(self.bar, "tone", tone)
        self.bar.setValue(max(0, min(PERMILLE, share)))
        self.cancel.setVisible(cancel)
        self.retry.setVisible(retry)
