"""A seat (席位): one person's store, packages, link to the centre and desk, put together. No Qt, no thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from evalclient.core.checkpoint import parse_verifier_key
from evalclient.core.errors import EvalclientError, SessionSuperseded, StoreDamaged
from evalclient.core.ports import Clock, KeyHandle, LogEntry
from evalclient.crypto.primitives.notes import verify_note
from evalclient.crypto.records import found
from evalclient.desk.desk import Desk, Genesis
from evalclient.store.record_log import StoredRecordLog
from evalclient.store.recovery import set_aside
from evalclient.store.room_key import room_key
from evalclient.store.shelf import Shelf
from evalclient.sync.centre import HttpCentre, Login
from evalclient.sync.round import Round, RoundResult

Opened = TypeVar("Opened")
Absorb = Callable[[Sequence[tuple[str, LogEntry]], str], None]
STORE_FILE: Final = "store.db"


class BlobMissing(EvalclientError):
    """A document is neither here nor at the centre yet."""


class Seat:
    """Opens the store in ``folder`` for one person and evaluation; StoreInUse, StoreDamaged, StoreOfAnother, StoreFull.

    ``turn`` syncs once on the caller's thread. A window gives ``link`` an ``absorb`` that goes over its desk lane.
    """

    def __init__(self, folder: Path, url: str, genesis: Genesis, person: str, clock: Clock) -> None:
        founded = found(genesis.record)
        self.folder = folder
        self.founding = founded.founding
        self.fingerprint = founded.record.id
        self._reads_all = founded.roster.reads_whole_log(person)
        self.log = StoredRecordLog(folder / STORE_FILE, room_key(folder), self.fingerprint)
        try:
            self.desk = Desk(genesis, self.log, person, clock)
        except BaseException:
            self.log.close()
            raise
        self.shelf = Shelf(folder / "packages", self.founding.hash)
        self.centre = HttpCentre(url, self.fingerprint, algorithm=self.founding.hash)
        self.outgoing = HttpCentre(url, self.fingerprint, algorithm=self.founding.hash)
        self.courier = HttpCentre(url, self.fingerprint, algorithm=self.founding.hash)
        self._round: Round | None = None

    def close(self) -> None:
        """Close store and connections; what waits in the outbox is sent next time."""
        self.centre.close()
        self.outgoing.close()
        self.courier.close()
        self.log.close()

    def sign_in(self, handle: KeyHandle, seat: str) -> None:
        """Resume this store's session or open a new one; the centre is asked by the next round.

        CertificateRefused for a certificate that would not count now: a session that it opened would be without effect.
        """
        if not self.desk.resume(handle):
            self._open_session(handle, seat)
        self._log_in()

    def enter(self, handle: KeyHandle, seat: str, absorb: Absorb | None = None) -> None:
        """Sign in and catch up with the centre once; where the person has been at another seat since, move back here.

        CentreUnreachable leaves the person signed in off line. ``absorb`` as for ``link``.
        """
        self.sign_in(handle, seat)
        try:
            self.link(absorb).run()
        except SessionSuperseded:
            self._open_session(handle, seat)
            self._log_in()
            self.link().run()
        self.desk.recover_drafts()

    def _open_session(self, handle: KeyHandle, seat: str) -> None:
        self.desk.sign_in(handle, seat)

    def _log_in(self) -> None:
        login = Login(self.desk.session, self.desk.keys.sign)
        self.centre.log_in_as(login)
        self.outgoing.log_in_as(login)
        self.courier.log_in_as(login)

    def link(self, absorb: Absorb | None = None) -> Round:
        """The link to the centre; one for the seat's life. ``absorb`` stands in for the desk's own."""
        if self._round is None:
            self._round = Round(
                self.log,
                self.centre,
                self.fingerprint,
                parse_verifier_key(self.founding.log_key),
                verify_note,
                absorb or self.desk.absorb,
                self.founding.hash,
                reads_all=self._reads_all,
                outgoing=self.outgoing,
            )
        return self._round

    def turn(self, wait_seconds: float = 0.0) -> RoundResult:
        """One round of sync; CentreUnreachable where there is none, LogWithheld is trouble, LogDishonest an alarm."""
        result = self.link().run(wait_seconds)
        self.desk.recover_drafts()
        return result

    def blob(self, digest: str) -> bytes:
        """A small document: from the store, else from the centre (checked, then kept)."""
        kept = self.log.blob(digest)
        if kept is not None:
            return kept
        data = self.courier.blob(digest)
        self.log.put_blob(digest, data)
        return data

    def publish_paper(self, data: bytes) -> str:
        """Give the centre a paper of the tender and keep it here; its digest."""
        digest = self.desk.add_blob(data)
        self.courier.put_blob(digest, data)
        return digest

    def open_package(self, digest: str, progress: Callable[[int], None] | None = None) -> BinaryIO:
        """A bid package as a file, fetched first if need be; what came of it before is not fetched again."""
        path = self.shelf.receive(digest, lambda offset: self.courier.download(digest, offset), progress)
        return path.open("rb")

    def hand_in_package(self, file: Path, progress: Callable[[int], None] | None = None) -> str:
        """Put an own package on the shelf and at the centre; its digest."""
        digest = self.shelf.add(file)
        kept = self.shelf.path(digest)
        if kept is None:
            raise BlobMissing("投标文件未能保存，请重试。", "The package could not be kept; try again.")
        self.courier.upload(digest, kept, progress)
        return digest


def open_or_set_aside(open_: Callable[[], Opened], folder: Path, *, agreed: bool) -> tuple[Opened, Path | None]:
    """What ``open_`` makes of the store in ``folder``; and where a damaged one was moved, if the person ``agreed``.

    The damage is found out by ``open_`` raising StoreDamaged, nobody else says so; a sound store is never moved.
    """
    try:
        return open_(), None
    except StoreDamaged:
        if not agreed:
            raise
    moved = set_aside(folder / STORE_FILE)
    return open_(), moved
