"""An office at its page on a real desk for tests and pictures; the bid packages lie in memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import shiboken6

from evalclient.core.errors import EvalclientError, NotAtCentre
from evalclient.core.records.act import Role
from evalclient.core.records.acts_founding import Continuation
from evalclient.crypto.keys import open_key
from evalclient.desk.desk import Desk
from evalclient.desk.handover import Handover
from evalclient.desk.key_release import Release, release_owed
from evalclient.desk.reporting import Reporting
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live, Refusal, refusal_of
from evalclient.ui.pages.desktops import desktop
from evalclient.ui.pages.office import Bids, Desktop, KeyRelease, Office
from evalclient.ui.widgets.key_field import TokenOffer
from tests.builders.archives import SignedEvening
from tests.builders.desks import Desks
from tests.builders.holder_seats import HolderSeat
from tests.gui.member_room import Hand


class MemoryBids(Bids):
    """Packages that come at once, or, while ``held``, when the test lets them; ``fails`` says why they do not."""

    def __init__(self, packages: dict[str, bytes]) -> None:
        super().__init__()
        self.packages = packages
        self.held = False
        self.fails: Refusal | None = None
        self.cancelled = 0
        self._waiting: Callable[[], object] = lambda: None

    def fetch(
        self,
        digests: Sequence[str],
        progress: Callable[[int, int], object],
        done: Callable[[tuple[str, ...]], object],
        failed: Callable[[Refusal], object],
    ) -> None:
        def come() -> None:
            if self.fails is not None:
                failed(self.fails)
                return
            for at in range(2, len(digests) + 1):
                progress(at, len(digests))
            done(tuple(name for name in digests if name not in self.packages))

        if digests:
            progress(1, len(digests))
        self._waiting = come
        if not self.held:
            come()

    def cancel(self) -> None:
        self.cancelled += 1
        self._waiting = lambda: None

    def open(self, digest: str) -> BinaryIO:
        if digest not in self.packages:
            raise NotAtCentre("评标中心没有这份文件。", "The centre does not hold this file.")
        return io.BytesIO(self.packages[digest])


class MemoryKeyRelease(KeyRelease):
    """Releases at once, at the holder's own desk of the evening; whose certificate has none is refused."""

    def __init__(self, desks: Desks) -> None:
        super().__init__()
        self._desks = desks

    def tokens(self, done: Callable[[tuple[TokenOffer, ...]], object]) -> None:
        done(())

    def release(
        self, key: str, pin: str, done: Callable[[Release], object], failed: Callable[[Refusal], object]
    ) -> None:
        assert isinstance(self._desks, SignedEvening)
        try:
            certificate = open_key(key, pin).certificate
            person = next(name for name, own in self._desks.keys.items() if own.certificate == certificate)
            done(release_owed(HolderSeat(self._desks.desk(person), self._desks)))  # type: ignore[arg-type]
        except EvalclientError as error:
            failed(refusal_of(error) or Refusal(error.sentence))


@dataclass(frozen=True)
class OfficeSeat:
    """What ``Reporting`` and ``Handover`` ask of a seat: desk, store, small documents, packages."""

    desk: Desk
    desks: Desks

    @property
    def log(self) -> object:
        """The store."""
        return self.desk.log

    def blob(self, digest: str) -> bytes | None:
        """A small document."""
        return self.desk.log.blob(digest) or self.desks.blobs.get(digest)

    def open_package(self, digest: str) -> BinaryIO | None:
        """A package as a file."""
        return self.desks.open_package(digest) if isinstance(self.desks, SignedEvening) else None


@dataclass
class OfficeSitting(Hand):
    """One office at its page."""

    desks: Desks
    live: Live
    bids: MemoryBids
    pages: Desktop
    anew: list[tuple[Continuation, Path | None]]


@contextmanager
def office_sitting(desks: Desks, person: str) -> Iterator[OfficeSitting]:
    """``person`` sits down at the page of his office; the lane ends with the block."""
    desk = desks.desk(person)
    lane, key, analysis = Lane("desk"), Lane("key"), Lane("analysis")
    live = Live(desk, lane, key)
    desks.attend(person, live)
    seat = OfficeSeat(desk, desks)
    bids = MemoryBids(desks.packages if isinstance(desks, SignedEvening) else {})
    anew: list[tuple[Continuation, Path | None]] = []
    reports, files = Reporting(seat), Handover(seat)  # type: ignore[arg-type]
    role: Role = desk.evaluation.roster.places[person].role
    page = desktop(
        role,
        Office(
            live,
            desks.clock,
            bids,
            reports,
            files,
            lambda *wanted: anew.append(wanted),
            analysis,
            MemoryKeyRelease(desks),
        ),
    )
    try:
        yield OfficeSitting(desks, live, bids, page, anew)
    finally:
        shiboken6.delete(page)
        assert analysis.stop()
        assert key.stop()
        assert lane.stop()
