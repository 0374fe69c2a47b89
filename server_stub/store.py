"""The centre's database: logs of all evaluations, through SQLAlchemy Core. SQLite now, PostgreSQL by another URL.

A log's index is dense and given under the log's own lock (an identity column has gaps and becomes visible out of order).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    DDL,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    func,
    insert,
    select,
)

from evalclient.core.ports import LogEntry
from evalclient.core.records.envelope import Record

_metadata: Final = MetaData()
_evaluation: Final = Table(
    "evaluation",
    _metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
)
_entry: Final = Table(
    "entry",
    _metadata,
    Column("fingerprint", ForeignKey("evaluation.fingerprint"), primary_key=True),
    Column("idx", Integer, primary_key=True, autoincrement=False),
    Column("record_id", String(64), nullable=False),
    Column("received", String(24), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    UniqueConstraint("fingerprint", "record_id"),
)
for _act in ("UPDATE", "DELETE"):
    _trigger = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER entry_no_{_act.lower()} BEFORE {_act} ON entry "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    )
    event.listen(_entry, "after_create", _trigger.execute_if(dialect="sqlite"))


class CentreStore:
    """Logs on disk. Every write is committed before the call returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        with self._writing.begin() as connection:
            _metadata.create_all(connection)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def found(self, fingerprint: str, entry: LogEntry) -> None:
        """Begin a log with record 0; nothing happens when it is there."""
        with self._writing.begin() as connection:
            if connection.scalar(select(_evaluation.c.position).where(_evaluation.c.fingerprint == fingerprint)):
                return
            last = connection.scalar(select(func.max(_evaluation.c.position))) or 0
            connection.execute(insert(_evaluation), {"fingerprint": fingerprint, "position": last + 1})
            _insert(connection, fingerprint, [(fingerprint, entry)])

    def append(self, fingerprint: str, entries: Sequence[tuple[str, LogEntry]]) -> None:
        """Continue a log with entries (record id, entry); ValueError when they do not follow its end."""
        with self._writing.begin() as connection:
            connection.execute(
                select(_evaluation.c.position).where(_evaluation.c.fingerprint == fingerprint).with_for_update()
            )
            last = connection.scalar(select(func.max(_entry.c.idx)).where(_entry.c.fingerprint == fingerprint))
            if last is None or [entry.index for _, entry in entries] != [
                last + 1 + offset for offset in range(len(entries))
            ]:
                raise ValueError("the entries do not continue the log")
            _insert(connection, fingerprint, entries)

    def evaluations(self) -> tuple[str, ...]:
        """Fingerprints of all evaluations, newest first."""
        with self._engine.connect() as connection:
            rows = connection.scalars(select(_evaluation.c.fingerprint).order_by(_evaluation.c.position.desc()))
            return tuple(rows)

    def entries(self, fingerprint: str, start: int, end: int) -> Iterator[LogEntry]:
        """Entries ``start`` to ``end`` (exclusive) in order; nothing for an unknown evaluation."""
        query = (
            select(_entry.c.idx, _entry.c.received, _entry.c.payload, _entry.c.signature)
            .where(_entry.c.fingerprint == fingerprint, _entry.c.idx >= start, _entry.c.idx < end)
            .order_by(_entry.c.idx)
        )
        with self._engine.connect() as connection:
            for index, received, payload, signature in connection.execute(query):
                yield LogEntry(index, received, Record(bytes(payload), bytes(signature)))


def open_sqlite(path: Path) -> CentreStore:
    """The centre's store in one SQLite file, by the same driver as the client's (SQLite 3.53), unencrypted."""
    from sqlcipher3 import dbapi2

    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite+pysqlite:///{path}", module=dbapi2, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return CentreStore(engine)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred and comes too late
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _insert(connection: Connection, fingerprint: str, entries: Sequence[tuple[str, LogEntry]]) -> None:
    connection.execute(
        insert(_entry),
        [
            {
                "fingerprint": fingerprint,
                "idx": entry.index,
                "record_id": record_id,
                "received": entry.received,
                "payload": entry.record.payload,
                "signature": entry.record.signature,
            }
            for record_id, entry in entries
        ],
    )
