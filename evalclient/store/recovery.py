"""Setting a damaged store aside (移开损坏的数据): nothing is deleted, and a fresh one catches up from the centre."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Final

from evalclient.store.database import KEY_BYTES, sync_folder
from evalclient.store.room_key import KEY_FILE

#: what belongs to one store: the file, its write-ahead log and that log's index
_PARTS: Final = ("", "-wal", "-shm")


def set_aside(store: Path) -> Path:
    """Move the files of ``store``, which is closed, to a new folder ``damaged-N`` beside it; that folder.

    The room's key stays for the fresh store, unless it is damaged itself. Packages are ciphertext checked by digest and
    stay too.
    """
    target = next(place for n in count(1) if not (place := store.with_name(f"damaged-{n}")).exists())
    target.mkdir(mode=0o700)
    for part in (store.with_name(store.name + ending) for ending in _PARTS):
        if part.exists():
            part.replace(target / part.name)
    key = store.with_name(KEY_FILE)
    if key.exists() and key.stat().st_size != KEY_BYTES:
        key.replace(target / key.name)
    sync_folder(target)
    sync_folder(store.parent)
    return target
