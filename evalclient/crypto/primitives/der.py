"""Definite-length DER by hand, where a library would copy 4 MiB: the shell of a volume, the frame of foreign CMS.

Everything else goes through asn1crypto or cryptography.
"""

from __future__ import annotations

SEQUENCE = 0x30
SET = 0x31
INTEGER = 0x02
OCTET_STRING = 0x04
OBJECT_IDENTIFIER = 0x06


def header(tag: int, length: int) -> bytes:
    """Identifier and length octets of a value of ``length`` bytes."""
    if length < 0x80:
        return bytes((tag, length))
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets


def value(tag: int, *parts: bytes) -> bytes:
    """One encoded value whose content is the concatenation of ``parts``."""
    content = b"".join(parts)
    return header(tag, len(content)) + content


def content_of(encoded: bytes) -> bytes:
    """The content of one encoded value, header cut off; ValueError when it is not exactly one."""
    reader = DerReader(memoryview(encoded))
    content = bytes(reader.take(reader.peek()))
    reader.finish()
    return content


class DerReader:
    """Reads one run of DER values; every deviation from definite-length DER is a ValueError. Nothing is copied."""

    __slots__ = ("_at", "_data", "_end")

    def __init__(self, untrusted: memoryview, start: int = 0, end: int | None = None) -> None:
        self._data = untrusted
        self._at = start
        self._end = len(untrusted) if end is None else end

    def peek(self) -> int:
        """Tag of the next value; ValueError at the end."""
        if self._at >= self._end:
            raise ValueError("structure ends early")
        return self._data[self._at]

    def more(self) -> bool:
        """Whether something is left to read."""
        return self._at < self._end

    def take(self, tag: int) -> memoryview:
        """Content of the next value, which must have ``tag``."""
        start, end = self._span(tag)
        self._at = end
        return self._data[start:end]

    def enter(self, tag: int) -> DerReader:
        """A reader over the content of the next value, which must have ``tag``."""
        start, end = self._span(tag)
        self._at = end
        return DerReader(self._data, start, end)

    def octet(self) -> int:
        """The next octet, as the last arc of an object identifier."""
        if self._at >= self._end:
            raise ValueError("structure ends early")
        self._at += 1
        return self._data[self._at - 1]

    def expect(self, encoded: bytes) -> None:
        """Skip exactly these bytes."""
        end = self._at + len(encoded)
        if end > self._end or self._data[self._at : end] != encoded:
            raise ValueError("unexpected structure or algorithm")
        self._at = end

    def finish(self) -> None:
        """ValueError unless everything was read."""
        if self._at != self._end:
            raise ValueError("data after the structure")

    def _span(self, tag: int) -> tuple[int, int]:
        if self.peek() != tag:
            raise ValueError("unexpected structure")
        at = self._at + 1
        if at >= self._end:
            raise ValueError("structure ends early")
        length = self._data[at]
        at += 1
        if length >= 0x80:
            count = length & 0x7F
            if not 1 <= count <= 8 or at + count > self._end:
                raise ValueError("length is not DER")
            length = int.from_bytes(self._data[at : at + count], "big")
            if length < 0x80 or length >> (8 * (count - 1)) == 0:
                raise ValueError("length is not DER")
            at += count
        if at + length > self._end:
            raise ValueError("structure ends early")
        return at, at + length
