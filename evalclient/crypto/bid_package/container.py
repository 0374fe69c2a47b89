"""The zip around a bid package: stored entries one after another, nothing before, between, behind or hidden.

``zipfile`` writes it; what reads it accepts nothing that ``zipfile`` would merely tolerate.
"""

from __future__ import annotations

import struct
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from evalclient.crypto.bid_package import names
from evalclient.crypto.bid_package.directory import MAX_DIRECTORY, MOST_ENTRY, Entry, read_directory
from evalclient.crypto.errors import PackageRefused

BLOCK = 1 << 20
_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_END_BYTES = 22
_TAIL = 1 << 16
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
        self._directory = 0
        self.add(names.MIMETYPE, names.MEDIA_TYPE)

    def add(self, name: str, content: bytes) -> None:
        """Append one part; PackageRefused when the directory would be more than a reader takes."""
        self._directory += MOST_ENTRY + len(name)
        if self._directory > MAX_DIRECTORY:
            raise names.too_much()
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
        beginning = self._bytes(0, _LOCAL.size + len(names.MIMETYPE))
        if beginning[:4] != _LOCAL_SIGNATURE or beginning[_LOCAL.size :] != names.MIMETYPE.encode():
            raise names.not_a_package()
        try:
            start, entries = read_directory(self._bytes, self.size)
        except ValueError as error:
            raise self._no_directory() from error
        parts: dict[str, Part] = {}
        end = 0
        for entry in sorted(entries, key=lambda entry: entry.offset):
            part = self._checked(entry, end)
            if part.name in parts:
                raise names.irregular(f"{part.name} 重复", f"{part.name} stands twice")
            parts[part.name] = part
            end = part.offset + part.size
        if end != start:
            raise names.irregular("条目之外有数据", "data outside the entries")
        return parts

    def _checked(self, entry: Entry, expected_offset: int) -> Part:
        """The part behind a directory entry, if entry and local header agree and nothing lies before it."""
        name = entry.name.decode("ascii", "replace")
        if not names.allowed(name):
            raise names.irregular("有不允许的条目", "an entry that is not allowed")
        if entry.offset != expected_offset:
            raise names.irregular("条目之外有数据", "data outside the entries")
        if not entry.stored:
            raise names.irregular("条目须为未压缩、未加密存储", "entries must be stored, not compressed or encrypted")
        header = self._bytes(entry.offset, _LOCAL.size + len(entry.name))
        if len(header) != _LOCAL.size + len(entry.name):
            raise names.incomplete()
        signature, _, flags, method, _, _, crc, stored, size, name_length, extra_length = _LOCAL.unpack_from(header)
        told = (signature, flags, method, crc, stored, size, name_length, extra_length)
        expected = (_LOCAL_SIGNATURE, 0, 0, entry.crc, entry.size, entry.size, len(entry.name), 0)
        if told != expected or header[_LOCAL.size :] != entry.name:
            raise names.irregular("条目与目录不一致", "entry and directory differ")
        return Part(name, entry.offset + len(header), entry.size, entry.crc)

    def _bytes(self, at: int, count: int) -> bytes:
        with self._lock:
            self._file.seek(at)
            return self._file.read(count)

    def _no_directory(self) -> PackageRefused:
        """A package that broke off has no end record any more; one with something behind it has."""
        at = max(0, self.size - _TAIL)
        tail = self._bytes(at, _TAIL)
        whole = tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - _END_BYTES + 4))
        return names.irregular("目录不合规范", "irregular directory") if whole >= 0 else names.incomplete()
