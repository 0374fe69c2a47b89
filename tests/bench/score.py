"""A score from the key press at the seat's real page to the record committed on the encrypted store's disk."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.scored import items_of
from evalclient.core.ports import LogEntry
from evalclient.core.records.envelope import Record, record_id
from evalclient.store.record_log import StoredRecordLog
from evalclient.ui.pages.seat import SeatPage
from evalclient.ui.theme import theme
from evalclient.ui.watchdog import Watchdog
from tests.bench.evening import drafted_evening
from tests.bench.figures import Figure, Measured, scratch, spread
from tests.builders.desks import Desks
from tests.gui.member_room import Sitting, sitting

PRESSES = 1000
#: milliseconds between two keys; nobody types faster
PACE = 25
#: presses after which the log is taken over, as sync does all the time
SHARED_EVERY = 40


class _TimedLog(StoredRecordLog):
    """Tells when an own record is on the disk."""

    def __init__(self, path: Path, key: bytes, fingerprint: str) -> None:
        super().__init__(path, key, fingerprint)
        self.committed: queue.Queue[float] = queue.Queue()

    def append_pending(self, record_id: str, record: Record) -> None:
        super().append_pending(record_id, record)
        self.committed.put(time.perf_counter())


def measure() -> Measured:
    application = QApplication.instance() or QApplication([])
    theme()
    evening = drafted_evening("scoring")
    with scratch("score") as folder:
        log = _TimedLog(folder / "store.db", bytes(32), record_id(evening.genesis.record.payload))
        entries: list[tuple[str, LogEntry]] = evening.tape
        log.absorb(entries, evening.pages(len(entries))[-1][1])
        evening.desk_over("m2", log)
        with sitting(evening, "m2") as seat:
            samples, blocked = _pressed(evening, seat, log)
        log.close()
    del application
    return Measured(
        (
            *spread("key press to commit", samples, {0.5: 5, 0.99: 50}),
            Figure("GUI thread blocked meanwhile, p99.9", blocked, "ms"),
            Figure("records in the log", len(evening.tape), ""),
        ),
        ("Arrow keys and Enter commit at once; digits alone are committed 600 ms after the last one, or on leaving.",),
    )


def _pressed(evening: Desks, seat: Sitting, log: _TimedLog) -> tuple[list[float], float]:
    """Milliseconds from each key to its commit: half of them arrow keys, half typed numbers closed by Enter."""
    pages = seat.pages
    pages.resize(1366, 768)
    pages.show()
    QTest.qWait(500)
    page = pages.page
    if not isinstance(page, SeatPage):
        raise TypeError("the member does not sit at the score form")
    items = [item for item in items_of(seat.live.evaluation.method) if item.kind == "range"]
    watchdog = Watchdog()
    samples = []
    for number in range(PRESSES):
        if number % SHARED_EVERY == 0:
            with watchdog.paused():  # eight desks take the log over on this thread; at a seat its own lane does
                evening.share()
            QTest.qWait(100)
        item = items[number // len(_WAYS) % len(items)]
        samples.append(_committed(log, _WAYS[number % len(_WAYS)](item, seat.find(f"score-{item.id}"))))
        QTest.qWait(PACE)
    return samples, watchdog.stop().p999


def _committed(log: _TimedLog, press: Callable[[], None]) -> float:
    while not log.committed.empty():
        log.committed.get()
    pressed = time.perf_counter()
    press()
    return (log.committed.get(timeout=10) - pressed) * 1000


def _arrow(field: QWidget, key: Qt.Key) -> Callable[[], None]:
    return lambda: QTest.keyClick(field, key)


def _typed(field: QWidget, text: str) -> Callable[[], None]:
    """A number is typed over what stands there; the press that is timed is Enter."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    return lambda: QTest.keyClick(field, Qt.Key.Key_Return)


#: after one another, each changes the value
_WAYS: Final[tuple[Callable[[ScoredItem, QWidget], Callable[[], None]], ...]] = (
    lambda item, field: _typed(field, str(item.maximum)),
    lambda _item, field: _arrow(field, Qt.Key.Key_Down),
    lambda item, field: _typed(field, str(item.minimum)),
    lambda _item, field: _arrow(field, Qt.Key.Key_Up),
)
