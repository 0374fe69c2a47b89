"""A window has the finished evaluation stamped by itself: at once, or as soon as the authority can be reached."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from evalclient.app import timestamping
from evalclient.app.timestamping import Stamping
from evalclient.core.records.envelope import decode_payload
from evalclient.desk.desk import Desk
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live
from tests.builders.archives import SignedEvening, finished, signed_at
from tests.builders.stamped_evening import stamper_of

KINDS = ["report.timestamped", "log.timestamped"]


@pytest.fixture
def lanes() -> Iterator[tuple[Lane, Lane]]:
    pair = Lane("desk"), Lane("transfer")
    yield pair
    for lane in pair:
        lane.stop(2.0, drop=True)


def made(desk: Desk) -> list[str]:
    """Kinds of the records that wait in a desk's outbox."""
    return [decode_payload(record.payload).kind for record in desk.log.pending()]


def attended(evening: SignedEvening, lane: Lane) -> tuple[Desk, Live]:
    desk = evening.desk("organiser")
    return desk, Live(desk, lane, lane)


def test_a_finished_evaluation_is_stamped_at_once(lanes: tuple[Lane, Lane], qtbot: QtBot) -> None:
    evening = finished().fork()
    desk, live = attended(evening, lanes[0])
    service = stamper_of(evening)
    stamping = Stamping(live, lanes[1], service)
    qtbot.waitUntil(lambda: made(desk) == KINDS, timeout=10_000)
    stamping.stop()
    assert service.asked == 2


def test_off_line_it_is_asked_again_until_the_authority_answers(
    lanes: tuple[Lane, Lane], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamping, "SHORTEST_PAUSE_MS", 20)
    evening = finished().fork()
    desk, live = attended(evening, lanes[0])
    service = stamper_of(evening)
    service.reachable = False
    stamping = Stamping(live, lanes[1], service)
    qtbot.waitUntil(lambda: service.asked >= 2, timeout=10_000)
    assert made(desk) == []
    service.reachable = True
    qtbot.waitUntil(lambda: made(desk) == KINDS, timeout=10_000)
    stamping.stop()


def test_before_the_end_nobody_is_asked(lanes: tuple[Lane, Lane], qtbot: QtBot) -> None:
    evening = signed_at("report")
    desk, live = attended(evening, lanes[0])
    service = stamper_of(evening)
    stamping = Stamping(live, lanes[1], service)
    live.changed.emit(live.evaluation, live.evaluation)
    qtbot.wait(50)
    stamping.stop()
    assert service.asked == 0
    assert made(desk) == []
