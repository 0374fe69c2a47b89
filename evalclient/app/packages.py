"""The bid packages at this seat: fetched, seal checked, opened with the keys granted; documents decrypt as they are read."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO, Final, cast

from PySide6.QtCore import QObject, Slot

from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.evaluation.views import reviewed_bids
from evalclient.core.records.acts_bids import Compartment
from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.reading import may_read_bids
from evalclient.crypto.bid_package import Manifest, PackageReader, check_package
from evalclient.crypto.errors import PackageRefused
from evalclient.desk.bid_keys import Keys, granted_keys
from evalclient.desk.package_seal import misread, require_seal_of
from evalclient.desk.seat import Seat
from evalclient.sync.centre import HttpCentre
from evalclient.ui.jobs import CancelToken, Lane
from evalclient.ui.live import Live, Refusal, refusal_of
from evalclient.ui.pages.room import BidDocument, Packages, PackageState, PageLink
from evalclient.ui.texts import fault

SEPARATOR: Final = "/"
#: progress is told this often at most, seconds
_TOLD_EVERY: Final = 0.1


@dataclass(frozen=True, slots=True)
class _Ready:
    """A package whose seal holds and whose manifests are open."""

    bidder: str
    file: BinaryIO
    reader: PackageReader
    keys: dict[Compartment, bytes]
    manifests: tuple[Manifest, ...]
    alarm: Bilingual | None

    def forget(self) -> None:
        """Overwrite what is decrypted in memory, and let go of the ciphertext."""
        self.reader.forget()
        self.file.close()


@dataclass(frozen=True, slots=True)
class _Failed:
    bidder: str
    error: Exception


@dataclass(frozen=True, slots=True)
class _Progress:
    bidder: str
    state: PackageState


class SeatPackages(Packages):
    """Starts by itself once the keys are granted: one package after the other, on its own lane."""

    def __init__(self, live: Live, seat: Seat, courier: HttpCentre, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._seat = seat
        self._courier = courier
        self._lane = lane
        self._states: dict[str, PackageState] = {}
        self._ready: dict[str, _Ready] = {}
        self._tokens: dict[str, CancelToken] = {}
        self._keys: Keys = {}
        self._grant = ""
        live.changed.connect(self._changed)
        self._look(live.evaluation)

    # -- what the pages ask ----------------------------------------------------------------------------------------

    def state(self, bidder: str) -> PackageState:
        bid = self._live.evaluation.bids.get(bidder)
        return self._states.get(bidder, PackageState("locked", size=bid.size if bid else 0))

    def documents(self, bidder: str) -> tuple[BidDocument, ...]:
        ready = self._ready.get(bidder)
        return tuple(
            BidDocument(
                f"{manifest.compartment}{SEPARATOR}{entry.name}",
                entry.title,
                entry.media_type,
                entry.size,
                manifest.compartment,
            )
            for manifest in (ready.manifests if ready else ())
            for entry in manifest.documents
        )

    def links(self, bidder: str, item: str) -> tuple[PageLink, ...]:
        ready = self._ready.get(bidder)
        return tuple(
            PageLink(f"{manifest.compartment}{SEPARATOR}{entry.name}", page)
            for manifest in (ready.manifests if ready else ())
            for entry in manifest.documents
            for page in entry.links.get(item, ())
        )

    def open(self, bidder: str, document: str) -> BinaryIO:
        ready = self._ready[bidder]
        may_read_bids(self._live.evaluation, self._live.person).require()
        compartment, _, name = document.partition(SEPARATOR)
        key = ready.keys[cast("Compartment", compartment)]
        return cast("BinaryIO", ready.reader.open_document(cast("Compartment", compartment), key, name))

    def fetch(self, bidder: str) -> None:
        bid = self._live.evaluation.bids.get(bidder)
        if bid is None or bidder not in self._keys or self.state(bidder).phase in ("fetching", "checking", "ready"):
            return
        token = self._tokens[bidder] = CancelToken()
        self._put(bidder, PackageState("waiting", size=bid.size))
        work = _Work(bid, self._keys[bidder], self._live.evaluation, token)
        self._lane.submit(_prepare, self._seat, self._courier, work, self._lane.relay(self._further), done=self._came)

    def cancel(self, bidder: str) -> None:
        token = self._tokens.pop(bidder, None)
        if token is not None:
            token.cancel()
            self._put(bidder, replace(self.state(bidder), phase="cancelled"))

    def forget(self) -> None:
        """Overwrite what is decrypted in memory; after the documents lane has ended."""
        for ready in self._ready.values():
            ready.forget()
        self._ready.clear()

    # -- following the evaluation ----------------------------------------------------------------------------------

    @Slot(object, object)
    def _changed(self, new: object, _old: object) -> None:
        if isinstance(new, Evaluation):
            self._look(new)

    def _look(self, evaluation: Evaluation) -> None:
        session = evaluation.roster.current.get(self._live.person, "")
        granted = (self._live.person, session) in evaluation.grants
        if granted and self._grant != session:
            self._grant = session
            self._live.act(granted_keys, done=self._unlocked, failed=self._still_locked)

    @Slot(object)
    def _unlocked(self, keys: object) -> None:
        self._keys = cast("Keys", keys)
        for bid in reviewed_bids(self._live.evaluation):
            self.fetch(bid.bidder)

    @Slot(object)
    def _still_locked(self, refusal: object) -> None:
        if isinstance(refusal, Refusal):
            self._grant = ""
            for bid in reviewed_bids(self._live.evaluation):
                self._put(bid.bidder, PackageState("failed", size=bid.size, problem=refusal))

    @Slot(object)
    def _further(self, progress: object) -> None:
        if isinstance(progress, _Progress) and progress.bidder in self._tokens:
            self._put(progress.bidder, progress.state)

    @Slot(object)
    def _came(self, outcome: object) -> None:
        if isinstance(outcome, _Ready):
            self._tokens.pop(outcome.bidder, None)
            self._ready[outcome.bidder] = outcome
            size = self.state(outcome.bidder).size
            self._put(outcome.bidder, PackageState("ready", size, size, alarm=outcome.alarm))
        elif isinstance(outcome, _Failed):
            self._tokens.pop(outcome.bidder, None)
            problem = refusal_of(outcome.error) or Refusal(fault(outcome.error))
            self._put(outcome.bidder, replace(self.state(outcome.bidder), phase="failed", problem=problem))

    def _put(self, bidder: str, state: PackageState) -> None:
        if self._states.get(bidder) != state:
            self._states[bidder] = state
            self.changed.emit(bidder)


@dataclass(frozen=True, slots=True)
class _Work:
    bid: Bid
    keys: dict[Compartment, bytes]
    evaluation: Evaluation
    token: CancelToken


def _prepare(seat: Seat, courier: HttpCentre, work: _Work, tell: Callable[[object], None]) -> _Ready | _Failed | None:
    """Fetch, check, open; on the packages' lane."""
    if work.token.cancelled:
        return None
    try:
        return _opened(seat, courier, work, _teller(work, tell))
    except _Stopped:
        return None
    except Exception as error:
        return _Failed(work.bid.bidder, error)


