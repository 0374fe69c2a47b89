"""Office files without their metadata: OOXML (ECMA-376) and ODF (ISO/IEC 26300), each a zip that is written anew."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from evalclient.core.records.fields import Bilingual
from evalclient.crypto.primitives.bounded_zip import MALFORMED_ZIP
from evalclient.desk.metadata.cleaning import Cleaning, unknown
from evalclient.desk.metadata.image import clean_jpeg, clean_png

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
#: more than any document; a zip that claims more is left alone
_LARGEST: Final = 1 << 30
_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OOXML: Final = "http://schemas.openxmlformats.org"
#: part → what stands there instead
_EMPTIED: Final[dict[str, bytes]] = {
    "docProps/core.xml": _HEAD + f'<cp:coreProperties xmlns:cp="{_OOXML}/package/2006/metadata/core-properties"/>'.encode(),
    "docProps/app.xml": _HEAD + f'<Properties xmlns="{_OOXML}/officeDocument/2006/extended-properties"/>'.encode(),
    "docProps/custom.xml": _HEAD + f'<Properties xmlns="{_OOXML}/officeDocument/2006/custom-properties"/>'.encode(),
    "meta.xml": _HEAD
    + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>',
}  # fmt: skip
#: pictures of the first page, and how they are named from elsewhere
_THUMBNAIL: Final = re.compile(r"docProps/thumbnail\.\w+|Thumbnails/.*")
_TO_THUMBNAIL: Final = re.compile(
    rb"<Relationship\b[^>]*/metadata/thumbnail\"[^>]*/>|<manifest:file-entry\b[^>]*\"Thumbnails/[^>]*/>"
)
#: parts whose name matches → what names a person or an editing session in them, and what stands there instead
_NAMED: Final = tuple(
    (re.compile(part), re.compile(found), instead)
    for part, found, instead in (
        (r"word/.*\.xml", rb'\b((?:w|w15):(?:author|initials)=)"[^"]*"', rb'\1""'),
        (r"word/.*\.xml", rb'\bw:rsid\w*="[^"]*"', b""),
        (r"word/settings\.xml", rb"<w:rsids>.*?</w:rsids>", b""),
        (r"word/people\.xml", rb'\bw15:(providerId|userId)="[^"]*"', rb'w15:\1=""'),
        (r"xl/comments\d*\.xml", rb"<author>[^<]*</author>", b"<author></author>"),
        (r"xl/persons/.*\.xml", rb'\b(displayName|userId)="[^"]*"', rb'\1=""'),
        (r"ppt/(commentAuthors|authors)\.xml", rb'\b(name|initials|userId)="[^"]*"', rb'\1=""'),
        (r"(content|styles)\.xml", rb"<(dc:creator|meta:initial-creator)>[^<]*</\1>", rb"<\1></\1>"),
    )
)
_SIGNATURES: Final = ("_xmlsignatures/", "META-INF/documentsignatures.xml")
_SIGNED: Final = Bilingual(
    "含有电子签名，保持原样；其中的作者等信息仍在",
    "carries an electronic signature and stays as it is; what it says of its author is in it",
)


def clean_office(path: Path) -> Cleaning:
    """See ``clean``. Any other zip stays as it is, and that is told."""
    try:
        with zipfile.ZipFile(path) as source:
            names = set(source.namelist())
            if any(name.startswith(_SIGNATURES) for name in names):
                return Cleaning(None, kept=_SIGNED)
            office = "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names
            entries = source.infolist()
            if not office or sum(entry.file_size for entry in entries) > _LARGEST:
                return Cleaning(None, kept=unknown("ZIP"))
            return _rewritten(source, entries)
    except (*MALFORMED_ZIP, zlib.error, OSError, RuntimeError):
        return Cleaning(None, kept=unknown("ZIP"))


def _rewritten(source: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Cleaning:
    removed: list[str] = []
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in entries:
            if _THUMBNAIL.fullmatch(entry.filename):
                removed.append(entry.filename)
                continue
            content = source.read(entry)
            cleaned = _cleaned(entry.filename, content)
            if cleaned != content:
                removed.append(entry.filename)
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = entry.compress_type
            target.writestr(info, cleaned)
    return Cleaning(written.getvalue(), tuple(removed))


def _cleaned(name: str, content: bytes) -> bytes:
    """One part as it is written; its own name stands for what was removed."""
    if name in _EMPTIED:
        return _EMPTIED[name]
    if name in ("_rels/.rels", "META-INF/manifest.xml"):
        return _TO_THUMBNAIL.sub(b"", content)
    if content.startswith(b"\xff\xd8\xff"):
        return clean_jpeg(content)[0]
    if content.startswith(b"\x89PNG"):
        return clean_png(content)[0]
    for part, found, instead in _NAMED:
        if part.fullmatch(name):
            content = found.sub(instead, content)
    return content
