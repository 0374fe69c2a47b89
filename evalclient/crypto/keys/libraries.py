"""Which vendors' libraries are there: those of the settings, and those that p11-kit knows on this machine."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evalclient.crypto.keys.addresses import Interface

#: where installed drivers register themselves (p11-kit, pkcs11.conf(5)); a file of the same name in the first goes first
_REGISTERED: Final = (Path("/etc/pkcs11/modules"), Path("/usr/share/p11-kit/modules"))
_MODULE: Final = re.compile(r"^\s*module:\s*(\S.*?)\s*$", re.MULTILINE)
_TRUST: Final = "p11-kit-trust"


@dataclass(frozen=True, slots=True)
class Libraries:
    """Paths of vendors' libraries, and the program to load them in where it is not this one (a build of 32 bits)."""

    pkcs11: tuple[str, ...] = ()
    skf: tuple[str, ...] = ()
    program: str = ""

    def of(self, interface: Interface) -> tuple[str, ...]:
        """The libraries of one interface: what is set and what is registered, each once under whatever name."""
        if interface == "skf":
            return self.skf
        return tuple({os.path.realpath(path): path for path in (*_registered(), *self.pkcs11)}.values())

    def all(self) -> Iterator[tuple[Interface, str]]:
        """Every library with its interface."""
        yield from (("pkcs11", each) for each in self.of("pkcs11"))
        yield from (("skf", each) for each in self.of("skf"))


#: what the machine has registered, and nothing else
REGISTERED: Final = Libraries()


def _registered(folders: tuple[Path, ...] = _REGISTERED) -> Iterator[str]:
    if sys.platform == "win32":
        return
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.glob("*.module")):
            if file.name in seen:
                continue
            seen.add(file.name)
            try:
                named = _MODULE.search(file.read_text("utf-8"))
            except (OSError, UnicodeDecodeError):
                continue
            if named is not None and _TRUST not in named[1]:
                yield named[1]  # a bare name is looked for where the loader looks
