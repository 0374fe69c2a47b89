"""The centre over real HTTP: who may do what, and what each wrong request is answered."""

from __future__ import annotations

import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from evalclient.core.errors import CentreRefused, CentreUnreachable
from evalclient.core.records.acts_bids import BidSubmitted
from evalclient.core.records.acts_ending import CheckpointCosigned
from evalclient.core.records.envelope import Record, Seen, digest, record_id
from evalclient.crypto.demo_pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.store.shelf import DownloadDamaged, Shelf
from evalclient.sync.centre import HttpCentre, Login
from evalclient.sync.register import Register
from evalclient.sync.wire import Challenge, LoginAnswer, LoginRequest, Problem, Token, decode, encode, login_message
from tests.builders.centre import (
    METHOD,
    PIN,
    RULES,
    TENDER,
    Author,
    Beginning,
    CentreProcess,
    beginning,
    founding,
    key_of,
    record_zero,
)

UNKNOWN = "ab" * 32


@pytest.fixture
def begun(centre_process: CentreProcess) -> Beginning:
    return centre_process.publish()


@pytest.fixture
def centre(centre_process: CentreProcess, begun: Beginning) -> Iterator[HttpCentre]:
    connected = centre_process.connect(begun, begun.member)
    yield connected
    connected.close()


@pytest.fixture
def register(centre_process: CentreProcess) -> Iterator[Register]:
    register = Register(centre_process.url)
    yield register
    register.close()


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


def token_for(centre_process: CentreProcess, begun: Beginning, author: Author) -> str:
    base = f"{centre_process.url}/v1/evaluations/{begun.fingerprint}/login"
    asked = requests.post(base, encode(LoginRequest(author.session)), timeout=10)
    challenge = decode(asked.content, Challenge).challenge
    signature = author.keys.sign(login_message(begun.fingerprint, author.session, challenge))
    answer = LoginAnswer(author.session, challenge, signature)
    first = requests.post(f"{base}/answer", encode(answer), timeout=10)
    again = requests.post(f"{base}/answer", encode(answer), timeout=10)
    assert (first.status_code, again.status_code) == (200, 403), "a challenge is good for one login"
    return decode(first.content, Token).token


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


# -- blobs ----------------------------------------------------------------------------------------------------------

PACKAGE = secrets.token_bytes(3_000_000)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "bid.zip"
    path.write_bytes(PACKAGE)
    return path


def test_a_package_goes_up_and_comes_down_and_is_continued(centre: HttpCentre, package: Path, tmp_path: Path) -> None:
    name = digest(PACKAGE)
    assert not centre.has_blob(name)
    sent: list[int] = []
    centre.upload(name, package, sent.append)
    assert sent[-1] == len(PACKAGE)
    centre.upload(name, package, sent.append)
    assert sent.count(len(PACKAGE)) <= 2, "what is there is not sent again"
    assert centre.has_blob(name)
    for offset in (0, 1, 1_234_567, len(PACKAGE) - 1, len(PACKAGE)):
        assert b"".join(centre.download(name, offset)) == PACKAGE[offset:]
    shelf = Shelf(tmp_path / "shelf")
    part = tmp_path / "shelf" / f"{name}.part"
    part.write_bytes(PACKAGE[:1_000_000])
    path = shelf.receive(name, lambda offset: centre.download(name, offset))
    assert path.read_bytes() == PACKAGE


def test_a_part_that_is_longer_than_the_package_is_dropped(centre: HttpCentre, package: Path, tmp_path: Path) -> None:
    name = digest(PACKAGE)
    centre.upload(name, package)
    shelf = Shelf(tmp_path / "shelf")
    (tmp_path / "shelf" / f"{name}.part").write_bytes(PACKAGE + b"more")
    with pytest.raises(DownloadDamaged):
        shelf.receive(name, lambda offset: centre.download(name, offset))
    assert shelf.receive(name, lambda offset: centre.download(name, offset)).read_bytes() == PACKAGE


def test_a_package_the_centre_does_not_hold_is_refused_in_words(centre: HttpCentre) -> None:
    with pytest.raises(CentreRefused, match="not hold"):
        list(centre.download(UNKNOWN))


def test_an_altered_upload_leaves_nothing(centre: HttpCentre, package: Path) -> None:
    name = digest(PACKAGE + b"x")
    with pytest.raises(CentreRefused, match="digest"):
        centre.upload(name, package)
    assert not centre.has_blob(name)


