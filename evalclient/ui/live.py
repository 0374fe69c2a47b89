"""The living desk on the GUI thread: one signal for every change, one call for every act.

The desk belongs to its lane. Pages read the evaluation kept here and hand verbs over; nothing here waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from itertools import count
from types import MethodType
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from evalclient.core.errors import EvalclientError, Refused
from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.ports import LogEntry
from evalclient.core.records.act import Act
from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.gates import may
from evalclient.desk.desk import Desk
from evalclient.desk.people import display_name
from evalclient.ui.jobs import Lane

T = TypeVar("T")
Verb = Callable[[Desk], T]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done: one sentence, and the article behind it where a rule refused."""

    sentence: Bilingual
    article: str = ""


@dataclass(frozen=True, slots=True)
class _Change:
    new: Evaluation
    old: Evaluation
    logged: Evaluation


@dataclass(frozen=True, slots=True)
class _Outcome:
    ticket: int
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    done: Callable[[Any], object] | None
    failed: Callable[[Refusal], object] | None
    signs: bool


class Live(QObject):
    """A desk and its lane, and the lane its certificate works on. Make it before either does anything with the desk.

    ``evaluation`` is the state last shown; ``logged`` what the centre's log alone says of it, so that a page can tell
    what is saved here from what has been received there.
    """

    changed = Signal(object, object)
    """(new, old): both ``Evaluation``, on the GUI thread, in order."""
    refused = Signal(object)
    """``Refusal``: an act failed and its page did not take the failure itself; shown as a banner."""
    signing = Signal(bool)
    """The certificate is at work (True), or no more (False)."""

    def __init__(self, desk: Desk, lane: Lane, key_lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.person = desk.person
        self.evaluation = desk.evaluation
        self.logged = desk.logged
        self._desk = desk
        self._lane = lane
        self._key_lane = key_lane
        self._orders: dict[int, _Order] = {}
        self._tickets = count(1)
        desk.subscribe(_forward(desk, lane.relay(self._take)))
        desk.home = self._at_home

    # -- acts ------------------------------------------------------------------------------------------------------

    def act(
        self,
        verb: Verb[T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Refusal], object] | None = None,
    ) -> None:
        """Run ``verb(desk)`` on the desk lane; then ``done(result)`` here, or ``failed(refusal)``, else ``refused``.

        Receivers whose QObject is gone are skipped. An error that is not the product's own is raised on the GUI
        thread, where the program's exception hook sees it.
        """
        self._order(self._lane, verb, _Order(done, failed, signs=False))

    def key_act(
        self,
        verb: Verb[T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Refusal], object] | None = None,
    ) -> None:
        """``act`` for verbs that the certificate signs, on the key lane; the PIN was asked at sign-in.

        What such a verb does to the desk is done on the desk lane all the same (``Desk.home``); only the token's answer
        is waited for elsewhere, so that scores are saved and others' records taken in meanwhile.
        """

        def after_saves(desk: Desk) -> T:
            self._at_home(lambda: None)  # what was saved before the click is in what is signed
            return verb(desk)

        self._order(self._key_lane, after_saves, _Order(done, failed, signs=True))

    def call(self, verb: Verb[T]) -> Future[T]:
        """For other lanes (the sync loop): run ``verb(desk)`` on the desk lane. Never wait for it on the GUI thread."""
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(verb(self._desk))
            except BaseException as error:  # the waiting lane gets whatever it was
                future.set_exception(error)

        self._lane.submit(run)
        return future

    def absorb(self, entries: Sequence[tuple[str, LogEntry]], checkpoint: str) -> None:
        """The sync round's hook, for the net lane: take in what others did (id, entry), on the desk lane.

        Returns when it is stored and folded; raises there what the desk raised.
        """
        self.call(lambda desk: desk.absorb(entries, checkpoint)).result()

    # -- asking ----------------------------------------------------------------------------------------------------

    def may(self, act: Act) -> Verdict:
        """Whether this person may do ``act`` in the state shown now; pure, no waiting."""
        session = self.evaluation.roster.current.get(self.person, "")
        author = Author(self.person, session, "", self.evaluation.round, self._desk.clock.now())
        return may(self.evaluation, act, author)

    def name(self, person: str) -> str:
        """The name in a person's certificate; before he has signed in, the number of his place on the committee."""
        name = display_name(self.evaluation, person)
        if name or person not in self.evaluation.members:
            return name or person
        return self.tr("{number} 号评委").format(number=list(self.evaluation.members).index(person) + 1)

    # -- deliveries ------------------------------------------------------------------------------------------------

    def _at_home(self, change: Callable[[], T]) -> T:
        """Make a change of the desk on its own lane, from whatever worker; never on the GUI thread."""
        return change() if self._lane.here else self.call(lambda _desk: change()).result()

    def _order(self, lane: Lane, verb: Verb[Any], order: _Order) -> None:
        ticket = next(self._tickets)
        self._orders[ticket] = order
        if order.signs:
            self.signing.emit(True)
        lane.submit(_carry_out, ticket, verb, self._desk, done=self._finish)

    @Slot(object)
    def _take(self, change: object) -> None:
        if isinstance(change, _Change):
            self.evaluation, self.logged = change.new, change.logged
            self.changed.emit(change.new, change.old)

    @Slot(object)
    def _finish(self, outcome: object) -> None:
        if not isinstance(outcome, _Outcome):
            return
        order = self._orders.pop(outcome.ticket)
        if order.signs and not any(other.signs for other in self._orders.values()):
            self.signing.emit(False)
        if outcome.error is None:
            _deliver(order.done, outcome.value)
            return
        refusal = refusal_of(outcome.error)
        if refusal is None:
            raise outcome.error
        if order.failed is None:
            self.refused.emit(refusal)
        else:
            _deliver(order.failed, refusal)


def refusal_of(error: BaseException) -> Refusal | None:
    """The sentence, and the article, of an error of the product; None for any other."""
    if not isinstance(error, EvalclientError):
        return None
    return Refusal(error.sentence, error.article if isinstance(error, Refused) else "")


def _carry_out(ticket: int, verb: Verb[Any], desk: Desk) -> _Outcome:
    try:
        return _Outcome(ticket, verb(desk))
    except Exception as error:
        return _Outcome(ticket, error=error)


def _forward(desk: Desk, tell: Callable[[object], None]) -> Callable[[Evaluation, Evaluation], None]:
    """The desk's listener, on the desk lane: it must not touch the QObject, only its weakly held bell."""

    def forward(new: Evaluation, old: Evaluation) -> None:
        tell(_Change(new, old, desk.logged))

    return forward


def _deliver(receiver: Callable[[Any], object] | None, value: object) -> None:
    if receiver is None:
        return
    function = receiver.func if isinstance(receiver, partial) else receiver
    owner = function.__self__ if isinstance(function, MethodType) else None
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return
    receiver(value)
