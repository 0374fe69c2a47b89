"""What every ``ui.pages.room.Packages`` must do once a member may read the bids: subclass and give ``place``."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from evalclient.ui.pages.room import Packages

STRANGER = "bidder:" + "0" * 64


@dataclass
class PackagesPlace:
    """``packages`` to be tried; ``texts``: bidder → what his one document says."""

    packages: Packages
    texts: dict[str, bytes]


class PackagesSuite:
    """Subclass with a fixture ``place``."""

    @pytest.fixture
    def place(self) -> PackagesPlace:
        raise NotImplementedError

    def ready(self, place: PackagesPlace, qtbot: QtBot) -> Packages:
        """The packages, once all of them have come."""
        packages = place.packages
        qtbot.waitUntil(lambda: all(packages.state(one).phase == "ready" for one in place.texts), timeout=20_000)
        return packages

    def test_each_document_opens_as_it_was_sealed_wherever_one_reads(self, place: PackagesPlace, qtbot: QtBot) -> None:
        packages = self.ready(place, qtbot)
        for bidder, text in place.texts.items():
            (document,) = packages.documents(bidder)
            assert (document.media_type, document.size) == ("text/plain", len(text))
            with packages.open(bidder, document.id) as file:
                assert file.read() == text
                assert file.seek(100) == 100
                assert file.read(40) == text[100:140]
                assert file.seek(0, 2) == len(text)
                assert file.read() == b""

    def test_what_is_ready_has_come_whole_and_troubles_nobody(self, place: PackagesPlace, qtbot: QtBot) -> None:
        packages = self.ready(place, qtbot)
        for bidder in place.texts:
            state = packages.state(bidder)
            assert state.received == state.size > 0
            assert (state.problem, state.alarm) == (None, None)

    def test_an_item_that_a_bidder_points_to_nowhere_has_no_pages(self, place: PackagesPlace, qtbot: QtBot) -> None:
        packages = self.ready(place, qtbot)
        assert {packages.links(bidder, "record") for bidder in place.texts} == {()}

    def test_of_a_stranger_there_is_nothing(self, place: PackagesPlace, qtbot: QtBot) -> None:
        packages = self.ready(place, qtbot)
        assert packages.state(STRANGER).phase == "locked"
        assert (packages.documents(STRANGER), packages.links(STRANGER, "record")) == ((), ())

    def test_what_is_ready_stays_so_when_it_is_asked_for_or_stopped(self, place: PackagesPlace, qtbot: QtBot) -> None:
        packages = self.ready(place, qtbot)
        for bidder, text in place.texts.items():
            packages.fetch(bidder)
            packages.cancel(bidder)
            assert packages.state(bidder).phase == "ready"
            (document,) = packages.documents(bidder)
            with packages.open(bidder, document.id) as file:
                assert file.read() == text
