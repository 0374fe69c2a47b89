"""Packages on the shelf: continued downloads, digests, full disks."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalclient.core.errors import CentreUnreachable, StoreFull
from evalclient.core.records.envelope import HashName, digest
from evalclient.store.shelf import DownloadDamaged, Shelf

PACKAGE = bytes(range(256)) * 4096
DIGEST = digest(PACKAGE)


class Line:
    """A connection that breaks after ``limit`` bytes, and remembers from where it was asked."""

    def __init__(self, data: bytes, limit: int | None = None) -> None:
        self.data, self.limit = data, limit
        self.asked: list[int] = []

    def __call__(self, offset: int) -> Iterator[bytes]:
        self.asked.append(offset)
        end = len(self.data) if self.limit is None else min(len(self.data), offset + self.limit)
        for position in range(offset, end, 70_000):
            yield self.data[position : min(position + 70_000, end)]
        if end < len(self.data):
            raise CentreUnreachable("中断", "broken")


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_package_lands_under_its_digest(tmp_path: Path, algorithm: HashName) -> None:
    shelf, name = Shelf(tmp_path / "shelf", algorithm), digest(PACKAGE, algorithm)
    assert shelf.path(name) is None
    seen: list[int] = []
    path = shelf.receive(name, Line(PACKAGE), seen.append)
    assert path.read_bytes() == PACKAGE
    assert shelf.path(name) == path
    assert seen == sorted(seen)
    assert seen[-1] == len(PACKAGE)
    assert [file.name for file in (tmp_path / "shelf").iterdir()] == [name]


def test_a_package_that_is_here_is_not_asked_for_again(tmp_path: Path) -> None:
    shelf, line = Shelf(tmp_path), Line(PACKAGE)
    shelf.receive(DIGEST, line)
    shelf.receive(DIGEST, line)
    assert line.asked == [0]


def test_a_broken_download_continues_where_it_stopped_even_after_a_restart(tmp_path: Path) -> None:
    line = Line(PACKAGE, limit=300_000)
    with pytest.raises(CentreUnreachable):
        Shelf(tmp_path).receive(DIGEST, line)
    assert Shelf(tmp_path).path(DIGEST) is None
    line.limit = None
    assert Shelf(tmp_path).receive(DIGEST, line).read_bytes() == PACKAGE
    assert line.asked == [0, 300_000]


def test_a_flipped_byte_is_noticed_and_the_next_download_begins_anew(tmp_path: Path) -> None:
    wrong = bytearray(PACKAGE)
    wrong[500_000] ^= 1
    shelf = Shelf(tmp_path)
    with pytest.raises(DownloadDamaged):
        shelf.receive(DIGEST, Line(bytes(wrong)))
    assert list(tmp_path.iterdir()) == []
    line = Line(PACKAGE)
    assert shelf.receive(DIGEST, line).read_bytes() == PACKAGE
    assert line.asked == [0]


def test_a_part_damaged_on_disk_is_noticed(tmp_path: Path) -> None:
    line = Line(PACKAGE, limit=300_000)
    shelf = Shelf(tmp_path)
    with pytest.raises(CentreUnreachable):
        shelf.receive(DIGEST, line)
    part = tmp_path / f"{DIGEST}.part"
    part.write_bytes(bytes(300_000))
    line.limit = None
    with pytest.raises(DownloadDamaged):
        shelf.receive(DIGEST, line)
    assert not part.exists()


def test_a_full_disk_keeps_the_part(tmp_path: Path) -> None:
    def source(offset: int) -> Iterator[bytes]:
        yield PACKAGE[:1000]
        raise OSError(errno.ENOSPC, "No space left on device")

    shelf = Shelf(tmp_path)
    with pytest.raises(StoreFull):
        shelf.receive(DIGEST, source)
    assert [file.stat().st_size for file in tmp_path.iterdir()] == [1000]


def test_an_own_file_is_copied_to_the_shelf(tmp_path: Path) -> None:
    file = tmp_path / "package.zip"
    file.write_bytes(PACKAGE)
    shelf = Shelf(tmp_path / "shelf")
    assert shelf.add(file) == DIGEST
    path = shelf.path(DIGEST)
    assert path is not None
    assert path.read_bytes() == PACKAGE


@pytest.mark.parametrize("name", ["", "../" + DIGEST, DIGEST.upper(), DIGEST + "\n"])
def test_a_name_that_is_no_digest_is_a_programming_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        Shelf(tmp_path).path(name)
