"""Whether there is a display to play the demo on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Final

from evalclient.core.errors import EvalclientError

_SECONDS: Final = 60
_PROBE: Final = "from PySide6.QtWidgets import QApplication; QApplication([])"


class NoDisplay(EvalclientError):
    """A display is named, but Qt cannot open a window there."""


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a display, or a Qt platform, is named; Windows and macOS always have one."""
    if platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def require_display(environment: Mapping[str, str]) -> None:
    """NoDisplay where Qt would end the process for want of a display; tried in a process of its own."""
    probe = subprocess.run(
        [sys.executable, "-c", _PROBE], check=False, capture_output=True, timeout=_SECONDS, env=dict(environment)
    )
    if probe.returncode:
        named = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY") or environment.get("QT_QPA_PLATFORM")
        raise NoDisplay(
            f"无法在显示器 {named} 上打开窗口，请检查图形桌面和系统库，或加 --headless（make demo HEADLESS=1）无界面运行。",
            f"No window can be opened on the display {named}; check the desktop session and the system libraries, or run"
            " with --headless (make demo HEADLESS=1).",
        )
