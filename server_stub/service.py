"""What the centre does, apart from HTTP: take records in, hand them out, know who asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import Answer, FeedPage, LogEntry, Receipt
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.catalogue import decode_act
from evalclient.core.records.envelope import Record, decode_payload, digest, record_id
from evalclient.core.records.roster import Session
from evalclient.crypto.cms import verify_detached
from evalclient.crypto.records import found, trust_of
from evalclient.crypto.session import session_signature_holds
from evalclient.sync.wire import LONGEST_WAIT, MOST_BYTES, MOST_RECORDS, Genesis, Listing, RecordMessage, login_message
from server_stub.admission import Admission
from server_stub.authorities import Authorities
from server_stub.blobs import Blobs, Upload
from server_stub.evaluation_log import EvaluationLog
from server_stub.keys import LogKey
from server_stub.logins import Logins
from server_stub.rejected import (
    Rejected,
    feed_ends_for_bidders,
    feed_too_early,
    login_needed,
    malformed,
    not_found,
    packages_too_early,
)
from server_stub.store import CentreStore

#: feeds that may wait at the same time; later ones are answered at once
MOST_WAITING: Final = 150
_SLICE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Publishing:
    """Record 0 and the documents it pins, unverified."""

    genesis: Record
    tender: bytes
    method: bytes
    rules: bytes


class CentreService:
    """One process serves all evaluations; each has its own lock. ``clock`` gives aware times."""

    def __init__(
        self,
        store: CentreStore,
        blobs: Blobs,
        key: LogKey,
        authorities: Authorities,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._key = key
        self._authorities = authorities
        self._clock = clock
        self._logins = Logins()
        self._logs: dict[str, EvaluationLog] = {}
        self._lock = threading.Lock()
        self._waiting = 0
        self._stopping = False

    @property
    def log_key(self) -> str:
        """The verifier key that record 0 has to name."""
        return self._key.verifier.text()

    def now(self) -> str:
        """RFC 3339, UTC, milliseconds."""
        return moment(self._clock())

    def stop(self) -> None:
        """Let waiting feeds answer. Takes no lock: signal handlers call it."""
        self._stopping = True

    def publish(self, publishing: Publishing) -> tuple[str, Receipt]:
        """Begin an evaluation; fingerprint and receipt of record 0. Idempotent. Raises Rejected and its kin."""
        founded = found(publishing.genesis)
        founding, fingerprint = founded.founding, founded.record.id
        signer = verify_detached(publishing.genesis.payload, publishing.genesis.signature)
        self._authorities.check(signer.certificate, signer.chain, self._clock())
        trust_of(founding).check(signer.certificate, signer.chain, self.now())
        if founding.log_key != self.log_key:
            raise Rejected(
                400,
                "创建记录所列的日志密钥不是本中心的，请从本中心取得密钥后重新创建。",
                "Record 0 names another log key than this centre's; fetch the key here and found it anew.",
            )
        if founded.record.payload.seen.size or founded.record.payload.seen.root != digest(b"", founding.hash):
            raise malformed()
        documents = {
            founding.tender: publishing.tender,
            founding.method: publishing.method,
            founding.rules: publishing.rules,
        }
        for name, document in documents.items():
            self._blobs.put(fingerprint, name, founding.hash, document)
        with self._lock:
            if fingerprint not in self._logs:
                self._store.found(fingerprint, LogEntry(0, self.now(), publishing.genesis))
        log = self._log(fingerprint)
        with log.grown:
            return fingerprint, log.receipt(fingerprint, log.checkpoint(len(log), self._key), len(log))

    def listings(self) -> tuple[Listing, ...]:
        """The public list."""
        return tuple(self._listing(fingerprint) for fingerprint in self._store.evaluations())

    def genesis(self, fingerprint: str) -> Genesis:
        """What anyone may read of an evaluation."""
        founding = self._log(fingerprint).founding
        entry = self._genesis_entry(fingerprint)

        def document(name: str) -> bytes:
            path = self._blobs.path(fingerprint, name)
            if path is None:
                raise not_found()
            return path.read_bytes()

        return Genesis(
            RecordMessage.of(entry.record),
            entry.received,
            document(founding.tender),
            document(founding.method),
            document(founding.rules),
        )

    def place(self, fingerprint: str, certificate: str) -> str:
        """The place that the certificate with this digest holds, or "". Who knows the certificate may know that."""
        return self._log(fingerprint).roster.holder(certificate)

    def submit(self, fingerprint: str, records: Sequence[Record]) -> tuple[Answer, ...]:
        """Take in the valid prefix; one answer per record. A record that is here already is answered by its receipt."""
        log = self._log(fingerprint)
        with log.grown:
            received = max(self.now(), log.received)
            admission = Admission(log, received, lambda name: self._blobs.path(fingerprint, name) is not None)
            refusals = [admission.consider(record) for record in records]
            if admission.admitted:
                self._store.append(fingerprint, [(verified.id, entry) for entry, verified in admission.admitted])
                for entry, verified in admission.admitted:
                    log.extend(entry, verified)
                log.grown.notify_all()
            size = len(log)
            note = log.checkpoint(size, self._key)
            identities = [record_id(record.payload, log.algorithm) for record in records]
            return tuple(
                refusal or Answer(identity, log.receipt(identity, note, size))
                for identity, refusal in zip(identities, refusals, strict=True)
            )

    def feed(self, fingerprint: str, start: int, wait: float, reader: Session) -> FeedPage:
        """Entries from ``start``, after waiting for the first new one; with the checkpoint of the size they reach.

        From beyond the end there are no entries, and the checkpoint tells the true size. Rejected (425) where ``reader``
        does not read them: bidders and custodians before the deadline, bidders beyond the last opening record.
        """
        log = self._log(fingerprint)
        role = log.roster.role(reader.author)
        if not log.roster.reads_whole_log(reader.author) and self.now() < log.founding.deadline:
            raise feed_too_early()
        self._wait_for(log, start, min(wait, LONGEST_WAIT))
        with log.grown:
            size, opened = len(log), log.opened
        if role == "bidder" and opened is not None:
            if start >= opened:
                raise feed_ends_for_bidders()
            size = opened
        entries = self._page(fingerprint, start, size)
        end = start + len(entries) if entries else size
        with log.grown:
            return FeedPage(entries, log.checkpoint(end, self._key))

    def challenge(self, fingerprint: str, session: str) -> str:
        """Something to sign for a session in the log."""
        self._active(fingerprint, session)
        return self._logins.challenge(fingerprint, session)

    def log_in(self, fingerprint: str, session: str, challenge: str, signature: bytes) -> str:
        """A token, when the session's key signed the challenge it was given."""
        active = self._active(fingerprint, session)
        given = self._logins.take_challenge(fingerprint, session, challenge)
        message = login_message(fingerprint, session, challenge)
        if not given or not session_signature_holds(active.signing_key, message, signature):
            raise _login_refused()
        return self._logins.issue(fingerprint, session)

    def reader(self, fingerprint: str, token: str) -> Session:
        """Who holds a token; Rejected (401) when nobody does or the person has moved to another seat."""
        session = self._logins.session(fingerprint, token)
        if session is None:
            raise login_needed()
        try:
            return self._active(fingerprint, session)
        except Rejected as error:
            raise login_needed() from error

    def upload(self, fingerprint: str, name: str) -> Upload | None:
        """Begin to take in a blob; None when it is here."""
        log = self._log(fingerprint)
        if self._blobs.path(fingerprint, name) is not None:
            return None
        return self._blobs.upload(fingerprint, name, log.algorithm)

    def blob(self, fingerprint: str, name: str, reader: Session) -> Path:
        """Where a blob lies; Rejected when it is not here, or is another's package: before the deadline, or asked for by a bidder."""
        log = self._log(fingerprint)
        owner = log.packages.get(name)
        if owner is not None and log.roster.role(reader.author) == "bidder" and owner != reader.author:
            raise Rejected(403, "不得读取其他投标人的投标文件。", "Another bidder's package is not yours to read.")
        if owner not in (None, reader.author) and self.now() < log.founding.deadline:
            raise packages_too_early()
        path = self._blobs.path(fingerprint, name)
        if path is None:
            raise Rejected(
                404, "中心还没有这份文件，请稍后再试。", "The centre does not hold this file yet; try again later."
            )
        return path

    def _listing(self, fingerprint: str) -> Listing:
        founding = decode_act(decode_payload(self._genesis_entry(fingerprint).record.payload))
        if not isinstance(founding, EvaluationCreated):
            raise TypeError("a log begins with record 0")
        return Listing(fingerprint, founding.title, founding.deadline, founding.practice, founding.log_key)

    def _genesis_entry(self, fingerprint: str) -> LogEntry:
        entry = next(self._store.entries(fingerprint, 0, 1), None)
        if entry is None:
            raise not_found()
        return entry

    def _log(self, fingerprint: str) -> EvaluationLog:
        """The log, rebuilt from the store when it is first asked for."""
        with self._lock:
            log = self._logs.get(fingerprint)
            if log is None:
                genesis = self._genesis_entry(fingerprint)
                log = EvaluationLog(found(genesis.record), genesis)
                log.replay(self._store.entries(fingerprint, 1, (1 << 31) - 1))
                self._logs[fingerprint] = log
            return log

    def _active(self, fingerprint: str, session_id: str) -> Session:
        """A session that its author has not left."""
        roster = self._log(fingerprint).roster
        session = roster.sessions.get(session_id)
        if session is None:
            raise _login_refused()
        if session.doubt is not None:
            raise Rejected(403, f"登录被拒绝：{session.doubt.zh}", f"Login refused: {session.doubt.en}")
        if roster.current.get(session.author) != session_id:
            raise _superseded()
        return session

    def _wait_for(self, log: EvaluationLog, start: int, wait: float) -> None:
        with self._lock:
            patient = self._waiting < MOST_WAITING
            self._waiting += 1
        ends = time.monotonic() + (wait if patient else 0.0)
        try:
            with log.grown:
                while len(log) == start and not self._stopping and (left := ends - time.monotonic()) > 0:
                    log.grown.wait(min(left, _SLICE))
        finally:
            with self._lock:
                self._waiting -= 1

    def _page(self, fingerprint: str, start: int, size: int) -> tuple[LogEntry, ...]:
        entries: list[LogEntry] = []
        room = MOST_BYTES
        for entry in self._store.entries(fingerprint, start, min(size, start + MOST_RECORDS)):
            room -= len(entry.record.payload) + len(entry.record.signature)
            if room < 0 and entries:
                break
            entries.append(entry)
        return tuple(entries)


def moment(time_: datetime) -> str:
    """RFC 3339, UTC, milliseconds."""
    utc = time_.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def _login_refused() -> EvalclientError:
    return Rejected(
        403,
        "登录被拒绝：席位会话未登记，请用证书重新登录。",
        "Login refused: the session is not in the log; sign in with your certificate.",
    )


def _superseded() -> EvalclientError:
    return Rejected(
        410,
        "您已在另一席位登录，本席位的会话已结束；请到新席位继续，或在此重新登录。",
        "You have signed in at another, newer seat, and this session is over; go on there, or sign in here again.",
    )
