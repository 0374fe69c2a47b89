"""Mutated requests at the real centre: every route answers 4xx with a sentence in both languages, never 500."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass

import msgspec
import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalclient.core.errors import EvalclientError
from evalclient.core.records.acts_founding import SessionOpened
from evalclient.core.records.envelope import TYPE_LINE, Record, digest
from evalclient.crypto.records import sign_by_certificate
from evalclient.sync.wire import (
    Answers,
    LoginAnswer,
    LoginRequest,
    Message,
    MessageMalformed,
    Problem,
    Publication,
    RecordMessage,
    Submission,
    decode,
    encode,
)
from tests.builders.centre import METHOD, RULES, TENDER, Author, Beginning, CentreProcess, token_for
from tests.builders.mutations import damaged, odd_json

over_the_wire = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Caller:
    """Somebody with a login who sends whatever he likes."""

    begun: Beginning
    url: str
    token: str
    session: requests.Session

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str | bytes] | None = None) -> int:
        """The status; anything from 400 on has to be a sentence."""
        sent: dict[str, str | bytes] = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        answer = self.session.request(method, self.url + path, data=body, headers=sent, timeout=20)
        assert answer.status_code < 500, (method, path, body[:200], headers)
        if answer.status_code >= 400 and method != "HEAD":
            problem = decode(answer.content, Problem)
            assert problem.zh
            assert problem.en
        return answer.status_code

    @property
    def base(self) -> str:
        return f"/v1/evaluations/{self.begun.fingerprint}"


@pytest.fixture(scope="module")
def caller(centre_process: CentreProcess) -> Caller:
    begun = centre_process.publish()
    return Caller(begun, centre_process.url, token_for(centre_process, begun, begun.member), requests.Session())


def messages(begun: Beginning) -> dict[str, Message]:
    """A valid message for every route that takes one."""
    return {
        "": Publication(RecordMessage.of(begun.genesis), TENDER, METHOD, RULES),
        "/records": Submission(tuple(RecordMessage.of(begun.member.draft()) for _ in range(2))),
        "/login": LoginRequest(begun.member.session),
        "/login/answer": LoginAnswer(begun.member.session, "ab" * 32, b"x" * 64),
    }


@pytest.fixture(scope="module")
def valid_messages(caller: Caller) -> dict[str, bytes]:
    """Made once: a later draft has a longer number, and every example has to draw from the same bytes."""
    return {route: encode(message) for route, message in messages(caller.begun).items()}


@pytest.fixture(scope="module")
def drafted(caller: Caller) -> Record:
    """A draft, the same one for every example."""
    return caller.begun.member.draft()


@pytest.mark.parametrize("route", ["", "/records", "/login", "/login/answer"])
@over_the_wire
@given(data=st.data())
def test_mutated_messages(caller: Caller, valid_messages: dict[str, bytes], route: str, data: st.DataObject) -> None:
    valid = valid_messages[route]
    body = data.draw(st.one_of(odd_json(valid), damaged(valid)))
    caller.ask("POST", f"{caller.base}{route}" if route else "/v1/evaluations", body)


@over_the_wire
@given(data=st.data())
def test_mutated_records(caller: Caller, drafted: Record, data: st.DataObject) -> None:
    """Payload or signature of every kind of record there is in a beginning, the message around it being right."""
    begun = caller.begun
    record = data.draw(st.sampled_from([begun.genesis, *begun.records, drafted]))
    payload, signature = record.payload, record.signature
    if data.draw(st.booleans()):
        payload = TYPE_LINE + data.draw(odd_json(payload[len(TYPE_LINE) :]))
    if data.draw(st.booleans()):
        signature = data.draw(damaged(signature))
    harmed = RecordMessage(payload, signature)
    assert caller.ask("POST", f"{caller.base}/records", encode(Submission((harmed,)))) == 200, "one answer per record"
    caller.ask("POST", "/v1/evaluations", encode(Publication(harmed, TENDER, METHOD, RULES)))


ODD_TEXT = st.sampled_from(
    [
        "nan",
        "inf",
        "-0",
        "1e400",
        "99999999999999999999",
        "0x1",
        " 1",
        "",
        "%00",
        "%ff%fe",
        "٣",
        "0&from=1",
        "..",
        "%0a",
    ]
)


@over_the_wire
@given(start=ODD_TEXT, wait=ODD_TEXT)
def test_odd_questions_to_the_feed(caller: Caller, start: str, wait: str) -> None:
    caller.ask("GET", f"{caller.base}/feed?from={start}&wait={wait}")
    caller.ask("GET", f"{caller.base}/feed?from=0&wait={wait}")


PATHS = ("/v1/evaluations/{}/genesis", "/v1/evaluations/{}/feed?from=0", "/v1/evaluations/{}/blobs/" + "ab" * 32,
         "/v1/evaluations/{}/places/{}", "/v1/{}", "/{}")  # fmt: skip


@over_the_wire
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE"]),
    path=st.sampled_from(PATHS),
    name=st.one_of(ODD_TEXT, st.just("ab" * 32 + "%0a"), st.just("٣" * 64), st.just("AB" * 32)),
)
def test_odd_paths_and_methods(caller: Caller, method: str, path: str, name: str) -> None:
    assert caller.ask(method, path.format(name, name), b"{}") >= 400


@over_the_wire
@given(
    st.one_of(
        st.sampled_from(["bytes=-", "bytes=5-2", "bytes=0-0,1-1", "bytes=999-", "bytes=-1", "x=1", "", "bytes",
                         "bytes=" + "0-0," * 900, "bytes=٣-", "bytes=9999999999999999999999-", "bytes=0-0\t"]),
        st.text(st.characters(codec="latin-1", exclude_categories=["C"]), max_size=20).map("bytes=".__add__),
    )
)  # fmt: skip
def test_odd_ranges(caller: Caller, wanted: str) -> None:
    path = f"{caller.base}/blobs/{digest(TENDER)}"
    headers: dict[str, str | bytes] = {"Range": wanted.strip().encode("utf-8")}
    assert caller.ask("GET", path, headers=headers) in (206, 400, 416)
    assert caller.ask("HEAD", path, headers=headers) in (206, 400, 416)


@over_the_wire
@given(st.sampled_from([b"Bearer", b"bearer x", b"Bearer \xff\xfe", b"Basic eA==", b"Bearer " + b"a" * 9000, b"\x80"]))
def test_odd_logins(caller: Caller, authorization: bytes) -> None:
    assert caller.ask("GET", f"{caller.base}/feed?from=0", headers={"Authorization": authorization}) == 401


@pytest.mark.parametrize(
    "changes",
    [{"signing_key": b"short"}, {"signing_key": b""}, {"encryption_key": b"garbage"}, {"encryption_key": b""}],
    ids=["short", "none", "garbage", "empty"],
)
def test_a_session_with_keys_that_are_none_is_refused(caller: Caller, changes: dict[str, bytes]) -> None:
    """Were it let in, the organiser's client could not give this member his keys, and others would wait behind him."""
    author = Author("m1", caller.begun.fingerprint)
    keys = author.keys
    right = SessionOpened(
        signing_key=keys.signing_public,
        encryption_key=keys.encryption_public,
        vault=keys.vault(author.key),
        seat="A-01",
    )
    payload = author.payload(msgspec.structs.replace(right, **changes))
    record = sign_by_certificate(payload, author.key)
    body = encode(Submission((RecordMessage.of(record),)))
    answer = caller.session.post(f"{caller.url}{caller.base}/records", data=body, timeout=20)
    (refused,) = decode(answer.content, Answers).answers
    assert not refused.proof
    assert not refused.retry
    assert "请升级客户端" in refused.refusal_zh or "请更换证书" in refused.refusal_zh


