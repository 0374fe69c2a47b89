"""Verification of an archive: a whole signed evening with packages and a stamped report, and its export."""

from __future__ import annotations

import io

from evalclient.archive import verify
from evalclient.core.records.envelope import record_id
from tests.bench.figures import MB, Figure, Measured, milliseconds, share
from tests.builders.archives import archive_of, finished


def measure() -> Measured:
    evening = finished()
    archive = archive_of(evening)
    fingerprint = record_id(evening.genesis.record.payload)

    def check() -> None:
        if verify(io.BytesIO(archive), fingerprint).exit_code:
            raise RuntimeError("the archive does not hold")

    exports = [milliseconds(lambda: archive_of(evening)) for _ in range(3)]
    checks = [milliseconds(check) for _ in range(5)]
    return Measured(
        (
            Figure("verified, median", share(checks, 0.5), "ms"),
            Figure("exported, median", share(exports, 0.5), "ms"),
            Figure("records", len(evening.tape), ""),
            Figure("size", len(archive) / MB, "MB"),
        )
    )
