"""What is played: kind of tender, language, sizes, and where everything lies."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from evalclient.core.records.envelope import SuiteName

Language = Literal["zh", "en"]


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One demo evaluation. ``out`` is its folder; ``megabytes`` all packages together."""

    out: str
    kind: Literal["construction", "procurement"] = "construction"
    language: Language = "zh"
    experts: int = 5
    bidders: int = 6
    megabytes: int = 20
    seed: int = 2026
    suite: SuiteName = "international"

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return Path(self.out)

    @property
    def people(self) -> Path:
        """One folder per person."""
        return self.folder / "people"

    @property
    def authorities(self) -> Path:
        """The demo authorities' root certificates."""
        return self.folder / "authorities"

    @property
    def tender(self) -> Path:
        """The organiser's tender folder."""
        return self.folder / "tender"

    @property
    def genesis(self) -> Path:
        """The announced genesis file."""
        return self.folder / "announcement" / "genesis.json"

    @property
    def fingerprint_file(self) -> Path:
        """The announced genesis fingerprint, what everything else is checked against."""
        return self.folder / "announcement" / "fingerprint.txt"

    @property
    def centre_file(self) -> Path:
        """The announced address of the centre."""
        return self.folder / "announcement" / "centre.url"

    @property
    def time_authority(self) -> Path:
        """The folder of the demo's time-stamping authority: key and PIN."""
        return self.folder / "time-authority"

    @property
    def timestamps_file(self) -> Path:
        """The announced address of the time-stamping authority."""
        return self.folder / "announcement" / "timestamps.url"

    @property
    def archive(self) -> Path:
        """The archive at the end."""
        return self.folder / "archive.zip"

    @property
    def report(self) -> Path:
        """The signed report at the end."""
        return self.folder / "report.pdf"

    @property
    def pictures(self) -> Path:
        """Screenshots, one per stage and window."""
        return self.folder / "screenshots"


def save_scenario(scenario: Scenario, path: Path) -> None:
    """Write it for the bidders' processes."""
    path.write_bytes(msgspec.json.encode(scenario))


def load_scenario(path: Path) -> Scenario:
    """Read it."""
    return msgspec.json.decode(path.read_bytes(), type=Scenario)
