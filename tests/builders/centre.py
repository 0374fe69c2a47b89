"""A real centre in a process of its own, and people with real keys who write records for it."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec
import pytest
import requests

from evalclient.core.checkpoint import VerifierKey, parse_verifier_key
from evalclient.core.ports import KeyHandle
from evalclient.core.records.act import Act, Party, Site
from evalclient.core.records.acts_ending import DraftSaved
from evalclient.core.records.acts_founding import EvaluationCreated, MemberAppointed, SessionOpened
from evalclient.core.records.catalogue import kind_of
from evalclient.core.records.envelope import HashName, Payload, Record, Seen, digest, record_id
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.records import sign_by_certificate, sign_by_session
from evalclient.crypto.session import new_session_keys
from evalclient.sync.centre import HttpCentre, Login
from evalclient.sync.register import Register
from evalclient.sync.wire import Challenge, LoginAnswer, LoginRequest, Token, decode, encode, login_message
from server_stub.service import moment

REPOSITORY = Path(__file__).parents[2]
TENDER, METHOD, RULES = b"the tender", b"the method", b"the rules"
PIN = "demo-pin"
#: real centres compare the deadline with their own clock, on whatever day the tests run
FAR_OFF = "2099-12-01T01:00:00.000Z"


def now() -> str:
    return moment(datetime.now(UTC))  # noqa: TID251 - tests claim the true time


@lru_cache
def authorities() -> DemoPki:
    return DemoPki.create("tests of the centre", datetime.now(UTC) - timedelta(days=2))  # noqa: TID251


@lru_cache
def key_of(person: str, authority: int = 1) -> Pkcs12Key:
    """The key of a person, by one of the demo authorities (1 and 2 are EC)."""
    credential = authorities().authorities[authority].issue(person, "测试单位", pin=PIN)
    return Pkcs12Key.open(credential.p12, PIN)


class Author:
    """One person's session: signs records that follow one another."""

    def __init__(self, person: str, fingerprint: str, algorithm: HashName = "sha256", key: KeyHandle | None = None):
        self.person = person
        self.fingerprint = fingerprint
        self.algorithm: HashName = algorithm
        self.key = key or key_of(person)
        self.keys = new_session_keys()
        self.session = ""
        self.seq = 0
        self.last = ""

    @property
    def login(self) -> Login:
        return Login(self.session, self.keys.sign)

    def open_session(self, predecessor: str = "") -> Record:
        act = SessionOpened(
            signing_key=self.keys.signing_public,
            encryption_key=self.keys.encryption_public,
            vault=self.keys.vault(self.key),
            seat="A-01",
            predecessor=predecessor,
        )
        record = sign_by_certificate(self.payload(act), self.key)
        self.session = self.last = record_id(record.payload, self.algorithm)
        return record

    def sign(self, act: Act, blobs: tuple[str, ...] = (), seen: Seen | None = None) -> Record:
        self.seq += 1
        payload = self.payload(act, blobs, seen)
        if kind_of(act).signer == "certificate":
            record = sign_by_certificate(payload, self.key)
        else:
            record = sign_by_session(payload, self.keys)
        self.last = record_id(record.payload, self.algorithm)
        return record

    def draft(self, topic: str = "score", blobs: tuple[str, ...] = (), seen: Seen | None = None) -> Record:
        return self.sign(DraftSaved(topic=topic, cipher=secrets.token_bytes(40)), blobs, seen)

    def payload(self, act: Act, blobs: tuple[str, ...] = (), seen: Seen | None = None) -> Payload:
        return Payload(
            evaluation=self.fingerprint,
            kind=kind_of(act).name,
            author=self.person,
            session=self.session,
            seq=self.seq,
            prev=self.last,
            round=1,
            seen=seen or Seen(0, digest(b"", self.algorithm)),
            at=now(),
            nonce=secrets.token_hex(16),
            body=msgspec.Raw(msgspec.json.encode(act)),
            blobs=blobs,
        )


def founding(
    log_key: str, algorithm: HashName = "sha256", changes: Mapping[str, object] | None = None
) -> EvaluationCreated:
    """What record 0 says."""

    def party(person: str) -> Party:
        return Party(person, key_of(person).certificate)

    act = EvaluationCreated(
        title=Bilingual("某某道路工程施工", "Road works"),
        trade="construction",
        jurisdiction="CN",
        tender=digest(TENDER, algorithm),
        method=digest(METHOD, algorithm),
        rules=digest(RULES, algorithm),
        roots=authorities().roots,
        log_key=log_key,
        organiser=party("organiser"),
        supervisor=party("supervisor"),
        custodians=(party("custodian-agency"), party("custodian-platform")),
        threshold=2,
        bidder_share=True,
        recovery_custodians=(party("recovery-one"), party("recovery-two")),
        recovery_threshold=2,
        sites=(Site("main", "主场", True),),
        deadline=FAR_OFF,
        hash=algorithm,
        practice=True,
    )
    return msgspec.structs.replace(act, **(changes or {}))


