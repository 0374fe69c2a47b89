"""A RecordLog in memory: for tests of what stands above the store, under the same contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalclient.core.checkpoint import parse_proof, read_checkpoint
from evalclient.core.ports import LogEntry, Receipt
from evalclient.core.records.envelope import Record


class MemoryRecordLog:
    """Lists and dictionaries that do what ``core.ports.RecordLog`` says."""

    def __init__(self) -> None:
        self._own: dict[str, Record] = {}
        self._to_send: list[str] = []
        self._entries: list[tuple[str, LogEntry]] = []
        self._receipts: dict[str, Receipt] = {}
        self._refusals: dict[str, str] = {}
        self._checkpoint = ""
        self._secrets: dict[str, bytes] = {}
        self._blobs: dict[str, bytes] = {}

    def append_pending(self, record_id: str, record: Record) -> None:
        self._own[record_id] = record
        self._to_send.append(record_id)

    def pending(self) -> tuple[Record, ...]:
        logged = {name for name, _ in self._entries}
        return tuple(record for name, record in self._own.items() if name not in logged | self._refusals.keys())

    def outbox(self) -> tuple[Record, ...]:
        return tuple(self._own[name] for name in self._to_send)

    def absorb(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        size = len(self._entries)
        for offset, (_, entry) in enumerate(entries):
            if entry.index != size + offset:
                raise ValueError(f"entry {entry.index} does not continue a log of {size + offset}")
        if read_checkpoint(checkpoint).size != size + len(entries):
            raise ValueError(f"a wrong checkpoint for a log of {size + len(entries)} entries")
        self._entries.extend(entries)
        self._checkpoint = checkpoint
        logged = {name for name, _ in entries}
        self._to_send = [name for name in self._to_send if name not in logged]

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            self._receipts.setdefault(receipt.record_id, receipt)
            self._to_send = [name for name in self._to_send if name != receipt.record_id]

    def receipts(self) -> tuple[Receipt, ...]:
        def size(receipt: Receipt) -> int:
            return read_checkpoint(parse_proof(receipt.proof).signed_checkpoint).size

        return tuple(sorted(self._receipts.values(), key=size))

    def refuse(self, record_id: str, reason: str) -> None:
        self._refusals.setdefault(record_id, reason)
        self._to_send = [name for name in self._to_send if name != record_id]

    def refusals(self) -> tuple[tuple[Record, str], ...]:
        return tuple((record, self._refusals[name]) for name, record in self._own.items() if name in self._refusals)

    def entries(self, start: int = 0) -> Iterator[LogEntry]:
        return iter([entry for _, entry in self._entries[start:]])

    def checkpoint(self) -> str:
        return self._checkpoint

    def put_secret(self, name: str, value: bytes) -> None:
        self._secrets[name] = value

    def secret(self, name: str) -> bytes | None:
        return self._secrets.get(name)

    def put_blob(self, digest: str, data: bytes) -> None:
        self._blobs[digest] = data

    def blob(self, digest: str) -> bytes | None:
        return self._blobs.get(digest)
