"""Has the finished evaluation stamped by a time-stamping authority, as soon as there is one to be reached.

Three steps, each on its lane: what is due (desk), asking (a lane that may wait for the network), recording (desk). Off
line nothing is lost: it is asked again, less and less often, for as long as the window lives, and at the next sign-in.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import TimestampService
from evalclient.desk.desk import Desk
from evalclient.desk.timestamping import Due, Stamp, ask, record, stamps_due
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live, Refusal

_log = logging.getLogger(__name__)
SHORTEST_PAUSE_MS: Final = 2_000
LONGEST_PAUSE_MS: Final = 600_000


class Stamping(QObject):
    """Follows the evaluation; does nothing before its end."""

    def __init__(self, live: Live, lane: Lane, service: TimestampService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._lane = lane
        self._service = service
        self._busy = False
        self._pause = SHORTEST_PAUSE_MS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        live.changed.connect(self._changed)
        self._look()

    def stop(self) -> None:
        """Ask no more."""
        self._busy = True
        self._timer.stop()

    @Slot(object, object)
    def _changed(self, _new: object, _old: object) -> None:
        if not self._timer.isActive():
            self._look()

    @Slot()
    def _look(self) -> None:
        if not self._busy and self._live.logged.ending is not None:
            self._busy = True
            self._live.act(stamps_due, done=self._due, failed=self._failed)

    @Slot(object)
    def _due(self, due: tuple[Due, ...]) -> None:
        if due:
            self._lane.submit(_ask_each, self._service, due, done=self._got, failed=self._not_got)
        else:
            self._busy = False

    @Slot(object)
    def _got(self, stamps: list[Stamp]) -> None:
        self._live.act(partial(_record_each, stamps=stamps), done=self._recorded, failed=self._failed)

    @Slot(object)
    def _recorded(self, _records: object) -> None:
        self._busy = False
        self._pause = SHORTEST_PAUSE_MS

    @Slot(object)
    def _not_got(self, error: object) -> None:
        if not isinstance(error, EvalclientError):
            _log.error("asking for a time stamp failed", exc_info=error if isinstance(error, Exception) else None)
            return
        self._again(error.en)

    @Slot(object)
    def _failed(self, refusal: Refusal) -> None:
        self._again(refusal.sentence.en)

    def _again(self, reason: str) -> None:
        _log.info("no time stamp yet: %s", reason)
        self._busy = False
        self._timer.start(self._pause)
        self._pause = min(LONGEST_PAUSE_MS, self._pause * 2)


def _ask_each(service: TimestampService, due: tuple[Due, ...]) -> list[Stamp]:
    return [ask(service, one) for one in due]


def _record_each(desk: Desk, stamps: list[Stamp]) -> list[str]:
    return [record(desk, stamp) for stamp in stamps]
