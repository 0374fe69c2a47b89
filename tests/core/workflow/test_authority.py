"""What follows from the catalogue alone: role, stage, round, session, place on the committee; for every kind."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.state import Author
from evalclient.core.records.act import Role, Stage
from evalclient.core.records.acts_ending import CheckpointCosigned, DraftSaved, EvaluationEnded
from evalclient.core.records.acts_founding import RecusalDeclared, SessionOpened
from evalclient.core.records.catalogue import KINDS
from evalclient.core.workflow.gates import may
from evalclient.core.workflow.stages import ROLE_TITLES, STAGE_TITLES
from tests.builders.evening import CUSTODIANS, ORGANISER, SUPERVISOR, administrator_of, evening_at
from tests.builders.samples import sample_act

SOMEBODY: dict[Role, str] = {
    "organiser": ORGANISER,
    "supervisor": SUPERVISOR,
    "custodian": CUSTODIANS[0],
    "administrator": administrator_of("main"),
    "member": "m2",
}
EVENING = evening_at("preliminary")
SOMEBODY["bidder"] = EVENING.bidders[0]
FOUNDING = "evaluation.created"
LATER = sorted(set(KINDS) - {FOUNDING})


def article_of(kind: str) -> str:
    return EVENING.evaluation.rules.article(kind)


@pytest.mark.parametrize(
    ("kind", "role"),
    [(kind, role) for kind in LATER for role in SOMEBODY if role not in KINDS[kind].roles],
)
def test_an_act_by_the_wrong_role_is_refused(kind: str, role: Role) -> None:
    wanted = ", ".join(ROLE_TITLES[name].en for name in KINDS[kind].roles)
    EVENING.assert_refused(
        SOMEBODY[role], sample_act(kind), article=article_of(kind), saying=f"is for {wanted}; that person must"
    )


@pytest.mark.parametrize("kind", LATER)
def test_an_act_by_a_stranger_is_refused(kind: str) -> None:
    EVENING.assert_refused("nobody", sample_act(kind), article=article_of(kind), saying="is for")


@pytest.mark.parametrize("kind", [kind for kind in LATER if KINDS[kind].stages])
def test_an_act_outside_its_stages_is_refused(kind: str) -> None:
    row = KINDS[kind]
    others: tuple[Stage, ...] = ("checkin", "archive", "leader", "ready")
    stage = next(stage for stage in others if stage not in row.stages)
    evening = evening_at(stage)
    evening.assert_refused(
        SOMEBODY[row.roles[0]],
        sample_act(kind),
        article=article_of(kind),
        saying=f"The stage is “{STAGE_TITLES[evening.stage].en}”; “{row.title.en}” belongs to",
    )


def test_there_is_one_founding() -> None:
    EVENING.assert_refused(
        ORGANISER, EVENING.founding, article="招标投标法 第三十七条", saying="has been created already"
    )


@pytest.mark.parametrize("kind", [kind for kind in LATER if not kind.endswith(".timestamped")])
def test_after_the_end_nothing_is_done_but_signing_in_and_vouching(kind: str) -> None:
    evening = evening_at("ended")
    person = SOMEBODY[KINDS[kind].roles[0]]
    if kind in ("session.opened", "checkpoint.cosigned", "draft.saved"):
        assert evening.may(person, sample_act(kind)).allowed
    else:
        evening.assert_refused(person, sample_act(kind), article=article_of(kind), saying="has ended")


@pytest.mark.parametrize("kind", LATER)
def test_a_dissolved_committee_does_nothing_more(kind: str) -> None:
    evening = evening_at("scoring").dissolve()
    person = SOMEBODY[KINDS[kind].roles[0]]
    if kind in ("session.opened", "checkpoint.cosigned", "draft.saved"):
        assert evening.may(person, sample_act(kind)).allowed
    elif kind == "evaluation.ended":
        document = "0" * 64
        assert evening.may(ORGANISER, EvaluationEnded(ending="new_committee", ground="另组", document=document)).allowed
    else:
        evening.assert_refused(
            person, sample_act(kind), article="招标投标法实施条例 第四十八条、第七十条", saying="has been dissolved"
        )


def test_a_record_of_another_round_is_without_effect() -> None:
    evening = evening_at("scoring").roll_back("preliminary")
    assert evening.evaluation.round == 2
    evening.assert_refused(
        "m1",
        RecusalDeclared(conflict=True, ground="亲属"),
        round=1,
        article=evening.evaluation.rules.rollback.article,
        saying="belongs to round 1, now is round 2",
    )


def test_some_kinds_belong_to_no_round() -> None:
    evening = evening_at("scoring").roll_back("preliminary")
    record = evening.put("m1", DraftSaved(topic="score|x", cipher=b"x"), round=1)
    assert evening.evaluation.drafts["m1", "score|x"].record == record


def test_a_late_record_of_a_session_that_was_taken_over_is_without_effect() -> None:
    evening = evening_at("scoring")
    old = evening.evaluation.roster.current["m1"]
    evening.sign_in("m1", "main-4")
    evening.assert_refused(
        "m1",
        DraftSaved(topic="score|x", cipher=b"x"),
        session=old,
        article="电子签名法 第十三条",
        saying="session that has been taken over",
    )
    assert evening.may("m1", DraftSaved(topic="score|x", cipher=b"x")).allowed


def test_a_replaced_member_does_nothing_more() -> None:
    evening = evening_at("scoring").replace("m2", "m6")
    evening.assert_refused(
        "m2",
        DraftSaved(topic="score|x", cipher=b"x"),
        article="招标投标法实施条例 第四十八条",
        saying="no longer a member",
    )
    key = b"k"
    act = SessionOpened(signing_key=key, encryption_key=key, vault=key, seat="main-5")
    author = Author("m2", "", "", 1, evening.at)
    assert not may(evening.evaluation, act, author).allowed


@pytest.mark.parametrize("kind", [kind for kind in LATER if "member" in KINDS[kind].roles])
def test_a_member_who_must_withdraw_does_nothing_more(kind: str) -> None:
    stages: tuple[Stage, ...] = (
        *(stage for stage in KINDS[kind].stages if stage not in ("checkin", "pledge")),
        "scoring",
    )
    evening = evening_at(stages[0])
    evening.do("m2", RecusalDeclared(conflict=True, ground="投标人的近亲属"))
    act = RecusalDeclared(conflict=True, ground="近亲属") if kind == "recusal.declared" else sample_act(kind)
    if kind in ("session.opened", "recusal.declared"):
        assert evening.may("m2", act).allowed
    else:
        evening.assert_refused(
            "m2", act, article="招标投标法 第三十七条", saying="declared a conflict and may not go on"
        )


def test_rooms_vouch_for_checkpoints() -> None:
    evening = evening_at("scoring")
    evening.do(administrator_of("a"), CheckpointCosigned(stage="preliminary", size=120, root="0" * 64))
    assert evening.evaluation.cosigned == ((administrator_of("a"), "preliminary", 120),)
