"""Client and centre killed without warning (SIGKILL) at any instant: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

from evalclient.core.records.acts_committee import Score
from evalclient.core.records.envelope import decode_payload, record_id
from evalclient.desk.expert import Expert
from evalclient.desk.seat import Seat
from tests.builders.centre import REPOSITORY, CentreProcess, key_of
from tests.builders.real_seats import Place
from tests.builders.working_client import place_of

ROUNDS = 6


@pytest.fixture
def process(tmp_path: Path) -> Iterator[CentreProcess]:
    process = CentreProcess(tmp_path / "process")
    process.start()
    yield process
    assert process.stop() == 0


class Worker:
    """The client's process; ``acknowledged`` are the numbers it said it had saved."""

    def __init__(self, place: Place, first: int) -> None:
        home = place.home("m1")
        self._next = first
        self.acknowledged = set[int]()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.builders.working_client", str(home), place.process.url,
             str(place.announcement), "m1", str(first)],
            stdout=subprocess.PIPE, text=True, cwd=REPOSITORY,
        )  # fmt: skip

    def hear(self, lines: int) -> None:
        """Wait until so many more saves are acknowledged."""
        assert self._process.stdout is not None
        for _ in range(lines):
            self._take(self._process.stdout.readline())

    def kill(self) -> None:
        """End it at once, wherever it is; what it said before it died still counts."""
        self._process.send_signal(signal.SIGKILL)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith("\n"):
                self._take(line)
        assert self._process.wait(20) == -signal.SIGKILL
        self._process.stdout.close()

    def _take(self, line: str) -> None:
        assert line == f"saved {self._next}\n", line
        self.acknowledged.add(self._next)
        self._next += 1


def test_a_client_killed_again_and_again_loses_nothing_it_acknowledged(process: CentreProcess, tmp_path: Path) -> None:
    place, chance = Place(process, tmp_path), random.Random(20261125)
    place.sit("m1").close()
    next_number, acknowledged = 1, set[int]()
    for _ in range(ROUNDS):
        worker = Worker(place, next_number)
        worker.hear(chance.randrange(2, 14))
        time.sleep(chance.random() * 0.03)  # anywhere in the next save or round of sync
        worker.kill()
        acknowledged |= worker.acknowledged
        # the save that was under way when it died may have landed or not: the next one goes on behind it
        next_number = max(acknowledged) + 2
        assert_kept(place, acknowledged)
    assert_consistent(place)


def test_a_centre_killed_while_it_answers_is_caught_up_with(process: CentreProcess, tmp_path: Path) -> None:
    place, chance = Place(process, tmp_path), random.Random(42)
    place.sit("m1").close()
    worker = Worker(place, 1)
    for _ in range(ROUNDS // 2):
        worker.hear(chance.randrange(4, 12))
        time.sleep(chance.random() * 0.05)
        process.kill()
        worker.hear(7)  # work goes on, two rounds of sync fail
        process.start()
    worker.hear(7)  # and by itself it is in touch again
    worker.kill()
    assert_kept(place, worker.acknowledged)
    assert_consistent(place)


def assert_kept(place: Place, acknowledged: Set[int]) -> None:
    """On the disk of the dead client lies every score it acknowledged."""
    seat = place.open("m1")
    assert seat.desk.resume(key_of("m1")), "the session goes on"
    sheet = Expert(seat.desk).sheet()
    seat.close()
    for number in acknowledged:
        bid, item, value = place_of(number)
        assert sheet.get(bid, {}).get(item) == Score(value), f"score {number} was acknowledged and is gone"


def assert_consistent(place: Place) -> None:
    """The outbox drains; at the centre each record stands once, in an unbroken chain; any other seat sees the same."""
    seat = place.sit("m1")
    assert seat.log.outbox() == seat.log.pending() == ()
    assert seat.log.refusals() == ()
    assert seat.desk.evaluation.without_effect == ()
    sheet = Expert(seat.desk).sheet()
    entries = tuple(seat.log.entries())
    seat.close()
    own = [payload for entry in entries if (payload := decode_payload(entry.record.payload)).author == "m1"]
    assert [payload.kind for payload in own].count("session.opened") == 1
    assert [payload.seq for payload in own] == list(range(len(own)))
    assert len({record_id(entry.record.payload) for entry in entries}) == len(entries)
    assert [entry.index for entry in entries] == list(range(len(entries)))
    other: Seat = place.sit("m1", "-elsewhere")
    assert tuple(other.log.entries(0))[: len(entries)] == entries
    assert Expert(other.desk).sheet() == sheet
    other.close()
