"""A seat as the sync round sees it."""

from __future__ import annotations

from dataclasses import dataclass, field

from evalclient.core.ports import Centre
from evalclient.core.records.envelope import Record, record_id
from evalclient.crypto.primitives.notes import verify_note
from evalclient.sync.round import Round
from tests.builders.centre import Beginning
from tests.contract.memory_centre import LOG_KEY
from tests.contract.memory_record_log import MemoryRecordLog


@dataclass
class Seat:
    """A log, and a round over it that absorbs without looking."""

    centre: Centre
    begun: Beginning
    log: MemoryRecordLog = field(default_factory=MemoryRecordLog)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.round = Round(self.log, self.centre, self.begun.fingerprint, LOG_KEY, verify_note, self.log.absorb)

    def keep(self, *records: Record) -> None:
        for record in records:
            self.log.append_pending(record_id(record.payload), record)

    @property
    def shown(self) -> list[Record]:
        return [entry.record for entry in self.log.entries()]
