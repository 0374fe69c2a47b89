"""A centre that holds its log key and answers with whatever it likes: one error of the product, and nothing is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import Answer, FeedPage, LogEntry, Receipt
from evalclient.core.records.envelope import TYPE_LINE, Record
from tests.builders.centre import Beginning, beginning
from tests.builders.mutations import damaged, in_words, odd_json
from tests.contract.memory_centre import LOG_KEY, MemoryCentre
from tests.sync.seat import Seat


@cache
def begun() -> Beginning:
    return beginning(LOG_KEY.text())


@cache
def own_draft() -> Record:
    return begun().member.draft()


class Garbling(MemoryCentre):
    """Changes one thing that it says; where it changes an entry, it signs the log with that entry in it."""

    def __init__(self, data: st.DataObject, what: str) -> None:
        super().__init__(begun().genesis)
        super().submit(begun().records)
        self._data, self._what = data, what
        if what in ("payload", "signature", "odd payload"):
            at = data.draw(st.integers(1, len(self.entries) - 1))
            self.entries[at] = self._entry(self.entries[at])

    def feed(self, start: int, wait_seconds: float) -> FeedPage:
        page = super().feed(start, wait_seconds)
        return FeedPage(page.entries, self._text(page.checkpoint) if self._what == "checkpoint" else page.checkpoint)

    def submit(self, records: Sequence[Record]) -> tuple[Answer, ...]:
        answers = super().submit(records)
        if self._what != "receipt":
            return answers
        return tuple(
            Answer(answer.record_id, Receipt(answer.record_id, self._text(answer.receipt.proof)))
            for answer in answers
            if answer.receipt is not None
        )

    def _entry(self, entry: LogEntry) -> LogEntry:
        payload, signature = entry.record.payload, entry.record.signature
        if self._what == "payload":
            payload = self._data.draw(damaged(payload))
        elif self._what == "odd payload":
            payload = TYPE_LINE + self._data.draw(odd_json(payload[len(TYPE_LINE) :]))
        else:
            signature = self._data.draw(damaged(signature))
        return LogEntry(entry.index, entry.received, Record(payload, signature))

    def _text(self, text: str) -> str:
        return self._data.draw(damaged(text.encode())).decode("utf-8", "replace")


@settings(max_examples=80)
@given(st.data(), st.sampled_from(["payload", "odd payload", "signature", "checkpoint", "receipt"]))
def test_whatever_a_centre_says_is_taken_in_whole_or_refused(data: st.DataObject, what: str) -> None:
    centre = Garbling(data, what)
    seat = Seat(centre, begun())
    seat.keep(own_draft())
    try:
        seat.round.run()
    except EvalclientError as error:
        in_words(error)
        assert seat.shown == []
        if what == "receipt":
            assert seat.log.outbox() == (own_draft(),), "it is sent again"
    else:
        assert seat.shown == [entry.record for entry in centre.entries]
