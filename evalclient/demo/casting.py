"""Who sits where in a demo: people at real windows, the newcomer's own seat, and how fast the others work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from evalclient.core.records.fields import Bilingual
from evalclient.demo.blocked import Blocked
from evalclient.demo.scenario import Scenario

PlayedRole = Literal["expert", "administrator", "supervisor"]
#: the person whose seat a newcomer takes; the expert is not the leader, so that he meets each kind of work once
PLAYED: Final[dict[PlayedRole, str]] = {"expert": "m2", "administrator": "a-main", "supervisor": "supervisor"}
#: seconds a person at the desk takes from one act to the next, and fields filled in per act, beside a newcomer
HUMAN_PACE: Final = 2.5
HUMAN_FIELDS: Final = 12


@dataclass(frozen=True, slots=True)
class Casting:
    """``windowed`` people are driven by robots at windows; ``played`` is the newcomer's role, "" in a headless demo."""

    windowed: tuple[str, ...] = ()
    played: PlayedRole | Literal[""] = ""
    pace: float = 0.0
    fields: int = 20

    @property
    def person(self) -> str:
        """The person whose seat the newcomer takes, or ""."""
        return PLAYED[self.played] if self.played else ""


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of how far a demo is, ``seconds`` after its beginning."""

    seconds: float
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Backstage:
    """What the newcomer's window and its four buttons work with.

    ``url`` leads to the centre through a wire of the window's own, which is cut while ``cut`` lies there; ``liar`` leads
    there through a wire that lies.
    """

    scenario: Scenario
    role: PlayedRole
    person: str
    centre: str
    url: str
    cut: Path
    liar: str

    @property
    def folder(self) -> Path:
        """The person's folder: store, key file, PIN."""
        return self.scenario.people / self.person


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a demo leaves, and what ``evalclient verify`` (``command``) says of the archive."""

    report: Path
    archive: Path
    pictures: Path | None
    command: str
    outcome: tuple[str, ...]
    exit_code: int
    blocked: tuple[Blocked, ...] = ()
