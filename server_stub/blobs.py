"""Blobs on disk, by evaluation and digest: documents, papers, sealed bid packages. Ciphertext stays ciphertext."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path
from types import TracebackType
from typing import Final

from evalclient.core.records.envelope import HashName
from server_stub.rejected import Rejected, too_large

_DIGEST: Final = re.compile("[0-9a-f]{64}", re.ASCII)


class Blobs:
    """A folder per evaluation. A file under its digest is complete and was checked."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        for leftover in folder.glob("*/*.part"):
            leftover.unlink()

    def path(self, fingerprint: str, digest: str) -> Path | None:
        """Where a blob lies, or None."""
        path = self._place(fingerprint, digest)
        return path if path.is_file() else None

    def upload(self, fingerprint: str, digest: str, algorithm: HashName) -> Upload:
        """Begin to take in a blob."""
        return Upload(self._place(fingerprint, digest), algorithm, self._most)

    def put(self, fingerprint: str, digest: str, algorithm: HashName, data: bytes) -> None:
        """Take in a small blob at once."""
        if self.path(fingerprint, digest) is None:
            with self.upload(fingerprint, digest, algorithm) as upload:
                upload.write(data)
                upload.finish()

    def _place(self, fingerprint: str, digest: str) -> Path:
        if not _DIGEST.fullmatch(fingerprint) or not _DIGEST.fullmatch(digest):
            raise ValueError("not a digest")
        return self._folder / fingerprint / digest


class Upload:
    """One blob on its way in: write, then finish; left without finish it leaves nothing."""

    def __init__(self, place: Path, algorithm: HashName, most_bytes: int) -> None:
        self._place = place
        self._hasher = hashlib.new(algorithm)
        self._left = most_bytes
        place.parent.mkdir(parents=True, exist_ok=True)
        self._part = place.with_name(f"{place.name}.{secrets.token_hex(8)}.part")
        self._file = self._part.open("xb")

    def __enter__(self) -> Upload:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        """Take in some bytes; Rejected when there are too many."""
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large()
        self._hasher.update(chunk)
        self._file.write(chunk)

    def finish(self) -> None:
        """Check the digest and put the blob in its place; Rejected when the digest differs."""
        if self._hasher.hexdigest() != self._place.name:
            raise Rejected(
                400,
                "上传的内容与其摘要不符（传输中断或被改动），请重新上传。",
                "The upload does not match its digest (broken off or altered); upload it again.",
            )
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._place)
        folder = os.open(self._place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
