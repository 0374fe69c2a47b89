"""Cyclic garbage is collected on the GUI thread only, by a timer.

Python may run its cyclic collector on any thread; there it would delete widgets, which crashes Qt. The automatic
collector is therefore off while a :class:`Collector` lives, and the timer does its work in small portions.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1_000
YOUNG = 700
"""Net allocations after which the youngest generation is collected (CPython's own default)."""
FULL_EVERY = 60
"""Ticks between full collections; a full one costs milliseconds, so it is rare."""


class Collector(QObject):
    """Owns garbage collection from construction to :meth:`stop`; make it on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._ticks = 0
        gc.disable()
        self.settle()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def settle(self) -> None:
        """Modules and what was made so far live as long as the program: later passes need not walk them."""
        gc.freeze()

    def stop(self) -> None:
        """Hand garbage collection back to the interpreter."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % FULL_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > YOUNG:
            gc.collect(1)
