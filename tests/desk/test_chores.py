"""What a client does unasked: only what the log itself asks for, once, and never in the way of the log."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.views import all_opened, has_access, seal_by
from evalclient.core.records.acts_bids import ShareReleased
from evalclient.core.records.acts_committee import SealWithdrawn
from evalclient.core.records.envelope import decode_payload
from evalclient.desk.desk import Desk
from evalclient.desk.expert import Expert
from tests.builders.desks import Desks, desks_at
from tests.contract.memory_record_log import MemoryRecordLog

SHEET = "sheet.sealed"


def seal_last(desks: Desks, person: str) -> Desk:
    """``person`` seals after everybody else, and nothing has been sent yet."""
    desks.seal_sheets(*(set(desks.members) - {person}))
    desk = desks.desk(person)
    expert = Expert(desk)
    for bidder, row in desks.sheet_of(person, {}).scores.items():
        expert.save_scores(bidder, row)
    expert.seal_sheet()
    return desk


def kinds_waiting(desk: Desk) -> list[str]:
    return [decode_payload(record.payload).kind for record in desk.log.outbox()]


def test_a_key_is_not_out_before_the_log_has_everybodys_seal() -> None:
    desks = desks_at("scoring")
    last = seal_last(desks, "m5")
    assert "seal.opened" not in kinds_waiting(last)
    mine = seal_by(desks.desk("m1").evaluation, "m1", SHEET)
    assert mine is not None
    desks.desk("m1").do(SealWithdrawn(seal=mine.record))  # lands before m5's seal
    desks._send(desks.desk("m1"))
    evaluation = desks.evaluation
    assert seal_by(evaluation, "m1", SHEET) is None
    assert not any(seal.opened for seal in evaluation.seals.values() if seal.kind == SHEET)
    desks.seal_sheets("m1")
    assert all_opened(desks.evaluation, SHEET)
    assert not desks.evaluation.without_effect


def test_a_key_that_waits_in_the_outbox_is_not_published_twice() -> None:
    desks = desks_at("scoring")
    last = seal_last(desks, "m5")
    desks._send(last)  # his own seal comes back, and the key follows
    assert kinds_waiting(last).count("seal.opened") == 1
    desks.desk("m1")
    desks._send(desks.desk("m1"))  # m1's key goes to the log, m5's still waits
    desks._catch_up(last)
    last.do_chores()
    assert kinds_waiting(last).count("seal.opened") == 1
    assert all_opened(desks.evaluation, SHEET)
    assert not desks.evaluation.without_effect


def test_a_fresh_seat_opens_what_was_sealed_at_the_first() -> None:
    desks = desks_at("scoring")
    desks.seal_sheets("m1")
    desks._desks.pop("m1")  # that machine is gone
    desks.seal_sheets("m2", "m3", "m4", "m5")
    desks.share()
    desk = Desk(desks.genesis, MemoryRecordLog(), "m1", desks.clock)
    desk.sign_in(desks.keys["m1"], "main-9")
    desk.absorb(desks.tape, desks._checkpoint())
    assert desk.logged.size == len(desks.tape)
    desks._send(desk)
    desks._send(desk)
    assert all_opened(desks.evaluation, SHEET)


@pytest.mark.expects_log
def test_a_duty_that_cannot_be_done_yet_does_not_hold_up_the_log() -> None:
    desks = Desks()
    desks.appoint()
    desks.hand_in()
    desks.release_shares()
    bid = desks.evaluation.bids[desks.bidders[0]]
    holder = next(person for person in bid.shares if person != bid.bidder)
    good = dict(bid.shares[holder])
    bad = ShareReleased(bidder=bid.bidder, package=bid.package, shares=dict.fromkeys(good, b"garbage"))  # type: ignore[arg-type]
    desks.desk(holder).do(bad)
    desks.share()
    desks._record_opening()
    desks.close()
    desks.until("release")
    assert desks.desk("organiser").logged.size == len(desks.tape)
    assert not has_access(desks.evaluation, "m1")
    assert not any(desk.log.outbox() for desk in desks._desks.values())
