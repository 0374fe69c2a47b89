"""Price, summary, re-check, candidates: over what the log gives, by who may."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.core.evaluation.results import flags, price_digest, recommended, result_digest, tally_result
from evalclient.core.method.document.parts import Method
from evalclient.core.records.act import Trade
from evalclient.core.records.acts_committee import (
    CandidatesRecommended,
    DefectDeclared,
    PriceConfirmed,
    RecheckAnswered,
    SummaryRecorded,
)
from evalclient.core.records.acts_ending import PracticeFilled
from tests.builders.documents import method_of
from tests.builders.evening import Evening, evening_at

RECHECK = {"construction": "招标投标法实施条例 第四十九条", "procurement": "87号令 第六十四条"}
LEADER = {"construction": "12号令 第九条", "procurement": "87号令 第四十五条"}
PRICE = {"construction": "招标投标法 第四十条", "procurement": "87号令 第五十五条"}
SUMMARY = {"construction": "招标投标法 第四十条", "procurement": "87号令 第五十七条"}
CANDIDATES = {"construction": "招标投标法实施条例 第五十三条", "procurement": "87号令 第五十七条"}
both_trades = pytest.mark.parametrize("trade", ["construction", "procurement"])


@both_trades
def test_each_member_confirms_the_calculation_this_log_gives(trade: Trade) -> None:
    evening = evening_at("price", trade)
    evening.assert_refused(
        "m1", PriceConfirmed(calculation="0" * 64), article=RECHECK[trade], saying="not the one this log gives"
    )
    evening.do("m1", PriceConfirmed(calculation=price_digest(evening.evaluation)))
    evening.assert_refused(
        "m1", evening.closing_act(), article=PRICE[trade], saying="the price calculation: m2, m3, m4, m5"
    )


def test_a_method_without_prices_has_an_empty_calculation() -> None:
    method = method_of("construction")
    (technical, commercial) = method.sections
    scaled = (
        msgspec.structs.replace(technical, weight="70", scaling="to_weight"),
        msgspec.structs.replace(commercial, weight="30", scaling="to_weight"),
    )
    without = msgspec.structs.replace(method, price=None, sections=scaled)
    evening = Evening(method=without).until("ended")
    assert evening.evaluation.candidates is not None
    assert tally_result(evening.evaluation).price is None


@both_trades
def test_the_leader_alone_sums_up_over_this_result(trade: Trade) -> None:
    evening = evening_at("summary", trade)
    right = result_digest(evening.evaluation)
    evening.assert_refused("m2", SummaryRecorded(result=right), article=LEADER[trade], saying="This is for the leader")
    evening.assert_refused(
        "m1", SummaryRecorded(result="0" * 64), article=RECHECK[trade], saying="not the one this log gives"
    )
    evening.assert_refused("m1", evening.closing_act(), article=SUMMARY[trade], saying="has not summed up yet")
    evening.sum_up()
    assert evening.evaluation.summary == right


@both_trades
def test_every_flag_is_answered_by_everybody(trade: Trade) -> None:
    low = {("m3", bidder, "plan"): "0" for bidder in Evening().bidders[:5]}
    evening = evening_at("scoring", trade).score(low).until("recheck")
    found = flags(evening.evaluation)
    assert found
    right = evening.recheck_act()
    blank = msgspec.structs.replace(right.answers[0], answer=" ")
    for answers in ((), right.answers[1:], (blank, *right.answers[1:])):
        act = RecheckAnswered(result=right.result, answers=answers)
        evening.assert_refused("m1", act, article=RECHECK[trade], saying="Flags not answered yet")
    wrong = RecheckAnswered(result="0" * 64, answers=right.answers)
    evening.assert_refused("m1", wrong, article=RECHECK[trade], saying="not the one this log gives")
    for person in ("m1", "m2", "m4", "m5"):
        evening.do(person, right)
    evening.assert_refused("m1", evening.closing_act(), article=RECHECK[trade], saying="Waiting for the re-check: m3")
    evening.do("m3", right)
    evening.close()


def test_a_flag_is_named_with_the_bidder_as_read_out() -> None:
    low = {("m3", bidder, item): "0" for bidder in Evening().bidders[:1] for item in ("plan", "quality")}
    evening = evening_at("scoring").score(low)
    assert any("金马建设" in flag.sentence.zh for flag in flags(evening.evaluation))


# -- candidates --------------------------------------------------------------------------------------------------------


@both_trades
def test_candidates_follow_the_ranking_and_are_the_leaders_to_record(trade: Trade) -> None:
    evening = evening_at("candidates", trade)
    right = CandidatesRecommended(candidates=recommended(evening.evaluation), result=result_digest(evening.evaluation))
    first, second, third = right.candidates
    replaced = msgspec.structs.replace
    for act, person, article, saying in (
        (right, "m2", LEADER[trade], "This is for the leader"),
        (replaced(right, candidates=(second, first, third)), "m1", CANDIDATES[trade], "do not follow the ranking"),
        (replaced(right, candidates=(first, second)), "m1", CANDIDATES[trade], "do not follow the ranking"),
        (replaced(right, candidates=(first, second, third, first)), "m1", CANDIDATES[trade], "At most 3 candidates"),
        (replaced(right, result="0" * 64), "m1", RECHECK[trade], "not the one this log gives"),
    ):
        evening.assert_refused(person, act, article=article, saying=saying)
    evening.assert_refused("m1", evening.closing_act(), article=CANDIDATES[trade], saying="not recorded yet")
    evening.do("m1", right)
    assert evening.evaluation.candidates == (first, second, third)


def many_candidates(count: int) -> Method:
    method = method_of("procurement")
    return msgspec.structs.replace(method, ranking=msgspec.structs.replace(method.ranking, candidates=count))


@pytest.mark.parametrize(("stated", "recorded"), [(1, 1), (2, 2), (5, 3)])
def test_the_tender_may_ask_for_fewer_candidates_but_not_for_more_than_the_law(stated: int, recorded: int) -> None:
    evening = Evening("procurement", method=many_candidates(stated)).until("report")
    assert evening.evaluation.candidates is not None
    assert len(evening.evaluation.candidates) == recorded
    assert evening.evaluation.candidates == tally_result(evening.evaluation).candidates[:recorded]


# -- defects, practice -------------------------------------------------------------------------------------------------


def test_a_defect_needs_its_ground() -> None:
    evening = evening_at("scoring", "procurement")
    evening.assert_refused("m1", DefectDeclared(ground=" "), article="87号令 第六十五条", saying="needs its ground")
    evening.do("m1", DefectDeclared(ground="评分标准相互矛盾"))
    assert evening.evaluation.defects == {"m1": "评分标准相互矛盾"}


def test_filling_in_is_for_practice() -> None:
    act = PracticeFilled(topic="score|rest")
    evening_at("scoring").assert_refused(
        "m1", act, article="招标投标法 第四十四条", saying="for practice evaluations only"
    )
    practice = Evening(practice=True).until("scoring")
    practice.do("m1", act)
    assert practice.evaluation.practice_fills == (("m1", "score|rest"),)
