"""One's own store without its window: what it keeps can be read with neither the centre nor a key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evalclient.core.errors import FileUnusable
from evalclient.crypto.records import found
from evalclient.desk.desk import Genesis
from evalclient.desk.seat import STORE_FILE
from evalclient.store.record_log import StoredRecordLog
from evalclient.store.room_key import room_key


@contextmanager
def kept_log(store: Path, genesis: Genesis) -> Iterator[StoredRecordLog]:
    """The log in a store; FileUnusable where there is none, StoreInUse while its window is open, StoreOfAnother."""
    if not (store / STORE_FILE).exists():
        raise FileUnusable(
            f"{store} 中没有本软件的数据，请核对 --store。", f"{store} holds no store of this program; check --store."
        )
    log = StoredRecordLog(store / STORE_FILE, room_key(store), found(genesis.record).record.id)
    try:
        yield log
    finally:
        log.close()
