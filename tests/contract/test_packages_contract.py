"""The ``Packages`` contract, in memory as members' pages are tested and pictured, and over a real shelf and real packages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evalclient.app.packages import SeatPackages
from evalclient.core.evaluation.views import reviewed_bids
from evalclient.store.shelf import Shelf
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live
from evalclient.ui.pages.room import BidDocument
from tests.builders.opening import OpeningEvening
from tests.contract.packages_suite import PackagesPlace, PackagesSuite
from tests.gui.member_room import MemoryPackages


class TestMemoryPackages(PackagesSuite):
    @pytest.fixture
    def place(self, qtbot: QtBot) -> PackagesPlace:
        texts = {f"bidder:{digit * 64}": digit.encode() * 900 for digit in "12"}
        document = BidDocument("technical/plan.txt", "技术方案", "text/plain", 900, "technical")
        return PackagesPlace(MemoryPackages({one: ((document, text),) for one, text in texts.items()}), texts)


@lru_cache
def _granted() -> OpeningEvening:
    """Real packages, opened by their bidders and custodians, whose keys every member has been granted."""
    return OpeningEvening().until("preliminary")


@dataclass(frozen=True)
class ShelvedSeat:
    """Of a seat, what packages need that have come already: where they lie."""

    shelf: Shelf


class TestSeatPackages(PackagesSuite):
    @pytest.fixture
    def place(self, tmp_path: Path, qtbot: QtBot) -> Iterator[PackagesPlace]:
        evening = _granted().fork()
        shelf = Shelf(tmp_path / "shelf", "sha256")
        texts = {bid.bidder: bid.bidder.encode() * 100 for bid in reviewed_bids(evening.evaluation)}
        for name, data in evening.packages.items():
            (tmp_path / name).write_bytes(data)
            assert shelf.add(tmp_path / name) == name
        desk_lane, transfer = Lane("desk"), Lane("transfer")
        live = Live(evening.desk("m1"), desk_lane, transfer)
        evening.attend("m1", live)
        packages = SeatPackages(live, ShelvedSeat(shelf), None, transfer)  # type: ignore[arg-type]
        yield PackagesPlace(packages, texts)
        assert transfer.stop()
        packages.forget()
        assert desk_lane.stop()
