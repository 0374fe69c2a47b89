"""The report in the archive and the endings are checked against the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from evalclient.core.evaluation.views import active_members
from evalclient.core.records.acts_bids import BidSubmitted
from evalclient.core.records.acts_ending import ReportStamped
from evalclient.core.records.envelope import digest
from evalclient.crypto.pdf import stamp
from evalclient.desk.chair import Chair
from evalclient.desk.organiser import Organiser
from evalclient.paper.report_pdf import render_report
from tests.archive.checking import checked, digit_changed
from tests.builders.archives import (
    SignedEvening,
    archive_of,
    parts_of,
    signed_at,
    tampered,
)


def _sign_and_close(evening: SignedEvening) -> SignedEvening:
    for person in evening.members:
        evening.sign(person)
    evening.share()
    for member in active_members(evening.evaluation):
        evening.stamp(member.person)
    Chair(evening.desk(evening.evaluation.leader)).close_stage()
    evening.share()
    report = evening.evaluation.report
    assert report is not None
    evening.end("awarded", "评标完成", evening.blobs[report.stamps[-1][1].document])
    return evening


def test_a_report_that_tells_other_numbers_than_the_log_is_found_out() -> None:
    evening = signed_at("report")
    right = render_report(evening.content())
    forged = right.replace(b"size=", b"size=", 1).replace(b"%%EOF", b"%%EOF\n% nothing to see\n")
    evening.blobs[digest(forged)] = forged
    Chair(evening.desk(evening.evaluation.leader)).present_report(forged)
    evening.share()
    report = checked(archive_of(_sign_and_close(evening)), evening)
    assert [problem.text.en for problem in report.problems] == ["the report is not the one that the records give."]


def test_a_report_drawn_from_too_few_records_is_found_out() -> None:
    evening = signed_at("preliminary")
    early = render_report(evening.content("all_rejected", "x"))
    evening.until("report")
    evening.blobs[digest(early)] = early
    Chair(evening.desk(evening.evaluation.leader)).present_report(early)
    evening.share()
    report = checked(archive_of(_sign_and_close(evening)), evening)
    assert "the report is not the one that the records give." in [problem.text.en for problem in report.problems]


def test_a_stamp_with_somebody_elses_key_is_found_out() -> None:
    evening = signed_at("report")
    evening.render()
    for person in evening.members:
        evening.sign(person)
    evening.share()
    before = evening.blobs[evening.evaluation.report.document]  # type: ignore[union-attr]
    after = stamp(before, evening.keys["m2"], "signature-m1", (-1, 60, 60, 200, 120), ("王建国",), datetime.now(UTC))  # noqa: TID251
    evening.blobs[digest(after)] = after
    evening.desk("m1").add_blob(after)
    evening.desk("m1").do(ReportStamped(document=digest(after), previous=digest(before)), [digest(after)])
    evening.share()
    for person in ("m2", "m3", "m4", "m5"):
        evening.stamp(person)
    Chair(evening.desk(evening.evaluation.leader)).close_stage()
    evening.share()
    last = evening.evaluation.report.stamps[-1][1].document  # type: ignore[union-attr]
    evening.end("awarded", "评标完成", evening.blobs[last])
    report = checked(archive_of(evening), evening)
    assert [problem.text.en for problem in report.problems] == [
        "the visible signature of m1 (signature-m1) does not hold: it is not the one in the records."
    ]


def _all_rejected() -> SignedEvening:
    evening = signed_at("preliminary")
    item = evening.evaluation.method.preliminary[0].id
    evening.seal_reviews(*evening.members, fail=dict.fromkeys(evening.bidders, item))
    return evening


@pytest.mark.parametrize(
    ("told", "problems"),
    [("全部投标均不合格", []), ("另一个理由", ["the report is not the one that the records give."])],
)
def test_an_ending_without_candidates_has_its_report_checked_too(told: str, problems: list[str]) -> None:
    evening = _all_rejected()
    document = render_report(evening.content("all_rejected", told))
    evening.end("all_rejected", "全部投标均不合格", document)
    report = checked(archive_of(evening), evening)
    assert [problem.text.en for problem in report.problems] == problems
    assert any("All bids rejected" in line for line in report.lines("en"))


def test_a_report_nobody_signs_needs_no_stamps_but_its_ending() -> None:
    evening = signed_at("report")
    evening.render()
    evening.clock.moment += timedelta(hours=1)
    for person in evening.members:
        Organiser(evening.desk("organiser")).record_refusal(person, "拒绝签字且未说明理由")
    evening.share()
    evening.end("unsigned", "无人签署", render_report(evening.content("unsigned", "无人签署")))
    report = checked(archive_of(evening), evening)
    assert report.problems == ()
    assert any("Nobody signed" in line for line in report.lines("en"))
    told = [line for line in report.lines("zh") if "未签署或未盖章" in line]
    assert len(told) == 5
    assert all("拒绝签字且未说明理由" in line for line in told)


def test_a_report_made_twice_keeps_both_and_the_second_counts() -> None:
    evening = signed_at("report")
    first = render_report(evening.content(), "en")
    evening.blobs[digest(first)] = first
    Chair(evening.desk(evening.evaluation.leader)).present_report(first)
    evening.share()
    evening.render()
    archive = archive_of(_sign_and_close(evening))
    assert checked(archive, evening).problems == ()
    part = f"blobs/{digest(first)}"
    assert parts_of(archive)[part] == first
    changed = checked(tampered(archive, {part: digit_changed(first)}), evening)
    assert [problem.part for problem in changed.problems] == [part]


def test_a_report_of_an_ending_may_not_stop_short_of_the_bids() -> None:
    evening = SignedEvening()
    early = render_report(evening.content("too_few", "投标人不足三个"))
    bidder = evening.bidders[0]
    package = evening.package(bidder)
    evening.desk(bidder).do(BidSubmitted(package=package, seal=evening.seal(package), size=1))
    evening.share()
    evening.clock.moment += timedelta(hours=1)
    evening.end("too_few", "投标人不足三个", early)
    report = checked(archive_of(evening), evening)
    assert [problem.text.en for problem in report.problems] == ["the report is not the one that the records give."]


def test_an_evening_without_stamps_and_end_is_no_finished_one() -> None:
    evening = signed_at("report")
    evening.render()
    for person in evening.members:
        evening.sign(person)
    evening.share()
    report = checked(archive_of(evening), evening)
    said = [problem.text.en for problem in report.problems]
    assert "no member has put a visible signature." in said
    assert "The evaluation has not ended: there is no record of its end." in said
