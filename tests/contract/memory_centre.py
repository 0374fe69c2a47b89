"""A Centre in memory: checks and signs like the real one, keeps lists. Its lies are in tests/sync."""

from __future__ import annotations

from collections.abc import Sequence

from evalclient.core.checkpoint import Checkpoint, Proof, VerifierKey, origin_of, sign_checkpoint
from evalclient.core.errors import CentreRefused, EvalclientError
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.ports import Answer, FeedPage, LogEntry, Receipt
from evalclient.core.records.catalogue import decode_act
from evalclient.core.records.envelope import Record, decode_payload, digest, record_id
from evalclient.crypto.primitives.notes import note_signer, verifier_key
from evalclient.crypto.records import found, trust_of, verify_record

SECRET = bytes(range(32))
LOG_KEY: VerifierKey = verifier_key("centre.memory", SECRET)


class MemoryCentre:
    """What ``core.ports.Centre`` says, for one evaluation."""

    def __init__(self, genesis: Record) -> None:
        founded = found(genesis)
        self.algorithm = founded.founding.hash
        self.fingerprint = founded.record.id
        self.roster = founded.roster
        self.trust = trust_of(founded.founding)
        self.entries: list[LogEntry] = []
        self.blobs: dict[str, bytes] = {}
        self._write(genesis)

    def submit(self, records: Sequence[Record]) -> tuple[Answer, ...]:
        refusals = [self._consider(record) for record in records]
        return tuple(
            refusals[number] or Answer(self._id(record), self._receipt(record)) for number, record in enumerate(records)
        )

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        return FeedPage(tuple(self.entries[start:]), self.note(len(self.entries)))

    def put_blob(self, digest: str, data: bytes) -> None:
        if self._digest(data) != digest:
            raise CentreRefused("摘要不符", "the digest differs")
        self.blobs[digest] = data

    def blob(self, digest: str) -> bytes:
        if digest not in self.blobs:
            raise CentreRefused("没有", "no such blob")
        return self.blobs[digest]

    def note(self, size: int) -> str:
        checkpoint = Checkpoint(origin_of(self.fingerprint), size, self.tree().root(size))
        return sign_checkpoint(checkpoint, LOG_KEY, note_signer(SECRET))

    def tree(self) -> Tree:
        tree = Tree(self.algorithm)
        for entry in self.entries:
            tree.append(leaf_bytes(entry.received, entry.record))
        return tree

    def _consider(self, record: Record) -> Answer | None:
        identity = self._id(record)
        if any(entry.record == record for entry in self.entries):
            return None
        try:
            payload = decode_payload(record.payload)
            act = decode_act(payload)
            if act is not None and not set(act.files) <= set(payload.blobs):
                return Answer(identity, None, "附件未列入", "it does not list as attached what it hands over")
            if any(name not in self.blobs for name in payload.blobs):
                return Answer(identity, None, "缺附件", "a blob is missing", retry=True)
            session = self.roster.sessions.get(payload.session)
            if payload.session and (session is None or payload.seq > session.seq + 1):
                return Answer(identity, None, "缺前一条", "the predecessor is missing", retry=True)
            self.roster = self.roster.after(verify_record(record, self.roster, self.trust))
        except EvalclientError as error:
            return Answer(identity, None, error.zh, error.en)
        self._write(record)
        return None

    def _write(self, record: Record) -> None:
        moment = f"2026-11-24T01:{len(self.entries) // 60:02d}:{len(self.entries) % 60:02d}.000Z"
        self.entries.append(LogEntry(len(self.entries), moment, record))

    def _receipt(self, record: Record) -> Receipt:
        (entry,) = [entry for entry in self.entries if entry.record == record]
        proof = self.tree().inclusion_proof(entry.index)
        text = Proof(entry.index, proof, entry.received.encode(), self.note(len(self.entries))).text()
        return Receipt(self._id(record), text)

    def _id(self, record: Record) -> str:
        return record_id(record.payload, self.algorithm)

    def _digest(self, data: bytes) -> str:
        return digest(data, self.algorithm)
