"""The directory of a package's zip (APPNOTE 6.3), read to the letter.

``zipfile`` is made to open what other tools wrote badly: it ignores counts, cuts names that are too long, and reads a
directory of any size into memory. Here every field that could hide something has the one value it may have.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

#: bytes of the directory that a bid of 200 GB needs
MAX_DIRECTORY: Final = 5 << 20
_ENTRY: Final = struct.Struct("<4s6H3I5H2I")
#: bytes of an entry beside its name, the extra field of files beyond 4 GiB included
MOST_ENTRY: Final = _ENTRY.size + 12
_END: Final = struct.Struct("<4s4H2IH")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR: Final = struct.Struct("<4sIQI")
_FULL16: Final = 0xFFFF
_FULL32: Final = 0xFFFFFFFF
_ZIP64: Final = 1
#: ``read(at, count)`` gives at most ``count`` bytes from ``at``
Read = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the directory tells it; ``stored``: neither packed nor encrypted."""

    name: bytes
    offset: int
    size: int
    crc: int
    stored: bool


def read_directory(read: Read, size: int) -> tuple[int, list[Entry]]:
    """Where the directory of a file of ``size`` bytes begins, and its entries; ValueError where it is not as it must be.

    There are no comments, and no extra fields but those that files beyond 4 GiB need.
    """
    count, length, start, end = _end(read, size)
    if length > MAX_DIRECTORY:
        raise ValueError("directory is too large")
    if start + length != end:
        raise ValueError("directory does not lie before its end record")
    data = read(start, length)
    if len(data) != length:
        raise ValueError("file ends early")
    entries: list[Entry] = []
    at = 0
    while at < length:
        entry, at = _entry(data, at)
        entries.append(entry)
    if len(entries) != count:
        raise ValueError("another number of entries than told")
    return start, entries


def _end(read: Read, size: int) -> tuple[int, int, int, int]:
    """Number of entries, length and start of the directory, and where its end records begin."""
    at = size - _END.size
    record = read(at, _END.size) if at >= 0 else b""
    if len(record) != _END.size:
        raise ValueError("end record is missing")
    signature, *disks, here, count, length, start, comment = _END.unpack(record)
    if (signature, disks, here, comment) != (b"PK\x05\x06", [0, 0], count, 0):
        raise ValueError("end record is irregular")
    before = read(at - _LOCATOR.size, _LOCATOR.size) if at >= _LOCATOR.size else b""
    if before[:4] != b"PK\x06\x07":
        return count, length, start, at
    _, disk, place, disks_there = _LOCATOR.unpack(before)
    record = read(place, _END64.size) if place == at - _LOCATOR.size - _END64.size else b""
    if (disk, disks_there, len(record)) != (0, 1, _END64.size):
        raise ValueError("end record is irregular")
    signature, rest, _, _, *disks, here, count64, length64, start64 = _END64.unpack(record)
    if (signature, rest, disks, here) != (b"PK\x06\x06", _END64.size - 12, [0, 0], count64):
        raise ValueError("end record is irregular")
    for short, long, full in ((count, count64, _FULL16), (length, length64, _FULL32), (start, start64, _FULL32)):
        if short not in {long, full}:
            raise ValueError("the two end records differ")
    return count64, length64, start64, place


def _entry(data: bytes, at: int) -> tuple[Entry, int]:
    """The entry at ``at``, and where the next one begins."""
    if at + _ENTRY.size > len(data):
        raise ValueError("directory ends early")
    fields = _ENTRY.unpack_from(data, at)
    signature, flags, method, crc, packed, size = fields[0], *fields[3:5], *fields[7:10]
    name_length, extra_length, comment_length, disk = fields[10:14]
    offset = fields[16]
    name_end = at + _ENTRY.size + name_length
    end = name_end + extra_length
    if (signature, comment_length, disk) != (b"PK\x01\x02", 0, 0) or end > len(data):
        raise ValueError("entry is irregular")
    extra = data[name_end:end]
    if offset == _FULL32 and extra:
        kind, length, offset = struct.unpack("<HHQ", extra) if len(extra) == 12 else (0, 0, 0)
        if (kind, length) != (_ZIP64, 8):
            raise ValueError("extra field is irregular")
    elif extra:
        raise ValueError("extra field is irregular")
    return Entry(
        data[at + _ENTRY.size : name_end], offset, size, crc, stored=not flags and not method and packed == size
    ), end
