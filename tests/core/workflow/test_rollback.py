"""Roll-back: asked for by leader or organiser, approved by the supervisor, a new round, former seals void."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.acts_ending import RollbackApproved, RollbackRequested
from tests.builders.evening import ORGANISER, SUPERVISOR, Evening, evening_at

ARTICLE = {"construction": "招标投标法实施条例 第七十一条", "procurement": "87号令 第六十四条"}
TARGETS: tuple[Stage, ...] = STAGES[stage_index("leader") : stage_index("archive")]
KIND_OF: dict[str, Stage] = {"vote.sealed": "leader", "review.sealed": "preliminary", "sheet.sealed": "scoring"}
both_trades = pytest.mark.parametrize("trade", ["construction", "procurement"])


def request(stage: Stage, ground: str = "评分标准理解有误") -> RollbackRequested:
    return RollbackRequested(to_stage=stage, ground=ground)


def full(trade: Trade = "construction") -> Evening:
    """A report lies before the members; there were a correction and a difference on the way."""
    evening = evening_at("scoring", trade)
    evening.score({("m2", evening.bidders[0], "record"): "5"})
    return evening.until("report").render()


def results(evaluation: Evaluation) -> dict[Stage, object]:
    return {
        "leader": evaluation.leader,
        "settlement": evaluation.corrections,
        "price": evaluation.price_confirmed,
        "summary": evaluation.summary,
        "recheck": evaluation.rechecks,
        "candidates": evaluation.candidates or (),
        "report": evaluation.report or (),
    }


@both_trades
@pytest.mark.parametrize("stage", TARGETS)
def test_back_to_each_stage(stage: Stage, trade: Trade) -> None:
    before = full(trade)
    evening = before.fork().roll_back(stage)
    evaluation = evening.evaluation
    assert (evaluation.stage, evaluation.round, evaluation.rollback) == (stage, 2, {})
    for owner, value in results(evaluation).items():
        kept = stage_index(owner) < stage_index(stage)
        assert value == results(before.evaluation)[owner] if kept else not value, owner
    for seal in evaluation.seals.values():
        assert seal.void == (stage_index(KIND_OF[seal.kind]) >= stage_index(stage))
    assert [entry.record for entry in evaluation.closed] == [entry.record for entry in before.evaluation.closed]


@both_trades
@pytest.mark.parametrize("stage", TARGETS)
def test_after_a_roll_back_the_evening_runs_to_its_end_again(stage: Stage, trade: Trade) -> None:
    evening = full(trade).roll_back(stage).until("ended")
    assert evening.evaluation.ending is not None
    assert {entry.round for entry in evening.evaluation.closed} == {1, 2}


def test_the_present_stage_may_be_done_again() -> None:
    evening = evening_at("scoring").score(close=False).roll_back("scoring")
    assert all(seal.void for seal in evening.evaluation.seals.values() if seal.kind == "sheet.sealed")
    evening.score().until("ended")


@both_trades
def test_who_asks_and_for_what(trade: Trade) -> None:
    evening = evening_at("price", trade)
    for person, act, saying in (
        ("m2", request("scoring"), "The leader or the organiser asks"),
        ("m1", request("scoring", " "), "needs its ground"),
        ("m1", request("summary"), "that it is in or has been through"),
        (ORGANISER, request("pledge"), "that it is in or has been through"),
        (ORGANISER, request("opening"), "that it is in or has been through"),
    ):
        evening.assert_refused(person, act, article=ARTICLE[trade], saying=saying)
    assert evening.may("m1", request("scoring")).allowed


@both_trades
def test_a_request_alone_changes_nothing(trade: Trade) -> None:
    evening = evening_at("price", trade)
    record = evening.do("m1", request("scoring", "漏评一家"))
    assert (evening.stage, evening.evaluation.round) == ("price", 1)
    assert evening.evaluation.rollback == {record: ("scoring", "漏评一家")}
    evening.assert_refused(
        SUPERVISOR, RollbackApproved(request="0" * 64), article=ARTICLE[trade], saying="no such request"
    )


@both_trades
def test_not_once_the_report_is_signed(trade: Trade) -> None:
    evening = evening_at("report", trade).render()
    asked = evening.do("m1", request("scoring"))
    evening.sign_only("m2")
    evening.assert_refused(ORGANISER, request("scoring"), article=ARTICLE[trade], saying="needs a re-evaluation")
    evening.assert_refused(
        SUPERVISOR, RollbackApproved(request=asked), article=ARTICLE[trade], saying="needs a re-evaluation"
    )


def test_an_approval_does_not_move_the_evaluation_forward() -> None:
    evening = evening_at("price")
    later = evening.do("m1", request("price"))
    sooner = evening.do("m1", request("scoring"))
    evening.do(SUPERVISOR, RollbackApproved(request=sooner))
    evening.assert_refused(
        SUPERVISOR, RollbackApproved(request=later), article=ARTICLE["construction"], saying="no such request"
    )


def test_a_replacement_drops_requests() -> None:
    evening = evening_at("price")
    asked = evening.do("m1", request("scoring"))
    evening.replace("m4", "m6").until("preliminary")
    evening.assert_refused(
        SUPERVISOR, RollbackApproved(request=asked), article=ARTICLE["construction"], saying="no such request"
    )


def test_seals_of_the_former_round_stay_shut_and_do_not_count() -> None:
    evening = evening_at("scoring").score(people=("m1", "m2"), close=False)
    (old, *_) = [seal.record for seal in evening.evaluation.seals.values() if seal.kind == "sheet.sealed"]
    evening.roll_back("preliminary")
    evening.assert_refused(
        "m1", SealOpened(seal=old, key=b"k"), article="招标投标法 第四十四条", saying="no such seal of yours to open"
    )
    evening.review().score()
    assert not evening.evaluation.seals[old].opened
