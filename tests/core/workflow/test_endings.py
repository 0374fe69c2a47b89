"""Every lawful ending, in both trades, each with its condition, its ground and its report."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import msgspec
import pytest

from evalclient.core.evaluation.results import valid_bidders
from evalclient.core.method.document.parts import Method
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_committee import CompetitionJudged, DefectDeclared
from evalclient.core.records.acts_ending import CommitteeDissolved, Ending, EvaluationEnded, ReportRefused
from evalclient.core.records.envelope import digest
from evalclient.core.workflow.stages import STAGE_TITLES
from tests.builders.documents import DEADLINE, method_of, rules_of
from tests.builders.evening import ORGANISER, Evening, bidder_id, evening_at

TOO_FEW = "12号令 第二十七条"
both_trades = pytest.mark.parametrize("trade", ["construction", "procurement"])
ENDINGS: tuple[Ending, ...] = (
    "awarded",
    "too_few",
    "all_rejected",
    "defective_document",
    "new_committee",
    "unsigned",
)


def ending_act(ending: Ending, ground: str = "依法结束", document: str = "0" * 64) -> EvaluationEnded:
    return EvaluationEnded(ending=ending, ground=ground, document=document)


def failing(count: int, item: str = "seal") -> dict[str, str]:
    """The last ``count`` of six bids fail."""
    return {bidder_id(number): item for number in range(7 - count, 7)}


def judged(evening: Evening, views: Mapping[str, bool]) -> Evening:
    for person, competitive in views.items():
        evening.do(person, CompetitionJudged(competitive=competitive, reason="价格与方案仍有实质差异"))
    return evening


def with_defect(trade: Trade) -> Evening:
    evening = evening_at("scoring", trade)
    for person in ("m1", "m3", "m5"):
        evening.do(person, DefectDeclared(ground="采购需求与评分标准矛盾，评标无法进行"))
    return evening


def unsigned(trade: Trade) -> Evening:
    evening = evening_at("report", trade).render().pass_time(hours=1)
    for person in evening.members:
        evening.do(ORGANISER, ReportRefused(member=person, ground="拒绝签字且未说明"))
    return evening


LAWFUL: dict[Ending, Callable[[Trade], Evening]] = {
    "awarded": lambda trade: evening_at("archive", trade),
    "too_few": lambda trade: Evening(trade).submit([1, 2]).pass_time(to=DEADLINE),
    "all_rejected": lambda trade: evening_at("preliminary", trade).review(failing(6), close=False),
    "defective_document": with_defect,
    "new_committee": lambda trade: evening_at("scoring", trade).dissolve(),
    "unsigned": unsigned,
}


@both_trades
@pytest.mark.parametrize("ending", ENDINGS)
def test_each_lawful_ending_ends_it_with_ground_and_report(ending: Ending, trade: Trade) -> None:
    evening = LAWFUL[ending](trade)
    article = evening.evaluation.rules.endings[ending].article
    evening.assert_refused(ORGANISER, ending_act(ending, " "), article=article, saying="An ending needs its ground")
    evening.assert_refused(
        ORGANISER, ending_act(ending, document=""), article=article, saying="An ending needs its report"
    )
    evening.end(ending, "依法结束")
    assert evening.stage == "ended"
    assert evening.evaluation.ending is not None
    assert (evening.evaluation.ending.ending, evening.evaluation.ending.ground) == (ending, "依法结束")


@both_trades
@pytest.mark.parametrize("ending", ENDINGS)
def test_no_ending_without_its_condition(ending: Ending, trade: Trade) -> None:
    for other, prepare in LAWFUL.items():
        evening = prepare(trade)
        if other == ending or (other, ending) == ("all_rejected", "too_few"):
            continue
        rule = evening.evaluation.rules.endings[ending]
        evening.assert_refused(ORGANISER, ending_act(ending), article=rule.article, saying=rule.text.en)


def test_the_award_needs_the_last_revision_of_the_report() -> None:
    evening = evening_at("archive")
    for document in (evening.document, "0" * 64):
        evening.assert_refused(
            ORGANISER,
            ending_act("awarded", document=document),
            article="招标投标法 第四十条",
            saying="must be the last revision",
        )


def test_an_ending_that_the_rules_do_not_know_is_refused() -> None:
    rules = json.loads(rules_of("construction"))
    rules["rules"] = [rule for rule in rules["rules"] if rule.get("ending") not in ("unsigned", "too_few")]
    evening = Evening(rules=json.dumps(rules).encode()).submit([1]).pass_time(to=DEADLINE)
    evening.assert_refused(
        ORGANISER,
        ending_act("unsigned"),
        article=evening.evaluation.rules.article("evaluation.ended"),
        saying="knows no such ending",
    )
    evening.assert_refused(
        ORGANISER,
        evening.opening_act(),
        article=evening.evaluation.rules.article("evaluation.ended"),
        saying="they stay shut",
    )


# -- too few -----------------------------------------------------------------------------------------------------------


@both_trades
def test_nobody_ends_it_before_the_deadline(trade: Trade) -> None:
    evening = Evening(trade).submit([1, 2])
    article = evening.evaluation.rules.endings["too_few"].article
    evening.assert_refused(
        ORGANISER, ending_act("too_few"), article=article, saying="The deadline has not passed; more bids may come"
    )


@both_trades
def test_too_few_after_failures_at_opening(trade: Trade) -> None:
    evening = Evening(trade).submit([1, 2, 3]).open({bidder_id(3): "revoked"}, close=False)
    article = evening.evaluation.rules.endings["too_few"].article
    evening.assert_refused(ORGANISER, evening.closing_act(), article=article, saying="Fewer than 3 bids were opened")
    evening.end("too_few")


def test_too_few_qualified_are_not_evaluated_in_procurement() -> None:
    out = {bidder_id(number): "无经营资质" for number in (1, 2, 3, 4)}
    evening = Evening("procurement").open(unqualified=out, close=False)
    evening.assert_refused(
        ORGANISER, evening.closing_act(), article="政府采购法 第三十六条", saying="opened and qualified; they are not"
    )
    evening.end("too_few")


def test_an_opening_without_a_record_does_not_end() -> None:
    evening = Evening().submit().appoint().pass_time(to=DEADLINE)
    evening.assert_refused(
        ORGANISER, evening.closing_act(), article="招标投标法 第三十六条", saying="no opening record yet"
    )


def test_procurement_ends_with_fewer_than_three_responsive_bids() -> None:
    evening = evening_at("preliminary", "procurement").review(failing(4), close=False)
    assert len(valid_bidders(evening.evaluation)) == 2
    evening.assert_refused(
        "m1",
        evening.closing_act(),
        article="政府采购法 第三十六条",
        saying="Fewer than 3 bids are valid; the tender is void",
    )
    evening.assert_refused(
        "m1",
        CompetitionJudged(competitive=True, reason="仍有竞争"),
        article="政府采购法 第三十六条",
        saying="no competition to judge",
    )
    evening.end("too_few")


def test_construction_judges_whether_too_few_still_compete() -> None:
    evening = evening_at("preliminary").review(failing(4), close=False)
    silent = CompetitionJudged(competitive=True, reason="")
    evening.assert_refused("m1", silent, article=TOO_FEW, saying="needs its reason")
    judged(evening, {"m1": True, "m2": True, "m3": False, "m4": False})
    evening.assert_refused("m1", evening.closing_act(), article=TOO_FEW, saying="must judge whether they compete")
    evening.assert_refused(
        ORGANISER, ending_act("too_few"), article="招标投标法 第二十八条；实施条例 第四十四条", saying="not met"
    )
    goes_on = judged(evening.fork(), {"m5": True}).close()
    assert goes_on.until("ended").evaluation.ending is not None
    judged(evening, {"m5": False}).end("too_few")


@pytest.mark.parametrize("sealed", [4, 5])
def test_competition_is_judged_only_where_the_open_review_leaves_too_few(sealed: int) -> None:
    evening = evening_at("preliminary")
    evening.review(failing(4 if sealed == 4 else 3), people=evening.members[:sealed], close=False)
    evening.assert_refused(
        "m1", CompetitionJudged(competitive=True, reason="仍有竞争"), article=TOO_FEW, saying="no competition to judge"
    )


# -- all rejected ------------------------------------------------------------------------------------------------------


@both_trades
def test_with_every_bid_rejected_the_committee_does_not_score(trade: Trade) -> None:
    evening = evening_at("preliminary", trade).review(failing(6), close=False)
    article = evening.evaluation.rules.endings["all_rejected"].article
    evening.assert_refused("m1", evening.closing_act(), article=article, saying="Every bid is rejected")


def ceiling(trade: Trade, price: str) -> Method:
    method = method_of(trade)
    return msgspec.structs.replace(method, thresholds=msgspec.structs.replace(method.thresholds, ceiling_price=price))


@both_trades
def test_a_bid_above_the_ceiling_price_is_out_before_scoring(trade: Trade) -> None:
    evening = Evening(trade, method=ceiling(trade, "9300000")).until("scoring")
    assert valid_bidders(evening.evaluation) == tuple(bidder_id(number) for number in (1, 2, 4))
    assert evening.until("ended").evaluation.ending is not None


def below_technical(trade: Trade, least: str) -> Evening:
    method = method_of(trade)
    limits = msgspec.structs.replace(method.thresholds, minimum_technical=least)
    return Evening(trade, method=msgspec.structs.replace(method, thresholds=limits)).until("summary")


@both_trades
def test_bids_below_the_technical_threshold_may_leave_none(trade: Trade) -> None:
    evening = below_technical(trade, "70").sum_up(close=False)
    assert valid_bidders(evening.evaluation) == ()
    article = evening.evaluation.rules.endings["all_rejected"].article
    evening.assert_refused("m1", evening.closing_act(), article=article, saying="Every bid is rejected")
    evening.end("all_rejected")


def test_bids_below_the_technical_threshold_may_leave_too_few() -> None:
    evening = below_technical("procurement", "58").sum_up(close=False)
    assert 0 < len(valid_bidders(evening.evaluation)) < 3
    evening.assert_refused("m1", evening.closing_act(), article="政府采购法 第三十六条", saying="the tender is void")
    evening.end("too_few")


def test_too_few_at_the_summary_are_judged_in_construction() -> None:
    evening = below_technical("construction", "58").sum_up(close=False)
    evening.assert_refused("m1", evening.closing_act(), article=TOO_FEW, saying="must judge whether they compete")
    judged(evening, dict.fromkeys(evening.members, True)).close()
    assert evening.stage == "recheck"


# -- defects, new committee --------------------------------------------------------------------------------------------


@both_trades
def test_two_of_five_do_not_stop_the_evaluation(trade: Trade) -> None:
    evening = evening_at("scoring", trade)
    for person in ("m1", "m2"):
        evening.do(person, DefectDeclared(ground="评分标准缺失"))
    rule = evening.evaluation.rules.endings["defective_document"]
    evening.assert_refused(ORGANISER, ending_act("defective_document"), article=rule.article, saying="not met")


@both_trades
@pytest.mark.parametrize("signed", [("m1",), "everybody"])
def test_a_defect_does_not_undo_a_signed_report(signed: object, trade: Trade) -> None:
    evening = with_defect(trade).until("report").render()
    if signed == "everybody":
        evening.sign()
    else:
        evening.sign_only("m1")
    rule = evening.evaluation.rules.endings["defective_document"]
    evening.assert_refused(ORGANISER, ending_act("defective_document"), article=rule.article, saying="not met")


@both_trades
def test_a_new_committee_needs_a_ground_and_no_signature(trade: Trade) -> None:
    evening = evening_at("report", trade)
    article = evening.evaluation.rules.endings["new_committee"].article
    evening.assert_refused(ORGANISER, CommitteeDissolved(ground=" "), article=article, saying="needs its ground")
    evening.render().sign_only("m1")
    evening.assert_refused(
        ORGANISER, CommitteeDissolved(ground="组成不合法"), article=article, saying="the committee stands"
    )


STAGES_OF_WORK: tuple[Stage, ...] = ("checkin", "leader", "preliminary", "settlement", "report")


@pytest.mark.parametrize("stage", STAGES_OF_WORK)
def test_a_committee_is_dissolved_at_any_stage_of_its_work(stage: Stage) -> None:
    evening = evening_at(stage).dissolve("网络中断逾四小时，封存资料")
    assert STAGE_TITLES[evening.stage].zh
    evening.end("new_committee", "网络中断逾四小时")
    assert evening.evaluation.dissolved == "网络中断逾四小时，封存资料"


def test_the_document_of_an_ending_is_kept() -> None:
    evening = LAWFUL["new_committee"]("construction").end("new_committee")
    assert evening.evaluation.ending is not None
    assert evening.evaluation.ending.document == digest(b"new_committee")
