"""Who may read whose work and the bids: every role, before and after all have sealed."""

from __future__ import annotations

import pytest

from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import SheetSealed
from evalclient.core.records.acts_ending import CommitteeDissolved
from evalclient.core.workflow.duties import GrantAccess, OpenSeal, duties
from evalclient.core.workflow.reading import may_read, may_read_bids, may_read_robustness
from tests.builders.evening import CUSTODIANS, ORGANISER, SUPERVISOR, Evening, administrator_of, bidder_id, evening_at

INDEPENDENCE = "招标投标法 第四十四条"
CONFIDENTIAL = "招标投标法 第三十八条"
SHEET = "sheet.sealed"
READERS = ("m1", "m2", ORGANISER, SUPERVISOR, administrator_of("main"), CUSTODIANS[0], bidder_id(1), "nobody")
ALL_SEALED = evening_at("settlement")
SOME_SEALED = evening_at("scoring").score(people=("m1", "m3", "m4", "m5"), close=False)


def why_not(evening: Evening, reader: str, author: str) -> tuple[str, str]:
    verdict = may_read(evening.evaluation, reader, author, SHEET)
    assert verdict.reason is not None
    assert verdict.reason.zh
    return verdict.reason.en, verdict.article


@pytest.mark.parametrize("reader", READERS)
def test_after_all_have_sealed_members_organiser_and_supervisor_read(reader: str) -> None:
    allowed = may_read(ALL_SEALED.evaluation, reader, "m3", SHEET).allowed
    assert allowed == (reader in ("m1", "m2", ORGANISER, SUPERVISOR))


@pytest.mark.parametrize("reader", [administrator_of("main"), CUSTODIANS[0], bidder_id(1), "nobody"])
@pytest.mark.parametrize("evening", [ALL_SEALED, SOME_SEALED], ids=["all", "some"])
def test_no_other_office_ever_reads(reader: str, evening: Evening) -> None:
    assert why_not(evening, reader, "m3") == ("Your office may not see what members concluded.", CONFIDENTIAL)


@pytest.mark.parametrize("reader", ["m1", ORGANISER, SUPERVISOR])
def test_before_all_have_sealed_nobody_reads_anothers(reader: str) -> None:
    reason, article = why_not(SOME_SEALED, reader, "m3")
    assert reason == "Until all members have sealed, nobody may see another's work."
    assert article == INDEPENDENCE


def test_who_has_not_sealed_is_told_so() -> None:
    reason, article = why_not(SOME_SEALED, "m2", "m3")
    assert reason == "You have not sealed your own work yet; you may not see a colleague's."
    assert article == INDEPENDENCE


@pytest.mark.parametrize("reader", READERS)
def test_ones_own_is_always_readable(reader: str) -> None:
    assert may_read(SOME_SEALED.evaluation, reader, reader, SHEET).allowed


def test_who_has_left_or_must_withdraw_reads_nothing() -> None:
    replaced = evening_at("settlement").replace("m2", "m6").until("settlement")
    conflicted = evening_at("settlement")
    conflicted.do("m2", conflicted.recusal("亲属"))
    for evening in (replaced, conflicted):
        reason, article = why_not(evening, "m2", "m1")
        assert reason.startswith("You are not a present member of this committee")
        assert article == CONFIDENTIAL


# -- bids --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
def test_bids_are_for_members_after_the_release(reader: str) -> None:
    assert may_read_bids(evening_at("preliminary").evaluation, reader).allowed == (reader in ("m1", "m2"))
    before = may_read_bids(evening_at("release").evaluation, reader)
    assert before.reason is not None
    assert before.article == CONFIDENTIAL
    expected = "not been released to you yet" if reader in ("m1", "m2") else "not a present member"
    assert expected in before.reason.en


def test_bids_are_read_at_the_present_seat_only() -> None:
    evening = evening_at("scoring")
    evening.sign_in("m1", "main-5")
    assert not may_read_bids(evening.evaluation, "m1").allowed
    evening.release(close=False)
    assert may_read_bids(evening.evaluation, "m1").allowed


def test_bids_are_shut_to_who_left_must_withdraw_or_was_dissolved() -> None:
    evening = evening_at("scoring")
    evening.do("m2", evening.recusal("亲属"))
    assert not may_read_bids(evening.evaluation, "m2").allowed
    evening.replace("m2", "m6")
    assert not may_read_bids(evening.evaluation, "m2").allowed
    evening.dissolve()
    verdict = may_read_bids(evening.evaluation, "m1")
    assert verdict.reason is not None
    assert "sealed again" in verdict.reason.en
    assert verdict.article == "招标投标法实施条例 第四十八条、第七十条"


# -- duties ------------------------------------------------------------------------------------------------------------


def test_a_client_publishes_its_key_once_all_have_sealed() -> None:
    evening = SOME_SEALED.fork()
    assert duties(evening.evaluation, "m1") == ()
    evening.do("m2", SheetSealed(sealed=evening.sealed(evening.sheet_of("m2"))))
    (duty,) = duties(evening.evaluation, "m1")
    assert isinstance(duty, OpenSeal)
    assert evening.evaluation.seals[duty.seal].author == "m1"
    assert duties(evening.fork().open_seals().evaluation, "m1") == ()
    assert duties(evening.dissolve().evaluation, "m1") == ()


def test_the_organisers_client_grants_access_to_each_session_once() -> None:
    evening = evening_at("release")
    found = duties(evening.evaluation, ORGANISER)
    assert found == tuple(
        GrantAccess(person, evening.evaluation.roster.current[person]) for person in ("m1", "m2", "m3", "m4", "m5")
    )
    evening.release()
    assert duties(evening.evaluation, ORGANISER) == ()
    session = evening.sign_in("m4", "a-2")
    assert duties(evening.evaluation, ORGANISER) == (GrantAccess("m4", session),)
    evening.release(close=False)
    assert duties(evening.until("ended").evaluation, ORGANISER) == ()


@pytest.mark.parametrize("person", ["m9", SUPERVISOR, CUSTODIANS[0], bidder_id(1)])
def test_others_owe_nothing(person: str) -> None:
    assert duties(evening_at("release").evaluation, person) == ()


def test_nothing_is_granted_before_the_release_or_to_who_must_withdraw() -> None:
    assert duties(evening_at("leader").evaluation, ORGANISER) == ()
    evening = evening_at("release")
    evening.do("m3", evening.recusal("亲属"))
    assert "m3" not in {duty.member for duty in duties(evening.evaluation, ORGANISER) if isinstance(duty, GrantAccess)}


@pytest.mark.parametrize("reader", READERS)
def test_before_all_have_signed_nobody_reads_how_firmly_the_result_stands(reader: str) -> None:
    for stage in ("settlement", "recheck", "report"):
        verdict = may_read_robustness(evening_at(stage).evaluation, reader)
        assert (verdict.allowed, verdict.article) == (False, INDEPENDENCE)


@pytest.mark.parametrize("stage", ["archive", "ended"])
@pytest.mark.parametrize("reader", READERS)
def test_after_the_signatures_the_supervisor_alone_reads_it(reader: str, stage: Stage) -> None:
    verdict = may_read_robustness(evening_at(stage).evaluation, reader)
    assert verdict.allowed == (reader == SUPERVISOR)
    assert verdict.article == ("" if verdict.allowed else INDEPENDENCE)


def test_an_ending_without_a_signed_report_has_no_robustness() -> None:
    evening = evening_at("preliminary")
    evening.do(ORGANISER, CommitteeDissolved(ground="重新组建"))
    assert not may_read_robustness(evening.evaluation, SUPERVISOR).allowed
