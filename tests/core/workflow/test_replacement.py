"""Replacement: the replaced member's conclusions are void, the others' stand, the successor works anew (条例 48)."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.results import bids_in_scoring, group_opinions, result_digest
from evalclient.core.evaluation.views import scores, seal_by, sheets_as_sealed
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_committee import (
    CompetitionJudged,
    DefectDeclared,
    ScoreMaintained,
    SealOpened,
    SheetSealed,
    Vote,
    VoteSealed,
)
from evalclient.core.records.acts_ending import ReportSigned
from evalclient.core.workflow.reading import may_read
from tests.builders.evening import ORGANISER, Evening, bidder_id, evening_at

STAGES: tuple[Stage, ...] = (
    "checkin",
    "pledge",
    "leader",
    "release",
    "preliminary",
    "scoring",
    "settlement",
    "price",
    "summary",
    "recheck",
    "candidates",
    "report",
)
both_trades = pytest.mark.parametrize("trade", ["construction", "procurement"])


@both_trades
@pytest.mark.parametrize("leaving", ["m1", "m5"])
@pytest.mark.parametrize("stage", STAGES)
def test_at_every_stage_the_evening_goes_on_to_its_end(stage: Stage, leaving: str, trade: Trade) -> None:
    evening = evening_at(stage, trade).replace(leaving, "m6")
    assert evening.stage == "checkin"
    assert evening.members == (*(person for person in ("m1", "m2", "m3", "m4", "m5") if person != leaving), "m6")
    had_a_leader = stage not in ("checkin", "pledge", "leader")
    assert (evening.evaluation.leader == "m1") == (had_a_leader and leaving != "m1")
    evening.until("leader")
    if not evening.evaluation.leader:
        evening.elect("m2" if leaving == "m1" else "m1")
    evening.until("ended")
    assert evening.evaluation.ending is not None
    assert set(scores(evening.evaluation)) == set(evening.members)


def test_once_the_report_is_signed_a_dissent_cannot_be_replaced_away() -> None:
    evening = evening_at("report").render()
    evening.do("m2", ReportSigned(document=evening.document, dissent="对第一名的业绩认定有不同意见"))
    for leaving in ("m2", "m3"):
        act = evening.appointment(
            "m6", "expert", evening.evaluation.members[leaving].site, replaces=leaving, ground="x"
        )
        evening.assert_refused(
            ORGANISER, act, article="招标投标法实施条例 第四十八条", saying="nobody is replaced any more"
        )


def test_who_must_withdraw_is_replaced_even_after_others_have_signed() -> None:
    evening = evening_at("report").render().sign_only("m2")
    evening.do("m3", evening.recusal("与投标人有利害关系"))
    evening.replace("m3", "m6").until("ended")
    assert evening.evaluation.ending is not None


def test_a_replaced_leader_means_a_new_vote() -> None:
    evening = evening_at("scoring").replace("m1", "m6")
    assert (evening.evaluation.leader, evening.evaluation.ballot) == ("", 2)
    evening.until("leader").elect("m3").until("scoring")
    assert evening.evaluation.leader == "m3"


def test_another_member_leaves_the_leader_in_his_place() -> None:
    evening = evening_at("scoring").replace("m2", "m6")
    assert (evening.evaluation.leader, evening.evaluation.ballot) == ("m1", 1)


def test_a_vote_that_nobody_has_read_goes_on_with_the_successors() -> None:
    evening = evening_at("leader").vote({"m1": "m2", "m3": "m2"}).replace("m4", "m6").until("leader")
    assert evening.evaluation.ballot == 1
    evening.vote({"m2": "m1", "m5": "m2", "m6": "m1"})
    assert evening.evaluation.leader == "m2"


def test_a_vote_that_has_been_read_in_part_is_held_again() -> None:
    evening = evening_at("leader").vote({"m1": "m2", "m2": "m1", "m3": "m3"})
    for person in ("m4", "m5"):
        evening.do(person, VoteSealed(sealed=evening.sealed(Vote("m2"))))
    seal = seal_by(evening.evaluation, "m1", "vote.sealed")
    assert seal is not None
    evening.do("m1", SealOpened(seal=seal.record, key=b"k"), opened=evening.content_of(seal.record))
    evening.replace("m4", "m6").until("leader")
    assert evening.evaluation.ballot == 2
    assert seal_by(evening.evaluation, "m1", "vote.sealed") is None


def test_a_tied_candidate_who_leaves_opens_the_run_off_to_all() -> None:
    evening = evening_at("leader").vote({"m1": "m1", "m2": "m2", "m3": "m1", "m4": "m2", "m5": "m3"})
    assert evening.evaluation.runoff
    evening.replace("m2", "m6").until("leader")
    assert not evening.evaluation.runoff
    evening.elect("m6")


# -- before the reveal -------------------------------------------------------------------------------------------------


def test_before_the_reveal_his_sheet_is_voided_unopened() -> None:
    evening = evening_at("scoring").score(people=("m1", "m2", "m3"), close=False)
    seal = seal_by(evening.evaluation, "m2", "sheet.sealed")
    assert seal is not None
    evening.replace("m2", "m6").until("ended")
    void = evening.evaluation.seals[seal.record]
    assert (void.void, void.opened) == (True, False)
    assert "m2" not in sheets_as_sealed(evening.evaluation)


# -- after the reveal --------------------------------------------------------------------------------------------------


def test_after_the_reveal_the_others_sheets_stand_and_results_are_made_anew() -> None:
    evening = evening_at("candidates")
    before, stood = result_digest(evening.evaluation), sheets_as_sealed(evening.evaluation)
    evening.replace("m2", "m6")
    assert evening.evaluation.summary == ""
    assert evening.evaluation.price_confirmed == {}
    assert evening.evaluation.candidates is None
    evening.until("scoring").score({("m6", evening.bidders[0], "plan"): "1"}).until("report")
    after = sheets_as_sealed(evening.evaluation)
    assert {person: after[person] for person in ("m1", "m3", "m4", "m5")} == {
        person: stood[person] for person in ("m1", "m3", "m4", "m5")
    }
    assert result_digest(evening.evaluation) != before


def test_a_successor_reads_nothing_before_he_has_sealed_his_own() -> None:
    evening = evening_at("price").replace("m2", "m6").until("preliminary")
    for kind in ("review.sealed", "sheet.sealed"):
        verdict = may_read(evening.evaluation, "m6", "m1", kind)
        assert verdict.reason is not None
        assert "You have not sealed your own work yet" in verdict.reason.en
        assert not may_read(evening.evaluation, "m3", "m1", kind).allowed
    evening.review()
    assert may_read(evening.evaluation, "m6", "m1", "review.sealed").allowed
    assert not may_read(evening.evaluation, "m6", "m1", "sheet.sealed").allowed
    evening.score()
    assert may_read(evening.evaluation, "m6", "m1", "sheet.sealed").allowed


def test_what_he_corrected_judged_and_found_falls_away_the_others_stays() -> None:
    evening = evening_at("scoring").score({("m2", bidder_id(1), "record"): "5"})
    for person in ("m1", "m2"):
        evening.do(person, ScoreMaintained(bidder=bidder_id(1), item="record", reason="原件为准"))
        evening.do(person, DefectDeclared(ground="标准矛盾"))
    evening.replace("m2", "m6")
    assert [entry.member for entry in evening.evaluation.corrections] == ["m1"]
    assert set(evening.evaluation.defects) == {"m1"}


def test_his_view_on_competition_falls_away() -> None:
    fail = {bidder_id(number): "seal" for number in (3, 4, 5, 6)}
    evening = evening_at("preliminary").review(fail, close=False)
    for person in ("m1", "m2"):
        evening.do(person, CompetitionJudged(competitive=True, reason="仍有竞争"))
    evening.replace("m2", "m6")
    assert set(evening.evaluation.competition) == {"m1"}


# -- the group's preliminary result may turn ---------------------------------------------------------------------------


def turned(fails_before: bool) -> Evening:
    """m3's opinion on the first bid's bond decides; he is replaced after the price stage, m6 thinks otherwise."""
    first = bidder_id(1)
    evening = evening_at("preliminary")
    fail = {first: "bond", bidder_id(6): "seal"}
    passes = {bidder_id(6): "seal"}
    evening.review(fail, people=("m1", "m2"), close=False)
    evening.review(fail if fails_before else passes, people=("m3",), close=False)
    evening.review(passes, people=("m4", "m5")).until("price")
    evening.replace("m3", "m6").until("preliminary")
    return evening.review(passes if fails_before else fail)


def test_a_bid_let_in_anew_is_scored_by_everybody_anew() -> None:
    evening = turned(fails_before=True)
    assert bidder_id(1) in {bid.bidder for bid in bids_in_scoring(evening.evaluation)}
    assert all(seal.void for seal in evening.evaluation.seals.values() if seal.kind == "sheet.sealed")
    evening.until("ended")
    assert all(bidder_id(1) in sheet for sheet in scores(evening.evaluation).values())


def test_a_bid_now_rejected_leaves_the_others_sheets_as_they_are() -> None:
    evening = turned(fails_before=False)
    assert bidder_id(1) not in {bid.bidder for bid in bids_in_scoring(evening.evaluation)}
    assert set(sheets_as_sealed(evening.evaluation)) == {"m1", "m2", "m4", "m5"}
    evening.until("ended")
    assert evening.evaluation.candidates is not None
    assert bidder_id(1) not in evening.evaluation.candidates


def test_corrections_on_voided_sheets_fall_away() -> None:
    first = bidder_id(2)
    evening = evening_at("preliminary")
    fail = {bidder_id(1): "bond", bidder_id(6): "seal"}
    evening.review(fail, people=("m1", "m2", "m3"), close=False).review({}, people=("m4", "m5"))
    evening.score({("m2", first, "record"): "0"}).until("price")
    assert evening.evaluation.corrections
    evening.replace("m3", "m6").until("preliminary").review({})
    assert evening.evaluation.corrections == ()
    assert {entry.passed for entry in group_opinions(evening.evaluation) if entry.bidder == bidder_id(1)} == {True}
    evening.until("ended")


def test_a_conflict_declared_after_all_have_sealed_keeps_every_key_back_until_the_successor_has_sealed() -> None:
    evening = evening_at("scoring").score(people=("m1", "m2", "m3", "m4"), close=False)
    evening.do("m5", SheetSealed(sealed=evening.sealed(evening.sheet_of("m5"))))
    evening.do("m5", evening.recusal("投标人的近亲属"))
    evening.open_seals()
    assert not any(seal.opened for seal in evening.evaluation.seals.values() if seal.kind == "sheet.sealed")
    evening.replace("m5", "m6").until("scoring").score().until("ended")
