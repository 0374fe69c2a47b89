"""One digit of an archive changed, as somebody would who wants another price to have been read out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evalclient.archive import layout
from evalclient.archive.packing import read_parts, write_parts
from evalclient.core.records.envelope import decode_payload

_PRICE: Final = re.compile(rb'("price":")(\d)([\d.]*)')


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed: ``part`` of the archive, number of the record, the price before and after."""

    part: str
    record: int
    before: str
    after: str


def change_one_digit(archive: Path, changed: Path) -> Change:
    """Write ``archive`` again as ``changed`` with the first digit of the first price read out replaced.

    LookupError where no opening is recorded yet.
    """
    parts = dict(read_parts(archive).files)
    index = 0
    while (part := layout.payload_part(index)) in parts:
        payload = parts[part]
        found = _PRICE.search(payload)
        if decode_payload(payload).kind == "opening.recorded" and found is not None:
            digit = b"8" if found[2] == b"9" else str(int(found[2]) + 1).encode()
            parts[part] = payload[: found.start(2)] + digit + payload[found.end(2) :]
            with changed.open("wb") as file:
                write_parts(file, parts)
            before = (found[2] + found[3]).decode()
            return Change(part, index, before, digit.decode() + before[1:])
        index += 1
    raise LookupError("no opening in this archive")
