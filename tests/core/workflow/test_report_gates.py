"""The report: rendered by the leader until the first signature, signed, refused, stamped in roster order."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.results import result_digest
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_ending import ReportRefused, ReportRendered, ReportSigned, ReportStamped
from evalclient.core.records.envelope import digest
from evalclient.core.workflow.gates_ending import final_document, next_to_stamp
from evalclient.core.workflow.patience import later
from tests.builders.documents import rules_of
from tests.builders.evening import ORGANISER, Evening, evening_at

AWARD = {"construction": "招标投标法 第四十条", "procurement": "87号令 第五十八条"}
DISSENT = {"construction": "招标投标法实施条例 第五十三条", "procurement": "87号令 第六十一条"}
SIGNATURE = "电子签名法 第十三条"
both_trades = pytest.mark.parametrize("trade", ["construction", "procurement"])


def refusal(person: str, ground: str = "拒绝签字，也未书面说明") -> ReportRefused:
    return ReportRefused(member=person, ground=ground)


@both_trades
def test_the_leader_renders_the_present_result(trade: Trade) -> None:
    evening = evening_at("report", trade)
    right = ReportRendered(document=digest(b"report"), result=result_digest(evening.evaluation))
    evening.assert_refused("m2", right, article=AWARD[trade], saying="The leader makes the report")
    other = ReportRendered(document=digest(b"report"), result="0" * 64)
    evening.assert_refused("m1", other, article=AWARD[trade], saying="rests on another result")
    evening.do("m1", right)


@both_trades
def test_the_report_is_made_again_only_before_the_first_signature(trade: Trade) -> None:
    evening = evening_at("report", trade).render(b"first").render(b"second")
    assert evening.document == digest(b"second")
    first = ReportSigned(document=digest(b"first"))
    evening.assert_refused("m1", first, article=DISSENT[trade], saying="no such report to sign")
    evening.sign_only("m2")
    again = ReportRendered(document=digest(b"third"), result=result_digest(evening.evaluation))
    evening.assert_refused("m1", again, article=AWARD[trade], saying="A member has signed")


@both_trades
def test_one_signs_the_report_that_lies_there_once(trade: Trade) -> None:
    evening = evening_at("report", trade)
    act = ReportSigned(document=digest(b"report"))
    evening.assert_refused("m1", act, article=DISSENT[trade], saying="no such report to sign")
    evening.render().sign_only("m1")
    evening.assert_refused("m1", act, article=DISSENT[trade], saying="You have signed this report")


def test_a_dissent_is_kept_with_its_reason() -> None:
    evening = evening_at("report").sign({"m3": "对第二名技术评分有不同意见：工期论证不足"})
    assert evening.evaluation.report is not None
    assert evening.evaluation.report.signed["m3"].dissent.startswith("对第二名")
    assert evening.stage == "archive"


@both_trades
def test_a_refusal_is_recorded_by_the_organiser_with_its_ground(trade: Trade) -> None:
    evening = evening_at("report", trade)
    evening.assert_refused(ORGANISER, refusal("m2"), article=DISSENT[trade], saying="no report to sign")
    evening.render().sign_only("m1", "m3")
    for act, saying in (
        (refusal("nobody"), "no such member"),
        (refusal("m3"), "The member has signed"),
        (refusal("m2", " "), "needs a note of what happened"),
        (refusal("m2"), "For 30 min after the report was laid before the members"),
    ):
        evening.assert_refused(ORGANISER, act, article=DISSENT[trade], saying=saying)
    evening.pass_time(to=later(report_at(evening), 30))
    evening.do(ORGANISER, refusal("m2"))


def report_at(evening: Evening) -> str:
    assert evening.evaluation.report is not None
    return evening.evaluation.report.at


def test_a_report_made_anew_gives_everybody_his_time_again() -> None:
    evening = evening_at("report").render(b"first").pass_time(hours=1).render(b"second")
    evening.assert_refused(ORGANISER, refusal("m2"), article=DISSENT["construction"], saying="For 30 min")


def test_who_signed_and_does_not_stamp_holds_nobody_up_and_his_dissent_stays() -> None:
    evening = evening_at("report").render()
    evening.do("m2", ReportSigned(document=evening.document, dissent="对第一名的业绩认定有不同意见"))
    evening.sign_only("m1", "m3", "m4", "m5").pass_time(hours=1)
    evening.do("m1", evening.stamp_act("m1"))
    evening.assert_refused(ORGANISER, refusal("m2"), article=DISSENT["construction"], saying="their turn to stamp")
    evening.pass_time(hours=1)
    evening.assert_refused(ORGANISER, refusal("m3"), article=DISSENT["construction"], saying="The member has signed")
    evening.do(ORGANISER, refusal("m2", "证书介质损坏，未能盖章"))
    evening.stamp_all().close()
    assert evening.evaluation.report is not None
    assert evening.evaluation.report.signed["m2"].dissent
    assert evening.stage == "archive"


def test_who_refused_may_still_sign() -> None:
    evening = evening_at("report").render().pass_time(hours=1)
    evening.do(ORGANISER, refusal("m2"))
    evening.do(ORGANISER, refusal("m3"))
    evening.sign_only("m2")
    assert evening.evaluation.report is not None
    assert set(evening.evaluation.report.refused) == {"m3"}


@both_trades
def test_who_refuses_is_deemed_to_agree_and_skipped(trade: Trade) -> None:
    evening = evening_at("report", trade).render().pass_time(hours=1)
    evening.do(ORGANISER, refusal("m2"))
    evening.assert_refused(
        "m1", evening.closing_act(), article=DISSENT[trade], saying="signing the report: m1, m3, m4, m5"
    )
    evening.sign_only("m1", "m3", "m4", "m5").stamp_all().close().end()
    assert evening.evaluation.ending is not None


def test_where_silence_is_no_consent_the_report_waits() -> None:
    rules = rules_of("construction").replace(b'"refusal_is_consent": true', b'"refusal_is_consent": false')
    evening = Evening(rules=rules).until("report").render().pass_time(hours=1)
    evening.do(ORGANISER, refusal("m2"))
    evening.sign_only("m1", "m3", "m4", "m5").stamp_all()
    evening.assert_refused(
        "m1", evening.closing_act(), article=DISSENT["construction"], saying="signing the report: m2"
    )


def test_stamps_follow_the_roster_each_on_the_revision_before() -> None:
    evening = evening_at("report")
    assert (next_to_stamp(evening.evaluation), final_document(evening.evaluation)) == ("", "")
    evening.render()
    rendered = evening.document
    evening.assert_refused("m1", evening.stamp_act("m1"), article=SIGNATURE, saying="Sign the report first")
    evening.pass_time(hours=1)
    evening.do(ORGANISER, refusal("m3"))
    evening.sign_only("m1", "m2", "m4", "m5")
    assert next_to_stamp(evening.evaluation) == "m1"
    evening.assert_refused("m2", evening.stamp_act("m2"), article=SIGNATURE, saying="follow the order of the roster")
    evening.do("m1", evening.stamp_act("m1"))
    stale = ReportStamped(document=digest(b"x"), previous=rendered)
    evening.assert_refused("m2", stale, article=SIGNATURE, saying="Somebody stamped before you")
    evening.assert_refused("m1", evening.stamp_act("m1"), article=SIGNATURE, saying="You have stamped already")
    evening.do("m2", evening.stamp_act("m2"))
    assert next_to_stamp(evening.evaluation) == "m4"
    evening.do("m4", evening.stamp_act("m4"))
    last = evening.stamp_act("m5")
    evening.do("m5", last)
    assert (next_to_stamp(evening.evaluation), final_document(evening.evaluation)) == ("", last.document)
    evening.close()


def test_nothing_is_stamped_without_a_report() -> None:
    evening = evening_at("report")
    act = ReportStamped(document=digest(b"x"), previous=digest(b"y"))
    evening.assert_refused("m1", act, article=SIGNATURE, saying="Sign the report first")


@both_trades
def test_the_stage_waits_for_report_signatures_and_stamps(trade: Trade) -> None:
    evening = evening_at("report", trade)
    evening.assert_refused("m1", evening.closing_act(), article=DISSENT[trade], saying="has not made the report yet")
    evening.render().sign_only(*evening.members)
    evening.assert_refused("m1", evening.closing_act(), article=DISSENT[trade], saying="Waiting for signing the report")
    for person in evening.members:
        evening.do(person, evening.stamp_act(person))
    evening.close()
    assert evening.stage == "archive"


def test_a_report_nobody_signed_is_not_archived() -> None:
    evening = evening_at("report").render().pass_time(hours=1)
    for person in evening.members:
        evening.do(ORGANISER, refusal(person))
    evening.assert_refused(
        "m1", evening.closing_act(), article=DISSENT["construction"], saying="No member has signed the report"
    )


def test_the_archive_is_ended_by_the_organiser() -> None:
    evening = evening_at("archive")
    evening.assert_refused(
        "m1", evening.closing_act(), article="招标投标法 第四十条", saying="The organiser ends the evaluation here"
    )
