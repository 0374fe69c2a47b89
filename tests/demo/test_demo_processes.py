"""Processes of the demo: windows and what they wait for come first."""

from __future__ import annotations

import os
from pathlib import Path

from evalclient.demo.processes import NICENESS_WAITED_FOR, Troupe


def test_people_elsewhere_take_what_windows_leave_over(tmp_path: Path) -> None:
    troupe = Troupe(tmp_path / "logs", "zh")
    try:
        troupe.start("centre", "--data", str(tmp_path / "centre"), "--port", "0", module="server_stub", lasting=True)
        troupe.start("m3", "--help")
        assert os.getpriority(os.PRIO_PROCESS, troupe.process_id("centre")) == NICENESS_WAITED_FOR
        assert os.sched_getscheduler(troupe.process_id("m3")) == os.SCHED_IDLE
    finally:
        troupe.stop()
