"""The directory of a package's zip: read as zipfile reads it where it is right, large ones too, and not at all elsewhere."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from evalclient.crypto.bid_package.container import Container
from evalclient.crypto.bid_package.directory import MAX_DIRECTORY, read_directory
from evalclient.crypto.errors import PackageRefused
from tests.builders.regions import packed

VOLUME = 64 << 20
MIMETYPE = (b"mimetype", b"application/vnd.etsi.asic-e+zip", 31)


class Hole(io.RawIOBase):
    """A sparse file under zipfile: zeros are skipped, not written."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("w+b")

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def write(self, data: object) -> int:
        view = bytes(memoryview(data))  # type: ignore[arg-type]
        if len(view) == VOLUME:
            self._file.seek(VOLUME, io.SEEK_CUR)
            return VOLUME
        return self._file.write(view)

    def close(self) -> None:
        self._file.close()
        super().close()


def test_a_large_package_is_read_as_zipfile_reads_it(tmp_path: Path) -> None:
    """zipfile writes 64-bit records from 2 GiB on."""
    path = tmp_path / "large"
    zeros = bytes(VOLUME)
    with Hole(path) as hole, zipfile.ZipFile(hole, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE[1])
        for number in range(33):
            archive.writestr(zipfile.ZipInfo(f"c/0001.{number:03d}.p7m"), zeros)
    assert path.stat().st_size > 1 << 31
    with path.open("rb") as file, zipfile.ZipFile(path) as archive:
        container = Container(file)
        assert container.size == path.stat().st_size
        told = {info.filename: (info.header_offset, info.file_size, info.CRC) for info in archive.infolist()}
        found = {name: (part.offset - 30 - len(name), part.size, part.crc) for name, part in container.parts.items()}
        assert found == told
        assert len(found) == 34
        assert container.read("mimetype", 100) == MIMETYPE[1]


def test_a_directory_that_claims_to_be_huge_is_refused_unread() -> None:
    asked: list[int] = []
    size = 1 << 40
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    place = size - 22 - 20 - 56
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, place, 1)
    end64 = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 32, 1 << 32, place - 38, 38)

    def read(at: int, count: int) -> bytes:
        asked.append(count)
        return (end64 + locator + end)[at - place :][:count] if at >= place else bytes(count)

    with pytest.raises(ValueError, match="too large"):
        read_directory(read, size)
    assert max(asked) < 100
    assert MAX_DIRECTORY < 1 << 24


@pytest.mark.parametrize(
    ("at", "value"),
    [(4, b"\1\0"), (6, b"\1\0"), (8, b"\2\0"), (10, b"\2\0"), (12, b"\1\0\0\0"), (16, b"\1\0\0\0"), (20, b"\1\0")],
)
def test_every_field_of_the_end_record_must_be_right(at: int, value: bytes) -> None:
    genuine = packed([MIMETYPE])
    assert Container(io.BytesIO(genuine)).read("mimetype", 100) == MIMETYPE[1]
    changed = bytearray(genuine)
    changed[len(genuine) - 22 + at : len(genuine) - 22 + at + len(value)] = value
    with pytest.raises(PackageRefused):
        Container(io.BytesIO(changed))


def test_extra_fields_hide_nothing() -> None:
    genuine = packed([MIMETYPE])
    start = genuine.index(b"PK\x01\x02")
    entry = bytearray(genuine[start:-22])
    entry[30:32] = struct.pack("<H", 8)
    extra = struct.pack("<HH4s", 0x7075, 4, b"hide")
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entry) + 8, start, 0)
    with pytest.raises(PackageRefused, match="directory"):
        Container(io.BytesIO(genuine[:start] + entry + extra + end))
