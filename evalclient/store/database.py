"""The encrypted SQLite file of one seat and evaluation; the only module that imports the driver.

Rules, each learnt by losing data in a trial: every write inside its own ``BEGIN IMMEDIATE``; one driver, imported once,
opens the file; no plug-ins; fixed statements; ``VACUUM INTO`` for backups; a ballast file to release on a full disk.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlite
from sqlite_utils import Database as Schema
from sqlite_utils.migrations import Migrations

from evalclient.core.errors import EvalclientError, StoreDamaged, StoreFull, StoreInUse

KEY_BYTES: Final = 32
BALLAST_BYTES: Final = 4 << 20
#: how long to wait for a client that is just closing; SQLite's busy timeout, in seconds
LOCK_PATIENCE: Final = 0.5

Row = tuple[Any, ...]


class Database:
    """One open store. Safe to use from several threads: a lock admits one statement or write at a time.

    The file is locked while it is open (``locking_mode=EXCLUSIVE``): a second client gets StoreInUse, and the lock dies
    with the process. Raises StoreInUse, StoreDamaged (damaged file or wrong key) or StoreFull.
    """

    def __init__(self, path: Path, key: bytes, migrations: Migrations) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"the store's key has {KEY_BYTES} bytes")
        self.path = path
        self._lock = threading.RLock()
        self._ballast = path.with_name(path.name + ".ballast")
        _create_private(path)
        self._connection: Any = sqlite.connect(
            str(path), timeout=LOCK_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            with self._translated():
                self._prepare(key)
                self._require_sound()
                self._migrate(migrations)
            self._keep_ballast()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Fold the write-ahead log into the file and release the lock."""
        with self._lock:
            self._connection.close()

    def transact(self, work: Callable[[Writer], None]) -> None:
        """Run ``work`` in one transaction, on disk when this returns; undone when it raises.

        On a full disk the ballast is released and ``work`` runs once more before StoreFull is raised.
        """
        with self._lock:
            try:
                self._attempt(work)
            except StoreFull:
                if not self._ballast.exists():
                    raise
                self._ballast.unlink()
                self._attempt(work)

    def _attempt(self, work: Callable[[Writer], None]) -> None:
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                work(Writer(self._connection))
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def read(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._lock, self._translated():
            rows: list[Row] = self._connection.execute(sql, tuple(parameters)).fetchall()
            return rows

    def backup(self, target: Path) -> None:
        """Write a sound copy under the same key; ``target`` appears whole or not at all."""
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        with self._lock, self._translated():
            self._connection.execute("VACUUM INTO ?", (str(part),))
        part.chmod(0o600)
        _sync_file(part)
        part.replace(target)
        sync_folder(target.parent)

    def _prepare(self, key: bytes) -> None:
        # A raw key: SQLCipher derives nothing from it. The driver takes no parameters in a PRAGMA.
        self._connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        self._connection.execute("PRAGMA cipher_log_level = NONE")
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("COMMIT")

    def _require_sound(self) -> None:
        """Every page authenticates and the tables are whole."""
        failures = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if failures or self._connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise _damaged()

    def _migrate(self, migrations: Migrations) -> None:
        schema = Schema(self._connection, execute_plugins=False, strict=True)
        self._attempt(lambda _: migrations.apply(schema))

    def _keep_ballast(self) -> None:
        """Room that can be given back when the disk is full, so that the running score still lands."""
        if self._ballast.exists() and self._ballast.stat().st_size == BALLAST_BYTES:
            return
        try:
            self._ballast.write_bytes(os.urandom(BALLAST_BYTES))
        except OSError:
            self._ballast.unlink(missing_ok=True)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the driver's errors into sentences."""
        try:
            yield
        except sqlite.Error as error:
            code = getattr(error, "sqlite_errorname", None) or ""
            if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise _in_use() from error
            if code.startswith("SQLITE_FULL"):
                raise _full() from error
            if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
                raise _damaged() from error
            raise


class Writer:
    """Statements inside one transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """One statement."""
        self._connection.execute(sql, tuple(parameters))

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """One statement for many rows."""
        self._connection.executemany(sql, rows)

    def read(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query, as this transaction sees them."""
        rows: list[Row] = self._connection.execute(sql, tuple(parameters)).fetchall()
        return rows


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable. Windows journals it by itself and cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _create_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _in_use() -> EvalclientError:
    return StoreInUse(
        "本席位的数据正被另一个客户端使用，请先关闭那个客户端。",
        "Another client is using this seat's data; close that client first.",
    )


def _full() -> EvalclientError:
    return StoreFull(
        "磁盘已满，最后一步没有保存；已释放备用空间，请清理磁盘后重试这一步。",
        "The disk is full and the last step was not saved; spare room has been released: free some space and repeat it.",
    )


def _damaged() -> EvalclientError:
    return StoreDamaged(
        "本席位的数据已损坏或密钥不符，请勿删除；勾选“移开损坏的数据”（命令加 --set-aside）后重新登录，"
        "已同步的内容将从评标中心取回。",
        "This seat's data is damaged or its key is wrong; do not delete it. Sign in again with “Set the damaged data"
        " aside” ticked (--set-aside), and what was synchronised comes back from the centre.",
    )
