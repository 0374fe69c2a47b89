"""Files that a person has chosen: read and written with one sentence where it fails."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from evalclient.core.errors import EvalclientError, FileUnusable


class FileNotRead(EvalclientError):
    """The file cannot be read."""


class FileNotWritten(EvalclientError):
    """The file cannot be written."""


def read_bounded(path: Path, most: int) -> bytes:
    """A whole file of at most ``most`` bytes; FileUnusable where it is larger or never ends, OSError."""
    with path.open("rb") as file:
        too_large = os.fstat(file.fileno()).st_size > most
        content = b"" if too_large else file.read(most + 1)  # a device has no size and may never end
    if too_large or len(content) > most:
        limit = f"{most >> 20} MB" if most >= 1 << 20 else f"{most >> 10} KB"
        raise FileUnusable(
            f"文件 {path} 过大（这里至多 {limit}），请核对是否选错文件。",
            f"The file {path} is too large ({limit} at most here); check whether it is the right one.",
        )
    return content


def read_chosen(path: Path, most: int) -> bytes:
    """The first ``most`` bytes of a file; FileNotRead."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise FileNotRead(
            f"文件 {path.name} 无法读取，请检查路径或介质后重新选择。",
            f"The file {path.name} cannot be read; check the path or the medium and choose it again.",
        ) from error


def write_chosen(path: Path, data: bytes) -> Path:
    """Write a file that appears when it is complete; FileNotWritten."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise not_written(path) from error
    return path


def not_written(path: Path) -> FileNotWritten:
    """Why there is no file, and what to do."""
    return FileNotWritten(
        f"文件 {path.name} 无法写入，请检查目录权限和磁盘空间，或另选位置。",
        f"The file {path.name} cannot be written; check the folder's rights and the free space, or choose another place.",
    )
