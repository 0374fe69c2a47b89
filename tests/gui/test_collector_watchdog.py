"""Garbage is collected on the GUI thread only; a blocked GUI thread is measured and named."""

from __future__ import annotations

import gc
import threading
import time
import weakref

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from evalclient.ui import collector as collector_module
from evalclient.ui.collector import Collector
from evalclient.ui.watchdog import Watchdog


class Knot:
    def __init__(self, seen: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: seen.append(threading.get_ident()))


def test_cycles_made_by_a_worker_die_on_the_gui_thread(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector_module, "INTERVAL_MS", 1)
    seen: list[int] = []
    gc.enable()  # the tests around it do without, as the program does
    collector = Collector()
    try:
        assert not gc.isenabled()

        def litter() -> None:
            for _ in range(3_000):
                Knot(seen)

        worker = threading.Thread(target=litter)
        worker.start()
        worker.join()
        assert seen == []
        qtbot.waitUntil(lambda: len(seen) == 3_000)
        assert set(seen) == {threading.get_ident()}
    finally:
        collector.stop()
    assert gc.isenabled()
    gc.disable()


def block_here() -> None:
    end = time.monotonic() + 0.2
    while time.monotonic() < end:
        pass


def test_a_blocked_gui_thread_is_measured_with_its_stack(qtbot: QtBot) -> None:
    watchdog = Watchdog(interval_s=0.002, late_s=0.02)
    QTimer.singleShot(0, block_here)
    qtbot.waitUntil(lambda: watchdog.summary().worst > 150, timeout=10_000)
    summary = watchdog.stop()
    assert any("block_here" in line for stall in summary.stalls for line in stall.stack), summary.stalls
    assert summary.p50 <= summary.p99 <= summary.p999 <= summary.worst
    assert "block_here" in summary.text()
    assert 0 < summary.busy999 <= summary.worst


def test_what_is_done_in_a_pause_does_not_count(qtbot: QtBot) -> None:
    watchdog = Watchdog(interval_s=0.002, late_s=0.02)

    def block_in_a_pause() -> None:
        with watchdog.paused():
            block_here()

    QTimer.singleShot(0, block_in_a_pause)
    qtbot.waitUntil(lambda: watchdog.summary().samples > 50, timeout=10_000)
    assert not any("block_here" in line for stall in watchdog.stop().stalls for line in stall.stack)


def test_an_idle_watchdog_has_nothing_to_report(qapp: object) -> None:
    summary = Watchdog(interval_s=10).stop()
    assert summary.samples == 0
    assert summary.stalls == ()
