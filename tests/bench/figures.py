"""What a bench says: figures with their bars, and how spreads and turns are taken."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

SCRATCH = Path("out/bench-scratch")
MB = 1_000_000


class Figure(msgspec.Struct, frozen=True):
    """One measured number. ``bar`` is the most it may be, ``least`` the least; without either it is only told."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        if self.bar is None and self.least is None:
            return None
        return (self.bar is None or self.value <= self.bar) and (self.least is None or self.value >= self.least)


class Measured(msgspec.Struct, frozen=True):
    """What ``measure()`` of a bench module returns. ``notes`` are lines to read beside the figures."""

    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """One bench as run: ``about`` is what is measured, ``seconds`` what the bench itself took."""

    bench: str
    about: str
    seconds: float
    load: float
    measured: Measured


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes, by the wall clock."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def processor_milliseconds(work: Callable[[], object]) -> float:
    """How long one call computes, by the processor's clock: for pure computing, which others at the machine do not lengthen."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def share(samples: Sequence[float], of: float) -> float:
    """The value below which that share of the samples lies: 0.5 is the median, 0.99 the 99th percentile."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(of * len(ordered)))]


def spread(name: str, samples: Sequence[float], bars: dict[float, float] | None = None) -> tuple[Figure, ...]:
    """Median, p99 and, where there are enough samples for one, p99.9, in milliseconds; ``bars`` maps share → bar."""
    shares = (0.5, 0.99, 0.999) if len(samples) >= 1000 else (0.5, 0.99)
    words = {0.5: "median", 0.99: "p99", 0.999: "p99.9"}
    return tuple(Figure(f"{name}, {words[of]}", share(samples, of), "ms", (bars or {}).get(of)) for of in shares)


def turn_about(pairs: int, first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float, float]:
    """(median of ``first``, median of ``second``, median of their ratios), taken in turns: A B, B A, A B …"""
    ones, twos = [], []
    for number in range(pairs):
        if number % 2:
            twos.append(second())
            ones.append(first())
        else:
            ones.append(first())
            twos.append(second())
    ratios = [one / two for one, two in zip(ones, twos, strict=True)]
    return share(ones, 0.5), share(twos, 0.5), share(ratios, 0.5)


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """An empty folder on the disk the project lies on, gone afterwards."""
    folder = (SCRATCH / name).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
