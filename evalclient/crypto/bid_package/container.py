"""The zip around a bid package: stored entries one after another, nothing before, between, behind or hidden.

``zipfile`` reads the directory; what it tolerates beyond the format is refused here.
"""

from __future__ import annotations

import struct
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from evalclient.crypto.bid_package import names
from evalclient.crypto.bounded_zip import MALFORMED_ZIP, open_zip
from evalclient.crypto.errors import PackageRefused

#: enough for a bid of 200 GB
MAX_PARTS = 50_000
#: bytes of the directory that so many parts need
MAX_DIRECTORY = 100 * MAX_PARTS
BLOCK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_END_SIGNATURE = b"PK\x05\x06"
_END_BYTES = 22
_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """One entry: where its bytes lie in the file."""

    name: str
    offset: int
    size: int
    crc: int


class ContainerWriter:
    """Writes parts one after another to a seekable stream; the same parts give the same bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.add(names.MIMETYPE, names.MEDIA_TYPE)

    def add(self, name: str, content: bytes) -> None:
        """Append one part."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.create_system = 3
        info.external_attr = _REGULAR_FILE
        self._zip.writestr(info, content)

    def close(self) -> None:
        """Write the directory; the stream stays open."""
        self._zip.close()


class Container:
    """Random access to the parts of a package in a seekable stream; PackageRefused when it is none, or irregular."""

    def __init__(self, untrusted: BinaryIO) -> None:
        self._file = untrusted
        self._lock = threading.Lock()
        self.size = untrusted.seek(0, 2)
        self.parts = self._read_directory()

    def read(self, name: str, limit: int) -> bytes:
        """The whole part, at most ``limit`` bytes; PackageRefused when it is missing or larger."""
        part = self.part(name)
        if part.size > limit:
            raise names.irregular(f"{name} 过大", f"{name} is too large")
        buffer = bytearray(part.size)
        self.read_into(part, memoryview(buffer))
        return bytes(buffer)

    def read_into(self, part: Part, buffer: memoryview, start: int = 0) -> None:
        """Fill ``buffer`` with the part's bytes from ``start``; PackageRefused when the file ends before."""
        with self._lock:
            self._file.seek(part.offset + start)
            self._fill(buffer)

    def part(self, name: str) -> Part:
        """A part by name; PackageRefused when it is missing."""
        try:
            return self.parts[name]
        except KeyError as error:
            raise names.irregular(f"缺少 {name}", f"{name} is missing") from error

    def blocks(self) -> Iterator[memoryview]:
        """The whole file, in blocks that are valid until the next one is asked for."""
        buffer = memoryview(bytearray(BLOCK))
        for at in range(0, self.size, BLOCK):
            block = buffer[: min(BLOCK, self.size - at)]
            with self._lock:
                self._file.seek(at)
                self._fill(block)
            yield block

    def _fill(self, buffer: memoryview) -> None:
        done = 0
        readinto = getattr(self._file, "readinto")  # noqa: B009 - BinaryIO does not declare it, every binary file has it
        while done < len(buffer):
            count = readinto(buffer[done:])
            if not count:
                raise names.incomplete()
            done += count

    def _read_directory(self) -> dict[str, Part]:
        try:
            with open_zip(self._file, MAX_DIRECTORY) as archive:
                entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
                start_of_directory, comment = archive.start_dir, archive.comment
        except MALFORMED_ZIP as error:
            raise self._no_directory() from error
        if len(entries) > MAX_PARTS or comment:
            raise names.irregular("目录不合规范", "irregular directory")
        parts: dict[str, Part] = {}
        end = 0
        for entry in entries:
            part = self._checked(entry, end)
            if part.name in parts:
                raise names.irregular(f"{part.name} 重复", f"{part.name} stands twice")
            parts[part.name] = part
            end = part.offset + part.size
        if end != start_of_directory or not self._ends_with_directory():
            raise names.irregular("条目之外有数据", "data outside the entries")
        if not entries or entries[0].filename != names.MIMETYPE:
            raise names.not_a_package()
        return parts

    def _checked(self, entry: zipfile.ZipInfo, expected_offset: int) -> Part:
        """The part behind a directory entry, if entry and local header agree and nothing lies before it."""
        if not names.allowed(entry.filename):
            raise names.irregular("有不允许的条目", "an entry that is not allowed")
        if entry.header_offset != expected_offset:
            raise names.irregular("条目之外有数据", "data outside the entries")
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits or entry.compress_size != entry.file_size:
            raise names.irregular("条目须为未压缩、未加密存储", "entries must be stored, not compressed or encrypted")
        header = bytearray(_LOCAL_HEADER.size + len(entry.filename))
        with self._lock:
            self._file.seek(entry.header_offset)
            self._fill(memoryview(header))
        fields = _LOCAL_HEADER.unpack_from(header)
        signature, flags, method, crc, stored, size, name_length, extra_length = *fields[:1], *fields[2:4], *fields[6:]
        name = bytes(header[_LOCAL_HEADER.size :])
        if (signature, flags, method, crc) != (_LOCAL_SIGNATURE, 0, 0, entry.CRC) or name_length != len(name):
            raise names.irregular("条目与目录不一致", "entry and directory differ")
        if name != entry.filename.encode() or {stored, size} - {entry.file_size, 0xFFFFFFFF}:
            raise names.irregular("条目与目录不一致", "entry and directory differ")
        offset = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        return Part(entry.filename, offset, entry.file_size, entry.CRC)

    def _ends_with_directory(self) -> bool:
        self._file.seek(-_END_BYTES, 2)
        return self._file.read(4) == _END_SIGNATURE

    def _no_directory(self) -> PackageRefused:
        """A package that broke off still begins like one."""
        self._file.seek(0)
        start = self._file.read(_LOCAL_HEADER.size + len(names.MIMETYPE))
        begins_right = start.startswith(_LOCAL_SIGNATURE) and start.endswith(names.MIMETYPE.encode())
        return names.incomplete() if begins_right else names.not_a_package()
