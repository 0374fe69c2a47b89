"""How long the windows' GUI threads were blocked: kept as figures, told as lines at the demo's end."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from evalclient.core.records.fields import Bilingual

#: a stall longer than this is told with its stack, milliseconds
LONG: Final = 50.0
_TOLD, _FRAMES = 3, 4


class Stall(msgspec.Struct, frozen=True):
    """``ms`` in which the GUI thread did not answer, ``busy`` of them at work; where it was (innermost last)."""

    ms: float
    busy: float
    stack: tuple[str, ...]


class Blocked(msgspec.Struct, frozen=True):
    """What the watchdog of one window measured, in milliseconds; see ``ui.watchdog.Summary``."""

    person: str
    samples: int
    p50: float
    p99: float
    p999: float
    worst: float
    busy999: float
    stalls: tuple[Stall, ...] = ()

    def lines(self) -> tuple[Bilingual, ...]:
        """The figures, then the longest stalls with the end of their stacks."""
        head = Bilingual(
            f"窗口 {self.person} 界面线程阻塞：p99.9 {self.p999:.0f} ms（其中本线程运算 {self.busy999:.0f} ms），"
            f"最长 {self.worst:.0f} ms",
            f"Window {self.person}: GUI thread blocked p99.9 {self.p999:.0f} ms (itself at work {self.busy999:.0f} ms), "
            f"longest {self.worst:.0f} ms",
        )
        stacks = [line for stall in self.stalls[:_TOLD] if stall.ms > LONG for line in _stack(stall)]
        return (head, *(Bilingual(line, line) for line in stacks))


def save_blocked(every: tuple[Blocked, ...], path: Path) -> None:
    """Keep the figures of all windows."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(every), indent=1))


def load_blocked(path: Path) -> tuple[Blocked, ...]:
    """Read them."""
    return msgspec.json.decode(path.read_bytes(), type=tuple[Blocked, ...])


def _stack(stall: Stall) -> list[str]:
    return [f"    {stall.ms:.0f} ms ({stall.busy:.0f} ms)", *(f"      {line}" for line in stall.stack[-_FRAMES:])]
