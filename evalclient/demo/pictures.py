"""Pictures of a window, one per stage of the evaluation."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import stage_index
from evalclient.core.records.act import Stage
from evalclient.ui.documents.canvas import PageCanvas
from evalclient.ui.live import Live
from evalclient.ui.pages.bid_form import BidForm

#: how long a page may settle before its picture is taken, milliseconds
SETTLE: Final = 900
#: how often a picture waits a quarter of SETTLE longer for a document's page
PATIENCE: Final = 12


class Photographer(QObject):
    """Takes one picture after another of a seat's window, each once the page has settled and its documents are drawn.

    ``NN-stage-person.png`` as each stage begins, ``NN-stage-person-moment.png`` where a moment is asked for. A picture
    bears the name of the stage that it was asked for, or is not taken: where the evaluation has gone on meanwhile, the
    window shows another stage.
    """

    taken = Signal(str, str)
    """A picture lies there: its stage, and its moment or ""."""
    missed = Signal(str, str)
    """A picture is not to be had any more: likewise."""

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
        self._stage: Stage = "opening"
        self._pictured = self._moment = ""
        self._patience = 0
        self.busy = False
        """Whether a picture is still to be taken."""

    def follow(self, live: Live) -> None:
        """Take a picture of the present stage, and of each that comes."""
        self._live = live
        live.changed.connect(self._changed)
        self._look()

    def take(self, moment: str) -> None:
        """A picture of what the window followed shows now; one at a time."""
        if self._live is None:
            raise LookupError("no window is followed yet")
        self._stage, self._moment = self._live.evaluation.stage, moment
        self.busy, self._patience = True, PATIENCE
        QTimer.singleShot(SETTLE, self, self._settled)

    @Slot(object, object)
    def _changed(self, _new: object, _old: object) -> None:
        self._look()

    def _look(self) -> None:
        """A stage that begins while another picture is awaited has its own taken afterwards."""
        if self._live is not None and not self.busy and self._live.evaluation.stage != self._pictured:
            self._pictured = self._live.evaluation.stage
            self.take("")

    @Slot()
    def _settled(self) -> None:
        if self._live is None:
            return
        here = self._live.evaluation.stage == self._stage
        if here and self._patience and not self._painted():
            self._patience -= 1
            QTimer.singleShot(SETTLE // 4, self, self._settled)
            return
        if here:
            with self._around():
                save_picture(self._window, self._stage, self._person, self._folder, self._moment)
        self.busy = False
        (self.taken if here else self.missed).emit(self._stage, self._moment)
        self._look()

    def _painted(self) -> bool:
        """Whether the pages of documents in view have come from the renderer, and all cards stand beside a bid."""
        if any(form.building for form in self._window.findChildren(BidForm) if form.isVisible()):
            return False
        return all(canvas.painted for canvas in self._window.findChildren(PageCanvas) if canvas.isVisible())


def save_picture(window: QWidget, stage: Stage, person: str, folder: Path, moment: str) -> None:
    """Save the window as it looks now: ``NN-stage-person.png``, or ``NN-stage-person-moment.png``."""
    number = stage_index(stage)
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(part for part in (f"{number:02}", stage, person, moment) if part)
    window.grab().save(str(folder / f"{name}.png"))
