"""Asking once more, in the page itself: no window that hides what is being confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from evalclient.ui.texts import Say
from evalclient.ui.theme import set_variant
from evalclient.ui.theme_tokens import Tone
from evalclient.ui.widgets.buttons import Button
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import STRETCH, column, row
from evalclient.ui.widgets.snug import Snug


class ConfirmPanel(Snug):
    """Hidden until ``ask``; while it asks, ``guard`` (the form above it) is disabled. Escape cancels."""

    def __init__(self, guard: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._guard = guard
        self._on_yes: Callable[[], object] | None = None
        self.title = Label("", "heading", wrap=True)
        self.text = Label("", wrap=True)
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(16)
        self._figures.setVerticalSpacing(4)
        self._figures.setColumnStretch(0, 1)
        self.no = Button(lambda: self.tr("取消"), on=self.cancel)
        self.yes = Button("", kind="primary", on=self._yes)
        self.setLayout(column(self.title, self._figures, self.text, row(STRETCH, self.no, self.yes), gap=8, margins=14))
        self.hide()

    def ask(
        self,
        title: Say,
        text: Say,
        confirm: Say,
        on_yes: Callable[[], object],
        tone: Tone = "primary",
        figures: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Ask; ``on_yes()`` runs when the person confirms. The safe answer has the focus.

        ``figures`` are names with their numbers, one under the other.
        """
        self._on_yes = on_yes
        self._show_figures(figures)
        self.title.say(title)
        self.text.say(text)
        self.yes.say(confirm)
        self.yes.set_kind("danger" if tone == "bad" else "primary")
        set_variant(self, "tone", tone)
        if self._guard is not None:
            self._guard.setEnabled(False)
        self.show()
        self.no.setFocus()

    def _show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        while (entry := self._figures.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line, (name, number) in enumerate(figures):
            value = Label(number)
            value.setStyleSheet("font-weight: bold;")
            self._figures.addWidget(Label(name, wrap=True), line, 0)
            self._figures.addWidget(value, line, 1, Qt.AlignmentFlag.AlignRight)

    def cancel(self) -> None:
        self._on_yes = None
        self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def _yes(self) -> None:
        on_yes, self._on_yes = self._on_yes, None
        self._leave()
        if on_yes is not None:
            on_yes()

    def _leave(self) -> None:
        self.hide()
        if self._guard is not None:
            self._guard.setEnabled(True)
