"""The room's key: it opens the stores of a room without any expert, so that an outbox drains after he has left."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from evalclient.core.errors import StoreDamaged
from evalclient.store.database import KEY_BYTES, sync_folder

KEY_FILE: Final = "room.key"


def room_key(folder: Path) -> bytes:
    """The key (32 bytes) kept in ``folder``, made on first use, readable by this user alone. Raises StoreDamaged."""
    path = folder / KEY_FILE
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return _make(folder, path)
    if len(key) != KEY_BYTES:
        raise StoreDamaged(
            "密钥文件 room.key 已损坏：请从备份恢复；没有备份时勾选“移开损坏的数据”（命令加 --set-aside）后重新登录，"
            "已同步的内容将从评标中心取回。",
            "The key file room.key is damaged: restore it from its backup. Without one sign in again with “Set the damaged"
            " data aside” ticked (--set-aside), and what was synchronised comes back from the centre.",
        )
    return key


def _make(folder: Path, path: Path) -> bytes:
    """Write the key aside and link it into place: two clients starting at once end up with the same key."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{KEY_FILE}.{secrets.token_hex(8)}.part"
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(handle, secrets.token_bytes(KEY_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
    sync_folder(folder)
    return path.read_bytes()
