"""Time stamps in the log: over the final report and over the log to its end, once each, by organiser or leader."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.records.act import Act
from evalclient.core.records.acts_ending import EvaluationEnded, LogTimestamped, ReportTimestamped
from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.gates import may
from tests.builders.evening import ORGANISER, Evening, evening_at

ROOT = "0" * 64


def final(evaluation: Evaluation) -> str:
    assert evaluation.ending is not None
    return evaluation.ending.document


def stamps(evening: Evening) -> tuple[Act, Act]:
    evaluation = evening.evaluation
    return (
        ReportTimestamped(document=final(evaluation), token=b"t"),
        LogTimestamped(size=evaluation.ended_size, root=ROOT, token=b"t"),
    )


@pytest.mark.parametrize("person", [ORGANISER, "leader"])
def test_both_are_recorded_once_after_the_end(person: str) -> None:
    evening = evening_at("ended")
    author = evening.evaluation.leader if person == "leader" else person
    moved = evening.evaluation.moved
    of_report, of_log = stamps(evening)
    for act in (of_report, of_log):
        evening.do(author, act)
    now = evening.evaluation
    assert now.report_stamp is not None
    assert now.log_stamp is not None
    assert (now.report_stamp.covers, now.report_stamp.size, now.report_stamp.by) == (final(now), 0, author)
    assert (now.log_stamp.covers, now.log_stamp.size, now.log_stamp.token) == (ROOT, now.ended_size, b"t")
    assert now.moved == moved
    for act, kind in ((of_report, "report"), (of_log, "log")):
        article = now.rules.article(f"{kind}.timestamped")
        evening.assert_refused(ORGANISER, act, article=article, saying="has a time stamp")


def test_only_the_final_report_and_a_state_with_the_end_are_stamped() -> None:
    evening = evening_at("ended")
    size, article = evening.evaluation.ended_size, evening.evaluation.rules.article("log.timestamped")
    other = ReportTimestamped(document="1" * 64, token=b"t")
    evening.assert_refused(ORGANISER, other, article=article, saying="report that the evaluation ended with")
    for wrong in (size - 1, evening.evaluation.size + 99):
        act = LogTimestamped(size=wrong, root=ROOT, token=b"t")
        evening.assert_refused(ORGANISER, act, article=article, saying="up to the record of the end")
    before = evening_at("archive")
    assert not before.may(ORGANISER, other).allowed
    assert not before.may(ORGANISER, LogTimestamped(size=before.evaluation.size, root=ROOT, token=b"t")).allowed


def test_a_member_who_does_not_lead_brings_none() -> None:
    evening = evening_at("ended")
    other = next(person for person in evening.members if person != evening.evaluation.leader)
    for act in stamps(evening):
        article = evening.evaluation.rules.article("report.timestamped")
        evening.assert_refused(other, act, article=article, saying="Organiser or leader")


def test_a_token_that_does_not_hold_has_no_effect() -> None:
    evening = evening_at("ended")
    doubt = Bilingual("时间戳不成立。", "The time stamp does not hold.")
    session = evening.evaluation.roster.current[ORGANISER]
    author = Author(ORGANISER, session, "", evening.evaluation.round, evening.at, doubt)
    for act in stamps(evening):
        verdict = may(evening.evaluation, act, author)
        assert verdict.reason == doubt


def test_an_evaluation_that_a_new_committee_takes_up_is_stamped_too() -> None:
    evening = evening_at("scoring").dissolve()
    evening.do(ORGANISER, EvaluationEnded(ending="new_committee", ground="另组", document="2" * 64))
    assert all(evening.may(ORGANISER, act).allowed for act in stamps(evening))
