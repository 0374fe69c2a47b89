"""A sealed body whose author does not open it: asked for in time, released by custodians, opened by the organiser."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.views import scores, seal_by
from evalclient.core.records.acts_committee import SealOpened, SheetSealed
from evalclient.core.records.acts_recovery import RecoveryReleased, RecoveryRequested
from evalclient.core.workflow.duties import OpenRecovered, duties
from tests.builders.evening import CUSTODIANS, ORGANISER, RECOVERY, Evening, evening_at

ARTICLE = "招标投标法 第三十八条"
GROUND = "评委终端故障，无法登录公开"


def silent_evening(people: tuple[str, ...] = ("m1", "m2", "m3", "m4", "m5")) -> Evening:
    """All of ``people`` have sealed their sheets, nobody has opened his yet."""
    evening = evening_at("scoring")
    for person in people:
        evening.do(person, SheetSealed(sealed=evening.sealed(evening.sheet_of(person))))
    return evening


def shut(evening: Evening, person: str) -> str:
    seal = seal_by(evening.evaluation, person, "sheet.sealed")
    assert seal is not None
    return seal.record


def asked(evening: Evening, person: str = "m3") -> str:
    seal = shut(evening, person)
    evening.pass_time(hours=1).do(ORGANISER, RecoveryRequested(seal=seal, ground=GROUND))
    return seal


def test_two_custodians_and_the_organiser_open_what_its_author_does_not() -> None:
    evening = silent_evening()
    for person in ("m1", "m2", "m4", "m5"):
        seal = shut(evening, person)
        evening.do(person, SealOpened(seal=seal, key=b"k"), opened=evening.content_of(seal))
    seal = asked(evening)
    act = SealOpened(seal=seal, key=b"k")
    for custodian in RECOVERY:
        evening.assert_refused(ORGANISER, act, article=ARTICLE, saying="Too few custodians")
        assert OpenRecovered(seal) not in duties(evening.evaluation, ORGANISER)
        evening.do(custodian, RecoveryReleased(seal=seal, share=b"share"))
    assert duties(evening.evaluation, ORGANISER) == (OpenRecovered(seal),)
    evening.do(ORGANISER, act, opened=evening.content_of(seal))
    assert "m3" in scores(evening.evaluation)
    assert evening.evaluation.recovery[seal].ground == GROUND
    assert duties(evening.evaluation, ORGANISER) == ()
    evening.close()
    assert evening.stage == "settlement"


def test_the_author_has_his_time_first_and_may_still_come() -> None:
    evening = silent_evening()
    seal = shut(evening, "m3")
    request = RecoveryRequested(seal=seal, ground=GROUND)
    evening.assert_refused(ORGANISER, request, article=ARTICLE, saying="For 10 min after all have sealed")
    asked(evening)
    evening.do("m3", SealOpened(seal=seal, key=b"k"), opened=evening.content_of(seal))
    evening.assert_refused(
        RECOVERY[0], RecoveryReleased(seal=seal, share=b"s"), article=ARTICLE, saying="no such sealed body waiting"
    )
    evening.assert_refused(
        ORGANISER, SealOpened(seal=seal, key=b"k"), article=ARTICLE, saying="no such sealed body waiting"
    )


def test_nothing_is_asked_for_while_a_member_has_not_sealed() -> None:
    evening = silent_evening(("m1", "m2", "m3", "m4")).pass_time(hours=1)
    evening.assert_refused(
        ORGANISER,
        RecoveryRequested(seal=shut(evening, "m3"), ground=GROUND),
        article=ARTICLE,
        saying="Some members have not sealed yet",
    )


def test_a_request_has_a_ground_and_is_made_once() -> None:
    evening = silent_evening().pass_time(hours=1)
    seal = shut(evening, "m3")
    evening.assert_refused(
        ORGANISER, RecoveryRequested(seal=seal, ground=" "), article=ARTICLE, saying="needs its ground"
    )
    asked(evening)
    evening.assert_refused(
        ORGANISER, RecoveryRequested(seal=seal, ground=GROUND), article=ARTICLE, saying="asked for already"
    )
    evening.assert_refused(
        ORGANISER, RecoveryRequested(seal="0" * 64, ground=GROUND), article=ARTICLE, saying="no such sealed body"
    )


@pytest.mark.parametrize(
    ("person", "saying"), [(CUSTODIANS[0], "Only a recovery custodian"), (RECOVERY[0], "not asked")]
)
def test_no_share_leaves_its_holder_unasked_or_by_another(person: str, saying: str) -> None:
    evening = silent_evening()
    evening.assert_refused(
        person, RecoveryReleased(seal=shut(evening, "m3"), share=b"s"), article=ARTICLE, saying=saying
    )


def test_a_custodian_releases_once() -> None:
    evening = silent_evening()
    seal = asked(evening)
    evening.do(RECOVERY[0], RecoveryReleased(seal=seal, share=b"s"))
    evening.assert_refused(
        RECOVERY[0], RecoveryReleased(seal=seal, share=b"s"), article=ARTICLE, saying="released this share already"
    )


def test_without_recovery_custodians_there_is_nobody_to_ask() -> None:
    evening = Evening(recovery=()).until("scoring")
    for person in evening.members:
        evening.do(person, SheetSealed(sealed=evening.sealed(evening.sheet_of(person))))
    evening.pass_time(hours=1).assert_refused(
        ORGANISER,
        RecoveryRequested(seal=shut(evening, "m3"), ground=GROUND),
        article=ARTICLE,
        saying="has no recovery custodians",
    )
