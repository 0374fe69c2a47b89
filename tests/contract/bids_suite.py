"""What every ``ui.pages.office.Bids`` must do, in memory as over a seat and a centre: subclass and give ``place``."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from evalclient.core.errors import NotAtCentre
from evalclient.ui.live import Refusal
from evalclient.ui.pages.office import Bids

NEVER = "0" * 64


@dataclass
class BidsPlace:
    """``bids`` to be tried, over a centre that holds ``packages`` (digest → bytes)."""

    bids: Bids
    packages: dict[str, bytes]


@dataclass
class Told:
    """What a caller of ``fetch`` was told."""

    steps: list[tuple[int, int]] = field(default_factory=list)
    came: list[tuple[str, ...]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def fetch(self, bids: Bids, digests: list[str]) -> None:
        bids.fetch(digests, lambda package, of: self.steps.append((package, of)), self.came.append, self.refused.append)

    @property
    def ended(self) -> bool:
        return bool(self.came or self.refused)


def some_packages(count: int = 3, size: int = 1 << 20) -> list[bytes]:
    """Packages of random bytes."""
    return [secrets.token_bytes(size) for _ in range(count)]


class BidsSuite:
    """Subclass with a fixture ``place``."""

    @pytest.fixture
    def place(self) -> BidsPlace:
        raise NotImplementedError

    def test_every_package_is_told_and_comes_as_it_is(self, place: BidsPlace, qtbot: QtBot) -> None:
        told, names = Told(), list(place.packages)
        told.fetch(place.bids, names)
        qtbot.waitUntil(lambda: told.ended, timeout=20_000)
        assert told == Told([(at, len(names)) for at in range(1, len(names) + 1)], [()], [])
        for name, data in place.packages.items():
            with place.bids.open(name) as package:
                assert package.read() == data

    def test_one_that_the_centre_does_not_hold_keeps_no_other_away(self, place: BidsPlace, qtbot: QtBot) -> None:
        told, names = Told(), list(place.packages)
        told.fetch(place.bids, [NEVER, *names])
        qtbot.waitUntil(lambda: told.ended, timeout=20_000)
        assert told.came == [(NEVER,)]
        assert told.refused == []
        with place.bids.open(names[-1]) as package:
            assert package.read() == place.packages[names[-1]]

    def test_one_that_is_not_there_cannot_be_opened(self, place: BidsPlace) -> None:
        with pytest.raises(NotAtCentre):
            place.bids.open(NEVER)

    def test_nothing_to_fetch_is_done_at_once(self, place: BidsPlace, qtbot: QtBot) -> None:
        told = Told()
        told.fetch(place.bids, [])
        qtbot.waitUntil(lambda: told.ended, timeout=20_000)
        assert told == Told([], [()], [])

    def test_fetching_again_after_it_was_stopped_reports_to_the_second_caller_alone(
        self, place: BidsPlace, qtbot: QtBot
    ) -> None:
        self.hold(place)
        first, second, names = Told(), Told(), list(place.packages)
        first.fetch(place.bids, names)
        place.bids.cancel()
        self.let_go(place)
        second.fetch(place.bids, names)
        qtbot.waitUntil(lambda: second.ended, timeout=20_000)
        assert not first.ended
        assert second.came == [()]

    def hold(self, place: BidsPlace) -> None:
        """Keep packages from coming at once, where that is not so anyway."""

    def let_go(self, place: BidsPlace) -> None:
        """Let them come again."""
