"""The archive of the finished evening, and verification anchored in its fingerprint."""

from __future__ import annotations

import io
import re
from functools import lru_cache

from evalclient.archive import VerificationReport, verify
from evalclient.core.records.envelope import record_id
from tests.builders.archives import (
    SignedEvening,
    archive_of,
    finished,
)


@lru_cache
def archive() -> bytes:
    return archive_of(finished())


def fingerprint(evening: SignedEvening | None = None) -> str:
    return record_id((evening or finished()).genesis.record.payload)


def checked(data: bytes, evening: SignedEvening | None = None) -> VerificationReport:
    return verify(io.BytesIO(data), fingerprint(evening))


def digit_changed(data: bytes, at: int | None = None) -> bytes:
    """One digit changed, the middlemost one by default; a byte where there is none."""
    digits = [match.start() for match in re.finditer(rb"[0-9]", data)]
    place = digits[len(digits) // 2] if at is None and digits else at or len(data) // 2
    value = data[place]
    other = (value - 48 + 1) % 10 + 48 if 48 <= value < 58 else value ^ 1
    return data[:place] + bytes([other]) + data[place + 1 :]


def index_of(kind: str) -> int:
    return next(entry.index for _, entry in finished().tape if f'"kind":"{kind}"'.encode() in entry.record.payload)
