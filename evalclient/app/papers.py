"""Papers of the tender and the report: from the store, else from the centre, on a lane of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, Slot

from evalclient.core.errors import CentreUnreachable
from evalclient.core.evaluation.state import Evaluation
from evalclient.desk.seat import Seat
from evalclient.sync.centre import HttpCentre
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live, Refusal, refusal_of
from evalclient.ui.pages.room import Papers


@dataclass(frozen=True, slots=True)
class _Answer:
    ticket: int
    data: bytes = b""
    error: Exception | None = None


class SeatPapers(Papers):
    """Fetches a paper when somebody reads it, and in advance what the evaluation is known to need."""

    def __init__(self, live: Live, seat: Seat, courier: HttpCentre, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(live, parent)
        self._seat = seat
        self._courier = courier
        self._lane = lane
        self._tickets = count(1)
        self._waiting: dict[int, tuple[Callable[[bytes], object], Callable[[Refusal], object]]] = {}
        self._asked: set[str] = set()
        live.changed.connect(self._changed)
        self._fetch_ahead(live.evaluation)

    def read(self, digest: str, done: Callable[[bytes], object], failed: Callable[[Refusal], object]) -> None:
        """``done(bytes)`` or ``failed(refusal)`` on the GUI thread, later."""
        ticket = next(self._tickets)
        self._waiting[ticket] = (done, failed)
        self._lane.submit(_read, ticket, self._seat, self._courier, digest, done=self._answer)

    @Slot(object, object)
    def _changed(self, new: object, _old: object) -> None:
        if isinstance(new, Evaluation):
            self._fetch_ahead(new)

    def _fetch_ahead(self, evaluation: Evaluation) -> None:
        for digest in _needed(evaluation):
            if digest not in self._asked:
                self._asked.add(digest)
                self._lane.submit(_read, 0, self._seat, self._courier, digest, done=self._fetched)

    @Slot(object)
    def _fetched(self, answer: object) -> None:
        """What could not be fetched is asked for again by whoever reads it."""

    @Slot(object)
    def _answer(self, answer: object) -> None:
        if not isinstance(answer, _Answer):
            return
        done, failed = self._waiting.pop(answer.ticket)
        if answer.error is None:
            done(answer.data)
            return
        refusal = refusal_of(answer.error)
        if refusal is None:
            raise answer.error
        failed(refusal)


def _needed(evaluation: Evaluation) -> Iterable[str]:
    yield from (paper.digest for paper in evaluation.tender.papers)
    report = evaluation.report
    if report is not None:
        yield report.document
        yield from (stamp.document for _, stamp in report.stamps)


def _read(ticket: int, seat: Seat, courier: HttpCentre, digest: str) -> _Answer:
    """From the store or the centre; runs on the lane and never raises, so that the ticket finds its way back."""
    try:
        data = seat.log.blob(digest)
        if data is None:
            data = courier.blob(digest)
            seat.log.put_blob(digest, data)
    except Exception as error:
        if isinstance(error, CentreUnreachable):
            error = CentreUnreachable(
                "该文件尚未下载到本席位，且暂时无法连接评标中心，请稍候再打开。",
                "The paper has not come to this seat yet, and the centre cannot be reached just now; try again later.",
            )
        return _Answer(ticket, error=error)
    return _Answer(ticket, data)
