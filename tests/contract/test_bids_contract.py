"""The ``Bids`` contract, in memory as the organiser's page is tested and pictured, and over a real seat and centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evalclient.app.bids import SeatBids
from evalclient.core.records.envelope import digest
from evalclient.sync.centre import HttpCentre, Login
from evalclient.ui.jobs import Lane
from tests.builders.centre import CentreProcess
from tests.builders.real_seats import Place
from tests.contract.bids_suite import BidsPlace, BidsSuite, some_packages
from tests.gui.office_room import MemoryBids


@pytest.fixture(scope="module")
def at_centre(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(centre_process, tmp_path_factory.mktemp("bids"))


class TestMemoryBids(BidsSuite):
    @pytest.fixture
    def place(self, qtbot: QtBot) -> BidsPlace:
        bids = MemoryBids({digest(data): data for data in some_packages()})
        return BidsPlace(bids, bids.packages)

    def hold(self, place: BidsPlace) -> None:
        assert isinstance(place.bids, MemoryBids)
        place.bids.held = True

    def let_go(self, place: BidsPlace) -> None:
        assert isinstance(place.bids, MemoryBids)
        place.bids.held = False


class TestSeatBids(BidsSuite):
    @pytest.fixture
    def place(self, at_centre: Place, tmp_path: Path, qtbot: QtBot) -> Iterator[BidsPlace]:
        packages = {digest(data): data for data in some_packages()}
        sender = at_centre.sit("m1", tmp_path.name)
        for name, data in packages.items():
            (tmp_path / name).write_bytes(data)
            assert sender.hand_in_package(tmp_path / name) == name
        sender.close()
        seat = at_centre.sit("organiser", tmp_path.name)
        login = Login(seat.desk.session, seat.desk.keys.sign)
        courier = HttpCentre(at_centre.process.url, seat.fingerprint, login, algorithm=seat.founding.hash)
        lane = Lane("transfer")
        yield BidsPlace(SeatBids(seat, courier, lane), packages)
        assert lane.stop()
        courier.close()
        seat.close()
