"""A centre that signs for records and keeps the log from somebody who reads all of it: trouble, and said so."""

from __future__ import annotations

import pytest

from evalclient.core.errors import FeedWithheld, LogDishonest, LogWithheld
from evalclient.core.ports import FeedPage, LogEntry
from tests.builders.centre import beginning
from tests.contract.memory_centre import LOG_KEY, MemoryCentre
from tests.sync.seat import Seat


class Withholding(MemoryCentre):
    """From ``shows`` entries on it says that the log is not for this person."""

    shows = 0

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        if start >= self.shows:
            raise FeedWithheld("不提供", "withheld")
        return FeedPage(tuple(self.entries[start : self.shows]), self.note(self.shows))


def test_a_log_withheld_from_somebody_who_reads_all_of_it_is_trouble() -> None:
    begun = beginning(LOG_KEY.text())
    centre = Withholding(begun.genesis)
    centre.submit(begun.records)
    seat = Seat(centre, begun)
    for shown in (0, 3):
        centre.shows = shown
        with pytest.raises(LogWithheld, match="not up to date"):
            seat.round.run()
        assert len(seat.shown) == shown
    seat.keep(begun.member.draft())
    for _ in range(2):
        with pytest.raises(LogWithheld, match="signed for a log of 5 records and shows this seat 3"):
            seat.round.run()
        seat.restart()
    assert seat.log.outbox() == ()
    centre.shows = 5
    centre.entries[4] = LogEntry(4, centre.entries[4].received, begun.member.draft())
    with pytest.raises(LogDishonest):
        seat.round.run()
