#!/usr/bin/env python3
"""Write docs/licences.md from what is installed: every package that the client needs at run time, and its licence."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/licences.md"
ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0"),
    *("Unlicense", "Zlib", "MPL-2.0", "LGPL-3.0-only"),
}
#: spellings of packages that do not use SPDX; those without any word were read in their licence file
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
READ = {
    "click-default-group": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
}

HEAD = """\
# Licences of what the client ships

Made by `.ci/licences.py` from the installed packages; a test keeps it true and refuses a licence that is neither permissive
nor MPL or LGPL. Where a package offers a choice, the first licence that is allowed here is the one chosen. The bundle of
`make package` carries each package's own licence texts in its `*.dist-info` folder, this page and our licence in `licences/`,
and LGPL-3.0 with the GPL-3.0 it refers to in `resources/licences/`.

| package | version | licence | needed by |
|---|---|---|---|
"""

TAIL = """
## Inside these packages

| part | where | licence |
|---|---|---|
| Qt 6 | PySide6_Essentials, separate dynamic libraries that can be exchanged | LGPL-3.0-only; its third parties (ICU, FreeType, HarfBuzz, PCRE2, …) permissive |
| PDFium | pypdfium2 | BSD-3-Clause, Apache-2.0; its third parties permissive |
| OpenSSL | cryptography, sqlcipher3 | Apache-2.0 |
| SQLite, SQLCipher | sqlcipher3 | public domain, BSD-3-Clause |
| OpenBLAS | numpy | BSD-3-Clause |
| libgfortran, libquadmath | numpy | GPL-3.0 with the GCC Runtime Library Exception; LGPL-2.1 |
| libjpeg-turbo, libtiff, OpenJPEG, FreeType, zlib, xz, zstd | pillow | permissive |
| llhttp | aiohttp | MIT |

## Beside the packages

| part | where | licence |
|---|---|---|
| Noto Sans SC | `resources/fonts` | SIL OFL 1.1, `resources/fonts/OFL.txt` |
| Lucide icons | `resources/icons` | ISC, `resources/icons/LICENSE` |
| CPython | bundle alone | PSF-2.0 |
| PyInstaller's boot loader | bundle alone | GPL-2.0-or-later with the exception for what it starts |
| libffi, libuuid, libbz2, libxcb and xkbcommon parts | bundle alone, from Debian | MIT, BSD-3-Clause |

The tools of development (`dev`) and the reference centre (`server`) are not shipped and not listed.
"""


def runtime() -> dict[str, set[str]]:
    """Package → who needs it, over everything that ``evalclient`` needs without an extra."""
    needed: dict[str, set[str]] = {}
    todo = [("evalclient", frozenset[str]())]
    done = set()
    while todo:
        owner, extras = todo.pop()
        if (owner, extras) in done:
            continue
        done.add((owner, extras))
        for text in metadata.requires(owner) or ():
            requirement = Requirement(text)
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in (extras or {""})):
                continue
            name = canonicalize_name(requirement.name)
            needed.setdefault(name, set()).add(owner)
            todo.append((name, frozenset(requirement.extras)))
    return needed


def licence(name: str) -> str:
    """The licence of an installed package as an SPDX expression; ValueError where it says none we know."""
    if name in READ:
        return READ[name]
    told = metadata.metadata(name)
    expression = told.get("License-Expression") or told.get("License") or ""
    return SPELLINGS.get(expression.strip(), expression.strip())


def chosen(expression: str) -> str:
    """The alternative of an expression that is allowed here; ValueError where none is."""
    for alternative in expression.split(" OR "):
        if set(alternative.split(" AND ")) <= ALLOWED:
            return alternative
    raise ValueError(expression)


def page() -> str:
    """The whole page."""
    lines = []
    for name, owners in sorted(runtime().items()):
        spelled = metadata.metadata(name)["Name"]
        lines.append(
            f"| {spelled} | {metadata.version(name)} | {chosen(licence(name))} | {', '.join(sorted(owners))} |\n"
        )
    return HEAD + "".join(lines) + TAIL


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(runtime())} packages\n")