def _opened(seat: Seat, courier: HttpCentre, work: _Work, say: Callable[[PackageState], None]) -> _Ready:
    bid, size = work.bid, work.bid.size

    def came(received: int) -> None:
        say(PackageState("fetching", received, size))

    path = seat.shelf.receive(bid.package, lambda offset: courier.download(bid.package, offset), came)
    say(PackageState("checking", 0, size))
    try:
        with path.open("rb") as file:
            check_package(file, lambda done: say(PackageState("checking", done, size)))
    except PackageRefused as error:
        if not seat.shelf.still_whole(bid.package):
            raise _decayed() from error
        raise
    file = path.open("rb")
    try:
        reader = PackageReader(file)
        require_seal_of(bid, work.evaluation, reader)
        manifests = tuple(reader.manifest(name, key) for name, key in work.keys.items() if name in reader.compartments)
    except BaseException:
        file.close()
        raise
    return _Ready(bid.bidder, file, reader, work.keys, manifests, misread(bid, manifests))


class _Stopped(Exception):
    """The person has cancelled it."""


def _teller(work: _Work, tell: Callable[[object], None]) -> Callable[[PackageState], None]:
    """Passes progress on, not too often, and stops the work where it was cancelled."""
    last = [0.0, ""]

    def say(state: PackageState) -> None:
        if work.token.cancelled:
            raise _Stopped
        now = time.monotonic()
        if state.phase != last[1] or now - cast("float", last[0]) >= _TOLD_EVERY:
            last[:] = [now, state.phase]
            tell(_Progress(work.bid.bidder, state))

    return say


def _decayed() -> PackageRefused:
    text = Bilingual(
        "本机存放的投标文件已损坏（磁盘），已原样移开，请点“重试”重新下载；再次出现请告知技术人员。",
        "The package was damaged on this machine's disk and has been moved aside as it was; press “Try again” to fetch it"
        " again, and tell the technician if it happens twice.",
    )
    return PackageRefused(text.zh, text.en)
