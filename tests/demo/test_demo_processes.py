"""Processes of the demo: windows and what they wait for come first."""

from __future__ import annotations

import os
from pathlib import Path

from evalclient.demo.processes import ELSEWHERE, Troupe


def niceness(troupe: Troupe, person: str) -> int:
    return os.getpriority(os.PRIO_PROCESS, troupe.process_id(person))


def test_people_elsewhere_take_what_windows_leave_over(tmp_path: Path) -> None:
    troupe = Troupe(tmp_path / "logs", "zh")
    own = os.getpriority(os.PRIO_PROCESS, 0)
    try:
        troupe.start("centre", "--data", str(tmp_path / "centre"), "--port", "0", module="server_stub", lasting=True)
        troupe.start("m3", "--help")
        assert niceness(troupe, "centre") == own
        assert niceness(troupe, "m3") == ELSEWHERE
    finally:
        troupe.stop()
