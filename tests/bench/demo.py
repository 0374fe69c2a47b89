"""The whole headless evaluation with SIZE=200, as its own process: time, memory, and how long windows were blocked."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from evalclient.demo.blocked import Blocked, load_blocked
from tests.bench.figures import MB, Figure, Measured, scratch

MEGABYTES = "200"
#: seconds between two looks at the processes
EVERY = 0.2
#: the longest stalls told, and how much of each stack
STALLS, FRAMES = 5, 4


def measure() -> Measured:
    with scratch("demo") as folder:
        out = folder / "evaluation"
        seconds, cpu, seen = _play(out)
        blocked = load_blocked(out / "blocked.json")
    largest = max(seen.memory.items(), key=lambda entry: entry[1])
    busiest = sorted(seen.cpu_seconds().items(), key=lambda entry: -entry[1])[:8]
    notes = [f"largest process: {largest[0]}", "processor seconds: " + ", ".join(f"{k} {v:.1f}" for k, v in busiest)]
    return Measured(
        (
            Figure("whole evaluation, verified at its end", seconds, "s", 120),
            Figure("processor time of all processes", cpu, "s"),
            Figure("memory of the largest process", largest[1] / MB, "MB"),
            *(Figure(f"GUI thread of {one.person} blocked, p99.9", one.p999, "ms", 50) for one in blocked),
            *(Figure(f"  of it {one.person} itself at work, p99.9", one.busy999, "ms") for one in blocked),
            *(Figure(f"GUI thread of {one.person} blocked, longest", one.worst, "ms") for one in blocked),
        ),
        (*notes, *_stalls(blocked)),
    )


@dataclass
class _Seen:
    """What a look at the processes told: peak memory and processor time, by what a process is for."""

    memory: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    cpu: dict[tuple[str, int], float] = field(default_factory=dict)

    def look(self, process: psutil.Process) -> None:
        try:
            for one in (process, *process.children(recursive=True)):
                command = one.cmdline()
                if not command:  # it has ended
                    continue
                name = _role(command)
                times = one.cpu_times()
                self.memory[name] = max(self.memory[name], one.memory_info().rss)
                self.cpu[name, one.pid] = times.user + times.system
        except psutil.Error:  # gone meanwhile
            return

    def cpu_seconds(self) -> dict[str, float]:
        sums: defaultdict[str, float] = defaultdict(float)
        for (name, _), seconds in self.cpu.items():
            sums[name] += seconds
        return sums


def _play(out: Path) -> tuple[float, float, _Seen]:
    before, began = _children_cpu(), time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "evalclient", "demo", "--headless", "--out", str(out)],
        env={**os.environ, "SIZE": MEGABYTES},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    seen, ended = _Seen(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(psutil.Process(process.pid), seen, ended), daemon=True)
    watcher.start()
    said, _ = process.communicate()
    seconds = time.monotonic() - began
    ended.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"the demo failed: {said[-2000:]}")
    return seconds, _children_cpu() - before, seen


def _watch(process: psutil.Process, seen: _Seen, ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        seen.look(process)


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _role(command: list[str]) -> str:
    """What a process is for: its module, and for people whose it is."""
    if "-m" not in command[:-1]:
        return "other"
    named = command[command.index("-m") + 1 :]
    if named[0] == "evalclient.demo.tether":
        named.pop(0)
    module = named[0].removeprefix("evalclient.")
    if module in ("demo.person", "demo.window_person", "demo.bidder"):
        return f"{module} {Path(named[1]).name}"
    return " ".join(named[:2]) if module == "evalclient" else module


def _stalls(blocked: tuple[Blocked, ...]) -> list[str]:
    every = sorted(((stall.ms, one.person, stall) for one in blocked for stall in one.stalls), key=lambda row: -row[0])
    lines = []
    for ms, person, stall in every[:STALLS]:
        lines.append(f"{person} blocked for {ms:.0f} ms, itself at work {stall.busy:.0f} ms, at")
        lines += [f"  {line}" for line in stall.stack[-FRAMES:]]
    return lines
