"""Measures how long the GUI thread is blocked, and where.

A sampling thread sends a heartbeat through the event loop; while the answer is late it records what the GUI thread is
doing. A stall of n intervals counts as n samples of falling length, as if heartbeats had gone on being sent; otherwise
one long stall would hide among thousands of short samples.

On a machine that has other work too, a stall is partly waiting for a processor: ``busy`` figures count only what the
GUI thread itself has worked meanwhile.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import FrameType

from PySide6.QtCore import QObject, Qt, Signal, Slot

INTERVAL_S = 0.005
LATE_S = 0.020
KEEP_WORST = 10
STACK_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Stall:
    """One late heartbeat: ``ms`` late, of them ``busy`` at work, and where the GUI thread was (innermost last)."""

    ms: float
    busy: float
    stack: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Milliseconds the GUI thread needed to answer: percentiles, worst value, worst stalls with stacks.

    ``busy999`` is the p99.9 of what it was itself at work.
    """

    samples: int
    p50: float
    p99: float
    p999: float
    worst: float
    busy999: float
    stalls: tuple[Stall, ...]

    def text(self) -> str:
        """The figures and the worst stalls as lines for a terminal."""
        head = (
            f"GUI thread: {self.samples} samples, p50 {self.p50:.1f} ms, p99 {self.p99:.1f} ms, "
            f"p99.9 {self.p999:.1f} ms, worst {self.worst:.1f} ms"
        )
        lines = [head]
        for stall in self.stalls:
            lines.append(f"  {stall.ms:.0f} ms (at work {stall.busy:.0f} ms) at")
            lines.extend(f"    {line}" for line in stall.stack)
        return "\n".join(lines)


class _Heart(QObject):
    """Answers heartbeats on the GUI thread."""

    beat = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.at = 0.0
        self.beat.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _answer(self) -> None:
        self.at = time.perf_counter()
        self.answered.set()


class Watchdog:
    """Make it on the GUI thread; ``stop()`` ends the sampling and returns the :class:`Summary`."""

    def __init__(self, interval_s: float = INTERVAL_S, late_s: float = LATE_S) -> None:
        self._interval = interval_s
        self._late = late_s
        self._heart = _Heart()
        self._gui_thread = threading.get_ident()
        self._work_clock = _work_clock(self._gui_thread)
        self._samples: list[float] = []
        self._busy: list[float] = []
        self._pauses = 0
        self._stalls: list[Stall] = []
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """On the GUI thread: what is done inside is not the program's own work and does not count."""
        self._pauses += 1
        try:
            yield
        finally:
            self._pauses += 1

    def stop(self) -> Summary:
        self._end.set()
        self._thread.join()
        return self.summary()

    def summary(self) -> Summary:
        """The figures so far; safe from any thread."""
        with self._lock:
            ordered, busy = sorted(self._samples), sorted(self._busy)
            stalls = tuple(sorted(self._stalls, key=lambda stall: -stall.ms))
        return Summary(
            samples=len(ordered),
            p50=_percentile(ordered, 0.5),
            p99=_percentile(ordered, 0.99),
            p999=_percentile(ordered, 0.999),
            worst=ordered[-1] if ordered else 0.0,
            busy999=_percentile(busy, 0.999),
            stalls=stalls,
        )

    def _watch(self) -> None:
        while not self._end.wait(self._interval):
            self._beat_once()

    def _beat_once(self) -> None:
        heart = self._heart
        heart.answered.clear()
        pauses, worked = self._pauses, self._work_clock()
        sent = time.perf_counter()
        heart.beat.emit()
        stack: tuple[str, ...] = ()
        while not heart.answered.wait(self._late):
            if self._end.is_set():
                return
            stack = stack or self._gui_stack()
        ms = (heart.at - sent) * 1000
        if pauses == self._pauses:
            self._record(ms, min(ms, (self._work_clock() - worked) * 1000), stack)

    def _record(self, ms: float, busy: float, stack: tuple[str, ...]) -> None:
        with self._lock:
            self._samples.extend(self._falling(ms))
            self._busy.extend(self._falling(busy))
            if stack:
                self._stalls.append(Stall(ms, busy, stack))
                self._stalls.sort(key=lambda stall: -stall.ms)
                del self._stalls[KEEP_WORST:]

    def _falling(self, ms: float) -> Iterator[float]:
        while ms > 0:
            yield ms
            ms -= self._interval * 1000

    def _gui_stack(self) -> tuple[str, ...]:
        """The innermost STACK_DEPTH calls, outermost first.

        A frame held here keeps its locals alive after it has returned: a painter would then end late and on this
        thread, in the midst of another's work. So the walk touches nothing but code objects, reads no file, and lets
        go at once; painters are ended by name besides.
        """
        frame: FrameType | None = sys._current_frames().get(self._gui_thread)
        calls: list[tuple[str, int, str]] = []
        while frame is not None and len(calls) < STACK_DEPTH:
            calls.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
            frame = frame.f_back
        del frame
        return tuple(f"{file}:{line} {name}" for file, line, name in reversed(calls))


def _work_clock(thread: int) -> Callable[[], float]:
    """Seconds of processor time of a thread; the wall clock where the system does not tell them."""
    clock_of = getattr(time, "pthread_getcpuclockid", None)
    if clock_of is None:
        return time.perf_counter
    return partial(time.clock_gettime, clock_of(thread))


def _percentile(ordered: list[float], share: float) -> float:
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
