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
    """One stretch of ``ms`` in which the GUI thread did not answer, and what it was doing (innermost last)."""

    ms: float
    stack: tuple[str, ...]


class Blocked(msgspec.Struct, frozen=True):
    """What the watchdog of one window measured, in milliseconds; ``samples`` is how often it asked."""

    person: str
    samples: int
    p50: float
    p99: float
    p999: float
    worst: float
    stalls: tuple[Stall, ...] = ()

    def lines(self) -> tuple[Bilingual, ...]:
        """The figures, then the longest stalls with the end of their stacks."""
        figures = f"p99 {self.p99:.1f} ms, p99.9 {self.p999:.1f} ms"
        head = Bilingual(
            f"窗口 {self.person} 界面线程阻塞：{figures}，最长 {self.worst:.0f} ms",
            f"Window {self.person}: GUI thread blocked {figures}, longest {self.worst:.0f} ms",
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
    return [f"    {stall.ms:.0f} ms", *(f"      {line}" for line in stall.stack[-_FRAMES:])]
