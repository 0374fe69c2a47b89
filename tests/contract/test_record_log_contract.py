"""The RecordLog contract, on memory and on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evalclient.core.ports import RecordLog
from evalclient.store.record_log import StoredRecordLog
from tests.contract.memory_record_log import MemoryRecordLog
from tests.contract.record_log_suite import FINGERPRINT, RecordLogSuite


class TestMemoryRecordLog(RecordLogSuite):
    @pytest.fixture
    def log(self) -> RecordLog:
        return MemoryRecordLog()


class TestStoredRecordLog(RecordLogSuite):
    @pytest.fixture
    def log(self, tmp_path: Path) -> Iterator[RecordLog]:
        stored = StoredRecordLog(tmp_path / "seat.db", bytes(32), FINGERPRINT)
        yield stored
        stored.close()
