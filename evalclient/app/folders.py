"""Where seats live on this machine: one folder per evaluation, in it one per certificate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evalclient.core.errors import EvalclientError
from evalclient.core.records.envelope import digest
from evalclient.desk.desk import Genesis
from evalclient.desk.founding import dump_genesis, read_genesis

SHORT: Final = 16
GENESIS: Final = "genesis.json"
PLACE: Final = "place"


@dataclass(frozen=True, slots=True)
class SeatFolder:
    """The folder of one seat: its store, its packages, and which place its certificate has."""

    path: Path

    def place(self, certificate: bytes) -> str:
        """The person id that ``certificate`` (DER) had when it last signed in here, or ""."""
        try:
            name, person = (self.path / PLACE).read_text("utf-8").split()
        except (OSError, ValueError):
            return ""
        return person if name == digest(certificate) else ""

    def remember_place(self, certificate: bytes, person: str) -> None:
        """Keep it, so that the next sign-in works without the centre; the log still says whether it holds."""
        _write(self.path / PLACE, f"{digest(certificate)} {person}\n".encode())


@dataclass(frozen=True, slots=True)
class Folders:
    """All seats below ``root``; a folder named on the command line stands for its one seat."""

    root: Path
    given: Path | None = None

    def seat(self, fingerprint: str, certificate: bytes) -> SeatFolder:
        """The folder of a seat, made if need be."""
        path = self.given or self.root / fingerprint[:SHORT] / digest(certificate)[:SHORT]
        path.mkdir(parents=True, exist_ok=True)
        return SeatFolder(path)

    def remember(self, fingerprint: str, genesis: Genesis) -> None:
        """Keep what founds an evaluation, so that it is listed here without the centre."""
        path = self.root / fingerprint[:SHORT] / GENESIS
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, dump_genesis(genesis))

    def known(self) -> Iterator[Genesis]:
        """The evaluations somebody has signed in to on this machine; a damaged file is left out."""
        for path in sorted(self.root.glob(f"*/{GENESIS}")):
            try:
                yield read_genesis(path)
            except (OSError, EvalclientError):
                continue


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)