def test_a_bidder_uploads_and_reads_his_own_package_only(
    centre_process: CentreProcess, begun: Beginning, package: Path
) -> None:
    name = digest(PACKAGE)
    bidders = [Author("bidder:" + digest(key_of(one).certificate), begun.fingerprint, key=key_of(one)) for one in "ab"]
    readers = []
    for bidder in bidders:
        reader = centre_process.connect(begun)
        assert reader.submit([bidder.open_session()])[0].receipt is not None
        reader.log_in_as(bidder.login)
        readers.append(reader)
    readers[0].upload(name, package)
    bid = bidders[0].sign(BidSubmitted(package=name, seal=digest(b"seal"), size=len(PACKAGE)), (name,))
    assert readers[0].submit([bid])[0].receipt is not None
    assert b"".join(readers[0].download(name)) == PACKAGE
    with pytest.raises(CentreRefused):
        list(readers[1].download(name))
    copied = bidders[1].sign(BidSubmitted(package=name, seal=digest(b"seal"), size=len(PACKAGE)), (name,))
    readers[1].submit([copied])
    with pytest.raises(CentreRefused):
        list(readers[1].download(name))
    for reader in readers:
        reader.close()


# -- odd requests ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/v1/evaluations", b"no json", 400),
        ("POST", "/v1/evaluations", b'{"genesis":1}', 400),
        ("POST", "/v1/evaluations", b"[" * 100_000, 400),
        ("POST", f"/v1/evaluations/{UNKNOWN}/records", b'{"records":[]}', 404),
        ("POST", f"/v1/evaluations/{UNKNOWN}/login", b'{"session":"%s"}' % (b"ab" * 32), 404),
        ("GET", f"/v1/evaluations/{UNKNOWN}/genesis", b"", 404),
        ("GET", "/v1/evaluations/..%2f..%2fetc/genesis", b"", 404),
        ("GET", "/v1/evaluations/xyz/genesis", b"", 400),
        ("GET", f"/v1/evaluations/{UNKNOWN}/feed?from=-1", b"", 400),
        ("GET", f"/v1/evaluations/{UNKNOWN}/feed?from=0&wait=1000", b"", 400),
        ("GET", f"/v1/evaluations/{UNKNOWN}/feed", b"", 400),
        ("DELETE", f"/v1/evaluations/{UNKNOWN}/records", b"", 405),
        ("GET", "/docs", b"", 404),
        ("GET", "/openapi.json", b"", 404),
    ],
)
def test_every_other_request_is_answered_in_words(
    centre_process: CentreProcess, method: str, path: str, body: bytes, status: int
) -> None:
    answer = requests.request(method, centre_process.url + path, data=body, timeout=10)
    assert answer.status_code == status
    problem = decode(answer.content, Problem)
    assert problem.zh
    assert problem.en


def test_too_large_a_message_is_cut_off(centre_process: CentreProcess) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield bytes(1 << 20)

    try:
        answer = requests.post(f"{centre_process.url}/v1/evaluations", data=endless(), timeout=30)
        assert answer.status_code == 413
    except requests.ConnectionError:
        pass  # the centre hung up while we were still sending
    assert requests.get(f"{centre_process.url}/v1/health", timeout=10).status_code == 200


# -- the process ----------------------------------------------------------------------------------------------------


def test_sigterm_ends_the_centre_though_feeds_wait(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    process.start()
    begun = process.publish()
    asked, sizes = threading.Event(), list[int]()

    def wait() -> None:
        centre = process.connect(begun, begun.member)
        centre.feed(0, 0.0)
        asked.set()
        sizes.append(len(centre.feed(4, 25.0).entries))
        centre.close()

    thread = threading.Thread(target=wait)
    thread.start()
    assert asked.wait(10)
    assert process.stop() == 0
    thread.join(10)
    assert sizes == [0], "the waiting feed was answered, not cut"
    assert process.errors.read_text() == ""


def test_a_centre_without_roots_does_not_start(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    for root in process.roots.iterdir():
        root.unlink()
    ended = subprocess.run(
        [sys.executable, "-m", "server_stub", "--data", str(process.data), "--roots", str(process.roots)],
        check=False, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "no certificates" in ended.stderr


def test_a_killed_centre_keeps_what_it_receipted(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    process.start()
    begun = process.publish()
    centre = process.connect(begun, begun.member)
    draft = begun.member.draft()
    assert centre.submit([draft])[0].receipt is not None
    assert process._process is not None
    process._process.send_signal(signal.SIGKILL)
    assert process.stop() == -signal.SIGKILL
    process.start()
    assert [entry.record for entry in centre.feed(4, 0.0).entries] == [draft]
    assert centre.submit([draft])[0].receipt is not None
    assert len(centre.feed(0, 0.0).entries) == 5
    centre.close()
    assert process.stop() == 0


def test_nothing_secret_is_logged_or_lies_about(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    process.start()
    begun = process.publish()
    token = token_for(process, begun, begun.member)
    assert process.stop() == 0
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert token.encode() not in everything
    assert begun.member.keys.signing not in everything
    assert (process.data / "log.key").stat().st_mode & 0o077 == 0


def test_a_beginning_fits_the_key_it_names(centre_process: CentreProcess) -> None:
    assert beginning(centre_process.log_key).log_key.text() == centre_process.log_key
