"""JPEG and PNG without their metadata; the picture's own bytes are copied, never encoded anew."""

from __future__ import annotations

import struct
from typing import Final

Found = tuple[bytes, tuple[str, ...]]
_START_OF_SCAN: Final = 0xDA
#: segments that name camera, place, author or program; ICC profile (APP2), JFIF (APP0) and Adobe (APP14) steer the colours
_SEGMENTS: Final = {0xE1: "EXIF/XMP", 0xED: "IPTC", 0xFE: "comment"} | {
    number: "APP" for number in range(0xE3, 0xF0) if number not in (0xED, 0xEE)
}
_CHUNKS: Final = {b"tEXt", b"zTXt", b"iTXt", b"tIME", b"eXIf"}
_ORIENTATION: Final = 0x0112
_PNG_HEAD: Final = 8


def clean_jpeg(content: bytes, *, upright: bool = True) -> Found:
    """The picture without EXIF, XMP, IPTC and comments, and what was removed; malformed ones stay as they are.

    ``upright``: how it is to be turned (EXIF 2.3, tag 0x0112) is kept, and nothing else; in a PDF it has no effect.
    """
    kept, at = [content[:2]], 2
    removed: list[str] = []
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _START_OF_SCAN:
            if not removed:
                return content, ()
            return b"".join((*kept, content[at:])), tuple(dict.fromkeys(removed))
        (length,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + length]
        turned = _turned(segment) if upright and marker == 0xE1 else None
        if marker not in _SEGMENTS or turned == segment:
            kept.append(segment)
        else:
            removed.append(_SEGMENTS[marker])
            kept += [turned] if turned else []
        at += 2 + length
    return content, ()


def clean_png(content: bytes) -> Found:
    """The picture without text, time and EXIF chunks, and what was removed; malformed ones stay as they are."""
    kept, at = [content[:_PNG_HEAD]], _PNG_HEAD
    removed: list[str] = []
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if kind in _CHUNKS:
            removed.append(kind.decode("ascii"))
        else:
            kept.append(chunk)
        at += 12 + length
        if kind == b"IEND":
            removed += ["behind the picture"] if at < len(content) else []
            return (b"".join(kept), tuple(dict.fromkeys(removed))) if removed else (content, ())
    return content, ()


def _turned(segment: bytes) -> bytes | None:
    """An EXIF segment that says how the picture is turned and no more; None where it is upright or says nothing."""
    tiff = segment[10:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if segment[4:10] != b"Exif\x00\x00" or order is None or len(tiff) < 8:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == _ORIENTATION and 2 <= value <= 8:
                body = b"Exif\x00\x00" + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
                return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    except struct.error:
        return None
    return None
