"""Zip files in and out: written the same bytes for the same parts, read as untrusted."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from evalclient.archive.errors import unreadable
from evalclient.archive.layout import MAX_PART, MAX_PARTS, MAX_TOTAL, allowed

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of an archive: ``files`` name → bytes; ``damaged`` names whose bytes fail their checksum."""

    files: Mapping[str, bytes]
    damaged: tuple[str, ...]


def write_parts(target: BinaryIO, parts: Mapping[str, bytes]) -> None:
    """One zip, sorted by name, without times or owners of its own."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, parts[name])


def read_parts(untrusted: Path | BinaryIO) -> Parts:
    """Every part, bounded in number and size; ArchiveUnreadable says what is wrong with the container."""
    try:
        with zipfile.ZipFile(untrusted) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return _read(archive, entries)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise unreadable(f"不是完整的 zip 文件（{error}）", f"it is not a whole zip file ({error})") from error
    except (OSError, ValueError) as error:
        raise unreadable(f"文件打不开（{error}）", f"the file does not open ({error})") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise unreadable(f"条目过多（{len(entries)}）", f"it has too many parts ({len(entries)})")
    names: set[str] = set()
    for entry in entries:
        name = entry.filename
        if not allowed(name):
            shown = name[:60].encode("ascii", "backslashreplace").decode()
            raise unreadable(f"含有不允许的条目名“{shown}”", f"a part has a name that is not allowed: “{shown}”")
        if name in names:
            raise unreadable(f"条目 {name} 重复", f"the part {name} stands twice")
        names.add(name)
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise unreadable(f"条目 {name} 的压缩方式不允许", f"the part {name} is packed in a way that is not allowed")
        if entry.file_size > MAX_PART:
            raise unreadable(f"条目 {name} 过大", f"the part {name} is too large")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL:
        raise unreadable(f"解压后过大（{total} 字节）", f"it is too large when unpacked ({total} bytes)")


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Parts:
    files: dict[str, bytes] = {}
    damaged: list[str] = []
    for entry in entries:
        try:
            with archive.open(entry) as part:
                data = part.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            damaged.append(entry.filename)
            continue
        if len(data) == entry.file_size:
            files[entry.filename] = data
        else:
            damaged.append(entry.filename)
    return Parts(files, tuple(damaged))
