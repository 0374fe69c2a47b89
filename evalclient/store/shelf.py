"""Bid packages on disk (投标文件存放处), as ciphertext only; a download that broke off is continued."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

from evalclient.core.errors import EvalclientError, StoreFull
from evalclient.core.records.envelope import HashName
from evalclient.store.database import sync_folder

#: ``source(offset)``: the bytes of the package from ``offset`` on, in chunks; raises when the connection breaks
Source = Callable[[int], Iterable[bytes]]
#: ``progress(bytes on disk)``
Progress = Callable[[int], None]

READ_BYTES: Final = 1 << 20
_DIGEST: Final = re.compile("[0-9a-f]{64}", re.ASCII)


class DownloadDamaged(EvalclientError):
    """A complete download does not have the digest that the log names."""


class Shelf:
    """A folder of files named by their digests. A file under its digest is complete and was checked."""

    def __init__(self, folder: Path, algorithm: HashName = "sha256") -> None:
        self._folder = folder
        self._algorithm = algorithm
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, digest: str) -> Path | None:
        """Where the package lies, or None while it is not complete."""
        path = self._path(digest)
        return path if path.is_file() else None

    def receive(self, digest: str, source: Source, progress: Progress | None = None) -> Path:
        """The package's path, downloading what is missing of it.

        What ``source`` raises passes through and keeps the part that has come, so that the next call continues there.
        Raises DownloadDamaged (the part is dropped) and StoreFull (the part is kept).
        """
        done = self.path(digest)
        if done is not None:
            return done
        part, hasher = self._part(digest), hashlib.new(self._algorithm)
        with _room_on_disk(), part.open("ab+") as file:
            _hash_existing(file, hasher.update)
            _append(file, source(file.tell()), hasher.update, progress)
            file.flush()
            os.fsync(file.fileno())
        if hasher.hexdigest() != digest:
            part.unlink()
            raise DownloadDamaged(
                "下载的投标文件与记录中的摘要不符，已丢弃，请重新下载；再次出现请报告监督人员。",
                "The downloaded package does not match the digest in the log and was dropped; download it again, and"
                " tell the supervisor if it happens twice.",
            )
        return self._shelve(part, digest)

    def add(self, file: Path) -> str:
        """Put a copy of an own file on the shelf; returns its digest."""
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, lambda: hashlib.new(self._algorithm)).hexdigest()
        self._part(digest).unlink(missing_ok=True)
        self.receive(digest, lambda offset: _chunks_of(file, offset))
        return digest

    def still_whole(self, digest: str) -> bool:
        """Whether a package on the shelf still has its digest; one that has decayed is moved aside, not deleted.

        The next ``receive`` then fetches it anew. Reads the whole file, so it is asked only where something is wrong.
        """
        path = self._path(digest)
        with path.open("rb") as stream:
            now = hashlib.file_digest(stream, lambda: hashlib.new(self._algorithm)).hexdigest()
        if now == digest:
            return True
        aside = next(name for n in count(1) if not (name := path.with_name(f"{digest}.damaged-{n}")).exists())
        path.replace(aside)
        sync_folder(self._folder)
        return False

    def _shelve(self, part: Path, digest: str) -> Path:
        path = self._path(digest)
        part.replace(path)
        sync_folder(self._folder)
        return path

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError("not a digest")
        return self._folder / digest

    def _part(self, digest: str) -> Path:
        path = self._path(digest)
        return path.with_name(path.name + ".part")


def _hash_existing(file: BinaryIO, update: Callable[[bytes], None]) -> None:
    file.seek(0)
    while chunk := file.read(READ_BYTES):
        update(chunk)


def _append(
    file: BinaryIO, chunks: Iterable[bytes], update: Callable[[bytes], None], progress: Progress | None
) -> None:
    for chunk in chunks:
        file.write(chunk)
        update(chunk)
        if progress is not None:
            progress(file.tell())


def _chunks_of(file: Path, offset: int) -> Iterator[bytes]:
    with file.open("rb") as stream:
        stream.seek(offset)
        while chunk := stream.read(READ_BYTES):
            yield chunk


@contextmanager
def _room_on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise StoreFull(
            "磁盘已满，投标文件没有下载完；请清理磁盘后继续下载。",
            "The disk is full and the package is not complete; free some space and continue the download.",
        ) from error
