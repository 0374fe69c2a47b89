"""The sync round with a centre that holds its own log key, lies, and signs its lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from evalclient.core.checkpoint import Checkpoint, CheckpointInvalid, origin_of, sign_checkpoint
from evalclient.core.errors import CentreUnreachable, LogDishonest, StoreDamaged
from evalclient.core.merkle import ProofInvalid, Tree, leaf_bytes
from evalclient.core.ports import Answer, FeedPage, LogEntry
from evalclient.core.records.acts_ending import CheckpointCosigned
from evalclient.core.records.envelope import Record, Seen, digest, record_id
from evalclient.crypto.primitives.notes import new_note_key, note_signer, verifier_key
from evalclient.sync.round import EVIDENCE
from tests.builders.centre import Beginning, appointment
from tests.contract.memory_centre import LOG_KEY, SECRET, MemoryCentre
from tests.contract.memory_record_log import MemoryRecordLog
from tests.sync.seat import Seat


class Liar(MemoryCentre):
    """Shows ``entries`` as they now stand, whatever it showed before; ``page`` rewrites what the feed gives."""

    page: Callable[[FeedPage], FeedPage] = staticmethod(lambda page: page)

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        return type(self).page(super().feed(start, wait_seconds))


def signed(entries: Sequence[LogEntry], fingerprint: str, size: int | None = None) -> str:
    tree = Tree()
    for entry in entries:
        tree.append(leaf_bytes(entry.received, entry.record))
    root, size = tree.root(), len(tree) if size is None else size
    return sign_checkpoint(Checkpoint(origin_of(fingerprint), size, root), LOG_KEY, note_signer(SECRET))


@pytest.fixture
def liar(begun: Beginning) -> Liar:
    liar = Liar(begun.genesis)
    liar.submit(begun.records)
    return liar


@pytest.fixture
def victim(liar: Liar, begun: Beginning) -> Seat:
    seat = Seat(liar, begun)
    seat.keep(begun.member.draft(), begun.member.draft())
    seat.round.run()
    assert len(seat.shown) == 6
    return seat


def rewritten(liar: MemoryCentre, index: int) -> None:
    """Another time of receipt: everything else is signed by somebody."""
    old = liar.entries[index]
    liar.entries[index] = LogEntry(index, "2026-11-24T00:00:00.000Z", old.record)


def alarm(seat: Seat) -> LogDishonest:
    """The round raises the alarm, takes nothing in and keeps what proves the lie."""
    before = (seat.shown, seat.log.checkpoint(), seat.log.outbox())
    with pytest.raises(LogDishonest) as caught:
        seat.round.run()
    assert (seat.shown, seat.log.checkpoint(), seat.log.outbox()) == before
    return caught.value


def evidence(seat: Seat, signed_text: str) -> bool:
    return seat.log.secret(EVIDENCE + digest(signed_text.encode())) == signed_text.encode()


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("grows", [False, True])
def test_a_rewritten_leaf_is_noticed(liar: Liar, victim: Seat, begun: Beginning, restarts: bool, grows: bool) -> None:
    rewritten(liar, 2)
    if grows:
        liar.submit([begun.organiser.sign(appointment("m3"))])
    if restarts:
        victim.restart()
    error = alarm(victim)
    assert "监督人员" in error.zh
    assert evidence(victim, liar.note(len(liar.entries)))


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("size", [0, 1, 5])
def test_a_log_that_shrank_is_noticed(liar: Liar, victim: Seat, restarts: bool, size: int) -> None:
    del liar.entries[size:]
    if restarts:
        victim.restart()
    alarm(victim)


def test_a_forked_log_is_noticed_when_it_has_grown_past(liar: Liar, victim: Seat, begun: Beginning) -> None:
    del liar.entries[4:]
    for person in ("m2", "m3", "m4"):
        liar.submit([begun.organiser.sign(appointment(person))])
    alarm(victim)


class TwoFaced:
    """Takes records into one log and shows another; ``shows`` None is a line that breaks after the submission."""

    def __init__(self, takes: MemoryCentre, shows: MemoryCentre | None = None) -> None:
        self.takes, self.shows = takes, shows

    def submit(self, records: Sequence[Record]) -> tuple[Answer, ...]:
        return self.takes.submit(records)

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        if self.shows is None:
            raise CentreUnreachable("断线", "offline")
        return self.shows.feed(start, wait_seconds)

    def put_blob(self, digest: str, data: bytes) -> None:
        self.takes.put_blob(digest, data)

    def blob(self, digest: str) -> bytes:
        return self.takes.blob(digest)


def copied(centre: MemoryCentre, begun: Beginning) -> MemoryCentre:
    copy = MemoryCentre(begun.genesis)
    copy.submit([entry.record for entry in centre.entries])
    copy.entries = list(centre.entries)
    return copy


def test_a_receipted_record_that_never_appears_is_noticed(liar: Liar, victim: Seat, begun: Beginning) -> None:
    """The record has its receipt; the log is shown without it, at first too short, then with something else."""
    without = copied(liar, begun)
    victim.centre = TwoFaced(liar)
    victim.restart()
    victim.keep(begun.member.draft())
    with pytest.raises(CentreUnreachable):
        victim.round.run()
    assert victim.log.outbox() == ()
    victim.centre = TwoFaced(liar, without)
    victim.restart()
    alarm(victim)
    without.submit([begun.organiser.sign(appointment("m2"))])
    alarm(victim)


def test_two_receipts_of_one_size_have_one_root(liar: Liar, victim: Seat, begun: Beginning) -> None:
    other = copied(liar, begun)
    rewritten(other, 2)
    for centre, error in ((liar, CentreUnreachable), (other, LogDishonest)):
        victim.keep(begun.organiser.sign(appointment("m2")) if centre is liar else begun.member.draft())
        victim.centre = TwoFaced(centre)
        victim.restart()
        with pytest.raises(error):
            victim.round.run()
    assert len(victim.log.outbox()) == 1


def test_a_receipt_of_the_past_has_to_fit_the_past(liar: Liar, victim: Seat, begun: Beginning) -> None:
    short = copied(liar, begun)
    rewritten(short, 2)
    liar.submit([begun.organiser.sign(appointment(person)) for person in ("m2", "m3", "m4")])
    victim.round.run()
    draft = begun.member.draft()
    victim.keep(draft)
    victim.centre = TwoFaced(short)
    victim.restart()
    with pytest.raises(LogDishonest):
        victim.round.run()
    assert victim.log.outbox() == (draft,)
    (answer,) = short.submit([draft])
    assert answer.receipt is not None
    assert evidence(victim, answer.receipt.proof)


PAGES: dict[str, Callable[[FeedPage, Beginning], FeedPage]] = {
    "an entry left out": lambda page, begun: FeedPage(page.entries[1:], page.checkpoint),
    "the last entry withheld": lambda page, begun: FeedPage(page.entries[:-1], page.checkpoint),
    "an entry twice": lambda page, begun: FeedPage((*page.entries, page.entries[-1]), page.checkpoint),
    "entries exchanged": lambda page, begun: FeedPage(page.entries[::-1], page.checkpoint),
    "signed entries exchanged": lambda page, begun: FeedPage(
        page.entries[::-1], signed(page.entries[::-1], begun.fingerprint)
    ),
    "another evaluation's checkpoint": lambda page, begun: FeedPage(page.entries, signed(page.entries, "cd" * 32)),
    "another size": lambda page, begun: FeedPage(page.entries, signed(page.entries, begun.fingerprint, 9)),
    "no signature": lambda page, begun: FeedPage(page.entries, page.checkpoint.partition("\n\n")[0] + "\n\n"),
    "another key": lambda page, begun: FeedPage(page.entries, by_another_key(page.checkpoint)),
    "nothing": lambda page, begun: FeedPage((), ""),
    "an altered record": lambda page, begun: FeedPage(
        (*page.entries[:-1], LogEntry(3, page.entries[-1].received, Record(b"{}", b""))), page.checkpoint
    ),
}


def by_another_key(note: str) -> str:
    secret = new_note_key()
    text = note.partition("\n\n")[0].split("\n")
    checkpoint = Checkpoint(text[0], int(text[1]), bytes(32))
    return sign_checkpoint(checkpoint, verifier_key(LOG_KEY.name, secret), note_signer(secret))


@pytest.mark.parametrize("lie", PAGES.values(), ids=PAGES.keys())
def test_a_page_that_does_not_fit_its_checkpoint_is_an_alarm(
    liar: Liar, begun: Beginning, lie: Callable[[FeedPage, Beginning], FeedPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Liar, "page", staticmethod(lambda page: lie(page, begun)))
    seat = Seat(liar, begun)
    alarm(seat)
    assert seat.shown == []


@pytest.mark.parametrize(
    "seen", [Seen(4, "ab" * 32), Seen(9, "ab" * 32), Seen(0, "ab" * 32)], ids=["root", "future", "empty"]
)
def test_a_record_that_saw_another_log_is_an_alarm(liar: Liar, victim: Seat, begun: Beginning, seen: Seen) -> None:
    """Somebody was shown another history; an honest centre does not take such a record in."""
    liar.submit([begun.member.draft(seen=seen)])
    alarm(victim)


def test_a_cosignature_over_another_log_is_an_alarm(liar: Liar, victim: Seat, begun: Beginning) -> None:
    liar.submit([begun.organiser.sign(CheckpointCosigned(stage="opening", size=3, root="ab" * 32))])
    alarm(victim)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [("index 6", "index 5", ProofInvalid), ("extra ", "extra A", CheckpointInvalid), ("@v1", "@v9", CheckpointInvalid)],
)
def test_a_receipt_that_does_not_hold_keeps_the_row_in_the_outbox(
    begun: Beginning, old: str, new: str, error: type[LogDishonest]
) -> None:
    class Forger(MemoryCentre):
        def submit(self, records: Sequence[Record]) -> tuple[Answer, ...]:
            return tuple(forged(answer, old, new) for answer in super().submit(records))

    forger = Forger(begun.genesis)
    MemoryCentre.submit(forger, begun.records)
    seat = Seat(forger, begun)
    drafts = [begun.member.draft() for _ in range(3)]
    MemoryCentre.submit(forger, drafts[:2])
    seat.keep(drafts[2])
    with pytest.raises(error):
        seat.round.run()
    assert seat.log.outbox() == (drafts[2],)
    assert seat.log.receipts() == ()


def forged(answer: Answer, old: str, new: str) -> Answer:
    assert answer.receipt is not None
    assert old in answer.receipt.proof
    receipt = type(answer.receipt)(answer.record_id, answer.receipt.proof.replace(old, new, 1))
    return Answer(answer.record_id, receipt)


def test_a_store_that_is_not_the_log_it_verified_is_called_damaged(victim: Seat) -> None:
    log = MemoryRecordLog()
    log.absorb([(record_id(e.record.payload), e) for e in victim.log.entries()], victim.log.checkpoint())
    log._entries.pop()
    victim.log = log
    with pytest.raises(StoreDamaged):
        victim.restart()
