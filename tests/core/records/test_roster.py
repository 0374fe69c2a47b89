"""The roster: who holds which place, whose session is active, and that nobody is handed another's place."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.acts_committee import SheetSealed
from evalclient.core.records.acts_founding import AdministratorAppointed
from evalclient.core.records.envelope import digest
from tests.builders.evening import CUSTODIANS, ORGANISER, RECOVERY, SUPERVISOR, Evening, evening_at
from tests.builders.ledger import certificate_of


def places(evaluation: Evaluation) -> dict[str, tuple[str, str]]:
    return {name: (place.role, place.site) for name, place in evaluation.roster.places.items()}


def test_record_0_gives_the_offices_their_places() -> None:
    roster = Evening().evaluation.roster
    assert {person: roster.role(person) for person in roster.places} == {
        ORGANISER: "organiser",
        SUPERVISOR: "supervisor",
        **dict.fromkeys((*CUSTODIANS, *RECOVERY), "custodian"),
    }
    assert roster.certificate_digest(SUPERVISOR) == digest(certificate_of(SUPERVISOR))


def test_anybody_may_bid_and_his_id_names_his_certificate() -> None:
    roster = Evening().evaluation.roster
    fingerprint = digest(b"a bidder's certificate")
    assert roster.role(f"bidder:{fingerprint}") == "bidder"
    assert roster.certificate_digest(f"bidder:{fingerprint}") == fingerprint


def test_a_stranger_has_no_place() -> None:
    roster = Evening().evaluation.roster
    assert roster.role("m1") is None
    assert roster.certificate_digest("m1") is None
    assert roster.session_of("m1") is None


def test_appointments_give_places() -> None:
    evening = Evening().submit().appoint()
    found = places(evening.evaluation)
    assert found["m4"] == ("member", "a")
    assert found["admin-b"] == ("administrator", "b")


@pytest.mark.parametrize("person", ["m1", "admin-main", ORGANISER, SUPERVISOR, CUSTODIANS[0]])
def test_no_later_record_changes_the_certificate_of_a_place(person: str) -> None:
    evening = evening_at("scoring")
    held = evening.evaluation.roster.places[person]
    stolen = digest(b"somebody else's certificate")
    appointment = msgspec.structs.replace(evening.appointment(person, "expert", "main"), certificate=stolen)
    evening.put(ORGANISER, appointment)
    evening.put(ORGANISER, AdministratorAppointed(person=person, site="a", certificate=stolen))
    assert evening.evaluation.roster.places[person] == held
    assert len(evening.evaluation.without_effect) == 2


def test_a_session_is_a_chain_and_the_latest_is_the_active_one() -> None:
    evening = evening_at("preliminary")
    first = evening.evaluation.roster.session_of("m1")
    assert first is not None
    second_id = evening.sign_in("m1", "main-5")
    second = evening.evaluation.roster.session_of("m1")
    assert second is not None
    assert (second.id, second.predecessor, second.seat, second.seq, second.last) == (
        second_id,
        first.id,
        "main-5",
        0,
        second_id,
    )
    assert second.certificate == certificate_of("m1")
    assert evening.evaluation.roster.sessions[first.id] == first


def test_every_record_moves_its_own_chain_alone_even_without_effect() -> None:
    evening = evening_at("preliminary")
    before = evening.evaluation.roster
    record = evening.put("m1", evening.closing_act())
    after = evening.evaluation.roster
    assert evening.why_without_effect(record)
    mine = after.sessions[after.current["m1"]]
    assert (mine.seq, mine.last) == (before.sessions[mine.id].seq + 1, record)
    assert {key: value for key, value in after.sessions.items() if key != mine.id} == {
        key: value for key, value in before.sessions.items() if key != mine.id
    }


def test_sealed_bodies_stay_known_to_check_their_keys() -> None:
    evening = evening_at("scoring")
    sealed = evening.sealed(None)
    record = evening.do("m2", SheetSealed(sealed=sealed))
    entry = evening.evaluation.roster.sealed[record]
    assert (entry.kind, entry.author, entry.sealed) == ("sheet.sealed", "m2", sealed)
