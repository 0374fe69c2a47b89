"""Pictures of a window, one per stage of the evaluation."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import STAGES
from evalclient.ui.documents.canvas import PageCanvas
from evalclient.ui.live import Live
from evalclient.ui.pages.bid_form import BidForm

#: how long a page may settle before its picture is taken, milliseconds
SETTLE: Final = 900
#: how often a picture waits a quarter of SETTLE longer for a document's page
PATIENCE: Final = 12


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


class Photographer(QObject):
    """Takes one picture after another of a seat's window, each once the page has settled and its documents are drawn.

    A picture bears the name of the stage that it was asked for, or is not taken: where the evaluation has gone on
    meanwhile, the window shows another stage.
    """

    done = Signal()
    """The picture asked for was taken, or is not to be had any more."""

    def __init__(
        self,
        window: QWidget,
        person: str,
        folder: Path,
        around: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        super().__init__(window)
        self._window, self._person, self._folder, self._around = window, person, folder, around
        self._live: Live | None = None
        self._stage = self._moment = ""
        self._patience = 0

    @property
    def busy(self) -> bool:
        """Whether a picture is still to be taken."""
        return self._live is not None

    def take(self, live: Live, moment: str = "") -> None:
        """A picture of the stage that ``live`` shows now; one at a time."""
        self._live, self._stage, self._moment = live, live.evaluation.stage, moment
        self._patience = PATIENCE
        QTimer.singleShot(SETTLE, self, self._settled)

    @Slot()
    def _settled(self) -> None:
        if self._live is None:
            return
        if self._live.evaluation.stage == self._stage:
            if self._patience and not self._painted():
                self._patience -= 1
                QTimer.singleShot(SETTLE // 4, self, self._settled)
                return
            with self._around():
                take_picture(self._window, self._stage, self._person, self._folder, self._moment)
        self._live = None
        self.done.emit()

    def _painted(self) -> bool:
        """Whether the pages of documents in view have come from the renderer, and all cards stand beside a bid."""
        if any(form.building for form in self._window.findChildren(BidForm) if form.isVisible()):
            return False
        return all(canvas.painted for canvas in self._window.findChildren(PageCanvas) if canvas.isVisible())


def take_picture(window: QWidget, stage: str, person: str, folder: Path, moment: str = "") -> None:
    """Save the window as it looks now: ``NN-stage-person.png``, or ``NN-stage-person-moment.png``."""
    number = STAGES.index(stage) if stage in STAGES else 0
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(part for part in (f"{number:02}", stage, person, moment) if part)
    window.grab().save(str(folder / f"{name}.png"))
