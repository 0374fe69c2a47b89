"""Time stamps at a seat: what is due and when, and that no token is recorded that would not count."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from evalclient.core.errors import TimestampUnreachable
from evalclient.core.records.acts_ending import LogTimestamped, ReportTimestamped
from evalclient.core.records.envelope import decode_payload
from evalclient.crypto.errors import TimestampRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.verdicts import detached_verdicts
from evalclient.desk.timestamping import ask, record, stamps_due
from tests.builders import signed_pdf
from tests.builders.archives import finished, signed_at
from tests.builders.stamped_evening import stamp_all, stamper_key, stamper_of
from tests.builders.time_authority import STAMPS
from tests.builders.time_tokens import Stamper


def test_organiser_or_leader_have_report_and_log_stamped_once() -> None:
    evening = finished().fork()
    leader = evening.evaluation.leader
    other = next(person for person in evening.members if person != leader)
    assert stamps_due(evening.desk(other)) == ()
    for person in ("organiser", leader):
        assert [type(due.act) for due in stamps_due(evening.desk(person))] == [ReportTimestamped, LogTimestamped]
    assert len(stamp_all(evening, leader)) == 2
    evaluation = evening.evaluation
    assert evaluation.report_stamp is not None
    assert evaluation.log_stamp is not None
    assert evaluation.report_stamp.by == leader
    assert evaluation.log_stamp.size == evaluation.ended_size
    assert stamps_due(evening.desk("organiser")) == stamps_due(evening.desk(leader)) == ()


def test_nothing_is_due_before_the_end() -> None:
    evening = signed_at("report")
    assert stamps_due(evening.desk("organiser")) == ()


def test_two_who_ask_at_once_leave_one_stamp() -> None:
    evening = finished().fork()
    service, leader = stamper_of(evening), evening.evaluation.leader
    both = {person: [ask(service, due) for due in stamps_due(evening.desk(person))] for person in ("organiser", leader)}
    for person, acts in both.items():
        for act in acts:
            assert record(evening.desk(person), act)
        assert stamps_due(evening.desk(person)) == ()  # its own is on its way
    evening.share()
    evaluation = evening.evaluation
    assert evaluation.report_stamp is not None
    assert [entry.kind for entry in evaluation.without_effect] == ["report.timestamped", "log.timestamped"]
    assert record(evening.desk("organiser"), both["organiser"][0]) == ""


def test_off_line_nothing_is_recorded_and_it_is_still_due() -> None:
    evening = finished().fork()
    service = stamper_of(evening)
    service.reachable = False
    due = stamps_due(evening.desk("organiser"))
    with pytest.raises(TimestampUnreachable):
        ask(service, due[0])
    service.reachable = True
    assert record(evening.desk("organiser"), ask(service, due[0]))


@pytest.mark.parametrize("hours", [2, -9000])
def test_a_token_whose_time_cannot_be_is_not_recorded(hours: int) -> None:
    evening = finished().fork()
    desk = evening.desk("organiser")
    late = Stamper(stamper_key(), lambda: datetime.fromisoformat(evening.clock.now()) + timedelta(hours=hours))
    with pytest.raises(TimestampRefused):
        record(desk, ask(late, stamps_due(desk)[0]))
    assert desk.log.pending() == ()


def test_a_token_of_an_authority_that_is_not_recognised_is_not_recorded() -> None:
    evening = finished().fork()
    desk = evening.desk("organiser")
    credential = signed_pdf.pki().authorities[1].issue("时间戳", "无", STAMPS, pin="1")
    stranger = Stamper(Pkcs12Key.open(credential.p12, "1"), lambda: datetime.fromisoformat(evening.clock.now()))
    with pytest.raises(TimestampRefused, match="does not count"):
        record(desk, ask(stranger, stamps_due(desk)[0]))
    assert desk.log.pending() == ()


def test_a_bad_token_in_the_log_has_no_effect() -> None:
    evening = finished().fork()
    desk = evening.desk("organiser")
    ending = evening.evaluation.ending
    assert ending is not None
    verdict = desk.may(ReportTimestamped(document=ending.document, token=b"x"))
    assert verdict.allowed  # the gate asks what crypto found, and crypto has not looked yet
    desk.do(ReportTimestamped(document=ending.document, token=b"garbage"))
    evening.share()
    assert evening.evaluation.report_stamp is None
    (entry,) = evening.evaluation.without_effect
    assert "does not hold" in entry.reason.en
    assert len(stamp_all(evening)) == 2
    assert evening.evaluation.report_stamp is not None


def test_signatures_whose_moment_may_be_in_dispute_carry_a_stamp() -> None:
    evening = signed_at("report")
    evening.render()
    first, second, *_ = evening.members
    service = stamper_of(evening)
    evening.desk(first).authority = service
    evening.sign(first)
    assert service.asked == 1
    service.reachable = False
    evening.desk(second).authority = service
    evening.sign(second)
    assert service.asked == 2
    evening.share()
    report = evening.evaluation.report
    assert report is not None
    assert {first, second} <= report.signed.keys()
    stamped = [entry for _, entry in evening.tape if b"\x09\x10\x02\x0e" in entry.record.signature]
    assert [decode_payload(entry.record.payload).author for entry in stamped] == [first]
    content, signature = stamped[0].record.payload, stamped[0].record.signature
    own, stamp = detached_verdicts(content, signature, evening.desk(first).trust, stamper_of(evening).clock())
    assert own.holds
    assert stamp.holds
