"""The way in: asks centre and machine for evaluations, signs in on the desk lane. Heavy libraries load in the lanes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from evalclient.app.start import Start, libraries_of
from evalclient.core.errors import EvalclientError, StoreDamaged
from evalclient.ui.jobs import Lanes
from evalclient.ui.pages.door import Choice, Door, Offer
from evalclient.ui.texts import fault
from evalclient.ui.widgets.key_field import TokenOffer

if TYPE_CHECKING:
    from evalclient.app.opening import Opened
    from evalclient.core.records.fields import Bilingual
    from evalclient.crypto.keys import Libraries
    from evalclient.desk.desk import Genesis

#: how long a window that was given everything waits to be appointed, seconds
APPOINTMENT_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class _Answer:
    ticket: int
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Listed:
    offers: tuple[Offer, ...]
    genesis: dict[str, Genesis]
    problem: Bilingual | None


class SeatDoor(Door):
    """``opened(Opened)`` when somebody has signed in. What founds an evaluation is remembered by fingerprint."""

    opened = Signal(object)

    def __init__(self, start: Start, lanes: Lanes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = start
        self._lanes = lanes
        self._genesis: dict[str, Genesis] = {}
        self.key = ""
        self._tickets = count(1)
        self._receivers: dict[int, tuple[Callable[[Any], object], Callable[[Bilingual], object]]] = {}
        self._progress: Callable[[Bilingual], object] = lambda _text: None

    # -- what the page asks ----------------------------------------------------------------------------------------

    def offers(
        self, centre: str, done: Callable[[tuple[Offer, ...]], object], failed: Callable[[Bilingual], object]
    ) -> None:
        def take(listed: _Listed) -> None:
            self._genesis = {**listed.genesis, **self._genesis}
            if listed.problem is not None:
                failed(listed.problem)
            done(listed.offers)

        self._submit(self._lanes.net, lambda: _list(self._start, centre), take, failed)

    def announcement(self, file: Path, done: Callable[[Offer], object], failed: Callable[[Bilingual], object]) -> None:
        def take(found: tuple[Offer, Genesis]) -> None:
            offer, genesis = found
            self._genesis[offer.fingerprint] = genesis
            done(offer)

        self._submit(self._lanes.net, lambda: _read(file), take, failed)

    def enter(
        self, choice: Choice, progress: Callable[[Bilingual], object], failed: Callable[[Bilingual], object]
    ) -> None:
        genesis = self._genesis.get(choice.fingerprint)
        self.key = choice.key
        self._progress = progress
        tell = self._lanes.desk.relay(self._tell)
        patience = APPOINTMENT_PATIENCE if self._start.complete else 0.0
        self._submit(
            self._lanes.desk, lambda: _enter(self._start, choice, genesis, patience, tell), self.opened.emit, failed
        )

    def tokens(self, done: Callable[[tuple[TokenOffer, ...]], object]) -> None:
        self._submit(self._lanes.key, lambda: _tokens(self._start), done, lambda _sentence: done(()))

    def adopt(self, fingerprint: str, genesis: Genesis) -> Offer:
        """An evaluation that was published from this window: its offer, as if its announcement had been opened."""
        self._genesis[fingerprint] = genesis
        return _offer(genesis, here=True)

    # -- deliveries ------------------------------------------------------------------------------------------------

    def _submit(
        self,
        lane: Any,
        work: Callable[[], object],
        done: Callable[[Any], object],
        failed: Callable[[Bilingual], object],
    ) -> None:
        ticket = next(self._tickets)
        self._receivers[ticket] = (done, failed)
        lane.submit(_answered, ticket, work, done=self._deliver)

    @Slot(object)
    def _tell(self, text: object) -> None:
        from evalclient.core.records.fields import Bilingual

        if isinstance(text, Bilingual):
            self._progress(text)

    @Slot(object)
    def _deliver(self, answer: object) -> None:
        if not isinstance(answer, _Answer):
            return
        done, failed = self._receivers.pop(answer.ticket)
        if answer.error is None:
            done(answer.value)
            return
        if isinstance(answer.error, StoreDamaged):
            self.damaged.emit()
        failed(fault(answer.error))
        if not isinstance(answer.error, EvalclientError):
            raise answer.error


def _answered(ticket: int, work: Callable[[], object]) -> _Answer:
    try:
        return _Answer(ticket, work())
    except Exception as error:
        return _Answer(ticket, error=error)


def _list(start: Start, centre: str) -> _Listed:
    """The centre's list, then what is known here alone; on the net lane."""
    from evalclient.app.folders import Folders
    from evalclient.crypto.records import found
    from evalclient.sync.register import Register

    known: dict[str, Genesis] = {}
    for genesis in Folders(start.settings.store_folder).known():
        known[found(genesis.record).record.id] = genesis
    offers: list[Offer] = []
    problem: Bilingual | None = None
    if centre:
        register = Register(centre)
        try:
            offers = [
                Offer(line.fingerprint, line.title, line.deadline, line.practice, line.fingerprint in known)
                for line in register.evaluations()
            ]
        except EvalclientError as error:
            problem = error.sentence
        finally:
            register.close()
    listed = {offer.fingerprint for offer in offers}
    offers += [_offer(genesis, here=True) for name, genesis in known.items() if name not in listed]
    return _Listed(tuple(offers), known, problem)


def _read(file: Path) -> tuple[Offer, Genesis]:
    from evalclient.core.errors import DocumentMalformed
    from evalclient.desk.founding import read_genesis

    try:
        genesis = read_genesis(file)
    except OSError as error:
        raise DocumentMalformed(
            f"项目文件 {file.name} 无法读取，请重新选择。",
            f"The announcement file {file.name} cannot be read; choose it again.",
        ) from error
    return _offer(genesis), genesis


def _offer(genesis: Genesis, *, here: bool = False) -> Offer:
    from evalclient.crypto.records import found

    founded = found(genesis.record)
    founding = founded.founding
    return Offer(founded.record.id, founding.title, founding.deadline, founding.practice, here)


def _enter(
    start: Start, choice: Choice, genesis: Genesis | None, patience: float, tell: Callable[[object], None]
) -> Opened:
    """On the desk lane, to which the store then belongs."""
    from evalclient.app.folders import Folders
    from evalclient.app.opening import SignInOrder, open_seat

    order = SignInOrder(
        libraries=libraries_of(start.settings),
        genesis=genesis or _founding_at(choice),
        centre=choice.centre,
        key=choice.key,
        pin=choice.pin,
        seat=choice.seat,
        patience=patience,
        set_aside=choice.set_aside,
    )
    return open_seat(order, Folders(start.settings.store_folder, start.store), tell)


def _tokens(start: Start) -> tuple[TokenOffer, ...]:
    return plugged_in(libraries_of(start.settings))


def plugged_in(libraries: Libraries) -> tuple[TokenOffer, ...]:
    """The tokens there are now; on a lane, for drivers are slow to load."""
    from evalclient.crypto.keys.token import list_tokens

    return tuple(
        TokenOffer(token.address, token.label, token.holder, token.serial, token.tries)
        for token in list_tokens(libraries)
    )


def _founding_at(choice: Choice) -> Genesis:
    """What founds the evaluation chosen, from the centre, checked against the fingerprint that was shown."""
    from evalclient.core.evaluation.fold import Documents
    from evalclient.desk.desk import Genesis
    from evalclient.sync.register import Register

    register = Register(choice.centre)
    try:
        published = register.evaluation(choice.fingerprint)
    finally:
        register.close()
    return Genesis(published.record, Documents(published.tender, published.method, published.rules))
