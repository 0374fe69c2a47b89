"""Files that a person has chosen: read and written with one sentence where it fails."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from evalclient.core.errors import EvalclientError


class FileNotRead(EvalclientError):
    """The file cannot be read."""


class FileNotWritten(EvalclientError):
    """The file cannot be written."""


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
