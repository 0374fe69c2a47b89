"""What each byte of a DER structure or of a package's zip is for, so that a mutant is told by name."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalclient.crypto.primitives import der

_LOCAL = ("signature", 4), ("version needed", 2), ("flags", 2), ("method", 2), ("time", 2), ("date", 2), ("crc", 4), \
    ("packed size", 4), ("size", 4), ("name length", 2), ("extra length", 2)  # fmt: skip
_CENTRAL = ("signature", 4), ("version made by", 2), ("version needed", 2), ("flags", 2), ("method", 2), ("time", 2), \
    ("date", 2), ("crc", 4), ("packed size", 4), ("size", 4), ("name length", 2), ("extra length", 2), \
    ("comment length", 2), ("disk", 2), ("internal attributes", 2), ("external attributes", 4), ("offset", 4)  # fmt: skip
_END = ("signature", 4), ("disk", 2), ("directory's disk", 2), ("entries on disk", 2), ("entries", 2), \
    ("directory size", 4), ("directory offset", 4), ("comment length", 2)  # fmt: skip


@dataclass(frozen=True)
class Region:
    """A named stretch of bytes."""

    name: str
    start: int
    end: int


def zip_regions(package: bytes) -> list[Region]:
    """Every byte of a package: fields of headers, directory and end, names and contents of parts."""
    found: list[Region] = []

    def fields(kind: str, at: int, layout: Sequence[tuple[str, int]]) -> int:
        for name, size in layout:
            found.append(Region(f"{kind} {name}", at, at + size))
            at += size
        return at

    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        at = archive.start_dir
        for info in archive.infolist():
            named = fields("entry", info.header_offset, _LOCAL)
            start = named + len(info.filename.encode())
            found.append(Region("entry name", named, start))
            found.append(Region(f"part {info.filename}", start, start + info.file_size))
            named = fields("directory", at, _CENTRAL)
            at = named + len(info.filename.encode())
            found.append(Region("directory name", named, at))
    fields("end", at, _END)
    return sorted(found, key=lambda region: region.start)


@dataclass(frozen=True)
class Value:
    """One DER value: where it, its content and its end lie; ``path`` are the places of it and those around it."""

    start: int
    content: int
    end: int
    path: tuple[int, ...]


def der_values(encoded: bytes, at: int = 0, end: int | None = None, path: tuple[int, ...] = ()) -> Iterator[Value]:
    """Every value in a DER structure, the outer ones first."""
    end = len(encoded) if end is None else end
    number = 0
    while at < end:
        reader = der.DerReader(memoryview(encoded), at, end)
        tag = reader.peek()
        content = reader.take(tag)
        length = encoded[at + 1]
        start = at + 2 + (length & 0x7F if length & 0x80 else 0)
        value = Value(at, start, start + len(content), (*path, number))
        yield value
        if tag & 0x20:
            yield from der_values(encoded, start, value.end, value.path)
        at, number = value.end, number + 1


def structural_mutants(encoded: bytes) -> Iterator[tuple[str, bytes]]:
    """Cut at every border; every length wrong, huge or not told; every value doubled, left out or nested without end."""
    for value in der_values(encoded):
        head, content, tail = encoded[: value.start], encoded[value.content : value.end], encoded[value.end :]
        tag, whole = encoded[value.start : value.start + 1], encoded[value.start : value.end]
        place = ".".join(map(str, value.path))
        yield f"{place} cut before", head
        yield f"{place} cut in the header", encoded[: value.start + 1]
        yield f"{place} cut before the content", encoded[: value.content]
        for name, length in (
            ("longer", der.header(0, len(content) + 1)[1:]),
            ("shorter", der.header(0, max(len(content) - 1, 0))[1:]),
            ("empty", b"\x00"),
            ("2 GiB", b"\x84\x7f\xff\xff\xff"),
            ("2^64", b"\x88" + b"\xff" * 8),
            ("127 octets of length", b"\xff"),
            ("indefinite without end", b"\x80"),
        ):
            yield f"{place} length {name}", head + tag + length + content + tail
        yield f"{place} left out", head + tail
        yield f"{place} doubled", head + whole + whole + tail
        yield f"{place} nested indefinite", head + b"\x24\x80" * 200 + whole + tail


def packed(entries: Sequence[tuple[bytes, bytes, int]]) -> bytes:
    """A stored zip of (name, content, size that is told), written as no library would."""
    body, directory = b"", b""
    for name, content, told in entries:
        crc = zlib.crc32(content)
        offset = len(body)
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 33, crc, told, told, len(name), 0) + name + content
        directory += (
            struct.pack(
                "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, crc, told, told, len(name), 0, 0, 0, 0, 0, offset
            )
            + name
        )
    count = len(entries)
    return body + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
