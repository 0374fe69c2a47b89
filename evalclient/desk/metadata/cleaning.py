"""Which cleaner goes with which file: decided by its first bytes, not by its name."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evalclient.core.records.fields import Bilingual
from evalclient.desk.chosen_files import read_bounded

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_HEAD: Final = 1024
#: pictures are cleaned in memory
_LARGEST_PICTURE: Final = 256 << 20
_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_ZIP: Final = b"PK\x03\x04"
#: files that may name their author and that no cleaner here reads
_UNKNOWN: Final[dict[bytes, str]] = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "DOC/XLS/WPS",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"GIF8": "GIF",
    b"AC10": "DWG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"%!PS": "PostScript",
    b"{\\rtf": "RTF",
}


@dataclass(frozen=True, slots=True)
class Cleaning:
    """``content`` is None where the file stays as it is; ``removed`` names what was taken out.

    ``kept`` says why a file that may name its author was left alone.
    """

    content: bytes | None
    removed: tuple[str, ...] = ()
    kept: Bilingual | None = None


def clean(path: Path) -> Cleaning:
    """Take out of a bid's file what names its author, his machine or an earlier version.

    PDF, Office (OOXML and ODF), JPEG and PNG are known. A file that carries an electronic signature stays byte for byte:
    cleaning would break it. DocumentMalformed where a PDF is locked by a password or cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head or path.suffix.lower() == ".pdf":
        from evalclient.desk.metadata.pdf import clean_pdf

        return clean_pdf(path)
    if head.startswith(_ZIP):
        from evalclient.desk.metadata.office import clean_office

        return clean_office(path)
    if head.startswith((_JPEG, _PNG)):
        from evalclient.desk.metadata.image import clean_jpeg, clean_png

        cleaner = clean_jpeg if head.startswith(_JPEG) else clean_png
        content, removed = cleaner(read_bounded(path, _LARGEST_PICTURE))
        return Cleaning(content if removed else None, removed)
    kind = next((name for magic, name in _UNKNOWN.items() if head.startswith(magic)), None)
    return Cleaning(None, kept=unknown(kind) if kind else None)


def unknown(kind: str) -> Bilingual:
    """Why a file of this kind was left alone."""
    return Bilingual(
        f"{kind} 文件不能自动清除元数据，请自行检查或转换为 PDF",
        f"a {kind} file is not cleaned; check it yourself or turn it into a PDF",
    )


class CleanedStream(io.RawIOBase):
    """A bid's file as it will be sealed; cleaned when it is first read, so that one file at a time is in memory."""

    def __init__(self, path: Path, told: Callable[[Cleaning], None]) -> None:
        super().__init__()
        self._path = path
        self._told = told
        self._source: io.BufferedIOBase | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill ``buffer`` as far as the file goes. Errors of ``clean``."""
        if self._source is None:
            cleaning = clean(self._path)
            self._told(cleaning)
            self._source = self._path.open("rb") if cleaning.content is None else io.BytesIO(cleaning.content)
        return self._source.readinto(buffer)

    def close(self) -> None:
        """Forget the content."""
        if self._source is not None:
            self._source.close()
        super().close()
