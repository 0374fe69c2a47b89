"""The desk: what one person can do in one evaluation. No Qt; one thread owns it (the desk lane).

Everything goes through two calls: ``may(act)`` asks, ``do(act)`` signs, stores and folds. What others did comes in
through ``absorb``. The state it shows is the verified log with one's own pending records laid over it.
"""

from __future__ import annotations

import itertools
import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import msgspec

from evalclient.core.checkpoint import read_checkpoint
from evalclient.core.errors import EvalclientError, LogDishonest, Refused
from evalclient.core.evaluation.fold import Documents, found_evaluation
from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.ports import Clock, KeyHandle, LogEntry, RecordLog, TimestampService
from evalclient.core.records.act import Act
from evalclient.core.records.acts_founding import SessionOpened
from evalclient.core.records.catalogue import KINDS, kind_of
from evalclient.core.records.envelope import HashName, Payload, Record, Seen, digest, record_id
from evalclient.core.workflow.duties import duties
from evalclient.core.workflow.gates import may, replay
from evalclient.crypto.cms import open_envelope
from evalclient.crypto.cms.key_agreement import BareKey
from evalclient.crypto.errors import NotARecipient
from evalclient.crypto.records import (
    certificate_doubt,
    found,
    sign_by_certificate,
    sign_by_session,
    trust_at,
    trust_for,
    trust_of,
    trust_on_arrival,
    verify_record,
)
from evalclient.crypto.session import SessionKeys, encryption_key_from, kept_session_keys, new_session_keys, open_vault
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.desk.chores import carry_out
from evalclient.desk.home import Home, here
from evalclient.desk.refusals import always_overtaken, not_signed_in, superseded
from evalclient.desk.stamped_signatures import STAMPED, stamped_if_reached

_log = logging.getLogger(__name__)
Listener = Callable[[Evaluation, Evaluation], None]
#: how often an act is laid before the key, when records of the same session keep taking its number
SIGNATURES: Final = 3


@dataclass(frozen=True, slots=True)
class Genesis:
    """Record 0 and the documents it pins, as exact bytes."""

    record: Record
    documents: Documents


