"""DER written anew as BER: lengths that are longer than needed or not told, octet strings in (nested) pieces."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from evalclient.crypto.primitives import der

_CONSTRUCTED = 0x20
_INDEFINITE = 0x80


def values(encoded: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each DER value in a row."""
    reader = der.DerReader(memoryview(encoded))
    while reader.more():
        tag = reader.peek()
        yield tag, bytes(reader.take(tag))


@st.composite
def as_ber(draw: st.DrawFn, encoded: bytes, ciphertext: int = 0x80) -> bytes:
    """One CMS structure (DER) in another encoding of the same; ``ciphertext`` is the tag that is a content in pieces."""
    return b"".join([draw(_value(tag, content, ciphertext)) for tag, content in values(encoded)])


@st.composite
def _value(draw: st.DrawFn, tag: int, content: bytes, ciphertext: int) -> bytes:
    if tag & _CONSTRUCTED:
        inner = b"".join([draw(_value(*one, ciphertext)) for one in values(content)])
        return draw(_framed(tag, inner))
    if tag in {der.OCTET_STRING, ciphertext} and draw(st.booleans()):
        return draw(_framed(tag | _CONSTRUCTED, draw(_pieces(content, 0))))
    return draw(_definite(tag, content))


@st.composite
def _pieces(draw: st.DrawFn, content: bytes, depth: int) -> bytes:
    cuts = sorted(draw(st.lists(st.integers(0, len(content)), max_size=3)))
    parts = [content[a:b] for a, b in zip([0, *cuts], [*cuts, len(content)], strict=True)]
    encoded = []
    for part in parts:
        nested = depth < 4 and draw(st.integers(0, 4)) == 0
        encoded.append(
            draw(_framed(der.OCTET_STRING | _CONSTRUCTED, draw(_pieces(part, depth + 1))))
            if nested
            else draw(_definite(der.OCTET_STRING, part))
        )
    return b"".join(encoded)


@st.composite
def _framed(draw: st.DrawFn, tag: int, inner: bytes) -> bytes:
    if draw(st.booleans()):
        return bytes((tag, _INDEFINITE)) + inner + b"\0\0"
    return draw(_definite(tag, inner))


@st.composite
def _definite(draw: st.DrawFn, tag: int, content: bytes) -> bytes:
    padding = draw(st.integers(0, 3))
    if not padding:
        return der.value(tag, content)
    octets = len(content).to_bytes(4 + padding, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content
