"""Files that hold what was secret, or what must not be lost: new, whole, and never in another file's place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from evalclient.core.errors import FileUnusable

#: for the person alone; what anybody may read says so
PRIVATE: Final = 0o600
_NO_LINKS: Final = (PermissionError, NotImplementedError)


def write_new(path: Path, blocks: Iterable[bytes | memoryview], mode: int = PRIVATE, *, lasting: bool = True) -> None:
    """Write a file that appears under its name when it is complete; FileUnusable where the name is taken, OSError.

    Unless ``lasting`` the caller sees to it that it outlasts a power failure. What ``blocks`` raises passes through, and nothing is left behind.
    """
    require_free(path)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with open(descriptor, "wb", closefd=True) as file:  # noqa: PTH123 - a descriptor has no path
            for block in blocks:
                file.write(block)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        appear(part, path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def make_last(paths: Iterable[Path]) -> None:
    """See to it that files which were just written outlast a power failure: all at once where the system can."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def require_free(path: Path) -> None:
    """FileUnusable where something has this name."""
    if os.path.lexists(path):
        raise _taken(path)


def appear(part: Path, path: Path) -> None:
    """Give a file its name unless another has it (FileUnusable); it may keep its old one, too. A link says so at once, where the disk knows links."""
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except (*_NO_LINKS, OSError):
        require_free(path)
        part.rename(path)


def _taken(path: Path) -> FileUnusable:
    return FileUnusable(
        f"{path} 已存在，不会覆盖；请另选名称或先移走该文件。",
        f"{path} is there already and is not written over; choose another name, or move it away first.",
    )