class Desk:
    """One person's place in one evaluation, over a store. See the role façades for verbs."""

    def __init__(self, genesis: Genesis, log: RecordLog, person: str, clock: Clock) -> None:
        founded = found(genesis.record)
        self.person = person
        self.log = log
        self.clock = clock
        self.genesis = genesis
        self._trust = trust_of(founded.founding)
        self._handle: KeyHandle | None = None
        self._keys: SessionKeys | None = None
        self.session = ""
        self._left = False
        self._recovered = ""
        self._earlier: dict[str, BareKey] = {}
        self._listeners: list[Listener] = []
        #: where there is one, signatures whose moment may be in dispute carry its time stamp
        self.authority: TimestampService | None = None
        #: makes a change of this desk where its owner wants changes made: here, or on the lane that owns it
        self.home: Home = here
        self._logged = found_evaluation(founded.record, genesis.documents)
        self._logged = self._folded(self._logged, log.entries())
        self.evaluation = self._logged
        self._lay_pending()

    # -- asking and doing ------------------------------------------------------------------------------------------

    def may(self, act: Act) -> Verdict:
        """Whether this person may do ``act`` now, and if not, why and by which article."""
        if self.superseded and not isinstance(act, SessionOpened):
            return superseded(self.evaluation)
        return may(self.evaluation, act, self._author(kind_of(act).name))

    def do(self, act: Act, blobs: Sequence[str] = ()) -> str:
        """Sign, store and fold ``act``; the id of the record. Raises Refused where it is not lawful now.

        A certificate signs where this is called: a token may take seconds, and other records of the session go on being
        made. Where one of them took the number meanwhile, the act is laid before the key anew.
        """
        if kind_of(act).signer == "session":
            return self.home(partial(self._do_by_session, act, tuple(blobs)))
        for _ in range(SIGNATURES):
            payload = self.home(partial(self._lawful, act, tuple(blobs)))
            kept = self.home(partial(self._keep_in_turn, act, payload, self._signed(payload)))
            if kept:
                return kept
        raise always_overtaken(self.evaluation)

    def add_blob(self, data: bytes) -> str:
        """Keep a blob locally and queue it for the centre; its digest."""
        name = record_id(data, self.evaluation.founding.hash)
        self.log.put_blob(name, data)
        return name

    @property
    def trust(self) -> TrustStore:
        """What the evaluation recognises, with what is known of revocation at the end of the log."""
        return trust_at(self.evaluation.roster, self._trust)

    @property
    def logged(self) -> Evaluation:
        """What the verified log alone says, without one's own pending records: what the centre has received."""
        return self._logged

    def logged_at(self, size: int) -> Evaluation:
        """What the first ``size`` records of the verified log said; replayed where that is not the present."""
        if size == self._logged.size:
            return self._logged
        start = found_evaluation(found(self.genesis.record).record, self.genesis.documents)
        return self._folded(start, itertools.islice(self.log.entries(), size))

    def subscribe(self, listener: Listener) -> None:
        """``listener(new, old)`` is called on the desk's thread after every change."""
        self._listeners.append(listener)

    # -- signing in ------------------------------------------------------------------------------------------------

    def sign_in(self, handle: KeyHandle, seat: str) -> None:
        """Open a session at ``seat``: one certificate signature.

        At a fresh seat the local log holds record 0 alone and cannot say whether this person has a place: the centre's
        answer and the first ``absorb`` do. Then ``recover_drafts`` makes earlier drafts readable. CertificateRefused where
        the certificate would not count now.
        """
        self._require_own(handle)
        self._trust_for("session.opened", handle).check(handle.certificate, handle.chain, self.clock.now())
        keys = new_session_keys(suite=self.evaluation.roster.suite)
        before = self.evaluation.roster.session_of(self.person)
        act = SessionOpened(
            signing_key=keys.signing_public,
            encryption_key=keys.encryption_public,
            vault=keys.vault(handle),
            seat=seat,
            predecessor=before.id if before else "",
        )
        if self._logged.size > 1:
            self.may(act).require()
        self._handle, self._keys = handle, keys
        record = self._signed(self._payload(act, ()))
        identity = record_id(record.payload, self._algorithm)
        self.session, self._left = identity, False
        self.log.put_secret(_secret_name(identity), keys.to_bytes())
        self.log.append_pending(identity, record)
        old = self.evaluation
        self.evaluation = self._logged
        self._lay_pending()
        self.recover_drafts()
        self._announce(old)

    def recover_drafts(self) -> None:
        """Go on with the draft key of the person's first session, so that every seat reads the same drafts.

        One key operation where there was an earlier session at another seat; VaultRefused if its vault does not open. Only
        sessions of this certificate count: what was drafted under another, before one for a day, that one alone reads.
        """
        mine = self.handle.certificate
        sessions = self.evaluation.roster.sessions.values()
        own = [each for each in sessions if each.author == self.person and each.certificate == mine]
        current = self.evaluation.roster.session_of(self.person)
        if current is None or not own or self.superseded or own[0].id == current.id or self._recovered == current.id:
            return
        _, draft_key = open_vault(own[0].vault, self.handle)
        self._recovered = current.id
        self._keys = replace(self.keys, draft_key=draft_key)
        self.log.put_secret(_secret_name(current.id), self.keys.to_bytes())

    def open_for_me(self, untrusted_envelope: bytes) -> bytes:
        """Open an envelope made for any of this person's sessions; EnvelopeRefused or NotARecipient.

        What was made for an earlier seat takes one key operation to open that session's vault, once.
        """
        try:
            return open_envelope(untrusted_envelope, self.keys.encryption_key())
        except NotARecipient:
            for key in self._earlier_keys():
                try:
                    return open_envelope(untrusted_envelope, key)
                except NotARecipient:
                    continue
            raise

    def _earlier_keys(self) -> Iterator[BareKey]:
        for session in reversed(tuple(self.evaluation.roster.sessions.values())):
            mine = session.author == self.person and session.certificate == self.handle.certificate
            if mine and session.id != self.session:
                if session.id not in self._earlier:
                    self._earlier[session.id] = encryption_key_from(open_vault(session.vault, self.handle)[0])
                yield self._earlier[session.id]

    def resume(self, handle: KeyHandle) -> bool:
        """Go on with this store's own session, if it is still the active one; no key operation, no record."""
        self._require_own(handle)
        session = self.evaluation.roster.session_of(self.person)
        kept = self.log.secret(_secret_name(session.id)) if session else None
        if session is None or kept is None:
            return False
        self._handle, self._keys = handle, kept_session_keys(kept)
        self.session, self._left = session.id, False
        return True

    def go_on_with(self, handle: KeyHandle) -> None:
        """The same person's key, opened anew: his token was pulled out, or did not answer. Refused for another's."""
        self._require_own(handle)
        self._handle = handle

    @property
    def superseded(self) -> bool:
        """Whether the person has signed in at another seat since: by the log, or because the centre said so."""
        roster = self.evaluation.roster
        return self._left or (self.session in roster.sessions and roster.current.get(self.person) != self.session)

    def leave(self) -> None:
        """The centre says that this session is over: what is made from now on would have no effect."""
        self._left = True

    @property
    def keys(self) -> SessionKeys:
        """The session's private keys; Refused before sign-in."""
        if self._keys is None:
            raise not_signed_in(self.evaluation)
        return self._keys

    @property
    def handle(self) -> KeyHandle:
        """The person's certificate key; Refused before sign-in."""
        if self._handle is None:
            raise not_signed_in(self.evaluation)
        return self._handle

    # -- what others did -------------------------------------------------------------------------------------------

    def absorb(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        """Verify, store and fold entries (id, entry) that follow the log so far; then do what falls due.

        All or nothing: an entry that does not hold raises and leaves store and state as they were. What falls due then
        never raises: it is put off.
        """
        old = self.evaluation
        logged = self._folded(self._logged, [entry for _, entry in entries])
        self.log.absorb(entries, checkpoint)
        self._logged = logged
        self.evaluation = logged
        self._lay_pending()
        self._announce(old)
        self.do_chores()

    def _folded(self, evaluation: Evaluation, entries: Iterable[LogEntry]) -> Evaluation:
        for entry in entries:
            if entry.index == 0:
                self._require_genesis(entry.record)
                continue
            verified = verify_record(
                entry.record, evaluation.roster, self._trust, index=entry.index, received=entry.received
            )
            evaluation = replay(evaluation, [verified])
        return evaluation

    def _require_genesis(self, record: Record) -> None:
        if record != self.genesis.record:
            raise LogDishonest(
                "评标中心给出的首条记录与公告的项目不符：请停止操作并报告监督人员。",
                "The centre's first record is not the evaluation that was announced; stop and tell the supervisor.",
            )

    def _lay_pending(self) -> None:
        for record in self.log.pending():
            try:
                verified = verify_record(record, self.evaluation.roster, self._trust)
            except EvalclientError as error:
                _log.info("own pending record left out: %s", error.en)
                continue
            self.evaluation = replay(self.evaluation, [verified])

    def do_chores(self) -> None:
        """Do what the log asks of this person's client: keys of own seals, keys of bids to members.

        Asked of the verified log alone: what waits in one's own outbox has perhaps been overtaken by others' records, and
        a key that is out cannot be taken back. What cannot be done now keeps neither the log nor the other duties
        waiting; it is tried again after the next absorb.
        """
        if self._keys is None or self.superseded:
            return
        pending = duties(self.evaluation, self.person)
        due = [duty for duty in duties(self._logged, self.person) if duty in pending]
        try:
            if due:
                self.recover_drafts()
        except EvalclientError as error:
            _log.warning("earlier draft key not recovered: %s", error.en)
        for duty in due:
            try:
                carry_out(self, duty)
            except EvalclientError as error:
                _log.warning("duty left undone, %s: %s", type(duty).__name__, error.en)

    # -- records ---------------------------------------------------------------------------------------------------

    @property
    def _algorithm(self) -> HashName:
        return self.evaluation.founding.hash

    def _require_own(self, handle: KeyHandle) -> None:
        wanted = self.evaluation.roster.certificate_digests(self.person)
        if wanted and digest(handle.certificate, self._algorithm) not in wanted:
            raise Refused(
                "该证书不是本岗位登记的证书，请使用登记的证书登录。",
                "This certificate is not the one registered for this place; sign in with that one.",
                self.evaluation.rules.article("signature"),
            )

    def _trust_for(self, kind: str, key: KeyHandle) -> TrustStore:
        """What certificates are judged by at the end of the log; a fresh seat knows record 0's lists alone, and waits."""
        trust = trust_for(kind, self.person, self.evaluation.roster, self._trust)
        return trust if self._logged.size > 1 else trust_on_arrival(trust, key.certificate)

    def _author(self, kind: str) -> Author:
        session, at = self.evaluation.roster.current.get(self.person, ""), self.clock.now()
        own = self._handle
        doubt = certificate_doubt(self._trust_for(kind, own), own.certificate, own.chain, at) if own else None
        return Author(self.person, session, "", self.evaluation.round, at, doubt)

    def _do_by_session(self, act: Act, blobs: tuple[str, ...]) -> str:
        return self._keep(self._signed(self._lawful(act, blobs)))

    def _keep_in_turn(self, act: Act, payload: Payload, record: Record) -> str:
        """Keep what was signed if it still follows the session's last record, "" if another came between."""
        self.may(act).require()
        session = self.evaluation.roster.session_of(self.person)
        overtaken = session is not None and (session.id, session.last) != (payload.session, payload.prev)
        return "" if overtaken and payload.session else self._keep(record)

    def _lawful(self, act: Act, blobs: tuple[str, ...]) -> Payload:
        self.may(act).require()
        return self._payload(act, blobs)

    def _payload(self, act: Act, blobs: tuple[str, ...]) -> Payload:
        kind = kind_of(act)
        session = None if isinstance(act, SessionOpened) else self.evaluation.roster.session_of(self.person)
        if session is None and not isinstance(act, SessionOpened):
            raise not_signed_in(self.evaluation)
        return Payload(
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

    def _signed(self, payload: Payload) -> Record:
        if KINDS[payload.kind].signer == "session":
            return sign_by_session(payload, self.keys)
        record = sign_by_certificate(payload, self.handle)
        if self.authority is None or payload.kind not in STAMPED:
            return record
        return stamped_if_reached(self.authority, record)

    def _seen(self) -> Seen:
        text = self.log.checkpoint()
        return read_checkpoint(text).seen() if text else Seen(0, record_id(b"", self._algorithm))

    def _keep(self, record: Record) -> str:
        verified = verify_record(record, self.evaluation.roster, self._trust)
        self.log.append_pending(verified.id, record)
        old = self.evaluation
        self.evaluation = replay(old, [verified])
        self._announce(old)
        return verified.id

    def _announce(self, old: Evaluation) -> None:
        for listener in self._listeners:
            listener(self.evaluation, old)


def _secret_name(session: str) -> str:
    return f"session:{session}"
