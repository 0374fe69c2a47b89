"""Where the files of ``resources/`` lie: beside the source tree, or inside a bundle made by PyInstaller."""

import sys
from pathlib import Path

_BUNDLE: str | None = getattr(sys, "_MEIPASS", None)
ROOT = Path(_BUNDLE) if _BUNDLE else Path(__file__).parents[1]


def asset(path: str) -> Path:
    """The existing file or folder ``resources/PATH``; ``FileNotFoundError`` when the installation lacks it."""
    found = ROOT / "resources" / path
    if not found.exists():
        raise FileNotFoundError(found)
    return found
