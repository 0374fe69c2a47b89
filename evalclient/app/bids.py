"""Bid packages at the organiser's seat: brought here off the desk lane, so that opening them waits for no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from PySide6.QtCore import QObject, Slot

from evalclient.core.errors import NotAtCentre
from evalclient.desk.seat import Seat
from evalclient.sync.centre import HttpCentre
from evalclient.ui.jobs import CancelToken, Lane
from evalclient.ui.live import Refusal, refusal_of
from evalclient.ui.pages.office import Bids
from evalclient.ui.texts import fault


class SeatBids(Bids):
    """One call at a time; a second ``fetch`` replaces the receivers of the first."""

    def __init__(self, seat: Seat, courier: HttpCentre, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._courier = courier
        self._lane = lane
        self._token = CancelToken()
        self._of = 0
        self._told: Callable[[int, int], object] = lambda _package, _of: None
        self._done: Callable[[tuple[str, ...]], object] = lambda _absent: None
        self._failed: Callable[[Refusal], object] = lambda _refusal: None

    def fetch(
        self,
        digests: Sequence[str],
        progress: Callable[[int, int], object],
        done: Callable[[tuple[str, ...]], object],
        failed: Callable[[Refusal], object],
    ) -> None:
        self._token.cancel()
        self._token = token = CancelToken()
        self._of, self._told, self._done, self._failed = len(digests), progress, done, failed
        order = _Order(self._seat, self._courier, tuple(digests), token, self._lane.relay(self._further))
        self._lane.submit(_fetch, order, done=self._came, failed=self._broke, token=token)

    def cancel(self) -> None:
        self._token.cancel()

    def open(self, digest: str) -> BinaryIO:
        return self._seat.open_package(digest)

    @Slot(object)
    def _further(self, at: object) -> None:
        if isinstance(at, int) and not self._token.cancelled:
            self._told(at, self._of)

    @Slot(object)
    def _came(self, absent: object) -> None:
        self._done(cast("tuple[str, ...]", absent))

    @Slot(object)
    def _broke(self, error: object) -> None:
        if isinstance(error, Exception):
            self._failed(refusal_of(error) or Refusal(fault(error)))


@dataclass(frozen=True, slots=True)
class _Order:
    seat: Seat
    courier: HttpCentre
    digests: tuple[str, ...]
    token: CancelToken
    tell: Callable[[object], None]


def _fetch(order: _Order) -> tuple[str, ...]:
    """One package after the other, on the lane; those the centre does not hold.

    Raises Cancelled between two chunks once nobody wants them.
    """
    absent: list[str] = []
    for at, digest in enumerate(order.digests, start=1):
        order.token.check()
        order.tell(at)
        if order.seat.shelf.path(digest) is not None:
            order.seat.shelf.still_whole(digest)  # one that has decayed is moved aside and comes anew
        try:
            order.seat.shelf.receive(
                digest,
                lambda offset, name=digest: order.courier.download(name, offset),  # type: ignore[misc]
                lambda _received: order.token.check(),
            )
        except NotAtCentre:
            absent.append(digest)
    return tuple(absent)
