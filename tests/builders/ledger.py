"""Writing verified records straight into a log, without crypto: what every step of an evening stands on."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

import msgspec

from evalclient.core.evaluation.fold import Documents, found_evaluation
from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.records.act import Act, Sealed, SealedShare
from evalclient.core.records.acts_draw import DrawSealed, DrawShare
from evalclient.core.records.acts_founding import EvaluationCreated, SessionOpened
from evalclient.core.records.catalogue import kind_of
from evalclient.core.records.envelope import Payload, Seen, digest, encode_payload, record_id
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.verified import VerifiedRecord
from evalclient.core.workflow.gates import may, replay

EMPTY_ROOT = digest(b"")


def unchanged(before: Evaluation, after: Evaluation) -> bool:
    """Whether a record left no trace but its place in the log and in its session's chain."""
    same = replace(after, roster=before.roster, size=before.size, without_effect=before.without_effect)
    return same == before and after.size == before.size + 1


def certificate_of(person: str) -> bytes:
    """The stand-in for a person's certificate: bytes that differ per person."""
    return f"certificate of {person}".encode()


@dataclass
class Ledger:
    """A growing log and the evaluation it folds to. ``records`` holds all records, record 0 first."""

    documents: Documents
    founding: EvaluationCreated
    at: str = "2026-11-24T01:00:00.000Z"

    def __post_init__(self) -> None:
        self.contents: dict[str, msgspec.Struct | None] = {}
        self._count = 0
        payload = self._payload(self.founding, self.founding.organiser.person, "", 0, "", 1)
        genesis = VerifiedRecord(
            record_id(encode_payload(payload)),
            payload,
            self.founding,
            self.founding.organiser.certificate,
            index=0,
            received=self.at,
        )
        self.records: list[VerifiedRecord] = [genesis]
        self.evaluation: Evaluation = found_evaluation(genesis, self.documents)

    # -- the log ---------------------------------------------------------------------------------------------------

    def do(self, person: str, act: Act, *, opened: msgspec.Struct | None = None) -> str:
        """``person`` does ``act`` as his desk would: raises Refused where it is not lawful now; the record's id."""
        self._ensure_session(person, act)
        self.may(person, act).require()
        return self.put(person, act, opened=opened)

    def put(
        self,
        person: str,
        act: Act | None,
        *,
        session: str | None = None,
        round: int | None = None,  # noqa: A002 - the record's own word
        opened: msgspec.Struct | None = None,
        kind: str = "",
        doubt: Bilingual | None = None,
    ) -> str:
        """Write a record whatever the gates say, as somebody else's client might; it may be without effect."""
        if act is not None:
            self._ensure_session(person, act)
        record = self.record(person, act, session=session, round=round, opened=opened, kind=kind, doubt=doubt)
        self.records.append(record)
        self.evaluation = replay(self.evaluation, [record])
        return record.id

    def may(self, person: str, act: Act) -> Verdict:
        """What the gates say of ``act`` by ``person`` now."""
        session = self.evaluation.roster.current.get(person, "")
        return may(self.evaluation, act, Author(person, session, "", self.evaluation.round, self._tick()))

    def record(
        self,
        person: str,
        act: Act | None,
        *,
        session: str | None = None,
        round: int | None = None,  # noqa: A002 - the record's own word
        opened: msgspec.Struct | None = None,
        kind: str = "",
        doubt: Bilingual | None = None,
    ) -> VerifiedRecord:
        """A record that would follow the log now; it is not written."""
        self.at = self._tick()
        roster = self.evaluation.roster
        signing_in = isinstance(act, SessionOpened)
        held = None if signing_in else roster.sessions.get(session or roster.current.get(person, ""))
        payload = self._payload(
            act,
            person,
            held.id if held else "",
            held.seq + 1 if held else 0,
            held.last if held else "",
            round or self.evaluation.round,
            kind,
        )
        signed_by_certificate = act is not None and kind_of(act).signer == "certificate"
        return VerifiedRecord(
            record_id(encode_payload(payload)),
            payload,
            act,
            certificate_of(person) if signed_by_certificate else None,
            opened,
            len(self.records),
            self.at,
            doubt,
            digest(f"leaf {payload.nonce}".encode()) if isinstance(act, DrawSealed) else "",
        )

    def sign_in(self, person: str, seat: str = "seat", doubt: Bilingual | None = None) -> str:
        """A new session of ``person``, taking over from the one before."""
        before = self.evaluation.roster.current.get(person, "")
        key = digest(f"{person} {len(self.records)}".encode()).encode()
        act = SessionOpened(signing_key=key, encryption_key=key, vault=key, seat=seat, predecessor=before)
        return self.put(person, act, doubt=doubt)

    def sealed(self, content: msgspec.Struct | None) -> Sealed:
        """A sealed body; ``contents`` remembers what lies in it (None: garbage)."""
        self._count += 1
        commitment = digest(f"key {self._count}".encode())
        self.contents[commitment] = content
        return Sealed(cipher=commitment.encode(), commitment=commitment, author_key=b"envelope")

    def sealed_share(self) -> SealedShare:
        """A sealed share of a draw; ``contents`` remembers it."""
        self._count += 1
        share = digest(f"share {self._count}".encode())
        commitment = digest(share.encode())
        self.contents[commitment] = DrawShare(bytes.fromhex(share))
        return SealedShare(commitment=commitment, author_key=b"envelope")

    def content_of(self, seal: str) -> msgspec.Struct | None:
        """What lies in the sealed body of record ``seal``; None where it is garbage."""
        return self.contents.get(self.evaluation.roster.sealed[seal].sealed.commitment)

    def pass_time(self, *, hours: int = 0, to: str = "") -> Self:
        """Let time pass, or set the clock to a later moment."""
        self.at = to or _moved(self.at, timedelta(hours=hours))
        return self

    def fork(self) -> Self:
        """An independent copy that goes its own way from here; states are shared, they never change."""
        other = copy.copy(self)
        other.records = list(self.records)
        other.contents = dict(self.contents)
        return other

    def why_without_effect(self, record: str) -> str:
        """The English reason why ``record`` changed nothing; KeyError where it took effect."""
        reasons = {entry.record: entry.reason.en for entry in self.evaluation.without_effect}
        return reasons[record]

    def assert_refused(
        self,
        person: str,
        act: Act,
        *,
        article: str,
        saying: str,
        session: str | None = None,
        round: int | None = None,  # noqa: A002 - the record's own word
    ) -> None:
        """``act`` is refused by ``article`` in both languages, and as a record in the log it changes nothing."""
        log = self.fork()
        log._ensure_session(person, act)
        before = log.evaluation
        record = log.put(person, act, session=session, round=round)
        entry = next((entry for entry in log.evaluation.without_effect if entry.record == record), None)
        assert entry is not None, f"{type(act).__name__} by {person} took effect"
        assert saying in entry.reason.en, f"refused, but saying: {entry.reason.en}"
        assert any("\u4e00" <= letter <= "\u9fff" for letter in entry.reason.zh)
        assert entry.article == article
        assert unchanged(before, log.evaluation)
        if session is None and round is None:
            assert self.may(person, act).reason == entry.reason

    # -- inside ----------------------------------------------------------------------------------------------------

    def _ensure_session(self, person: str, act: Act) -> None:
        known = self.evaluation.roster.role(person) is not None
        if known and not isinstance(act, SessionOpened) and person not in self.evaluation.roster.current:
            self.sign_in(person)

    def _payload(
        self, act: Act | None, person: str, session: str, seq: int, prev: str, round_: int, kind: str = ""
    ) -> Payload:
        self._count += 1
        founded = hasattr(self, "evaluation")
        return Payload(
            evaluation=self.evaluation.fingerprint if founded else "",
            kind=kind_of(act).name if act is not None else kind,
            author=person,
            session=session,
            seq=seq,
            prev=prev,
            round=round_,
            seen=Seen(0, EMPTY_ROOT),
            at=self.at,
            nonce=f"{self._count:032x}",
            body=msgspec.Raw(msgspec.json.encode(act) if act is not None else b"{}"),
        )

    def _tick(self) -> str:
        return _moved(self.at, timedelta(seconds=1))


def _moved(at: str, by: timedelta) -> str:
    moment = datetime.fromisoformat(at) + by
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
