"""Two seats and a real centre through an evening of bad luck, then through a centre that lies."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from evalclient.core.errors import CentreUnreachable, LogDishonest
from evalclient.core.ports import LogEntry
from evalclient.core.records.envelope import Record, digest, record_id
from evalclient.crypto.primitives.notes import verify_note
from evalclient.crypto.records import found, trust_of, verify_record
from evalclient.store.record_log import StoredRecordLog
from evalclient.store.room_key import room_key
from evalclient.store.shelf import Shelf
from evalclient.sync.round import EVIDENCE, Round
from tests.builders.centre import Author, Beginning, CentreProcess, appointment
from tests.server_stub.tampering import drop_entries, rewrite_received


class Seat:
    """A store on disk, the real centre, and an absorb that verifies every record."""

    def __init__(self, folder: Path, process: CentreProcess, begun: Beginning, author: Author) -> None:
        self.folder, self.process, self.begun, self.author = folder, process, begun, author
        self.centre = process.connect(begun, author)
        self.open()

    def open(self) -> None:
        self.log = StoredRecordLog(self.folder / "seat.db", room_key(self.folder), self.begun.fingerprint)
        self.roster = found(self.begun.genesis).roster
        for entry in self.log.entries(1):
            self.verify(entry)
        self.round = Round(self.log, self.centre, self.begun.fingerprint, self.begun.log_key, verify_note, self.absorb)

    def close(self) -> None:
        self.log.close()

    def verify(self, entry: LogEntry) -> None:
        trust = trust_of(found(self.begun.genesis).founding)
        self.roster = self.roster.after(
            verify_record(entry.record, self.roster, trust, index=entry.index, received=entry.received)
        )

    def absorb(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        for _, entry in entries:
            if entry.index:
                self.verify(entry)
            else:
                assert entry.record == self.begun.genesis
        self.log.absorb(entries, checkpoint)

    def keep(self, record: Record) -> Record:
        self.log.append_pending(record_id(record.payload), record)
        return record

    @property
    def shown(self) -> list[Record]:
        return [entry.record for entry in self.log.entries()]


@pytest.fixture
def process(tmp_path: Path) -> Iterator[CentreProcess]:
    process = CentreProcess(tmp_path / "process")
    process.start()
    yield process
    process.stop()


def two_seats(process: CentreProcess, begun: Beginning, folder: Path) -> tuple[Seat, Seat]:
    return (
        Seat(folder / "member", process, begun, begun.member),
        Seat(folder / "organiser", process, begun, begun.organiser),
    )


def leave(seats: Sequence[Seat]) -> None:
    for seat in seats:
        seat.close()
        seat.centre.close()


def test_an_evening_with_a_bad_line(process: CentreProcess, tmp_path: Path) -> None:
    begun = process.publish()
    member, organiser = two_seats(process, begun, tmp_path)
    first = [member.keep(begun.member.draft(seen=member.round.seen)) for _ in range(3)]
    member.round.run()
    organiser.round.run()
    assert member.shown == organiser.shown == [begun.genesis, *begun.records, *first]

    # the centre goes away: work goes on, the client is closed and opened in between
    process.stop()
    offline = [member.keep(begun.member.draft(seen=member.round.seen)) for _ in range(2)]
    with pytest.raises(CentreUnreachable):
        member.round.run()
    member.close()
    member.open()
    offline.append(member.keep(begun.member.draft(seen=member.round.seen)))
    with pytest.raises(CentreUnreachable):
        member.round.run()
    assert member.log.outbox() == member.log.pending() == tuple(offline)

    # it comes back: everything arrives once, in order, at both seats
    process.start()
    appointed = organiser.keep(begun.organiser.sign(appointment("m2"), seen=organiser.round.seen))
    organiser.round.run()
    assert member.round.run().sent == 3
    organiser.round.run()
    assert member.shown == organiser.shown == [begun.genesis, *begun.records, *first, appointed, *offline]
    assert member.round.seen == organiser.round.seen
    assert member.log.outbox() == member.log.pending() == ()
    assert len(member.log.receipts()) == 6

    # a package whose download breaks off when the centre ends, and goes on afterwards
    data = secrets.token_bytes(2_000_000)
    package = tmp_path / "package"
    package.write_bytes(data)
    organiser.centre.upload(digest(data), package)
    shelf = Shelf(member.folder / "packages")
    with pytest.raises(CentreUnreachable):
        shelf.receive(digest(data), breaking_off(process, member))
    (part,) = (member.folder / "packages").iterdir()
    assert 0 < part.stat().st_size < len(data)
    process.start()
    asked: list[int] = []

    def source(offset: int) -> Iterator[bytes]:
        asked.append(offset)
        return member.centre.download(digest(data), offset)

    assert shelf.receive(digest(data), source).read_bytes() == data
    assert asked[0] > 0
    leave((member, organiser))


def breaking_off(process: CentreProcess, seat: Seat) -> Callable[[int], Iterator[bytes]]:
    """Some bytes, then the centre is gone."""

    def source(offset: int) -> Iterator[bytes]:
        (name,) = [path.name for path in (process.data / "blobs" / seat.begun.fingerprint).iterdir()
                   if path.stat().st_size > 1_000_000]  # fmt: skip
        yield next(iter(seat.centre.download(name, offset)))
        process.stop()
        yield from seat.centre.download(name, offset)

    return source


def assert_alarm(seat: Seat) -> None:
    """The lie is refused, nothing of it is taken in, and what the centre signed is kept as evidence."""
    before = (seat.shown, seat.log.checkpoint())
    with pytest.raises(LogDishonest) as caught:
        seat.round.run()
    assert "监督人员" in caught.value.zh
    assert (seat.shown, seat.log.checkpoint()) == before
    seat.close()
    seat.open()
    with pytest.raises(LogDishonest):
        seat.round.run()
    evidence = seat.log._database.read("SELECT name FROM secret WHERE name LIKE ?", (EVIDENCE + "%",))
    assert evidence


def test_every_lie_of_the_operator_is_an_alarm_at_every_seat(process: CentreProcess, tmp_path: Path) -> None:
    """Four evaluations at one centre: one log stays as it was, the others are edited while the centre is down."""
    stories = {name: process.publish() for name in ("honest", "rewritten", "shrunken", "forked")}
    seats = {name: two_seats(process, begun, tmp_path / name) for name, begun in stories.items()}
    for name, (member, organiser) in seats.items():
        for _ in range(2):
            member.keep(stories[name].member.draft(seen=member.round.seen))
            member.round.run()
        assert organiser.round.run().seen.size == 6
    process.stop()
    rewrite_received(process, stories["rewritten"].fingerprint, 4, "2026-01-01T00:00:00.000Z")
    drop_entries(process, stories["shrunken"].fingerprint, 5)
    drop_entries(process, stories["forked"].fingerprint, 5)
    process.start()
    forger = process.connect(stories["forked"])
    for person in ("m5", "m6"):
        (answer,) = forger.submit([stories["forked"].organiser.sign(appointment(person))])
        assert answer.receipt is not None
    forger.close()
    for name, pair in seats.items():
        for seat in pair:
            if name == "honest":
                assert seat.round.run().seen.size == 6
            else:
                assert_alarm(seat)
        leave(pair)