# -- and the other way round: what the client reads ------------------------------------------------------------------


def read_as(kind: type[Message], untrusted: bytes) -> None:
    message = decode(untrusted, kind)
    if isinstance(message, Answers):
        for answer in message.answers:
            answer.answer()


@pytest.mark.parametrize("kind", [Answers, Problem, Submission, Publication, LoginAnswer])
@settings(max_examples=60)
@given(data=st.data())
def test_any_answer_is_a_message_or_malformed(kind: type[Message], data: st.DataObject) -> None:
    valid = json.dumps(
        {"answers": [{"record_id": "ab" * 32, "proof": "x", "retry": True}], "zh": "一", "en": "one", "records": [],
         "genesis": {"payload": "AA==", "signature": "AA=="}, "tender": "", "method": "", "rules": "",
         "session": "ab" * 32, "challenge": "cd" * 32, "signature": "AA=="}
    ).encode()  # fmt: skip
    untrusted = data.draw(st.one_of(odd_json(valid), damaged(valid), st.just(valid)))
    with contextlib.suppress(MessageMalformed, EvalclientError):  # and nothing else
        read_as(kind, untrusted)


def test_a_record_is_taken_in_after_all_that(caller: Caller) -> None:
    """The log still grows, and what was refused has left no trace in it."""
    record: Record = caller.begun.member.draft()
    body = encode(Submission((RecordMessage.of(record),)))
    assert caller.ask("POST", f"{caller.base}/records", body) == 200
