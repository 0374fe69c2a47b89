"""Somebody sits at this window: the seat, its link to the centre, and what the pages work with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from evalclient.app.bids import SeatBids
from evalclient.app.key_release import WindowKeyRelease
from evalclient.app.link import Link, LinkState
from evalclient.app.opening import Opened
from evalclient.app.packages import SeatPackages
from evalclient.app.papers import SeatPapers
from evalclient.app.start import libraries_of
from evalclient.app.timestamping import Stamping
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.ports import Clock, KeyHandle, LogEntry
from evalclient.core.records.acts_founding import Continuation
from evalclient.crypto.errors import KeyFileRefused
from evalclient.crypto.keys import Libraries, open_key, release_key
from evalclient.desk.desk import Desk
from evalclient.desk.handover import Handover
from evalclient.desk.reporting import Reporting
from evalclient.settings import Settings
from evalclient.sync.centre import HttpCentre, Login
from evalclient.sync.timestamping import HttpTimestamping
from evalclient.ui.documents.process import RendererProcess
from evalclient.ui.jobs import Lane, Lanes
from evalclient.ui.live import Live
from evalclient.ui.pages.office import Office
from evalclient.ui.pages.room import Room
from evalclient.ui.texts import fault

#: how long a signature waits for its time stamp, seconds
AT_ONCE: Final = 3.0


class Sitting(QObject):
    """Made on the GUI thread once ``open_seat`` is through. ``stop`` before the lanes end, ``finish`` after.

    ``address`` is the key's (``open_key``); ``settings`` name drivers and the time-stamping authority.
    """

    pin_right = Signal()
    pin_wrong = Signal(object)
    """``Bilingual``: why the PIN does not unlock."""

    def __init__(
        self, opened: Opened, address: str, settings: Settings, lanes: Lanes, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.seat = opened.seat
        self.role = opened.role
        self.person = opened.person
        self._address = address
        self._libraries = libraries_of(settings)
        self._key = opened.key
        self.certificate = opened.certificate.words
        self._lanes = lanes
        self.live = Live(opened.seat.desk, lanes.desk, lanes.key, self)
        opened.absorber.target = self._absorb
        self._transfer = Lane("transfer", behind=True)
        login = Login(opened.seat.desk.session, opened.seat.desk.keys.sign)
        algorithm = opened.seat.founding.hash
        self._courier = HttpCentre(opened.centre, opened.seat.fingerprint, login, algorithm=algorithm)
        self._outgoing = Lane("outgoing")
        self._analysis = Lane("analysis", behind=True)
        self.link = Link(opened.seat, lanes.net, self._outgoing, self)
        self.link.changed.connect(self._linked)
        self.live.changed.connect(self._changed)
        self._authority = HttpTimestamping(settings.timestamps) if settings.timestamps else None
        self._at_once = HttpTimestamping(settings.timestamps, patience=AT_ONCE) if settings.timestamps else None
        opened.seat.desk.authority = self._at_once
        self._stamping = Stamping(self.live, self._transfer, self._authority, self) if self._authority else None
        self.renderer = RendererProcess()
        self.reports = Reporting(opened.seat)
        self.packages: SeatPackages | None = None
        self._centre = opened.centre
        self._holders: Lane | None = None

    def room(self) -> Room:
        """What a member's pages work with."""
        papers = SeatPapers(self.live, self.seat, self._courier, self._transfer, self)
        self.packages = SeatPackages(self.live, self.seat, self._courier, self._transfer, self)
        return Room(self.live, self.packages, papers, self._lanes.documents, self.renderer, self.reports)

    def office(self, found_anew: Callable[[Continuation, Path | None], object]) -> Office:
        """What the pages of an office work with."""
        bids = SeatBids(self.seat, self._courier, self._transfer, self)
        self._holders = Lane("holders", behind=True)
        release = WindowKeyRelease(self.seat, self._centre, self._libraries, self._holders, self)
        files = Handover(self.seat)
        clock = self.seat.desk.clock
        return Office(self.live, clock, bids, self.reports, files, found_anew, self._analysis, release)

    def check_pin(self, pin: str) -> None:
        """Whether the key opens with ``pin`` and is still this person's; on the key lane.

        Work goes on with the key as it has just been opened: a token that was pulled out or given up on is back.
        """
        self._lanes.key.submit(self._open_again, pin, done=self._right, failed=self._wrong)

    def _open_again(self, pin: str) -> None:
        """On the key lane, so that no signature is under way."""
        key = _open(self._address, pin, self._libraries, self._key.certificate, self.seat.desk.clock)
        self.live.call(lambda desk: desk.go_on_with(key)).result()
        before, self._key = self._key, key
        release_key(before)

    def stop(self) -> None:
        """No more rounds, downloads or pictures."""
        self.link.stop()
        if self._stamping is not None:
            self._stamping.stop()
        self.renderer.kill()
        self._transfer.stop(0.0, drop=True)
        self._outgoing.stop(0.0, drop=True)
        self._analysis.stop(0.0, drop=True)
        if self._holders is not None:
            self._holders.stop(0.0, drop=True)

    def finish(self, *, desk_ended: bool) -> None:
        """Close store, connections and renderer; what waits in the outbox is sent next time."""
        self._transfer.stop(2.0, drop=True)
        self._outgoing.stop(2.0, drop=True)
        if self._holders is not None:
            self._holders.stop(2.0, drop=True)
        if self.packages is not None:
            self.packages.forget()
        self.renderer.stop()
        release_key(self._key)
        self._courier.close()
        for authority in (self._authority, self._at_once):
            if authority is not None:
                authority.close()
        if desk_ended:
            self.seat.close()

    def _absorb(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        """For the net lane: take in what others did, on the desk lane."""
        self.live.call(lambda desk: _take_in(desk, entries, checkpoint)).result()

    @Slot(object, object)
    def _changed(self, new: Evaluation, _old: object) -> None:
        if new.size > self.live.logged.size:  # done here, and not in the centre's log yet
            self.link.send()

    @Slot(object)
    def _linked(self, state: object) -> None:
        """What is done here once the session is over would have no effect: the desk refuses it from now on."""
        if isinstance(state, LinkState) and state.phase == "superseded":
            self.live.act(Desk.leave)

    @Slot(object)
    def _right(self, _nothing: object) -> None:
        self.pin_right.emit()

    @Slot(object)
    def _wrong(self, error: object) -> None:
        if isinstance(error, BaseException):
            self.pin_wrong.emit(fault(error))


def _take_in(desk: Desk, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
    desk.absorb(entries, checkpoint)
    desk.recover_drafts()


def _open(address: str, pin: str, libraries: Libraries, certificate: bytes, clock: Clock) -> KeyHandle:
    key = open_key(address, pin, libraries, datetime.fromisoformat(clock.now()))
    if key.certificate != certificate:
        release_key(key)
        raise KeyFileRefused(
            "证书已不是登录时的证书，请插回本人的证书介质。",
            "This is no longer the certificate you signed in with; put your own medium back.",
        )
    return key
