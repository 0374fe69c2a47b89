"""Pass or fail (通过/不通过); a fail counts only with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from evalclient.ui.texts import Say
from evalclient.ui.widgets.layout import column, row
from evalclient.ui.widgets.option_buttons import Option, OptionButtons
from evalclient.ui.widgets.reason_field import ReasonField

PASS, FAIL = "pass", "fail"


class PassFail(QWidget):
    """Emits ``decided(passed, reason)`` once the decision is complete, and again when its reason changes."""

    decided = Signal(bool, str)

    def __init__(self, phrases: Sequence[Say] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[bool, str] | None = None
        self.options = OptionButtons(
            (
                Option(PASS, lambda: self.tr("通过"), tone="ok", icon="circle-check"),
                Option(FAIL, lambda: self.tr("不通过"), tone="bad", icon="circle-x"),
            )
        )
        self.reason = ReasonField(lambda: self.tr("不通过的理由（必填）"), mandatory=True, phrases=phrases)
        self.reason.hide()
        self.line = row(self.options, gap=10)
        """The line of the buttons, with room for more on its right."""
        self.setLayout(column(self.line, self.reason, gap=6))
        self.options.chosen.connect(self._chosen)
        self.reason.committed.connect(self._reasoned)

    @property
    def state(self) -> tuple[bool, str] | None:
        """(passed, reason) once complete; None before."""
        value = self.options.value
        if value == PASS:
            return True, ""
        if value == FAIL and self.reason.value:
            return False, self.reason.value
        return None

    def commit(self) -> None:
        """Take a reason that is being typed now."""
        self.reason.commit()

    def replace(self, passed: bool | None, reason: str = "") -> None:
        """Show another thing's decision (another bidder): whatever stands here goes; ``commit`` before."""
        self._told = None if passed is None else (passed, reason)
        self.options.set_value("" if passed is None else PASS if passed else FAIL)
        self.reason.replace(reason)
        self.reason.setVisible(passed is False)

    def set_read_only(self, read_only: bool) -> None:
        self.options.set_read_only(read_only)
        self.reason.set_read_only(read_only)

    def demand(self) -> bool:
        """Say what is missing; True when the decision is complete."""
        if self.options.value == FAIL:
            return self.reason.demand()
        return self.state is not None

    def _chosen(self, value: str) -> None:
        self.reason.setVisible(value == FAIL)
        if value == FAIL:
            self.reason.setFocus()
        self._tell()

    def _reasoned(self, _text: str) -> None:
        if self.options.value == FAIL:
            self._tell()

    def _tell(self) -> None:
        state = self.state
        if state is not None and state != self._told:
            self._told = state
            self.decided.emit(*state)
