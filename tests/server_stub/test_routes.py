"""The centre over real HTTP: publishing, reading, records; who may do what, and what each wrong request is answered."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from evalclient.core.errors import CentreRefused, CentreUnreachable
from evalclient.core.records.acts_ending import CheckpointCosigned
from evalclient.core.records.envelope import Record, Seen, digest, record_id
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.sync.centre import HttpCentre, Login
from evalclient.sync.register import Register
from tests.builders.centre import (
    METHOD,
    PIN,
    RULES,
    TENDER,
    Author,
    Beginning,
    CentreProcess,
    founding,
    key_of,
    record_zero,
    token_for,
)

UNKNOWN = "ab" * 32


# -- publishing -----------------------------------------------------------------------------------------------------


def test_a_published_evaluation_is_listed_and_readable_by_anyone(
    register: Register, begun: Beginning, centre_process: CentreProcess
) -> None:
    listing = register.evaluations()[0]
    assert (listing.fingerprint, listing.log_key, listing.practice) == (begun.fingerprint, centre_process.log_key, True)
    found = register.evaluation(begun.fingerprint)
    assert found.record == begun.genesis
    assert (found.tender, found.method, found.rules) == (TENDER, METHOD, RULES)
    assert found.founding.log_key == register.log_key() == centre_process.log_key


def test_publishing_twice_gives_the_same_evaluation(register: Register, begun: Beginning) -> None:
    fingerprint, receipt = register.publish(begun.genesis, TENDER, METHOD, RULES)
    assert fingerprint == begun.fingerprint
    assert "index 0" in receipt.proof
    assert [one.fingerprint for one in register.evaluations()].count(fingerprint) == 1


def test_nobody_from_an_unknown_authority_founds_an_evaluation(register: Register) -> None:
    stranger = DemoPki.create("another seed", datetime(2026, 11, 20, tzinfo=UTC)).authorities[1]
    key = Pkcs12Key.open(stranger.issue("organiser", "测试单位", pin=PIN).p12, PIN)
    act = founding(register.log_key())
    party = type(act.organiser)("organiser", key.certificate)
    genesis = record_zero(founding(register.log_key(), changes={"organiser": party}), key)
    with pytest.raises(CentreRefused, match="does not accept"):
        register.publish(genesis, TENDER, METHOD, RULES)


@pytest.mark.parametrize(
    ("changes", "documents"),
    [
        ({"log_key": "evalclient-centre+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, ()),
        ({"tender": "ab" * 32}, ()),
        ({}, (b"another tender", METHOD, RULES)),
        ({}, (TENDER, METHOD, b"other rules")),
    ],
)
def test_a_publication_has_to_fit_together(
    register: Register, changes: dict[str, object], documents: tuple[bytes, ...]
) -> None:
    genesis = record_zero(founding(register.log_key(), changes=changes))
    with pytest.raises(CentreRefused):
        register.publish(genesis, *(documents or (TENDER, METHOD, RULES)))
    with pytest.raises(CentreRefused):
        register.evaluation(record_id(genesis.payload))


def test_only_a_signed_record_zero_founds_an_evaluation(register: Register, begun: Beginning) -> None:
    for genesis in (Record(begun.genesis.payload, b"x"), begun.records[0], Record(b"", b"")):
        with pytest.raises(CentreRefused):
            register.publish(genesis, TENDER, METHOD, RULES)


def test_an_unknown_evaluation_is_said_to_be_unknown(register: Register, centre_process: CentreProcess) -> None:
    with pytest.raises(CentreRefused, match="no such evaluation"):
        register.evaluation(UNKNOWN)
    with pytest.raises(CentreRefused, match="no such evaluation"):
        HttpCentre(centre_process.url, UNKNOWN).submit([])


def test_a_certificate_finds_its_own_place(register: Register, begun: Beginning) -> None:
    assert register.place(begun.fingerprint, digest(key_of("m1").certificate)) == "m1"
    assert register.place(begun.fingerprint, digest(key_of("organiser").certificate)) == "organiser"
    assert register.place(begun.fingerprint, digest(key_of("nobody").certificate)) == ""


# -- who reads ------------------------------------------------------------------------------------------------------


def test_log_and_blobs_are_for_those_who_signed_in(centre_process: CentreProcess, begun: Beginning) -> None:
    base = f"{centre_process.url}/v1/evaluations/{begun.fingerprint}"
    name = digest(TENDER)
    for method, path in (("GET", "feed?from=0"), ("GET", f"blobs/{name}"), ("HEAD", f"blobs/{name}"),
                         ("PUT", f"blobs/{UNKNOWN}")):  # fmt: skip
        for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic bTE6eA=="}):
            assert requests.request(method, f"{base}/{path}", headers=headers, timeout=10).status_code == 401


def test_a_token_opens_one_evaluation_and_no_other(centre_process: CentreProcess, begun: Beginning) -> None:
    headers = {"Authorization": f"Bearer {token_for(centre_process, begun, begun.member)}"}
    other = centre_process.publish()
    for fingerprint, status in ((begun.fingerprint, 200), (other.fingerprint, 401)):
        url = f"{centre_process.url}/v1/evaluations/{fingerprint}/feed?from=0"
        assert requests.get(url, headers=headers, timeout=10).status_code == status


def test_a_login_needs_the_sessions_own_key(centre_process: CentreProcess, begun: Beginning) -> None:
    for session, sign in (
        (begun.member.session, begun.organiser.keys.sign),
        (begun.member.session, lambda message: b""),
        (begun.member.session, lambda message: begun.member.keys.sign(message.replace(b"login/1", b"login/2"))),
        (UNKNOWN, begun.member.keys.sign),
    ):
        centre = HttpCentre(centre_process.url, begun.fingerprint, Login(session, sign))
        with pytest.raises(CentreRefused, match="Login refused"):
            centre.feed(0, 0.0)
        centre.close()


def test_moving_to_another_seat_ends_the_old_login(
    centre: HttpCentre, centre_process: CentreProcess, begun: Beginning
) -> None:
    assert len(centre.feed(0, 0.0).entries) == 4
    moved = Author("m1", begun.fingerprint)
    (answer,) = centre.submit([moved.open_session(begun.member.session)])
    assert answer.receipt is not None
    with pytest.raises(CentreRefused, match="newer seat"):
        centre.feed(0, 0.0)
    centre.log_in_as(moved.login)
    assert len(centre.feed(0, 0.0).entries) == 5


def test_a_login_that_the_centre_forgot_is_renewed(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    process.start()
    begun = process.publish()
    centre = process.connect(begun, begun.member)
    assert len(centre.feed(0, 0.0).entries) == 4
    assert process.stop() == 0
    with pytest.raises(CentreUnreachable):
        centre.feed(0, 0.0)
    process.start()
    assert len(centre.feed(0, 0.0).entries) == 4
    centre.close()
    assert process.stop() == 0


# -- records --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [Seen(3, UNKNOWN), Seen(50, UNKNOWN), Seen(0, UNKNOWN)])
def test_a_record_that_saw_another_log_is_refused(centre: HttpCentre, begun: Beginning, seen: Seen) -> None:
    (answer,) = centre.submit([begun.member.draft(seen=seen)])
    assert answer.receipt is None
    assert not answer.retry
    assert "supervisor" in answer.refusal_en


def test_a_cosignature_over_another_log_is_refused(centre: HttpCentre, begun: Beginning) -> None:
    (answer,) = centre.submit([begun.organiser.sign(CheckpointCosigned(stage="opening", size=3, root=UNKNOWN))])
    assert answer.receipt is None
    assert not answer.retry
    assert "never had" in answer.refusal_en


def test_somebody_without_a_place_waits_for_it(centre: HttpCentre, begun: Beginning) -> None:
    early = Author("m7", begun.fingerprint)
    (answer,) = centre.submit([early.open_session()])
    assert answer.receipt is None
    assert answer.retry


def test_a_waiting_feed_answers_when_something_comes(
    centre: HttpCentre, centre_process: CentreProcess, begun: Beginning
) -> None:
    asked, pages = threading.Event(), list[int]()

    def wait() -> None:
        other = centre_process.connect(begun, begun.organiser)
        other.feed(0, 0.0)
        asked.set()
        pages.append(other.feed(4, 20.0).entries[0].index)
        other.close()

    thread = threading.Thread(target=wait)
    thread.start()
    assert asked.wait(10)
    centre.submit([begun.member.draft()])
    thread.join(10)
    assert pages == [4]


def test_long_logs_come_in_pages(centre: HttpCentre, begun: Beginning) -> None:
    drafts = [begun.member.draft() for _ in range(600)]
    centre.submit(drafts[:300])
    centre.submit(drafts[300:])
    first = centre.feed(0, 0.0)
    assert len(first.entries) == 500
    second = centre.feed(500, 0.0)
    assert len(second.entries) == 104
    assert [entry.record for entry in (*first.entries, *second.entries)][4:] == drafts


def test_the_received_times_do_not_go_back(centre: HttpCentre, begun: Beginning) -> None:
    for _ in range(5):
        centre.submit([begun.member.draft()])
    times = [entry.received for entry in centre.feed(0, 0.0).entries]
    assert times == sorted(times)
