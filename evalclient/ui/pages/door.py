"""What the sign-in page needs: the evaluations on offer, and the way in. Light: loaded before the window paints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from evalclient.core.records.fields import Bilingual
    from evalclient.ui.widgets.key_field import TokenOffer


@dataclass(frozen=True, slots=True)
class Offer:
    """One evaluation. ``here``: somebody has signed in to it on this machine, so it opens without the centre."""

    fingerprint: str
    title: Bilingual
    deadline: str
    practice: bool
    here: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person has chosen and typed; ``key`` is an address as ``open_key`` has it, ``pin`` is handed on once.

    ``set_aside``: the seat's data was found damaged, and the person agrees that it is moved out of the way.
    """

    fingerprint: str
    centre: str
    key: str
    pin: str = field(repr=False)
    seat: str = ""
    set_aside: bool = False


class Door(QObject):
    """The program subclasses it; nothing here waits, every answer comes on the GUI thread."""

    damaged = Signal()
    """Told before ``failed`` of ``enter``: the seat's data is damaged; entering again with ``set_aside`` helps."""

    def offers(
        self, centre: str, done: Callable[[tuple[Offer, ...]], object], failed: Callable[[Bilingual], object]
    ) -> None:
        """The evaluations at a centre and those known on this machine; after ``failed`` still ``done`` with the latter."""
        raise NotImplementedError

    def announcement(self, file: Path, done: Callable[[Offer], object], failed: Callable[[Bilingual], object]) -> None:
        """The evaluation of an announcement (genesis) file."""
        raise NotImplementedError

    def tokens(self, done: Callable[[tuple[TokenOffer, ...]], object]) -> None:
        """The tokens that are plugged in."""
        raise NotImplementedError

    def enter(
        self, choice: Choice, progress: Callable[[Bilingual], object], failed: Callable[[Bilingual], object]
    ) -> None:
        """Sign in; where it succeeds the program shows the pages of the person's role."""
        raise NotImplementedError
