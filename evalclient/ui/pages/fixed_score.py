"""A score with fixed values (固定分值): a button each with its condition; digits choose by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from evalclient.core.method.document.items import FixedValue, ScoredItem
from evalclient.core.method.exact import exact
from evalclient.core.records.fields import Bilingual
from evalclient.ui.texts import said
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column
from evalclient.ui.widgets.number_text import normalise
from evalclient.ui.widgets.option_buttons import Option, OptionButtons

PAUSE_MS = 900
_PASSED, _FAILED = Bilingual("合格", "passed"), Bilingual("不合格", "failed")


def offered(item: ScoredItem) -> tuple[FixedValue, ...]:
    """The values a button each stands for; of a pass/fail item the two it has."""
    if item.kind != "pass_fail":
        return item.values
    return (
        FixedValue(value=item.minimum, condition=_FAILED),
        FixedValue(value=item.maximum, condition=_PASSED),
    )


class FixedScore(QWidget):
    """``committed(value)`` as the method writes the value; ``entered`` when Enter was pressed."""

    committed = Signal(str)
    entered = Signal()

    def __init__(self, item: str, values: Sequence[FixedValue], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = {fixed.value: fixed.condition for fixed in values}
        self._typed = ""
        self._read_only = False
        self.options = OptionButtons(
            [
                Option(fixed.value, fixed.value, tip=lambda fixed=fixed: f"{fixed.value}  {said(fixed.condition)}")  # type: ignore[misc]
                for fixed in values
            ]
        )
        for fixed in values:
            button = self.options.button(fixed.value)
            button.setObjectName(f"score-{item}-{fixed.value}")
            button.installEventFilter(self)
        self._condition = Label("", "caption", wrap=True)
        self._condition.hide()
        self.setLayout(column(self.options, self._condition, gap=4))
        self.setFocusProxy(self.options.button(values[0].value))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._forget)
        self.options.chosen.connect(self._chosen)

    @property
    def values(self) -> tuple[str, ...]:
        """The values offered, as the method writes them."""
        return tuple(self._values)

    def name(self, title: str) -> None:
        """Name the buttons for screen readers."""
        for value in self._values:
            self.options.button(value).setAccessibleName(f"{title} {value}")

    def replace(self, value: str) -> None:
        """Show another bidder's value."""
        self.options.set_value(self._listed(value))
        self._explain()

    def set_read_only(self, read_only: bool) -> None:
        """Look, do not touch."""
        self._read_only = read_only
        self.options.set_read_only(read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits on a focused button choose the value that is typed; Enter goes on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._read_only:
            if event.text() in ("\r", "\n"):
                self.entered.emit()
                return True
            text = normalise(event.text())
            if text and text in "0123456789.":
                self._type(text)
                return True
        return super().eventFilter(watched, event)

    def _type(self, text: str) -> None:
        for typed in (self._typed + text, text):
            listed = self._listed(typed)
            if listed or any(value.startswith(typed) for value in self._values):
                self._typed = typed
                self._pause.start()
                if listed:
                    self.options.button(listed).click()
                    self.options.button(listed).setFocus()
                return

    def _listed(self, value: str) -> str:
        """The value as the method writes it: 5.0 is 5; "" for one that is not offered."""
        try:
            number = exact(value)
        except (ValueError, ZeroDivisionError):
            return ""
        return next((known for known in self._values if exact(known) == number), "")

    def _forget(self) -> None:
        self._typed = ""

    def _chosen(self, value: str) -> None:
        self._explain()
        self.committed.emit(value)

    def _explain(self) -> None:
        value = self.options.value
        self._condition.setVisible(bool(value))
        if value:
            self._condition.say(self._values[value])
