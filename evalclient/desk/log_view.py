"""The verified log as lines to read: who did what and when, nothing of the contents."""

from __future__ import annotations

from dataclasses import dataclass

from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.envelope import decode_payload, record_id
from evalclient.core.records.fields import Bilingual
from evalclient.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry: its index, its record's id, its kind in words, its author, when the centre received it (RFC 3339)."""

    index: int
    record: str
    title: Bilingual
    author: str
    received: str


def log_lines(desk: Desk, start: int = 0) -> tuple[LogLine, ...]:
    """The entries from ``start`` on; on the desk's thread."""
    lines = []
    for entry in desk.log.entries(start):
        payload = decode_payload(entry.record.payload)
        kind = KINDS.get(payload.kind)
        title = kind.title if kind else Bilingual(f"{payload.kind}（需要新版客户端）", f"{payload.kind} (newer client)")
        identity = record_id(entry.record.payload, desk.evaluation.founding.hash)
        lines.append(LogLine(entry.index, identity, title, payload.author, entry.received))
    return tuple(lines)
