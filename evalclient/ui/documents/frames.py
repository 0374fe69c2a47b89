"""What passes between viewer and renderer: one JSON header and one run of bytes per frame."""

from __future__ import annotations

import json
import struct
from typing import IO, Any, Final

_LENGTHS: Final = struct.Struct(">IQ")
#: a page at the largest zoom, four bytes a pixel, and room to spare
MOST_BYTES: Final = 512 << 20
MOST_HEADER: Final = 4 << 20


class FrameBroken(Exception):
    """The other side has gone, or does not speak in frames."""


def write_frame(stream: IO[bytes], header: dict[str, Any], body: bytes | memoryview = b"") -> None:
    """Send one frame."""
    text = json.dumps(header).encode()
    try:
        stream.write(_LENGTHS.pack(len(text), len(body)) + text)
        if body:
            stream.write(body)
        stream.flush()
    except (OSError, ValueError) as error:
        raise FrameBroken(str(error)) from error


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Take one frame; FrameBroken at the end of the stream or when it is none."""
    header_size, body_size = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header_size > MOST_HEADER or body_size > MOST_BYTES:
        raise FrameBroken("a frame of absurd size")
    try:
        header = json.loads(_exactly(stream, header_size))
    except ValueError as error:
        raise FrameBroken("a header that is no JSON") from error
    if not isinstance(header, dict):
        raise FrameBroken("a header that is no object")
    return header, _exactly(stream, body_size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    parts = []
    while size:
        try:
            part = stream.read(min(size, 1 << 20))
        except (OSError, ValueError) as error:
            raise FrameBroken(str(error)) from error
        if not part:
            raise FrameBroken("the other side has gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
