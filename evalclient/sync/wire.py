"""Messages that client and centre exchange, as JSON with bytes in base64; docs/protocol.md says when each is used."""

from __future__ import annotations

from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta

from evalclient.core.ports import Answer, LogEntry, Receipt
from evalclient.core.records.envelope import Record
from evalclient.core.records.fields import Bilingual, Digest, Fingerprint, Moment, RecordId

#: most records of one submission, and most entries of one page of the feed
MOST_RECORDS: Final = 500
#: most payload and signature bytes of one submission or page; one record of the largest size always fits
MOST_BYTES: Final = 8 << 20
#: most bytes of any message; base64 and the tender documents of a publication included
MOST_MESSAGE: Final = 96 << 20
#: longest wait of the feed, seconds
LONGEST_WAIT: Final = 25.0
LOGIN_LINE: Final = "evalclient-login/1"

M = TypeVar("M", bound="Message")


class Message(msgspec.Struct, frozen=True):
    """Base of all messages. Unknown fields are ignored, so that a newer side may say more."""


class MessageMalformed(Exception):
    """Untrusted bytes are not the message expected. Each side turns this into its own sentence."""


class RecordMessage(Message, frozen=True):
    """A record's exact bytes."""

    payload: bytes
    signature: bytes

    @staticmethod
    def of(record: Record) -> RecordMessage:
        """For the wire."""
        return RecordMessage(record.payload, record.signature)

    def record(self) -> Record:
        """From the wire, unverified."""
        return Record(self.payload, self.signature)


class Submission(Message, frozen=True):
    """Records in the order they were made."""

    records: Annotated[tuple[RecordMessage, ...], Meta(max_length=MOST_RECORDS)]


class AnswerMessage(Message, frozen=True):
    """A receipt (``proof``, a tlog-proof text) or a refusal; ``retry`` when the refusal is not final."""

    record_id: RecordId
    proof: str = ""
    refusal_zh: str = ""
    refusal_en: str = ""
    retry: bool = False

    @staticmethod
    def of(answer: Answer) -> AnswerMessage:
        """For the wire."""
        proof = answer.receipt.proof if answer.receipt else ""
        return AnswerMessage(answer.record_id, proof, answer.refusal_zh, answer.refusal_en, answer.retry)

    def answer(self) -> Answer:
        """From the wire, unverified."""
        receipt = Receipt(self.record_id, self.proof) if self.proof else None
        return Answer(self.record_id, receipt, self.refusal_zh, self.refusal_en, self.retry)


class Answers(Message, frozen=True):
    """One answer per record, in the same order."""

    answers: tuple[AnswerMessage, ...]


class EntryMessage(Message, frozen=True):
    """One leaf of the log."""

    index: Annotated[int, Meta(ge=0)]
    received: Moment
    payload: bytes
    signature: bytes

    @staticmethod
    def of(entry: LogEntry) -> EntryMessage:
        """For the wire."""
        return EntryMessage(entry.index, entry.received, entry.record.payload, entry.record.signature)

    def entry(self) -> LogEntry:
        """From the wire, unverified."""
        return LogEntry(self.index, self.received, Record(self.payload, self.signature))


class Feed(Message, frozen=True):
    """Entries from the index asked for, and the signed checkpoint of the size they reach."""

    entries: tuple[EntryMessage, ...]
    checkpoint: str


class Publication(Message, frozen=True):
    """Record 0 and the three documents it pins."""

    genesis: RecordMessage
    tender: bytes
    method: bytes
    rules: bytes


class Published(Message, frozen=True):
    """What the centre made of a publication."""

    fingerprint: Fingerprint
    answer: AnswerMessage


class Genesis(Message, frozen=True):
    """What anyone may read: record 0, when it was received, its documents."""

    record: RecordMessage
    received: Moment
    tender: bytes
    method: bytes
    rules: bytes


class Listing(Message, frozen=True):
    """One line of the public list."""

    fingerprint: Fingerprint
    title: Bilingual
    deadline: Moment
    practice: bool
    log_key: str


class Listings(Message, frozen=True):
    """The public list, newest first."""

    evaluations: tuple[Listing, ...]


class Place(Message, frozen=True):
    """The person id a certificate signs for, or ""."""

    person: str


class LoginRequest(Message, frozen=True):
    """Asks for a challenge for a session in the log."""

    session: RecordId


class Challenge(Message, frozen=True):
    """Random text to sign, valid once and for a short time."""

    challenge: Digest


class LoginAnswer(Message, frozen=True):
    """The session key's signature over ``login_message``."""

    session: RecordId
    challenge: Digest
    signature: bytes


class Token(Message, frozen=True):
    """Goes into the Authorization header as a bearer token; ends after some hours or with the session."""

    token: str


class CentreTime(Message, frozen=True):
    """The centre's clock."""

    now: Moment


class Health(Message, frozen=True):
    """The centre is up; ``log_key`` is the verifier key that record 0 has to name."""

    log_key: str


class Problem(Message, frozen=True):
    """Body of every answer of status 400 and above."""

    zh: str
    en: str


def login_message(fingerprint: str, session: str, challenge: str) -> bytes:
    """The bytes a session key signs to log in."""
    return f"{LOGIN_LINE}\n{fingerprint}\n{session}\n{challenge}\n".encode()


def encode(message: Message) -> bytes:
    """For the wire."""
    return msgspec.json.encode(message)


def decode(untrusted: bytes, kind: type[M]) -> M:
    """A message of ``kind``; MessageMalformed otherwise."""
    try:
        return msgspec.json.decode(untrusted, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MessageMalformed(str(error)) from error
