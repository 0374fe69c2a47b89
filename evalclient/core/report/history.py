"""The log as a report tells it: who did what, when, in which round. Read from stored entries, already verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from evalclient.core.ports import LogEntry
from evalclient.core.records.act import Act
from evalclient.core.records.catalogue import decode_act
from evalclient.core.records.envelope import HashName, Payload, decode_payload, record_id
from evalclient.core.records.verified import VerifiedRecord

_BEIJING = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Event:
    """One record of the log; ``at`` is the centre's time of receipt, ``act`` None for a kind of a later version."""

    record: str
    author: str
    kind: str
    at: str
    round: int
    act: Act | None


def events_of_entries(entries: Iterable[LogEntry], algorithm: HashName) -> tuple[Event, ...]:
    """The history in a store's verified log. Signatures are not checked here: the store took them verified."""
    events = []
    for entry in entries:
        payload = decode_payload(entry.record.payload)
        events.append(_event(record_id(entry.record.payload, algorithm), payload, entry.received, decode_act(payload)))
    return tuple(events)


def events_of_records(records: Iterable[VerifiedRecord]) -> tuple[Event, ...]:
    """The history in verified records."""
    return tuple(_event(record.id, record.payload, record.received, record.act) for record in records)


def local_time(moment: str) -> str:
    """A moment of the log (RFC 3339, UTC) in Beijing time, to the second; "" stays ""."""
    if not moment:
        return ""
    return (datetime.fromisoformat(moment) + _BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def _event(identity: str, payload: Payload, received: str, act: Act | None) -> Event:
    return Event(identity, payload.author, payload.kind, received or payload.at, payload.round, act)