def record_zero(act: EvaluationCreated, key: KeyHandle | None = None) -> Record:
    """Record 0, signed by the organiser."""
    return sign_by_certificate(Author("organiser", "", act.hash).payload(act), key or key_of("organiser"))


@dataclass
class Beginning:
    """The first records of an evaluation: record 0, the organiser's session, a member's place and session."""

    fingerprint: str
    log_key: VerifierKey
    genesis: Record
    organiser: Author
    member: Author
    records: list[Record]
    algorithm: HashName


def beginning(log_key: str, algorithm: HashName = "sha256", changes: Mapping[str, object] | None = None) -> Beginning:
    """Record 0 for a centre with this log key, and the records that give member ``m1`` a session."""
    genesis = record_zero(founding(log_key, algorithm, changes))
    fingerprint = record_id(genesis.payload, algorithm)
    organiser = Author("organiser", fingerprint, algorithm)
    member = Author("m1", fingerprint, algorithm)
    records = [organiser.open_session(), organiser.sign(appointment("m1", algorithm)), member.open_session()]
    return Beginning(fingerprint, parse_verifier_key(log_key), genesis, organiser, member, records, algorithm)


def appointment(person: str, algorithm: HashName = "sha256") -> MemberAppointed:
    certificate = digest(key_of(person).certificate, algorithm)
    return MemberAppointed(person=person, member_kind="expert", site="main", certificate=certificate)


class CentreProcess:
    """``python -m server_stub`` on a folder; stopped and started again it listens where it did."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "centre"
        self.roots = folder / "roots"
        self.roots.mkdir(parents=True)
        for number, root in enumerate(authorities().roots):
            (self.roots / f"{number}.der").write_bytes(root)
        self.errors = folder / "centre.log"
        self.url = self.log_key = ""
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        with self.errors.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server_stub", "--data", str(self.data), "--roots", str(self.roots),
                 "--port", str(self._port)],
                stdout=subprocess.PIPE, stderr=errors, text=True, cwd=REPOSITORY, env={**os.environ, "TZ": "UTC"},
            )  # fmt: skip
        assert self._process.stdout is not None
        started = json.loads(self._process.stdout.readline())
        self.url, self.log_key = started["url"], started["log_key"]
        self._port = int(self.url.rpartition(":")[2])

    def stop(self) -> int:
        """End by SIGTERM; the exit code."""
        assert self._process is not None
        self._process.terminate()
        code = self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None
        return code

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        assert self.stop() == -signal.SIGKILL

    def publish(self, algorithm: HashName = "sha256", changes: Mapping[str, object] | None = None) -> Beginning:
        """A new evaluation whose log holds its beginning; ``changes`` to record 0."""
        begun = beginning(self.log_key, algorithm, changes)
        register = Register(self.url)
        fingerprint, _ = register.publish(begun.genesis, TENDER, METHOD, RULES)
        register.close()
        assert fingerprint == begun.fingerprint
        centre = self.connect(begun)
        answers = centre.submit(begun.records)
        centre.close()
        assert all(answer.receipt for answer in answers)
        return begun

    def connect(self, begun: Beginning, author: Author | None = None, patience: float = 20.0) -> HttpCentre:
        """The centre as ``author`` sees it."""
        login = author.login if author else None
        return HttpCentre(self.url, begun.fingerprint, login, algorithm=begun.algorithm, patience=patience)


def token_for(centre_process: CentreProcess, begun: Beginning, author: Author) -> str:
    """A token that the centre issues to a session that proves its key, once for each challenge."""
    base = f"{centre_process.url}/v1/evaluations/{begun.fingerprint}/login"
    asked = requests.post(base, encode(LoginRequest(author.session)), timeout=10)
    challenge = decode(asked.content, Challenge).challenge
    signature = author.keys.sign(login_message(begun.fingerprint, author.session, challenge))
    answer = LoginAnswer(author.session, challenge, signature)
    first = requests.post(f"{base}/answer", encode(answer), timeout=10)
    again = requests.post(f"{base}/answer", encode(answer), timeout=10)
    assert (first.status_code, again.status_code) == (200, 403), "a challenge is good for one login"
    return decode(first.content, Token).token


@pytest.fixture(scope="session")
def centre_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentreProcess]:
    """One running centre for many tests; each publishes an evaluation of its own."""
    process = CentreProcess(tmp_path_factory.mktemp("centre"))
    process.start()
    yield process
    assert process.stop() == 0
    assert process.errors.read_text() == ""
