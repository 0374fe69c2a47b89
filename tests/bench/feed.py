"""From a record handed in at the real centre to the seat that waits for news, over loopback."""

from __future__ import annotations

import queue
import threading
import time

from tests.bench.figures import Measured, scratch, spread
from tests.builders.centre import Beginning, CentreProcess

RECORDS = 300


def measure() -> Measured:
    with scratch("feed") as folder:
        centre = CentreProcess(folder)
        centre.start()
        try:
            handed_in, arrived = _latencies(centre)
        finally:
            centre.stop()
    return Measured(
        (*spread("record handed in, receipt back", handed_in), *spread("record at the waiting seat", arrived))
    )


def _latencies(centre: CentreProcess) -> tuple[list[float], list[float]]:
    begun = centre.publish()
    came: queue.Queue[float] = queue.Queue()
    reader = threading.Thread(target=_wait_for_news, args=(centre, begun, came), daemon=True)
    reader.start()
    writer = centre.connect(begun, begun.member)
    handed_in, arrived = [], []
    for _ in range(RECORDS):
        record = begun.member.draft()
        time.sleep(0.01)  # the seat is waiting again
        sent = time.perf_counter()
        (answer,) = writer.submit([record])
        if answer.receipt is None:
            raise RuntimeError(answer.refusal_en)
        handed_in.append((time.perf_counter() - sent) * 1000)
        arrived.append((came.get(timeout=20) - sent) * 1000)
    writer.close()
    reader.join(20)
    return handed_in, arrived


def _wait_for_news(centre: CentreProcess, begun: Beginning, came: queue.Queue[float]) -> None:
    seat = centre.connect(begun, begun.organiser)
    size = start = 1 + len(begun.records)
    while size < start + RECORDS:
        size += len(seat.feed(size, 20.0).entries)
        came.put(time.perf_counter())
    seat.close()
