"""Key shares released at this window by somebody else's key, in a store of his own (提交解密份额)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QObject, Slot

from evalclient.app.door import plugged_in
from evalclient.core.records.envelope import digest
from evalclient.crypto.keys import Libraries, open_key, release_key
from evalclient.desk.clock import SystemClock
from evalclient.desk.desk import Genesis
from evalclient.desk.key_release import Release, release_here
from evalclient.desk.seat import Seat
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Refusal, refusal_of
from evalclient.ui.pages.office import KeyRelease
from evalclient.ui.texts import fault
from evalclient.ui.widgets.key_field import TokenOffer

#: below the folder of the seat at whose window it is done; a store of each holder's
FOLDER: Final = "holders"
_SHORT: Final = 16


class WindowKeyRelease(KeyRelease):
    """One call at a time, on a lane that waits for tokens and the network."""

    def __init__(
        self, seat: Seat, centre: str, libraries: Libraries, lane: Lane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._seat, self._centre, self._libraries, self._lane = seat, centre, libraries, lane
        self._asked: Callable[[tuple[TokenOffer, ...]], object] = lambda _offers: None
        self._done: Callable[[Release], object] = lambda _release: None
        self._failed: Callable[[Refusal], object] = lambda _refusal: None

    def release(
        self, key: str, pin: str, done: Callable[[Release], object], failed: Callable[[Refusal], object]
    ) -> None:
        self._done, self._failed = done, failed
        folder = self._seat.folder / FOLDER
        order = _Order(self._seat.desk.genesis, self._centre, folder, self._libraries, key, pin)
        self._lane.submit(_release, order, done=self._came, failed=self._broke)

    def tokens(self, done: Callable[[tuple[TokenOffer, ...]], object]) -> None:
        self._asked = done
        self._lane.submit(plugged_in, self._libraries, done=self._told, failed=self._untold)

    @Slot(object)
    def _told(self, offers: object) -> None:
        self._asked(cast("tuple[TokenOffer, ...]", offers))

    @Slot(object)
    def _untold(self, _error: object) -> None:
        self._asked(())

    @Slot(object)
    def _came(self, release: object) -> None:
        if isinstance(release, Release):
            self._done(release)

    @Slot(object)
    def _broke(self, error: object) -> None:
        if isinstance(error, Exception):
            self._failed(refusal_of(error) or Refusal(fault(error)))


@dataclass(frozen=True, slots=True)
class _Order:
    genesis: Genesis
    centre: str
    folder: Path
    libraries: Libraries
    key: str
    pin: str = field(repr=False)


def _release(order: _Order) -> Release:
    key = open_key(order.key, order.pin, order.libraries, datetime.fromisoformat(SystemClock().now()))
    try:
        folder = order.folder / digest(key.certificate)[:_SHORT]
        folder.mkdir(parents=True, exist_ok=True)
        return release_here(order.genesis, order.centre, folder, key, SystemClock())
    finally:
        release_key(key)
