"""The frame of an EnvelopedData or AuthEnvelopedData of another tool, in DER or BER, read without its content.

BER allows lengths that are not known beforehand (``openssl cms -stream``) and a content cut into nested octet strings.
This reader walks headers only, remembers where in the file the ciphertext lies, and gives the small parts back in
definite length, so that everything else may be strict. Depth, number of values and size of small parts are bounded.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import BinaryIO, Final

from evalclient.crypto.primitives import der

#: values in one file: enough for 4 GiB in pieces of 4 KiB, or 1 GB in pieces of 1 000 bytes
MAX_VALUES: Final = 1_000_000
MAX_DEPTH: Final = 24
MAX_SMALL_PART: Final = 1 << 20
#: what a value counts beyond its content, so that a million empty ones are no small part
_VALUE_COST: Final = 16
_WINDOW: Final = 1 << 16
_END_OF_CONTENTS: Final = 0x00
_CONSTRUCTED: Final = 0x20
_CONSTRUCTED_OCTETS: Final = der.OCTET_STRING | _CONSTRUCTED
_ENVELOPED_DATA: Final = bytes.fromhex("06092a864886f70d010703")
#: the same structure under the name of GB/T 35275
_SM_ENVELOPED_DATA: Final = bytes.fromhex("060a2a811ccf550601040203")
_AUTH_ENVELOPED_DATA: Final = bytes.fromhex("060b2a864886f70d0109100117")


@dataclass(frozen=True, slots=True)
class ForeignFrame:
    """What stands around a ciphertext: all DER, none of it checked beyond its shape.

    ``recipients`` is the content of the SET, ``algorithm`` an AlgorithmIdentifier. AuthEnvelopedData has a ``tag``
    and perhaps authenticated ``attributes`` (the SET OF as it is authenticated); EnvelopedData has None and none.
    """

    recipients: bytes
    content_type: bytes
    algorithm: bytes
    ciphertext: Ciphertext
    tag: bytes | None
    attributes: bytes


class Ciphertext:
    """Random access to a ciphertext that lies in pieces in a file."""

    def __init__(self, untrusted: BinaryIO) -> None:
        self._file = untrusted
        self._starts = array("Q")
        self._offsets = array("Q")
        self.size = 0

    def append(self, offset: int, length: int) -> None:
        """The next piece lies at ``offset`` of the file."""
        if length:
            self._starts.append(self.size)
            self._offsets.append(offset)
            self.size += length

    def read_into(self, at: int, buffer: memoryview) -> None:
        """Fill ``buffer`` with the ciphertext from ``at``; ValueError when the file ends before."""
        done = 0
        piece = bisect_right(self._starts, at) - 1
        while done < len(buffer):
            within = at + done - self._starts[piece]
            end = self._starts[piece + 1] if piece + 1 < len(self._starts) else self.size
            count = min(len(buffer) - done, end - self._starts[piece] - within)
            self._file.seek(self._offsets[piece] + within)
            data = self._file.read(count)
            if len(data) != count or not count:
                raise ValueError("file ends early")
            buffer[done : done + count] = data
            done += count
            piece += 1


def read_frame(untrusted: BinaryIO, most_values: int = MAX_VALUES) -> ForeignFrame:
    """The frame of the one ContentInfo in a seekable file; ValueError for anything else."""
    return _Walk(untrusted, most_values).frame()


@dataclass(frozen=True, slots=True)
class _Header:
    """One value's header; ``end`` is None where the length is indefinite. Offsets in the file."""

    tag: int
    start: int
    end: int | None


class _Values:
    """The values inside one value, one after another: ``at`` moves on as they are read."""

    __slots__ = ("_walk", "at", "end")

    def __init__(self, walk: _Walk, header: _Header) -> None:
        if not header.tag & _CONSTRUCTED:
            raise ValueError("unexpected structure")
        self._walk = walk
        self.at = header.start
        self.end = header.end

    def peek(self) -> int | None:
        """Tag of the next value, None at the end."""
        if self.end is not None and self.at >= self.end:
            return None
        tag = self._walk.octets(self.at, 1)[0]
        return None if self.end is None and tag == _END_OF_CONTENTS else tag

    def header(self, *tags: int) -> _Header:
        """The header of the next value, which must have one of ``tags`` if any are named; the caller moves ``at`` on."""
        if self.peek() is None:
            raise ValueError("structure ends early")
        header = self._walk.header(self.at)
        if tags and header.tag not in tags:
            raise ValueError("unexpected structure")
        if self.end is not None and (header.end or header.start) > self.end:
            raise ValueError("value reaches beyond the one around it")
        return header

    def small(self, *tags: int) -> bytes:
        """The next value in definite length."""
        value, self.at = self._walk.definite(self.header(*tags))
        return value

    def finish(self) -> int:
        """Where the value around ends; ValueError unless everything in it was read."""
        if self.peek() is not None or (self.end is not None and self.at != self.end):
            raise ValueError("data after the structure")
        if self.end is None and self._walk.octets(self.at, 2) != b"\0\0":
            raise ValueError("end of contents is malformed")
        return self.at if self.end is not None else self.at + 2


