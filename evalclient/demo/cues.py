"""Cues: whoever ends a stage of a demo with windows waits until each window has its picture of that stage.

Some stages are over as soon as they have begun. The windows tell the stage manager of their pictures, who puts up a cue,
a file that bears the stage's name; organiser and leader look for it before they end the stage. Nobody else is concerned,
and without a folder of cues nobody waits.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from evalclient.core.records.act import Stage

#: how long a cue is waited for, seconds; a window that never comes must not keep the evaluation from its end
PATIENCE: Final = 20.0


class Prompter:
    """Puts a cue into ``folder`` once all ``windows`` have told of their picture of a stage."""

    def __init__(self, folder: Path, windows: Iterable[str]) -> None:
        self.folder = folder
        self._windows = frozenset(windows)
        self._pictured: dict[str, set[str]] = {}
        folder.mkdir(parents=True)

    def heard(self, person: str, stage: str) -> None:
        """``person``'s window has its picture of ``stage``."""
        pictured = self._pictured.setdefault(stage, set())
        pictured.add(person)
        if pictured >= self._windows:
            (self.folder / stage).touch()


class Cues:
    """What somebody who ends stages looks at; ``folder`` None where there are no windows to wait for."""

    def __init__(self, folder: Path | None = None, patience: float = PATIENCE) -> None:
        self._folder, self._patience = folder, patience
        self._asked: dict[Stage, float] = {}

    def given(self, stage: Stage) -> bool:
        """Whether ``stage`` may be ended: its cue is there, or was waited for ``patience`` seconds since first asked for."""
        if self._folder is None or (self._folder / stage).exists():
            return True
        now = time.monotonic()
        return now - self._asked.setdefault(stage, now) >= self._patience
