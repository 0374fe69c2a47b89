"""The seat of somebody who comes for keys alone, over an evening in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from evalclient.desk.desk import Desk
from tests.builders.archives import SignedEvening


@dataclass(frozen=True)
class HolderSeat:
    """What releasing asks of a holder's seat: desk, packages, and the way to the centre."""

    desk: Desk
    desks: SignedEvening

    def open_package(self, digest: str) -> BinaryIO:
        """A package as a file."""
        file = self.desks.open_package(digest)
        assert file is not None
        return file

    def turn(self) -> None:
        """What was done reaches everybody."""
        self.desks.share()
