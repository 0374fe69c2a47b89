"""The link to the centre: rounds of sync on the net lane, one after another, for as long as the window lives.

A round waits for news. What is done here does not wait for it: a lane of its own hands it in at once.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from evalclient.core.errors import CentreUnreachable, EvalclientError, LogDishonest, SessionSuperseded
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.envelope import decode_payload
from evalclient.core.records.fields import Bilingual
from evalclient.desk.seat import Seat
from evalclient.sync.round import Round
from evalclient.ui.jobs import Lane
from evalclient.ui.texts import fault

_log = logging.getLogger(__name__)
#: how long a round waits for news, seconds
WAIT: Final = 0.8
SHORTEST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 15.0

Phase = Literal["online", "offline", "trouble", "superseded", "alarm"]
"""``trouble``: the centre answers but something else is wrong, the sentence says what; ``superseded``: the person has
signed in at another seat; ``alarm``: the centre lies. With the last two all stops."""


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """An own record that the centre refused for good, and why."""

    title: Bilingual
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class LinkState:
    """How the link stands. ``contact`` is the local time of the last answer, "" before the first."""

    phase: Phase = "offline"
    contact: str = ""
    outbox: int = 0
    refused: tuple[RefusedRecord, ...] = ()
    problem: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class _Report:
    outbox: int
    refused: tuple[RefusedRecord, ...]


class Link(QObject):
    """``start`` it once; ``send`` whenever something was done here."""

    changed = Signal(object)
    """``LinkState``, whenever it differs."""

    def __init__(self, seat: Seat, lane: Lane, outgoing: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = LinkState()
        self._seat = seat
        self._lane = lane
        self._outgoing = outgoing
        self._sending = self._more = False
        self._pause = SHORTEST_PAUSE
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin with the first round."""
        self._next()

    def stop(self) -> None:
        """No further round; one that runs is left to end."""
        self._stopped = True
        self._timer.stop()

    def send(self) -> None:
        """Something was done here: hand it in now. Off line that is left to the rounds, which try again by themselves."""
        if self._sending:
            self._more = True
        elif self.state.phase == "online" and not self._stopped:
            self._sending, self._more = True, False
            self._outgoing.submit(_hand_in, self._seat, self._seat.link(), done=self._sent, failed=self._not_sent)

    @Slot()
    def _next(self) -> None:
        if self._stopped:
            return
        self._lane.submit(_turn, self._seat, self._seat.link(), done=self._took, failed=self._failed)

    @Slot(object)
    def _took(self, report: object) -> None:
        if not isinstance(report, _Report):
            return
        self._pause = SHORTEST_PAUSE
        self._tell(LinkState("online", time.strftime("%H:%M:%S"), report.outbox, report.refused))
        if not self._stopped:
            self._timer.start(0)

    @Slot(object)
    def _failed(self, error: object) -> None:
        if not isinstance(error, Exception):
            return
        last = self.state
        problem = None if isinstance(error, CentreUnreachable) else fault(error)
        phase: Phase = "trouble"
        if isinstance(error, LogDishonest):
            phase = "alarm"
        elif isinstance(error, SessionSuperseded):
            phase = "superseded"
        elif isinstance(error, CentreUnreachable):
            phase = "offline"
        elif not isinstance(error, EvalclientError):
            _log.error("round of sync failed", exc_info=error)
        self._tell(LinkState(phase, last.contact, last.outbox, last.refused, problem))
        if phase in ("alarm", "superseded"):
            self.stop()
        if not self._stopped:
            self._timer.start(round(self._pause * 1000))
            self._pause = min(LONGEST_PAUSE, self._pause * 2)

    @Slot(object)
    def _sent(self, report: object) -> None:
        self._sending = False
        if isinstance(report, _Report) and self.state.phase == "online":
            self._tell(replace(self.state, outbox=report.outbox, refused=report.refused))
        if self._more:
            self.send()

    @Slot(object)
    def _not_sent(self, error: object) -> None:
        """The next round meets the same and tells it, except what nobody may overlook."""
        self._sending = False
        if isinstance(error, LogDishonest | SessionSuperseded):
            self._failed(error)
        elif not isinstance(error, EvalclientError) and isinstance(error, Exception):
            _log.error("handing in failed", exc_info=error)

    def _tell(self, state: LinkState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)


def _turn(seat: Seat, link: Round) -> _Report:
    """One round, on the net lane."""
    link.run(WAIT)
    return _report(seat)


def _hand_in(seat: Seat, link: Round) -> _Report:
    """What waits, on the outgoing lane."""
    link.send()
    return _report(seat)


def _report(seat: Seat) -> _Report:
    refused = tuple(_refused(record.payload, reason) for record, reason in seat.log.refusals())
    return _Report(len(seat.log.outbox()), refused)


def _refused(payload: bytes, reason: str) -> RefusedRecord:
    name = decode_payload(payload).kind
    zh, _, en = reason.partition("\n")
    return RefusedRecord(KINDS[name].title if name in KINDS else Bilingual(name, name), Bilingual(zh, en or zh))