class _Walk:
    """One reading of one file."""

    def __init__(self, untrusted: BinaryIO, most_values: int) -> None:
        self._file = untrusted
        self._size = untrusted.seek(0, 2)
        self._window = b""
        self._window_at = 0
        self._values_left = most_values

    def frame(self) -> ForeignFrame:
        """See ``read_frame``."""
        info = _Values(self, self.header(0, der.SEQUENCE))
        kind = info.small(der.OBJECT_IDENTIFIER)
        if kind not in {_ENVELOPED_DATA, _SM_ENVELOPED_DATA, _AUTH_ENVELOPED_DATA}:
            raise ValueError("neither EnvelopedData nor AuthEnvelopedData")
        explicit = _Values(self, info.header(0xA0))
        data = _Values(self, explicit.header(der.SEQUENCE))
        frame = self._data(data, authenticated=kind == _AUTH_ENVELOPED_DATA)
        explicit.at = data.finish()
        info.at = explicit.finish()
        if info.finish() != self._size:
            raise ValueError("data after the structure")
        return frame

    def octets(self, at: int, count: int) -> bytes:
        """Exactly ``count`` bytes (at most a window) at ``at``."""
        begin = at - self._window_at
        if begin < 0 or begin + count > len(self._window):
            self._file.seek(at)
            self._window, self._window_at, begin = self._file.read(_WINDOW), at, 0
        found = self._window[begin : begin + count]
        if len(found) != count:
            raise ValueError("file ends early")
        return found

    def header(self, at: int, *tags: int) -> _Header:
        """The header at ``at``, within the file, with one of ``tags`` if any are named."""
        self._values_left -= 1
        if self._values_left < 0:
            raise ValueError("too many values")
        tag, first = self.octets(at, 2)
        if tag == _END_OF_CONTENTS or tag & 0x1F == 0x1F or (tags and tag not in tags):
            raise ValueError("unexpected structure")
        if first == 0x80:
            if not tag & _CONSTRUCTED:
                raise ValueError("a primitive value needs a length")
            return _Header(tag, at + 2, None)
        count = first & 0x7F if first > 0x80 else 0
        if count > 16:
            raise ValueError("length is not BER")
        length = int.from_bytes(self.octets(at + 2, count), "big") if count else first
        start = at + 2 + count
        if start + length > self._size:
            raise ValueError("value reaches beyond the file")
        return _Header(tag, start, start + length)

    def definite(self, header: _Header) -> tuple[bytes, int]:
        """A small value in definite length, octet strings in one piece; and where it ends in the file."""
        budget = [MAX_SMALL_PART]
        return self._definite(header, budget, 0)

    def _definite(self, header: _Header, budget: list[int], depth: int) -> tuple[bytes, int]:
        budget[0] -= _VALUE_COST
        if depth > MAX_DEPTH or budget[0] < 0:
            raise ValueError("nested too deep, or too large")
        if not header.tag & _CONSTRUCTED:
            content, end = self._primitive(header, budget)
            return der.value(header.tag, content), end
        values = _Values(self, header)
        parts: list[bytes] = []
        octets = header.tag == _CONSTRUCTED_OCTETS
        while values.peek() is not None:
            inner = values.header(*((der.OCTET_STRING, _CONSTRUCTED_OCTETS) if octets else ()))
            value, values.at = self._definite(inner, budget, depth + 1)
            parts.append(der.content_of(value) if octets else value)
        tag = der.OCTET_STRING if octets else header.tag
        return der.value(tag, *parts), values.finish()

    def _primitive(self, header: _Header, budget: list[int]) -> tuple[bytes, int]:
        if header.end is None:
            raise ValueError("a primitive value needs a length")
        budget[0] -= header.end - header.start
        if budget[0] < 0:
            raise ValueError("part is too large")
        self._file.seek(header.start)
        content = self._file.read(header.end - header.start)
        if len(content) != header.end - header.start:
            raise ValueError("file ends early")
        return content, header.end

    def _data(self, data: _Values, *, authenticated: bool) -> ForeignFrame:
        data.small(der.INTEGER)
        if data.peek() == 0xA0:
            data.small(0xA0)  # the originator's certificates say nothing that is used
        recipients = der.content_of(data.small(der.SET))
        content = _Values(self, data.header(der.SEQUENCE))
        content_type = content.small(der.OBJECT_IDENTIFIER)
        algorithm = content.small(der.SEQUENCE)
        ciphertext = Ciphertext(self._file)
        content.at = self._pieces(content.header(0x80, 0xA0), ciphertext, 0)
        data.at = content.finish()
        attributes, tag = b"", None
        if authenticated:
            attributes = _as_authenticated(data.small(0xA1)) if data.peek() == 0xA1 else b""
            tag = der.content_of(data.small(der.OCTET_STRING, _CONSTRUCTED_OCTETS))
        unprotected = 0xA2 if authenticated else 0xA1
        if data.peek() == unprotected:
            data.small(unprotected)
        return ForeignFrame(recipients, content_type, algorithm, ciphertext, tag, attributes)

    def _pieces(self, header: _Header, ciphertext: Ciphertext, depth: int) -> int:
        """Note where a (nested) octet string lies; where it ends in the file."""
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        if not header.tag & _CONSTRUCTED and header.end is not None:
            ciphertext.append(header.start, header.end - header.start)
            return header.end
        values = _Values(self, header)
        while values.peek() is not None:
            inner = values.header(der.OCTET_STRING, _CONSTRUCTED_OCTETS)
            values.at = self._pieces(inner, ciphertext, depth + 1)
        return values.finish()


def _as_authenticated(attributes: bytes) -> bytes:
    """The attributes as they are authenticated: the DER of a SET OF, its members in order (RFC 5083, 2.2)."""
    reader = der.DerReader(memoryview(der.content_of(attributes)))
    members = []
    while reader.more():
        members.append(der.value(der.SEQUENCE, bytes(reader.take(der.SEQUENCE))))
    return der.value(der.SET, *sorted(members))
