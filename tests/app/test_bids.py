"""Bid packages come to the organiser's seat from a real centre; stopped half-way, what has come is not fetched again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from evalclient.app.bids import SeatBids
from evalclient.sync.centre import HttpCentre, Login
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Refusal
from tests.builders.centre import CentreProcess
from tests.builders.real_seats import Place

SIZE = 6 << 20


@pytest.fixture
def process(tmp_path: Path) -> Iterator[CentreProcess]:
    process = CentreProcess(tmp_path / "process")
    process.start()
    yield process
    assert process.stop() == 0


def test_fetching_can_be_cancelled_and_goes_on(process: CentreProcess, tmp_path: Path, qtbot: QtBot) -> None:
    place = Place(process, tmp_path)
    sender = place.sit("m1")
    digests = []
    for number in (1, 2):
        file = tmp_path / f"package-{number}"
        file.write_bytes(secrets.token_bytes(SIZE))
        digests.append(sender.hand_in_package(file))
    sender.close()
    seat = place.sit("organiser")
    login = Login(seat.desk.session, seat.desk.keys.sign)
    courier = HttpCentre(process.url, seat.fingerprint, login, algorithm=seat.founding.hash)
    lane = Lane("transfer")
    bids = SeatBids(seat, courier, lane)
    told: list[str] = []

    def failed(refusal: Refusal) -> None:
        told.append(refusal.sentence.en)

    bids.fetch(digests, lambda _package, _of: None, lambda _absent: told.append("stopped one came"), failed)
    bids.cancel()
    steps: list[tuple[int, int]] = []
    never = "0" * 64
    bids.fetch(
        [never, *digests],
        lambda package, of: steps.append((package, of)),
        lambda absent: told.append(f"came without {absent}"),
        failed,
    )
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == [f"came without {(never,)}"], "one that the centre does not hold keeps none of the others away"
    assert steps == [(1, 3), (2, 3), (3, 3)]
    for name in digests:
        with bids.open(name) as package:
            assert len(package.read()) == SIZE
    assert lane.stop()
    courier.close()
    seat.close()
