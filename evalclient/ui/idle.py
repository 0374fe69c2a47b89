"""Notices when nobody has touched the program for a while."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
#: share of the whole time for which a touch is taken to last
REST: Final = 0.02


class IdleWatch(QObject):
    """``idle`` once after ``minutes`` without a key, a click or a movement anywhere in the program; 0 never.

    After a touch it looks away for a while: a filter for the whole program sees tens of thousands of events while a
    page is built, and costs a third of the time.
    """

    idle = Signal()

    def __init__(self, app: QCoreApplication, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(self.idle)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(round(minutes * 60_000 * REST))
        self._rest.timeout.connect(self._look)
        self._enabled = minutes > 0
        self.restart()

    def restart(self) -> None:
        if self._enabled:
            self._timer.start()
            self._app.removeEventFilter(self)
            self._rest.start()

    def stop(self) -> None:
        self._timer.stop()
        self._rest.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.restart()
        return super().eventFilter(watched, event)

    @Slot()
    def _look(self) -> None:
        self._app.installEventFilter(self)
