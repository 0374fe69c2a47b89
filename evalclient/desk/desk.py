"""The desk: what one person can do in one evaluation. No Qt; one thread owns it (the desk lane).

Everything goes through two calls: ``may(act)`` asks, ``do(act)`` signs, stores and folds. What others did comes in
through ``absorb``. The state it shows is the verified log with one's own pending records laid over it.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from evalclient.core.checkpoint import read_checkpoint
from evalclient.core.errors import EvalclientError, Refused
from evalclient.core.evaluation.fold import Documents, found_evaluation
from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.ports import Clock, KeyHandle, LogEntry, RecordLog
from evalclient.core.records.act import Act
from evalclient.core.records.acts_founding import SessionOpened
from evalclient.core.records.catalogue import kind_of
from evalclient.core.records.envelope import HashName, Payload, Record, Seen, record_id
from evalclient.core.workflow.duties import duties
from evalclient.core.workflow.gates import may, replay
from evalclient.crypto.records import (
    CertificateCheck,
    found,
    sign_by_certificate,
    sign_by_session,
    verify_record,
)
from evalclient.crypto.session import SessionKeys, kept_session_keys, new_session_keys, open_vault
from evalclient.desk.chores import carry_out

_log = logging.getLogger(__name__)
Listener = Callable[[Evaluation, Evaluation], None]


@dataclass(frozen=True, slots=True)
class Genesis:
    """Record 0 and the documents it pins, as exact bytes."""

    record: Record
    documents: Documents


class Desk:
    """One person's place in one evaluation, over a store. See the role façades for verbs."""

    def __init__(
        self,
        genesis: Genesis,
        log: RecordLog,
        person: str,
        clock: Clock,
        check_certificate: CertificateCheck | None = None,
    ) -> None:
        founded = found(genesis.record)
        self.person = person
        self.log = log
        self.clock = clock
        self.genesis = genesis
        self._check = check_certificate
        self._handle: KeyHandle | None = None
        self._keys: SessionKeys | None = None
        self._listeners: list[Listener] = []
        self._logged = found_evaluation(founded.record, genesis.documents)
        self._absorbed = 1
        self._fold_log(tuple(log.entries(1)))
        self.evaluation = self._logged
        self._lay_pending()

    # -- asking and doing ------------------------------------------------------------------------------------------

    def may(self, act: Act) -> Verdict:
        """Whether this person may do ``act`` now, and if not, why and by which article."""
        return may(self.evaluation, act, self._author())

    def do(self, act: Act, blobs: Sequence[str] = ()) -> str:
        """Sign, store and fold ``act``; the id of the record. Raises Refused where it is not lawful now."""
        self.may(act).require()
        record = self._sign(act, tuple(blobs))
        return self._keep(record)

    def add_blob(self, data: bytes) -> str:
        """Keep a blob locally and queue it for the centre; its digest."""
        name = record_id(data, self.evaluation.founding.hash)
        self.log.put_blob(name, data)
        return name

    def subscribe(self, listener: Listener) -> None:
        """``listener(new, old)`` is called on the desk's thread after every change."""
        self._listeners.append(listener)

    # -- signing in ------------------------------------------------------------------------------------------------

    def sign_in(self, handle: KeyHandle, seat: str) -> None:
        """Open a session at ``seat``: one certificate signature, and one more key operation to resume an earlier one."""
        before = self.evaluation.roster.session_of(self.person)
        draft_key = open_vault(before.vault, handle)[1] if before else None
        keys = new_session_keys(draft_key)
        act = SessionOpened(
            signing_key=keys.signing_public,
            encryption_key=keys.encryption_public,
            vault=keys.vault(handle),
            seat=seat,
            predecessor=before.id if before else "",
        )
        may(self.evaluation, act, self._author()).require()
        self._handle, self._keys = handle, keys
        record = self._sign(act, ())
        self.log.put_secret(f"session:{record_id(record.payload, self._algorithm)}", keys.to_bytes())
        self._keep(record)

    def resume(self, handle: KeyHandle) -> bool:
        """Go on with this store's own session, if it is still the active one; no key operation, no record."""
        session = self.evaluation.roster.session_of(self.person)
        kept = self.log.secret(f"session:{session.id}") if session else None
        if kept is None:
            return False
        self._handle, self._keys = handle, kept_session_keys(kept)
        return True

    @property
    def signed_in(self) -> bool:
        """Whether somebody sits at this desk."""
        return self._keys is not None

    @property
    def keys(self) -> SessionKeys:
        """The session's private keys; Refused before sign-in."""
        if self._keys is None:
            raise _not_signed_in()
        return self._keys

    @property
    def handle(self) -> KeyHandle:
        """The person's certificate key; Refused before sign-in."""
        if self._handle is None:
            raise _not_signed_in()
        return self._handle

    # -- what others did -------------------------------------------------------------------------------------------

    def absorb(self, entries: Sequence[LogEntry], checkpoint: str) -> None:
        """Verify, store and fold entries that follow the log so far; then do what falls due. All or nothing."""
        old = self.evaluation
        before = self._logged, self._absorbed
        try:
            named = self._fold_log(entries)
            self.log.absorb(named, checkpoint)
        except Exception:
            self._logged, self._absorbed = before
            raise
        self.evaluation = self._logged
        self._lay_pending()
        self._announce(old)
        self.do_chores()

    def _fold_log(self, entries: Sequence[LogEntry]) -> list[tuple[str, LogEntry]]:
        named = []
        logged = self._logged
        for entry in entries:
            if entry.index == 0:
                continue
            verified = verify_record(
                entry.record,
                logged.roster,
                index=entry.index,
                received=entry.received,
                check_certificate=self._check,
            )
            logged = replay(logged, [verified])
            named.append((verified.id, entry))
        self._logged = logged
        self._absorbed += len(named)
        return named

    def _lay_pending(self) -> None:
        for record in self.log.pending():
            try:
                verified = verify_record(record, self.evaluation.roster)
            except EvalclientError as error:
                _log.info("own pending record left out: %s", error.en)
                continue
            self.evaluation = replay(self.evaluation, [verified])

    def do_chores(self) -> None:
        """Do what the log asks of this person's client: keys of own seals, keys of bids to members."""
        if self._keys is None:
            return
        for duty in duties(self.evaluation, self.person):
            carry_out(self, duty)

    # -- records ---------------------------------------------------------------------------------------------------

    @property
    def _algorithm(self) -> HashName:
        return self.evaluation.founding.hash

    def _author(self) -> Author:
        session = self.evaluation.roster.current.get(self.person, "")
        return Author(self.person, session, "", self.evaluation.round, self.clock.now())

    def _sign(self, act: Act, blobs: tuple[str, ...]) -> Record:
        kind = kind_of(act)
        session = None if isinstance(act, SessionOpened) else self.evaluation.roster.session_of(self.person)
        if session is None and not isinstance(act, SessionOpened):
            raise _not_signed_in()
        payload = Payload(
            evaluation=self.evaluation.fingerprint,
            kind=kind.name,
            author=self.person,
            session=session.id if session else "",
            seq=session.seq + 1 if session else 0,
            prev=session.last if session else "",
            round=self.evaluation.round,
            seen=self._seen(),
            at=self.clock.now(),
            nonce=secrets.token_hex(16),
            body=msgspec.Raw(msgspec.json.encode(act)),
            blobs=blobs,
        )
        return (
            sign_by_certificate(payload, self.handle)
            if kind.signer == "certificate"
            else sign_by_session(payload, self.keys)
        )

    def _seen(self) -> Seen:
        text = self.log.checkpoint()
        return read_checkpoint(text).seen() if text else Seen(0, record_id(b"", self._algorithm))

    def _keep(self, record: Record) -> str:
        verified = verify_record(record, self.evaluation.roster)
        self.log.append_pending(verified.id, record)
        old = self.evaluation
        self.evaluation = replay(old, [verified])
        self._announce(old)
        return verified.id

    def _announce(self, old: Evaluation) -> None:
        for listener in self._listeners:
            listener(self.evaluation, old)


def _not_signed_in() -> Refused:
    return Refused(
        "尚未登录席位，请先用证书登录。",
        "Nobody has signed in at this seat; sign in with a certificate first.",
        "电子招标投标办法 第三十条",
    )
