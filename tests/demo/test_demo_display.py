"""Whether there is a display, and what is said where Qt cannot open it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evalclient.demo.display import NoDisplay, has_display, require_display


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_there_is_a_display(environment: dict[str, str], platform: str, there: bool) -> None:
    assert has_display(environment, platform) is there


def test_a_display_that_does_not_open_is_said_in_one_sentence(tmp_path: Path) -> None:
    without = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    broken = without | {"DISPLAY": ":4711", "LANG": "en_US.UTF-8"}
    with pytest.raises(NoDisplay) as refused:
        require_display(broken)
    assert "--headless" in refused.value.zh
    command = [sys.executable, "-m", "evalclient", "demo", "--out", str(tmp_path / "demo")]
    finished = subprocess.run(command, check=False, capture_output=True, text=True, env=broken)
    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1
    assert ":4711" in finished.stderr
    assert "--headless" in finished.stderr
    assert not (tmp_path / "demo").exists()
