"""Pictures of a window, one per stage of the evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import STAGES
from evalclient.ui.live import Live

#: how long a page may settle before its picture is taken, milliseconds
SETTLE: Final = 900


class Pictures(QObject):
    """Follows a seat and keeps ``NN-stage-person.png`` of its window below ``folder``."""

    def __init__(self, window: QWidget, person: str, folder: Path) -> None:
        super().__init__(window)
        self._window, self._person, self._folder = window, person, folder
        self._live: Live | None = None
        self._stage = ""

    def follow(self, live: Live) -> None:
        """Take a picture of the present stage, and of each that comes."""
        self._live = live
        live.changed.connect(self._changed)
        self._look()

    @Slot(object, object)
    def _changed(self, _new: object, _old: object) -> None:
        self._look()

    def _look(self) -> None:
        stage = self._live.evaluation.stage if self._live is not None else ""
        if stage != self._stage:
            self._stage = stage
            QTimer.singleShot(SETTLE, self, self._take)

    @Slot()
    def _take(self) -> None:
        take_picture(self._window, self._stage, self._person, self._folder)


def take_picture(window: QWidget, stage: str, person: str, folder: Path, moment: str = "") -> None:
    """Save the window as it looks now: ``NN-stage-person.png``, or ``NN-stage-person-moment.png``."""
    number = STAGES.index(stage) if stage in STAGES else 0
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(part for part in (f"{number:02}", stage, person, moment) if part)
    window.grab().save(str(folder / f"{name}.png"))
