"""The store on disk: what survives, what is refused, and what each damage is called."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from evalclient.core.errors import StoreDamaged, StoreFull, StoreInUse, StoreOfAnother
from evalclient.store.database import BALLAST_BYTES, Database, Writer
from evalclient.store.record_log import PAGE, StoredRecordLog
from evalclient.store.room_key import room_key
from evalclient.store.schema import APPEND_ONLY, migrations
from tests.contract.record_log_suite import FINGERPRINT, checkpoint, entries, identity, receipt, record

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rooms" / "seat.db"


def opened(path: Path, key: bytes = KEY) -> StoredRecordLog:
    return StoredRecordLog(path, key, FINGERPRINT)


def filled(path: Path) -> None:
    log = opened(path)
    records = [record(number) for number in range(PAGE + 20)]
    log.absorb(entries(records), checkpoint(records))
    own = record(10_000)
    log.append_pending(identity(own), own)
    log.put_secret("session", b"a secret that must not be readable")
    log.close()


def test_everything_is_there_after_a_restart(path: Path) -> None:
    log = opened(path)
    records = [record(number) for number in range(2 * PAGE + 1)]
    for one in (records[0], records[3], record(9)):
        log.append_pending(identity(one), one)
    log.acknowledge([receipt(records[:4], 3)])
    log.refuse(identity(record(9)), "why")
    log.absorb(entries(records), checkpoint(records))
    log.close()
    again = opened(path)
    assert [entry.record for entry in again.entries()] == records
    assert again.checkpoint() == checkpoint(records)
    assert again.receipts() == (receipt(records[:4], 3),)
    assert again.refusals() == ((record(9), "why"),)
    assert again.pending() == again.outbox() == ()
    again.close()


WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from evalclient.store.record_log import StoredRecordLog
from tests.contract.record_log_suite import FINGERPRINT, identity, record
log = StoredRecordLog(Path(sys.argv[1]), bytes(range(32)), FINGERPRINT)
for number in range(20):
    log.append_pending(identity(record(number)), record(number))
print("written", flush=True)
if sys.argv[2] == "die":
    os.kill(os.getpid(), signal.SIGKILL)
sys.stdin.read()
"""


