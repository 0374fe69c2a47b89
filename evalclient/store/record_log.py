"""The record log of one seat and evaluation (本席位数据): implements ``core.ports.RecordLog`` on the encrypted store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from evalclient.core.checkpoint import parse_proof, read_checkpoint
from evalclient.core.errors import StoreOfAnother
from evalclient.core.ports import LogEntry, Receipt
from evalclient.core.records.envelope import Record
from evalclient.store.database import Database, Writer
from evalclient.store.schema import migrations

#: log entries read at a time, so that a fold does not hold the store for long
PAGE: Final = 500


class StoredRecordLog:
    """``RecordLog`` on disk. Safe to use from several threads; every write is committed before the call returns."""

    def __init__(self, path: Path, key: bytes, fingerprint: str) -> None:
        """Open or make the store of evaluation ``fingerprint`` at ``path``.

        Raises StoreInUse, StoreDamaged, StoreOfAnother (the file belongs to another evaluation) or StoreFull.
        """
        self._database = Database(path, key, migrations)
        try:
            self._bind(fingerprint)
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Close the file and let another client open it."""
        self._database.close()

    def backup(self, target: Path) -> None:
        """A sound copy of the store under the same key."""
        self._database.backup(target)

    def append_pending(self, record_id: str, record: Record) -> None:
        """Append an own record, and its outbox row, in one transaction."""

        def work(writer: Writer) -> None:
            writer.execute("INSERT INTO record VALUES (?, ?, ?)", (record_id, record.payload, record.signature))
            writer.execute("INSERT INTO own (record_id) VALUES (?)", (record_id,))
            writer.execute("INSERT INTO outbox (record_id) VALUES (?)", (record_id,))

        self._database.transact(work)

    def pending(self) -> tuple[Record, ...]:
        """Own records that the verified log does not show yet and the centre has not refused, in the order made."""
        return self._records(
            "SELECT payload, signature FROM own JOIN record ON id = own.record_id"
            " WHERE own.record_id NOT IN (SELECT record_id FROM entry)"
            " AND own.record_id NOT IN (SELECT record_id FROM refusal) ORDER BY own.position"
        )

    def outbox(self) -> tuple[Record, ...]:
        """Own records still to be sent, in order."""
        return self._records(
            "SELECT payload, signature FROM outbox JOIN record ON id = record_id ORDER BY outbox.position"
        )

    def absorb(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        """Append verified entries (id, entry) and the checkpoint that covers them; drop them from the outbox.

        Raises ValueError when the entries do not continue the log or the checkpoint does not end where they end.
        """

        def work(writer: Writer) -> None:
            _append_entries(writer, entries)
            size = read_checkpoint(checkpoint).size
            if size != _size(writer):
                raise ValueError(f"a checkpoint of size {size} for a log of {_size(writer)} entries")
            writer.execute("INSERT OR IGNORE INTO checkpoint VALUES (?, ?)", (size, checkpoint))

        self._database.transact(work)

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        """Keep verified receipts; their rows leave the outbox but stay pending until the log shows them."""
        rows = [(r.record_id, read_checkpoint(parse_proof(r.proof).signed_checkpoint).size, r.proof) for r in receipts]

        def work(writer: Writer) -> None:
            writer.execute_many("INSERT OR IGNORE INTO receipt VALUES (?, ?, ?)", rows)
            writer.execute_many("DELETE FROM outbox WHERE record_id = ?", [row[:1] for row in rows])

        self._database.transact(work)

    def receipts(self) -> tuple[Receipt, ...]:
        """All kept receipts, in the order of their checkpoints' sizes."""
        return tuple(Receipt(*row) for row in self._database.read("SELECT record_id, proof FROM receipt ORDER BY size"))

    def refuse(self, record_id: str, reason: str) -> None:
        """Move a record the centre refused for good out of the outbox; it is kept and shown to its author."""

        def work(writer: Writer) -> None:
            writer.execute("INSERT OR IGNORE INTO refusal VALUES (?, ?)", (record_id, reason))
            writer.execute("DELETE FROM outbox WHERE record_id = ?", (record_id,))

        self._database.transact(work)

    def refusals(self) -> tuple[tuple[Record, str], ...]:
        """Own records the centre refused for good, with the reason, in the order they were made."""
        rows = self._database.read(
            "SELECT payload, signature, reason FROM refusal JOIN own USING (record_id)"
            " JOIN record ON id = own.record_id ORDER BY own.position"
        )
        return tuple((Record(payload, signature), reason) for payload, signature, reason in rows)

    def entries(self, start: int = 0) -> Iterator[LogEntry]:
        """The verified log from ``start``, in index order."""
        position = start
        while True:
            rows = self._database.read(
                "SELECT idx, received, payload, COALESCE(entry.signature, record.signature)"
                " FROM entry JOIN record ON id = record_id WHERE idx >= ? ORDER BY idx LIMIT ?",
                (position, PAGE),
            )
            for index, received, payload, signature in rows:
                yield LogEntry(index, received, Record(payload, signature))
            if len(rows) < PAGE:
                return
            position += PAGE

    def checkpoint(self) -> str:
        """The last verified checkpoint, or ""."""
        rows = self._database.read("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
        return str(rows[0][0]) if rows else ""

    def put_secret(self, name: str, value: bytes) -> None:
        """Keep session keys under ``name``."""
        self._database.transact(
            lambda writer: writer.execute("INSERT OR REPLACE INTO secret VALUES (?, ?)", (name, value))
        )

    def secret(self, name: str) -> bytes | None:
        """A kept secret."""
        return _one(self._database.read("SELECT value FROM secret WHERE name = ?", (name,)))

    def put_blob(self, digest: str, data: bytes) -> None:
        """Keep a small blob; the caller has checked the digest."""
        self._database.transact(
            lambda writer: writer.execute("INSERT OR REPLACE INTO blob VALUES (?, ?)", (digest, data))
        )

    def blob(self, digest: str) -> bytes | None:
        """A kept blob."""
        return _one(self._database.read("SELECT data FROM blob WHERE digest = ?", (digest,)))

    def _bind(self, fingerprint: str) -> None:
        rows = self._database.read("SELECT value FROM meta WHERE name = 'evaluation'")
        if rows and rows[0][0] != fingerprint:
            raise StoreOfAnother(
                "这份数据属于另一个评标项目，请重新选择项目，或用 --store 另选文件夹。",
                "This data belongs to another evaluation; choose the evaluation again, or another folder with --store.",
            )
        if not rows:
            self._database.transact(
                lambda writer: writer.execute("INSERT INTO meta VALUES ('evaluation', ?)", (fingerprint,))
            )

    def _records(self, sql: str) -> tuple[Record, ...]:
        return tuple(Record(payload, signature) for payload, signature in self._database.read(sql))


def _append_entries(writer: Writer, entries: Sequence[tuple[str, LogEntry]]) -> None:
    size = _size(writer)
    for offset, (record_id, entry) in enumerate(entries):
        if entry.index != size + offset:
            raise ValueError(f"entry {entry.index} does not continue a log of {size + offset}")
        record = entry.record
        writer.execute("INSERT OR IGNORE INTO record VALUES (?, ?, ?)", (record_id, record.payload, record.signature))
        kept = writer.read("SELECT signature FROM record WHERE id = ?", (record_id,))[0][0]
        other = None if kept == record.signature else record.signature
        writer.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (entry.index, record_id, entry.received, other))
        writer.execute("DELETE FROM outbox WHERE record_id = ?", (record_id,))


def _size(writer: Writer) -> int:
    return int(writer.read("SELECT COUNT(*) FROM entry")[0][0])


def _one(rows: list[tuple[bytes, ...]]) -> bytes | None:
    return bytes(rows[0][0]) if rows else None
