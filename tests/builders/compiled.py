"""Libraries that the tests compile: tokens whose temper has to be known."""

from __future__ import annotations

import subprocess
from pathlib import Path

SOURCES = Path(__file__).parent.parent / "tokens"


def compiled(name: str, folder: Path, *libraries: str) -> Path:
    """The shared library of ``tests/tokens/NAME.c``, built in ``folder``; CalledProcessError with the compiler's words."""
    library = folder / f"{name}.so"
    if not library.exists():
        source = SOURCES / f"{name}.c"
        flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"]
        command = ["gcc", *flags, "-o", str(library), str(source), *libraries]
        subprocess.run(command, check=True, capture_output=True, text=True)
    return library
