"""The sync round over ports: what is sent, what is taken in, what happens when it breaks off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from evalclient.core.errors import CentreRefused, CentreUnreachable
from evalclient.core.ports import Answer, FeedPage, LogEntry
from evalclient.core.records.envelope import Record, digest, record_id
from evalclient.crypto.primitives.notes import verify_note
from evalclient.sync.round import BATCH_RECORDS, Round
from tests.builders.centre import Author, Beginning, appointment
from tests.contract.memory_centre import LOG_KEY, MemoryCentre
from tests.sync.seat import Seat


def test_a_round_sends_what_waits_and_takes_in_what_is_new(seat: Seat, begun: Beginning) -> None:
    drafts = [begun.member.draft() for _ in range(3)]
    seat.keep(*drafts)
    result = seat.round.run()
    assert (result.sent, result.absorbed, result.refused, result.waiting) == (3, 7, (), ())
    assert seat.shown == [begun.genesis, *begun.records, *drafts]
    assert seat.log.outbox() == seat.log.pending() == ()
    assert len(seat.log.receipts()) == 3
    assert result.seen == seat.round.seen
    assert result.seen.size == 7


def test_an_idle_round_changes_nothing(seat: Seat) -> None:
    first = seat.round.run()
    second = seat.round.run()
    assert (second.sent, second.absorbed, second.seen) == (0, 0, first.seen)


def test_what_a_record_says_it_saw_is_accepted(seat: Seat, begun: Beginning) -> None:
    seen = seat.round.run().seen
    seat.keep(begun.member.draft(seen=seen))
    assert seat.round.run().absorbed == 1


def test_more_than_a_batch_goes_in_order(seat: Seat, begun: Beginning) -> None:
    drafts = [begun.member.draft() for _ in range(BATCH_RECORDS + 5)]
    seat.keep(*drafts)
    assert seat.round.run().sent == BATCH_RECORDS + 5
    assert seat.shown[4:] == drafts


def test_two_seats_come_to_the_same_log(seat: Seat, centre: MemoryCentre, begun: Beginning) -> None:
    other = Seat(centre, begun)
    seat.keep(begun.member.draft())
    other.keep(begun.organiser.sign(appointment("m2")))
    for one in (seat, other, seat):
        one.round.run()
    assert seat.shown == other.shown
    assert seat.round.seen == other.round.seen


def test_blobs_go_before_the_records_that_name_them(seat: Seat, centre: MemoryCentre, begun: Beginning) -> None:
    data = b"a report"
    seat.log.put_blob(digest(data), data)
    seat.keep(begun.member.draft(blobs=(digest(data),)))
    assert seat.round.run().sent == 1
    assert centre.blobs == {digest(data): data}


def test_a_session_made_off_line_arrives_before_the_blobs_that_need_its_login(begun: Beginning) -> None:
    class Doorkeeper(MemoryCentre):
        def put_blob(self, digest: str, data: bytes) -> None:
            if begun.member.session not in self.roster.sessions:
                raise CentreRefused("未登录", "not signed in")
            super().put_blob(digest, data)

    doorkeeper = Doorkeeper(begun.genesis)
    doorkeeper.submit(begun.records[:2])
    seat = Seat(doorkeeper, begun)
    data = b"a report made off line"
    seat.log.put_blob(digest(data), data)
    seat.keep(begun.records[2], begun.member.draft(), begun.member.draft(blobs=(digest(data),)), begun.member.draft())
    assert seat.round.run().sent == 4
    assert doorkeeper.blobs == {digest(data): data}


class Broken(MemoryCentre):
    """A line that breaks: before the centre hears anything, after it has heard everything, or in the feed."""

    breaks = ""

    def submit(self, records: Sequence[Record]) -> tuple[Answer, ...]:
        if self.breaks == "before":
            raise CentreUnreachable("断线", "offline")
        answers = super().submit(records)
        if self.breaks == "after":
            raise CentreUnreachable("断线", "offline")
        return answers

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        if self.breaks:
            raise CentreUnreachable("断线", "offline")
        return super().feed(start, wait_seconds)


@pytest.mark.parametrize(("breaks", "left"), [("before", 2), ("after", 2), ("feed", 0)])
@pytest.mark.parametrize("restarts", [False, True])
def test_work_goes_on_off_line_and_catches_up(begun: Beginning, breaks: str, left: int, restarts: bool) -> None:
    line = Broken(begun.genesis)
    line.submit(begun.records)
    seat = Seat(line, begun)
    line.breaks = breaks
    drafts = [begun.member.draft() for _ in range(2)]
    seat.keep(*drafts)
    with pytest.raises(CentreUnreachable):
        seat.round.run()
    assert len(seat.log.outbox()) == left
    assert seat.log.pending() == tuple(drafts)
    line.breaks = ""
    if restarts:
        seat.restart()
    drafts.append(begun.member.draft())
    seat.keep(drafts[-1])
    seat.round.run()
    assert seat.shown[4:] == drafts
    assert seat.log.pending() == ()


def test_a_final_refusal_puts_the_record_and_its_successors_aside(seat: Seat, begun: Beginning) -> None:
    good, bad = begun.member.draft(), Record(begun.member.draft().payload, bytes(64))
    successor = begun.member.draft()
    other = begun.organiser.sign(appointment("m2"))
    seat.keep(good, bad, successor, other)
    result = seat.round.run()
    assert result.sent == 2
    assert result.refused == tuple(record_id(one.payload) for one in (bad, successor))
    assert [record for record, _ in seat.log.refusals()] == [bad, successor]
    assert "\n" in seat.log.refusals()[0][1]
    assert seat.shown[4:] == [good, other]
    assert seat.log.outbox() == seat.log.pending() == ()


def test_a_refused_session_takes_its_records_with_it(seat: Seat, begun: Beginning) -> None:
    intruder = Author("m1", begun.fingerprint, key=begun.organiser.key)
    seat.keep(intruder.open_session(), intruder.draft(), intruder.draft())
    assert len(seat.round.run().refused) == 3


def test_what_may_still_come_waits_and_is_told(seat: Seat, centre: MemoryCentre, begun: Beginning) -> None:
    name = digest(b"late")
    draft = begun.member.draft(blobs=(name,))
    seat.keep(draft)
    result = seat.round.run()
    assert (result.sent, result.refused) == (0, ())
    assert [answer.record_id for answer in result.waiting] == [record_id(draft.payload)]
    centre.put_blob(name, b"late")
    assert seat.round.run().sent == 1


def test_when_absorbing_fails_the_next_round_offers_the_same(seat: Seat, begun: Beginning) -> None:
    offered: list[list[int]] = []

    def absorb(entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        offered.append([entry.index for _, entry in entries])
        if len(offered) == 1:
            raise OSError("the disk")
        seat.log.absorb(entries, checkpoint)

    round_ = Round(seat.log, seat.centre, begun.fingerprint, LOG_KEY, verify_note, absorb)
    with pytest.raises(OSError, match="disk"):
        round_.run()
    assert round_.seen.size == 0
    assert round_.run().absorbed == 4
    assert offered == [[0, 1, 2, 3]] * 2


def test_what_goes_wrong_after_the_log_took_a_page_in_does_not_break_later_rounds(
    seat: Seat, begun: Beginning, centre: MemoryCentre
) -> None:
    def absorb(entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        known = sum(1 for _ in seat.log.entries())
        seat.log.absorb(entries, checkpoint)
        if not known:
            raise OSError("afterwards")

    round_ = Round(seat.log, seat.centre, begun.fingerprint, LOG_KEY, verify_note, absorb)
    with pytest.raises(OSError, match="afterwards"):
        round_.run()
    assert round_.seen.size == 4
    centre.submit([begun.organiser.sign(appointment("m8"))])
    assert round_.run().absorbed == 1
    assert len(seat.shown) == 5


class Meanwhile(MemoryCentre):
    """Something happens while the answer about news is on its way."""

    def __init__(self, genesis: Record) -> None:
        super().__init__(genesis)
        self.meanwhile: list[Callable[[], object]] = []

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        page = super().feed(start, wait_seconds)
        while self.meanwhile:
            self.meanwhile.pop()()
        return page


def test_what_is_sent_while_a_round_waits_is_no_log_that_shrank(begun: Beginning) -> None:
    """The answer that says "nothing new" is then older than the receipts."""
    centre = Meanwhile(begun.genesis)
    centre.submit(begun.records)
    seat = Seat(centre, begun)
    seat.round.run()
    draft = begun.member.draft()
    seat.keep(draft)
    waiting = seat.round
    assert waiting.run().sent == 1
    late = begun.member.draft()
    centre.meanwhile.extend((waiting.send, lambda: seat.keep(late)))
    result = waiting.run()
    assert (result.sent, result.absorbed) == (0, 0)
    assert seat.log.outbox() == ()
    assert len(seat.log.receipts()) == 2
    assert waiting.run().absorbed == 1
    assert seat.shown[-2:] == [draft, late]
