"""A certificate that did not count when it signed: the record stands in the log, changes nothing, and says why."""

from __future__ import annotations

import pytest

from evalclient.core.evaluation.state import Author
from evalclient.core.records.acts_ending import DraftSaved
from evalclient.core.records.acts_founding import AdministratorAppointed, RecusalDeclared, SessionOpened
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.gates import may
from tests.builders.evening import ORGANISER, Evening, administrator_of, evening_at
from tests.builders.ledger import unchanged
from tests.builders.samples import sample_act

EXPIRED = Bilingual("证书已于 2026-11-23 过期，请换用有效的证书。", "The certificate expired on 2026-11-23.")
ARTICLE = "电子签名法 第十三条"
SIGNED_BY_CERTIFICATE = sorted(name for name, kind in KINDS.items() if kind.signer == "certificate")


@pytest.mark.parametrize("kind", [kind for kind in SIGNED_BY_CERTIFICATE if kind != "evaluation.created"])
def test_whatever_a_certificate_signs_is_refused_while_it_does_not_count(kind: str) -> None:
    evening = evening_at("preliminary")
    people = {"organiser": ORGANISER, "administrator": administrator_of("main"), "supervisor": "supervisor",
              "custodian": "custodian-agency", "bidder": evening.bidders[0], "member": "m2"}  # fmt: skip
    person = people[KINDS[kind].roles[0]]
    session = evening.evaluation.roster.current.get(person, "")
    verdict = may(evening.evaluation, sample_act(kind), Author(person, session, "", 1, evening.at, EXPIRED))
    assert (verdict.reason, verdict.article) == (EXPIRED, ARTICLE)


def test_such_a_record_changes_nothing_and_says_why() -> None:
    evening = evening_at("pledge")
    before = evening.evaluation
    record = evening.put("m2", evening.pledge_act(), doubt=EXPIRED)
    assert unchanged(before, evening.evaluation)
    (entry,) = evening.evaluation.without_effect
    assert (entry.record, entry.reason, entry.article) == (record, EXPIRED, ARTICLE)
    evening.do("m2", evening.pledge_act())


def test_what_a_session_signs_counts_by_the_certificate_at_sign_in() -> None:
    evening = evening_at("scoring")
    session = evening.evaluation.roster.current["m2"]
    author = Author("m2", session, "", 1, evening.at, EXPIRED)
    assert may(evening.evaluation, DraftSaved(topic="score|x", cipher=b"x"), author).allowed


def test_a_sign_in_that_does_not_count_takes_nobodys_seat() -> None:
    evening = evening_at("scoring")
    session = evening.evaluation.roster.current["m2"]
    doubted = evening.sign_in("m2", "main-9", doubt=EXPIRED)
    roster = evening.evaluation.roster
    assert roster.current["m2"] == session
    assert roster.sessions[doubted].doubt == EXPIRED
    draft = DraftSaved(topic="score|x", cipher=b"x")
    assert evening.may("m2", draft).allowed
    evening.assert_refused("m2", draft, session=doubted, article=ARTICLE, saying="session that does not hold")
    evening.sign_in("m2", "main-9")
    assert evening.evaluation.roster.current["m2"] not in (session, doubted)


def test_nor_does_the_first_one_of_a_person() -> None:
    evening = evening_at("checkin")
    evening.do(ORGANISER, evening.appointment("m6", "expert", "main", replaces="m2", ground="因病"))
    doubted = evening.sign_in("m6", doubt=EXPIRED)
    assert "m6" not in evening.evaluation.roster.current
    refused = evening.put("m6", RecusalDeclared(conflict=False), session=doubted)
    assert evening.why_without_effect(refused).startswith("The record comes from a session that does not hold.")


def test_an_appointment_that_does_not_count_gives_no_place() -> None:
    evening = Evening()
    administrator = AdministratorAppointed(person="a9", site="main", certificate="0" * 64)
    for act in (evening.appointment("m1", "expert", "main"), administrator):
        evening.put(ORGANISER, act, doubt=EXPIRED)
        assert evening.evaluation.roster.role(act.person) is None
        assert act.person not in evening.evaluation.members
        evening.do(ORGANISER, act)
        assert evening.evaluation.roster.role(act.person) is not None


def test_signing_in_itself_is_refused_by_the_same_gate() -> None:
    evening = evening_at("scoring")
    act = SessionOpened(signing_key=b"k", encryption_key=b"k", vault=b"k", seat="main-5")
    verdict = may(evening.evaluation, act, Author("m2", "", "", 1, evening.at, EXPIRED))
    assert verdict.article == ARTICLE
