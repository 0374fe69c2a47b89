"""``zipfile`` over untrusted files: a directory that claims to be huge is refused before it is read into memory."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import BinaryIO, Final, cast

#: what ``zipfile`` reads at once while it looks for the end of the directory
_END_SEARCH: Final = (1 << 16) + 22
#: what ``zipfile`` raises over a file that is no proper zip
MALFORMED_ZIP: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    struct.error,
    NotImplementedError,
    ValueError,
    OverflowError,
    EOFError,
)


class _BoundedReads:
    """Passes reads of at most ``limit`` bytes on to a file: ``zipfile`` reads a directory in one piece."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = file
        self._limit = max(limit, _END_SEARCH)
        self.tell = file.tell

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; ValueError before the start, where files and buffers differ in what they raise."""
        if whence == io.SEEK_SET and offset < 0:
            raise ValueError("position before the start")
        return self._file.seek(offset, whence)

    def seekable(self) -> bool:
        """Always."""
        return True

    def read(self, count: int = -1) -> bytes:
        """At most ``limit`` bytes; ValueError when more are asked for."""
        data = self._file.read(self._limit + 1 if count < 0 else min(count, self._limit + 1))
        if len(data) > self._limit:
            raise ValueError("directory is too large")
        return data


def open_zip(untrusted: BinaryIO, directory_bytes: int) -> zipfile.ZipFile:
    """The zip in a seekable file, its directory at most ``directory_bytes`` long; MALFORMED_ZIP for anything else."""
    return zipfile.ZipFile(cast(BinaryIO, _BoundedReads(untrusted, directory_bytes)))
