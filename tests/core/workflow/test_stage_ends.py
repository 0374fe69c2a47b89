"""The group end of a stage: over the records that count and the result this log gives, one stage after another."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.core.evaluation.results import group_digest, price_digest, result_digest
from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_committee import ScoreMaintained
from evalclient.core.workflow.stage_ends import can_end, closing_ids, conclusion
from evalclient.core.workflow.stages import ROLE_TITLES, STAGE_TITLES
from tests.builders.evening import ORGANISER, Evening, evening_at

CLOSE = "12号令 第九条"
WITH_RESULT: tuple[Stage, ...] = ("summary", "recheck", "candidates", "report")
OPEN: tuple[Stage, ...] = STAGES[:-2]


def ready(stage: Stage, trade: Trade = "construction") -> Evening:
    """An evening in which ``stage`` has all it needs and is not closed yet."""
    return evening_at(stage, trade).step(close=False)


@pytest.mark.parametrize("trade", ["construction", "procurement"])
@pytest.mark.parametrize("stage", OPEN)
def test_a_stage_ends_once_and_the_next_begins(stage: Stage, trade: Trade) -> None:
    evening = ready(stage, trade)
    assert can_end(evening.evaluation).allowed
    evening.close()
    (end,) = [entry for entry in evening.evaluation.closed if entry.stage == stage]
    assert (end.round, end.by) == (1, evening.evaluation.leader or ORGANISER)
    assert evening.stage == STAGES[stage_index(stage) + 1]


@pytest.mark.parametrize(("stage", "said"), [("archive", "本环节由组织方记录评标结束。"), ("ended", "评标已结束。")])
def test_what_the_last_stages_wait_for(stage: Stage, said: str) -> None:
    reason = can_end(evening_at(stage).evaluation).reason
    assert reason is not None
    assert reason.zh == said


@pytest.mark.parametrize("stage", OPEN)
def test_only_the_present_stage_ends(stage: Stage) -> None:
    evening = ready(stage)
    right = evening.closing_act()
    for other in set(STAGES) - {stage}:
        act = msgspec.structs.replace(right, stage=other)
        evening.assert_refused(ORGANISER, act, article=CLOSE, saying="That stage is over, or has not begun")


@pytest.mark.parametrize("stage", OPEN)
def test_an_end_names_exactly_what_it_closes_over(stage: Stage) -> None:
    evening = ready(stage)
    right = evening.closing_act()
    for act in (
        msgspec.structs.replace(right, closes=(*right.closes, "0" * 64)),
        msgspec.structs.replace(right, conclusion="0" * 64),
    ):
        evening.assert_refused(ORGANISER, act, article=CLOSE, saying="New records came in meanwhile")


def test_an_end_prepared_before_a_colleague_explained_is_stale() -> None:
    evening = ready("settlement")
    stale = evening.closing_act()
    first = evening.bidders[0]
    evening.do("m2", ScoreMaintained(bidder=first, item="plan", reason="补充说明"))
    evening.assert_refused("m1", stale, article=CLOSE, saying="New records came in meanwhile")
    evening.close()


@pytest.mark.parametrize("stage", [stage for stage in OPEN if stage_index(stage) > stage_index("leader")])
def test_the_organiser_ends_a_stage_only_where_the_leader_does_not(stage: Stage) -> None:
    evening = ready(stage)
    act = evening.closing_act()
    evening.assert_refused(ORGANISER, act, article=CLOSE, saying="nothing has happened for 30 min")
    evening.sign_in("m2", "main-9")  # goes on beside the procedure
    evening.pass_time(hours=1)
    if stage != "release":
        evening.do(ORGANISER, act)
        assert evening.evaluation.closed[-1].by == ORGANISER


def test_what_each_stage_closes_over() -> None:
    opened = ready("opening").evaluation
    assert closing_ids(opened) == tuple(bid.record for bid in opened.bids.values())
    sites = ready("ready").evaluation
    assert closing_ids(sites) == tuple(site.record for site in sites.sites.values())
    here = ready("checkin").evaluation
    assert closing_ids(here) == tuple(member.arrival for member in here.members.values())
    pledged = ready("pledge").evaluation
    assert closing_ids(pledged) == tuple(
        record for member in pledged.members.values() for record in (member.pledge, member.recusal)
    )
    for stage, kind in (("preliminary", "review.sealed"), ("scoring", "sheet.sealed")):
        sealed = ready(stage).evaluation  # type: ignore[arg-type]
        assert closing_ids(sealed) == tuple(seal.record for seal in sealed.seals.values() if seal.kind == kind)
    assert closing_ids(ready("report").evaluation) == ()


def test_the_result_that_each_stage_concludes_with() -> None:
    for stage in OPEN:
        evaluation = ready(stage).evaluation
        expected = ""
        if stage == "preliminary":
            expected = group_digest(evaluation)
        elif stage == "price":
            expected = price_digest(evaluation)
        elif stage in WITH_RESULT:
            expected = result_digest(evaluation)
        assert conclusion(evaluation) == expected, stage


def test_the_release_waits_for_every_members_access() -> None:
    evening = evening_at("release")
    evening.assert_refused(
        "m1", evening.closing_act(), article="招标投标法 第三十八条", saying="access to the bids: m1, m2, m3, m4, m5"
    )
    evening.release(close=False)
    evening.sign_in("m4", "a-2")
    evening.assert_refused(
        "m1", evening.closing_act(), article="招标投标法 第三十八条", saying="access to the bids: m4"
    )


def test_every_stage_and_office_has_its_words() -> None:
    assert set(STAGE_TITLES) == set(STAGES)
    for words in (*STAGE_TITLES.values(), *ROLE_TITLES.values()):
        assert words.text("zh") != words.text("en")


@pytest.mark.parametrize("stage", OPEN)
def test_an_end_by_the_book_is_what_may_allows(stage: Stage) -> None:
    """``can_end`` and ``may`` agree, so a button that shows what is missing never lies."""
    evening = evening_at(stage)
    for state in (evening, ready(stage)):
        person = state.evaluation.leader or ORGANISER
        assert state.may(person, state.closing_act()).allowed == can_end(state.evaluation).allowed
