"""Independence: bodies are sealed with the bids at hand, opened when all have sealed, and garbage is not work."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.core.evaluation.results import group_opinions
from evalclient.core.evaluation.views import reviews, scores, seal_by, sheets_as_sealed
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import (
    Opinion,
    Review,
    ReviewSealed,
    Score,
    ScoreSheet,
    SealOpened,
    SealWithdrawn,
    SheetSealed,
    Vote,
)
from tests.builders.evening import ORGANISER, Evening, evening_at

INDEPENDENCE = "招标投标法 第四十四条"
WORK: tuple[tuple[Stage, str], ...] = (("preliminary", "review.sealed"), ("scoring", "sheet.sealed"))
OTHERS = ("m2", "m3", "m4", "m5")
at_work = pytest.mark.parametrize(("stage", "kind"), WORK)


def seal_act(evening: Evening, kind: str, content: msgspec.Struct | None = None) -> ReviewSealed | SheetSealed:
    sealed = evening.sealed(content)
    return ReviewSealed(sealed=sealed) if kind == "review.sealed" else SheetSealed(sealed=sealed)


def work(evening: Evening, people: tuple[str, ...], close: bool = False) -> Evening:
    return (
        evening.review(people=people, close=close)
        if evening.stage == "preliminary"
        else evening.score(people=people, close=close)
    )


def own_seal(evening: Evening, person: str, kind: str) -> str:
    seal = seal_by(evening.evaluation, person, kind)
    assert seal is not None
    return seal.record


@at_work
def test_one_seals_at_the_seat_where_the_bids_lie_open(stage: Stage, kind: str) -> None:
    evening = evening_at(stage)
    evening.sign_in("m1", "main-5")
    evening.assert_refused(
        "m1", seal_act(evening, kind), article="招标投标法 第三十八条", saying="not been released to your present seat"
    )
    evening.release(close=False)
    assert evening.may("m1", seal_act(evening, kind)).allowed


@at_work
def test_one_seals_once(stage: Stage, kind: str) -> None:
    evening = work(evening_at(stage), ("m1",))
    evening.assert_refused("m1", seal_act(evening, kind), article=INDEPENDENCE, saying="You have sealed already")


@at_work
def test_no_key_is_published_before_all_have_sealed(stage: Stage, kind: str) -> None:
    evening = work(evening_at(stage), OTHERS)
    act = SealOpened(seal=own_seal(evening, "m2", kind), key=b"k")
    evening.assert_refused("m2", act, article=INDEPENDENCE, saying="Some members have not sealed yet")
    assert not any(seal.opened for seal in evening.evaluation.seals.values() if seal.kind == kind)


@at_work
def test_only_the_author_opens_and_only_once(stage: Stage, kind: str) -> None:
    evening = work(evening_at(stage), ("m1", *OTHERS))
    seal = own_seal(evening, "m2", kind)
    evening.assert_refused(
        "m1", SealOpened(seal=seal, key=b"k"), article=INDEPENDENCE, saying="no such seal of yours to open"
    )
    evening.assert_refused(
        "m1", SealOpened(seal="0" * 64, key=b"k"), article=INDEPENDENCE, saying="no such seal of yours to open"
    )
    evening.assert_refused("m2", SealOpened(seal=seal, key=b"k"), article=INDEPENDENCE, saying="open already")


@at_work
def test_a_seal_is_taken_back_until_all_have_sealed(stage: Stage, kind: str) -> None:
    evening = work(evening_at(stage), OTHERS)
    seal = own_seal(evening, "m2", kind)
    evening.assert_refused(
        "m3", SealWithdrawn(seal=seal), article=INDEPENDENCE, saying="no such seal of yours to withdraw"
    )
    evening.do("m2", SealWithdrawn(seal=seal))
    assert seal_by(evening.evaluation, "m2", kind) is None
    evening.assert_refused("m2", SealWithdrawn(seal=seal), article=INDEPENDENCE, saying="no such seal of yours")
    evening.assert_refused("m2", SealOpened(seal=seal, key=b"k"), article=INDEPENDENCE, saying="no such seal of yours")
    work(evening, ("m2",))
    assert own_seal(evening, "m2", kind) != seal


@at_work
def test_a_seal_is_not_taken_back_once_all_have_sealed(stage: Stage, kind: str) -> None:
    evening = work(evening_at(stage), OTHERS)
    content = evening.review_of({}) if kind == "review.sealed" else evening.sheet_of("m1")
    evening.do("m1", seal_act(evening, kind, content))
    evening.assert_refused(
        "m2",
        SealWithdrawn(seal=own_seal(evening, "m2", kind)),
        article="招标投标法实施条例 第四十九条",
        saying="none can be withdrawn any more",
    )


def test_no_seal_is_taken_back_after_a_colleagues_is_open() -> None:
    """m3 opens, then m4 is replaced: m2, still shut, may not look and seal anew."""
    evening = evening_at("scoring")
    for person in evening.members:
        evening.do(person, SheetSealed(sealed=evening.sealed(evening.sheet_of(person))))
    seal = own_seal(evening, "m3", "sheet.sealed")
    evening.do("m3", SealOpened(seal=seal, key=b"k"), opened=evening.content_of(seal))
    evening.replace("m4", "m6").until("scoring")
    evening.assert_refused(
        "m2",
        SealWithdrawn(seal=own_seal(evening, "m2", "sheet.sealed")),
        article="招标投标法实施条例 第四十九条",
        saying="none can be withdrawn any more",
    )


@at_work
def test_the_stage_waits_for_seals_then_for_keys(stage: Stage, kind: str) -> None:
    evening = work(evening_at(stage), ("m1", "m2", "m3"))
    evening.assert_refused("m1", evening.closing_act(), article=INDEPENDENCE, saying="to be sealed: m4, m5")
    for person in ("m4", "m5"):
        content = evening.review_of({}) if kind == "review.sealed" else evening.sheet_of(person)
        evening.do(person, seal_act(evening, kind, content))
    evening.assert_refused("m1", evening.closing_act(), article=INDEPENDENCE, saying="to be opened: m1, m2, m3, m4, m5")


# -- garbage -----------------------------------------------------------------------------------------------------------


def bad_reviews(evening: Evening) -> dict[str, msgspec.Struct | None]:
    good = evening.review_of({}).opinions
    first, *rest = good
    items = dict(good[first])
    items.popitem()
    silent = {**good[first], "seal": Opinion(passed=False, reason=" ")}
    return {
        "no key": None,
        "another kind": Vote("m1"),
        "a bid missing": Review({bidder: good[bidder] for bidder in rest}),
        "a stranger": Review({**good, "bidder:" + "0" * 64: good[first]}),
        "an item missing": Review({**good, first: items}),
        "an item more": Review({**good, first: {**good[first], "more": Opinion(True)}}),
        "a fail without reason": Review({**good, first: silent}),
    }


def bad_sheets(evening: Evening) -> dict[str, msgspec.Struct | None]:
    good = evening.sheet_of("m5").scores
    first, *rest = good
    items = dict(good[first])
    items.popitem()
    return {
        "no key": None,
        "another kind": Vote("m1"),
        "a bid missing": ScoreSheet({bidder: good[bidder] for bidder in rest}),
        "a rejected bid": ScoreSheet({**good, evening.bidders[5]: good[first]}),
        "an item missing": ScoreSheet({**good, first: items}),
        "an item more": ScoreSheet({**good, first: {**good[first], "more": Score("1")}}),
    }


def test_an_incomplete_review_counts_as_not_submitted() -> None:
    for name, content in bad_reviews(evening_at("preliminary")).items():
        evening = evening_at("preliminary").review(people=("m1", "m2", "m3", "m4"), close=False)
        evening.do("m5", seal_act(evening, "review.sealed", content))
        evening.open_seals()
        assert seal_by(evening.evaluation, "m5", "review.sealed") is None, name
        assert "m5" not in reviews(evening.evaluation)
        evening.assert_refused("m1", evening.closing_act(), article=INDEPENDENCE, saying="to be sealed: m5")


def test_an_incomplete_sheet_counts_as_not_submitted() -> None:
    for name, content in bad_sheets(evening_at("scoring")).items():
        evening = evening_at("scoring").score(people=("m1", "m2", "m3", "m4"), close=False)
        evening.do("m5", seal_act(evening, "sheet.sealed", content))
        evening.open_seals()
        assert "m5" not in sheets_as_sealed(evening.evaluation), name
        assert "m5" not in scores(evening.evaluation)
        evening.assert_refused("m1", evening.closing_act(), article=INDEPENDENCE, saying="to be sealed: m5")


def garbage(stage: Stage, kind: str, opened_first: str) -> Evening:
    """All have sealed, m5 garbage; ``opened_first`` opens alone."""
    evening = evening_at(stage)
    for person in evening.members:
        content = (
            None if person == "m5" else evening.review_of({}) if kind == "review.sealed" else evening.sheet_of(person)
        )
        evening.do(person, seal_act(evening, kind, content))
    seal = own_seal(evening, opened_first, kind)
    evening.do(opened_first, SealOpened(seal=seal, key=b"k"), opened=evening.content_of(seal))
    return evening


@at_work
def test_garbage_found_before_any_other_is_open_is_made_good(stage: Stage, kind: str) -> None:
    evening = garbage(stage, kind, "m5")
    evening.assert_refused(
        "m1",
        SealOpened(seal=own_seal(evening, "m1", kind), key=b"k"),
        article=INDEPENDENCE,
        saying="Some members have not sealed yet",
    )
    work(evening, ("m5",), close=True)
    assert evening.evaluation.closed[-1].stage == stage


@at_work
def test_garbage_is_not_made_good_after_looking_at_the_others(stage: Stage, kind: str) -> None:
    evening = garbage(stage, kind, "m1").open_seals()
    evening.assert_refused(
        "m5", seal_act(evening, kind), article=INDEPENDENCE, saying="replace you or ask for a roll-back"
    )
    again = evening.fork().roll_back(stage)
    assert again.may("m5", seal_act(again, kind)).allowed
    evening.replace("m5", "m6").until(stage)
    work(evening, ("m6",), close=True)


def test_the_group_decides_by_majority_and_keeps_each_reason() -> None:
    evening = evening_at("preliminary")
    bidder = evening.bidders[0]
    evening.review({}, people=("m1", "m2", "m3"), close=False)
    evening.review({bidder: "bond"}, people=("m4", "m5"), close=False)
    (opinion,) = [entry for entry in group_opinions(evening.evaluation) if entry.against]
    assert (opinion.bidder, opinion.item, opinion.passed) == (bidder, "bond", True)
    assert opinion.against == (("m4", "投标函未加盖单位公章"), ("m5", "投标函未加盖单位公章"))


def test_the_organiser_closes_where_the_leader_cannot_but_a_member_does_not() -> None:
    evening = evening_at("preliminary").review(close=False)
    evening.assert_refused("m2", evening.closing_act(), article="12号令 第九条", saying="The leader closes a stage")
    assert not evening.may(ORGANISER, evening.closing_act()).allowed
    assert evening.pass_time(hours=1).may(ORGANISER, evening.closing_act()).allowed
