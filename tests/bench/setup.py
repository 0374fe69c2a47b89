"""Set-up of a fresh clone: environment, hash-locked packages, translations (system libraries are there already)."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from tests.bench.figures import Figure, Measured, scratch

ROOT = Path(__file__).parents[2]


def measure() -> Measured:
    with scratch("setup") as folder:
        clone = folder / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True, stdout=subprocess.DEVNULL)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        began = time.monotonic()
        subprocess.run(["make", "setup"], cwd=clone, check=True, stdout=subprocess.DEVNULL, env=environment)
        first = time.monotonic() - began
        began = time.monotonic()
        subprocess.run(["make", "setup"], cwd=clone, check=True, stdout=subprocess.DEVNULL, env=environment)
        again = time.monotonic() - began
    return Measured((Figure("set-up of a fresh clone", first, "s", 300), Figure("a second run", again, "s")))
