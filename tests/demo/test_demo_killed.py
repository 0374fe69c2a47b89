"""A demo that is killed leaves nobody running."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evalclient.demo.processes import environment

PATIENCE = 60.0


def _state(process: int) -> str:
    """The state letter in /proc; Z for one that has ended and nobody has asked after, "" for none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def _descendants(process: int) -> set[int]:
    found: set[int] = set()
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            found |= {child, *_descendants(child)}
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_everybody_goes_with_a_demo_that_is_killed(tmp_path: Path, number: signal.Signals) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-m", "evalclient", "demo", "--no-windows", "--bidders", "4", "--out", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment("en"),
    )
    assert demo.stdout is not None
    for line in demo.stdout:
        if "bidders write their bids" in line:
            break
    people = _descendants(demo.pid)
    assert len(people) >= 5, "centre and bidders"
    demo.send_signal(number)
    demo.stdout.close()
    code = demo.wait(PATIENCE)
    assert code == (128 + number if number == signal.SIGTERM else -number)
    until = time.monotonic() + PATIENCE
    while left := {process for process in people if _state(process) not in ("", "Z")}:
        assert time.monotonic() < until, left
        time.sleep(0.05)