def child(path: Path, what: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_DIE, str(path), what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_a_killed_client_loses_nothing_it_had_saved(path: Path) -> None:
    with child(path, "die") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        assert process.wait() == -signal.SIGKILL
    log = opened(path)
    assert log.outbox() == tuple(record(number) for number in range(20))
    log.close()


def test_a_second_client_is_told_that_the_store_is_in_use(path: Path) -> None:
    with child(path, "stay") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "written\n"
        with pytest.raises(StoreInUse) as caught:
            opened(path)
        assert "另一个客户端" in caught.value.zh
        process.stdin.close()
    opened(path).close()


def test_a_second_client_in_the_same_process_is_refused_too(path: Path) -> None:
    log = opened(path)
    with pytest.raises(StoreInUse):
        opened(path)
    log.append_pending(identity(record(1)), record(1))
    assert log.outbox() == (record(1),)
    log.close()


def test_a_wrong_key_is_called_by_its_name(path: Path) -> None:
    filled(path)
    with pytest.raises(StoreDamaged):
        opened(path, bytes(32))
    opened(path).close()


def damage_header(data: bytearray) -> None:
    data[:64] = bytes(64)


def damage_middle(data: bytearray) -> None:
    data[len(data) // 2] ^= 1


def truncate(data: bytearray) -> None:
    del data[len(data) // 2 :]


def text_instead(data: bytearray) -> None:
    data[:] = b"this is no database at all, though it is long enough" * 100


@pytest.mark.parametrize("damage", [damage_header, damage_middle, truncate, text_instead])
def test_a_damaged_store_is_noticed_when_it_is_opened_and_left_as_it_is(
    path: Path, damage: Callable[[bytearray], None]
) -> None:
    filled(path)
    data = bytearray(path.read_bytes())
    damage(data)
    path.write_bytes(data)
    with pytest.raises(StoreDamaged) as caught:
        opened(path)
    assert "请勿删除" in caught.value.zh
    assert "--set-aside" in caught.value.en
    assert path.read_bytes() == data


def test_the_store_of_another_evaluation_is_refused(path: Path) -> None:
    filled(path)
    with pytest.raises(StoreOfAnother):
        StoredRecordLog(path, KEY, "cd" * 32)
    opened(path).close()


def test_nothing_on_disk_is_readable_or_open_to_others(path: Path) -> None:
    filled(path)
    log = opened(path)
    own = record(10_001)
    log.append_pending(identity(own), own)
    for file in path.parent.iterdir():
        data = file.read_bytes()
        assert b"payload" not in data
        assert b"a secret" not in data
        assert not data.startswith(b"SQLite format 3")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    log.close()


@pytest.fixture
def database(path: Path) -> Database:
    filled(path)
    return Database(path, KEY, migrations)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid + 1"])
def test_evidence_is_never_rewritten(database: Database, table: str, statement: str) -> None:
    database.transact(lambda writer: fill_table(writer, table))
    before = database.read(f"SELECT * FROM {table}")
    with pytest.raises(sqlite.DatabaseError, match="append-only"):
        database.transact(lambda writer: writer.execute(statement.format(table)))
    assert database.read(f"SELECT * FROM {table}") == before
    database.close()


def fill_table(writer: Writer, table: str) -> None:
    """At least one row in the tables that ``filled`` leaves empty."""
    own = identity(record(10_000))
    if table == "receipt":
        writer.execute("INSERT INTO receipt VALUES (?, 1, 'proof')", (own,))
    if table == "refusal":
        writer.execute("INSERT INTO refusal VALUES (?, 'reason')", (own,))


def test_replacing_a_record_is_refused_as_well(database: Database) -> None:
    one = record(3)
    with pytest.raises(sqlite.DatabaseError, match="append-only"):
        database.transact(
            lambda writer: writer.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (identity(one), b"x", b"y"))
        )
    database.close()


def test_the_file_is_held_to_the_house_rules(database: Database) -> None:
    assert database.read("PRAGMA journal_mode") == [("wal",)]
    assert database.read("PRAGMA synchronous") == [(2,)]
    assert database.read("PRAGMA foreign_keys") == [(1,)]
    tables = database.read("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    lax = {name for name, strict in tables if not strict}
    assert {name for name in lax if not name.startswith("sqlite_")} == set()
    database.close()


def test_a_failed_step_leaves_no_trace(database: Database) -> None:
    def work(writer: Writer) -> None:
        writer.execute("INSERT INTO secret VALUES ('half', x'00')")
        writer.execute("INSERT INTO outbox (record_id) VALUES ('a record that does not exist')")

    with pytest.raises(sqlite.IntegrityError):
        database.transact(work)
    assert database.read("SELECT * FROM secret WHERE name = 'half'") == []
    database.close()


def test_a_full_disk_releases_the_ballast_and_loses_nothing(path: Path, database: Database) -> None:
    ballast = path.with_name("seat.db.ballast")
    assert ballast.stat().st_size == BALLAST_BYTES
    pages = database.read("PRAGMA page_count")[0][0]
    database.read(f"PRAGMA max_page_count = {pages + 1}")

    def work(writer: Writer) -> None:
        writer.execute("INSERT INTO blob VALUES ('big', ?)", (bytes(1 << 20),))

    with pytest.raises(StoreFull) as caught:
        database.transact(work)
    assert "磁盘已满" in caught.value.zh
    assert not ballast.exists()
    with pytest.raises(StoreFull):
        database.transact(work)
    database.read("PRAGMA max_page_count = 1000000")
    database.transact(work)
    database.close()
    log = opened(path)
    assert log.blob("big") == bytes(1 << 20)
    assert log.outbox() == (record(10_000),)
    assert ballast.stat().st_size == BALLAST_BYTES
    log.close()


def test_a_backup_is_whole_and_opens_with_the_same_key(path: Path, tmp_path: Path) -> None:
    filled(path)
    log = opened(path)
    own = record(20_000)
    log.append_pending(identity(own), own)
    target = tmp_path / "backup.db"
    log.backup(target)
    log.backup(target)
    log.close()
    copy = opened(target)
    assert len(list(copy.entries())) == PAGE + 20
    assert copy.outbox() == (record(10_000), own)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy.close()


def test_threads_share_one_store(path: Path) -> None:
    log = opened(path)
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            for number in range(first, first + 25):
                log.append_pending(identity(record(number)), record(number))
                log.outbox()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(1000 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(log.outbox()) == 100
    log.close()


def test_a_key_of_another_length_is_a_programming_error(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        opened(path, b"short")


def test_the_rooms_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    key = room_key(folder)
    assert len(key) == 32
    assert room_key(folder) == key
    assert room_key(tmp_path / "other") != key
    assert [file.name for file in folder.iterdir()] == ["room.key"]
    assert stat.S_IMODE((folder / "room.key").stat().st_mode) == 0o600


def test_a_damaged_room_key_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "room.key").write_bytes(b"half")
    with pytest.raises(StoreDamaged):
        room_key(tmp_path)
    assert (tmp_path / "room.key").read_bytes() == b"half"
