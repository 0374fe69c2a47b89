"""A zip damaged anywhere: each part comes back as it was written or is named as damaged, or the file is refused."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.archive import ArchiveUnreadable
from evalclient.archive.packing import read_parts, write_parts
from tests.builders.mutations import damaged, in_words

PARTS = {f"records/{number:06d}.payload": b"score 12.5 " * (number + 1) for number in range(6)}


def packed() -> bytes:
    file = io.BytesIO()
    write_parts(file, PARTS)
    return file.getvalue()


@settings(max_examples=300)
@given(st.one_of(damaged(packed()), st.binary(max_size=200).map(b"PK\x03\x04".__add__)))
def test_a_damaged_zip(untrusted: bytes) -> None:
    try:
        found = read_parts(io.BytesIO(untrusted))
    except ArchiveUnreadable as error:
        in_words(error)
    else:
        assert not set(found.files) & set(found.damaged)
        assert all(name not in PARTS or content == PARTS[name] for name, content in found.files.items())
