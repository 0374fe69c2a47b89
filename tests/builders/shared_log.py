"""Desks of real people over one log with a real log key; only the wire is missing between them."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Callable
from typing import Any, Final, Protocol, Self, TypeVar

import msgspec

from evalclient.core.checkpoint import Checkpoint, origin_of, sign_checkpoint
from evalclient.core.evaluation.fold import Documents
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import LogEntry, RecordLog
from evalclient.core.records.act import Party, Site, Trade
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.envelope import Payload, Record, Seen, digest, record_id
from evalclient.core.tender import load_tender
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives.notes import new_note_key, note_signer, verifier_key
from evalclient.crypto.records import sign_by_certificate
from evalclient.desk.desk import Desk, Genesis
from tests.builders.desk_people import BIDDER_NAMES, StepClock, key_of, root_of_keys
from tests.builders.documents import documents_of, tender_of
from tests.contract.memory_record_log import MemoryRecordLog

MEMBERS: Final = {"m1": "王建国", "m2": "李慧敏", "m3": "陈志远", "m4": "赵文博", "m5": "孙丽华"}
SITE_OF: Final = {"m1": "main", "m2": "main", "m3": "main", "m4": "a", "m5": "b"}
SITES: Final = {"main": "昆明主场", "a": "大理副场", "b": "玉溪副场"}
ADMINS: Final = {"admin-main": "周正", "admin-a": "吴敏", "admin-b": "郑凯"}
PRICES: Final = ("9000000", "9200000", "9350000", "9100000", "9500000", "8900000")
CUSTODIANS: Final = tuple(f"custodian-{n}" for n in (1, 2, 3))
_RECOVERY: Final = ("recovery-1", "recovery-2")
OFFICES: Final = {"organiser": "何方", "supervisor": "林静", **dict.fromkeys((*CUSTODIANS, *_RECOVERY), "保管人")}
T = TypeVar("T")


class Window(Protocol):
    """What reaches a desk that belongs to a lane: ``ui.live.Live``."""

    def call(self, verb: Callable[[Desk], T]) -> Any: ...


class SharedLog:
    """The people of one evaluation, their desks, and the log they share."""

    names: tuple[str, ...] = BIDDER_NAMES
    prices: tuple[str, ...] = PRICES

    def __init__(
        self, trade: Trade = "construction", *, practice: bool = True, documents: Documents | None = None
    ) -> None:
        representatives = 1 if trade == "procurement" else 0
        self.documents = documents or documents_of(trade, tender=tender_of(trade, representatives=representatives))
        self.tender = load_tender(self.documents.tender)
        self.trade = trade
        self.clock = StepClock("2026-11-24T01:00:00.000Z")
        self.keys = {person: self.key(name, person) for person, name in {**OFFICES, **ADMINS, **MEMBERS}.items()}
        for number, name in enumerate(self.names, start=1):
            key = self.key(name, f"bidder {number}")
            self.keys[f"bidder:{digest(key.certificate)}"] = key
        self.bidders = tuple(person for person in self.keys if person.startswith("bidder:"))
        self.log_key = new_note_key()
        self.blobs = {paper.digest: f"{paper.kind} {paper.title.en}".encode() for paper in self.tender.papers}
        self.genesis = self._found(practice)
        self.tape: list[tuple[str, LogEntry]] = []
        self.tree = Tree()
        self.secrets: dict[str, dict[str, bytes]] = {}
        self.windows: dict[str, Window] = {}
        self._desks: dict[str, Desk] = {}
        self.write(self.genesis.record)

    def key(self, name: str, place: str) -> Pkcs12Key:
        """The key of one person; an evening with authorities of its own says otherwise."""
        return key_of(name, place)

    def roots(self) -> tuple[bytes, ...]:
        """The authorities that record 0 names."""
        return (root_of_keys(),)

    def event_authority(self) -> bytes:
        """The authority for certificates of one day; none in a usual evening."""
        return b""

    def package(self, bidder: str) -> str:
        """Digest of a bidder's package; nothing lies behind it here."""
        return digest(f"package of {bidder}".encode())

    def seal(self, package: str) -> str:
        """Digest of the seal of a package handed in; here of nothing."""
        return digest(f"seal of {package}".encode())

    def fork(self) -> Self:
        """The same evening, to go another way: same log so far, same people, fresh desks that resume their sessions."""
        other = copy.copy(self)
        other.clock = StepClock(self.clock.now())
        other.tape = list(self.tape)
        other.tree = Tree("sha256")
        for _, entry in self.tape:
            other.tree.append(leaf_bytes(entry.received, entry.record))
        other.secrets = {person: dict(kept) for person, kept in self.secrets.items()}
        for person, desk in self._desks.items():
            other.secrets[person] = _secrets_of(desk)
        other.windows, other._desks = {}, {}
        return other

    def desk(self, person: str) -> Desk:
        """A person's desk, signed in and in step with the log."""
        if person in self.windows:
            raise LookupError(f"{person} sits at a window; use window.call")
        if person not in self._desks:
            self._desks[person] = self.fresh_desk(person)
        desk = self._desks[person]
        self._catch_up(desk)
        if not desk.session and not desk.resume(self.keys[person]):
            desk.sign_in(self.keys[person], f"{SITE_OF.get(person, 'main')}-{person[-1]}")
            self._send(desk)
            self._catch_up(desk)
        return desk

    def fresh_desk(self, person: str) -> Desk:
        """A desk over a store that holds the log so far; nobody has signed in or resumed at it."""
        log = MemoryRecordLog()
        log.absorb(self.tape, self._checkpoint())
        return self._desk_over(person, log)

    def desk_over(self, person: str, log: RecordLog) -> Desk:
        """A person's desk over another store that holds the log so far: from now on it is his."""
        self._desks[person] = self._desk_over(person, log)
        return self.desk(person)

    def pages(self, size: int) -> list[tuple[list[tuple[str, LogEntry]], str]]:
        """The log so far as a feed gives it: ``size`` entries at a time, each page with its checkpoint."""
        pages = [self.tape[start : start + size] for start in range(0, len(self.tape), size)]
        return [(page, self._checkpoint(page[-1][1].index + 1)) for page in pages]

    def _desk_over(self, person: str, log: RecordLog) -> Desk:
        for name, value in self.secrets.get(person, {}).items():
            log.put_secret(name, value)
        for name, data in self.blobs.items():
            log.put_blob(name, data)
        return Desk(self.genesis, log, person, self.clock)

    def attend(self, person: str, window: Window) -> None:
        """From now on this person's desk belongs to a window's lane."""
        self.windows[person] = window
        self._desks.pop(person, None)

    def share(self) -> None:
        """Everybody's outbox goes to the log and the log to everybody, until nothing is left to send."""
        while True:
            before = len(self.tape)
            for desk in list(self._desks.values()):
                self._send(desk)
            for window in self.windows.values():
                window.call(self._send).result(20)
            for desk in list(self._desks.values()):
                self._catch_up(desk)
            for window in self.windows.values():
                window.call(self._catch_up).result(20)
            if len(self.tape) == before:
                return

    @property
    def evaluation(self) -> Evaluation:
        """The state by the organiser's desk, in step with the log."""
        self.share()
        return self.desk("organiser").evaluation

    def _send(self, desk: Desk) -> None:
        for record in desk.log.outbox():
            self.write(record)
        self._catch_up(desk)

    def write(self, record: Record) -> None:
        """Put a record into the log, as the centre would."""
        identity = record_id(record.payload)
        if identity in {name for name, _ in self.tape}:
            return
        entry = LogEntry(len(self.tape), self.clock.now(), record)
        self.tape.append((identity, entry))
        self.tree.append(leaf_bytes(entry.received, record))

    def _catch_up(self, desk: Desk) -> None:
        known = sum(1 for _ in desk.log.entries())
        if known < len(self.tape):
            desk.absorb(self.tape[known:], self._checkpoint())

    def _checkpoint(self, size: int | None = None) -> str:
        size = len(self.tape) if size is None else size
        checkpoint = Checkpoint(origin_of(record_id(self.genesis.record.payload)), size, self.tree.root(size))
        return sign_checkpoint(checkpoint, verifier_key("centre", self.log_key), note_signer(self.log_key))

    def _found(self, practice: bool) -> Genesis:
        def party(person: str) -> Party:
            key = self.keys[person]
            encryption = key.encryption_certificate
            return Party(person, key.certificate, b"" if encryption == key.certificate else encryption)

        documents = self.documents
        tender = self.tender
        act = EvaluationCreated(
            title=tender.title,
            trade=self.trade,
            jurisdiction="CN",
            tender=digest(documents.tender),
            method=digest(documents.method),
            rules=digest(documents.rules),
            roots=self.roots(),
            log_key=verifier_key("centre", self.log_key).text(),
            organiser=party("organiser"),
            supervisor=party("supervisor"),
            custodians=tuple(party(person) for person in CUSTODIANS),
            threshold=2,
            bidder_share=True,
            recovery_custodians=tuple(party(person) for person in _RECOVERY),
            recovery_threshold=2,
            sites=tuple(Site(site, name, site == "main") for site, name in SITES.items()),
            deadline=tender.deadline,
            practice=practice,
            event_authority=self.event_authority(),
        )
        payload = Payload(
            evaluation="",
            kind="evaluation.created",
            author="organiser",
            session="",
            seq=0,
            prev="",
            round=1,
            seen=Seen(0, digest(b"")),
            at=self.clock.now(),
            nonce=secrets.token_hex(16),
            body=msgspec.Raw(msgspec.json.encode(act)),
        )
        return Genesis(sign_by_certificate(payload, self.keys["organiser"]), documents)


def _secrets_of(desk: Desk) -> dict[str, bytes]:
    names = [f"session:{session.id}" for session in desk.evaluation.roster.sessions.values()]
    return {name: kept for name in names if (kept := desk.log.secret(name)) is not None}
