"""The main window: the door, then the pages of the person's role, over lanes that end cleanly with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from evalclient.app.door import SeatDoor
from evalclient.app.link import LinkState
from evalclient.app.start import Start
from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.workflow.stages import ROLE_TITLES, STAGE_TITLES
from evalclient.ui.collector import Collector
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.jobs import Lanes
from evalclient.ui.pages.door import Choice, Offer
from evalclient.ui.pages.sign_in import SignInPage
from evalclient.ui.texts import languages
from evalclient.ui.theme import theme
from evalclient.ui.widgets.status_strip import Status, SyncState
from evalclient.ui.widgets.stepper import Step

if TYPE_CHECKING:
    from evalclient.app.opening import Opened
    from evalclient.app.sitting import Sitting
    from evalclient.ui.live import Live

_SYNC: dict[str, SyncState] = {"online": "synced", "offline": "offline", "trouble": "offline", "alarm": "alarm"}


class MainWindow(Frame):
    """Signs in, then shows the work. ``live`` is the desk on the screen, None before sign-in."""

    def __init__(self, start: Start) -> None:
        self._work_lanes = Lanes.start()
        super().__init__(self._work_lanes, start.idle_minutes)
        self._start = start
        self._sitting: Sitting | None = None
        self._door = SeatDoor(start, self._work_lanes, self)
        self._sign_in = SignInPage(self._door, start.settings.centre)
        self.add_page("sign-in", self._sign_in)
        self.show_page("sign-in")
        self._door.opened.connect(self._opened)
        self.closing.connect(self._stop)
        self.unlock_asked.connect(self._unlock)

    @property
    def live(self) -> Live | None:
        """The desk on the screen."""
        return self._sitting.live if self._sitting else None

    def begin(self) -> None:
        """After the first paint: sign in with what was given, or ask the centre what there is."""
        self._sign_in.prefill(genesis=self._start.genesis, key=self._start.key, seat=self._start.seat)
        if self._start.complete and self._start.genesis is not None:
            self._door.announcement(self._start.genesis, self._announced, self._sign_in.fail)
        elif self._start.genesis is None:
            self._sign_in.ask()

    def finish(self) -> None:
        """After the event loop: close what the lanes had in hand."""
        if self._sitting is not None:
            self._sitting.finish(desk_ended="desk" not in self.unstopped)

    def _announced(self, offer: Offer) -> None:
        choice = Choice(
            offer.fingerprint,
            self._start.settings.centre,
            self._start.key or Path(),
            self._start.password,
            self._start.seat,
        )
        self._door.enter(choice, self._sign_in.say, self._sign_in.fail)

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        from evalclient.app.sitting import Sitting

        sitting = Sitting(opened, self._door.key_file, self._work_lanes, self)
        self._sitting = sitting
        self.add_page("work", _pages(sitting))
        self.show_page("work")
        self.show_work(True)
        founding = opened.seat.founding
        live = sitting.live
        self.show_identity(
            Identity(
                tender=founding.title,
                lot=live.evaluation.tender.lot,
                fingerprint=opened.seat.fingerprint,
                person=live.name(opened.person),
                role=ROLE_TITLES[opened.role],
                practice=founding.practice,
            )
        )
        live.changed.connect(self._changed)
        sitting.link.changed.connect(self._linked)
        sitting.pin_right.connect(self.unlock)
        sitting.pin_wrong.connect(self.unlock_failed)
        self._show_stage(live.evaluation)
        sitting.link.start()

    @Slot(object, object)
    def _changed(self, new: object, _old: object) -> None:
        if isinstance(new, Evaluation):
            self._show_stage(new)

    def _show_stage(self, evaluation: Evaluation) -> None:
        here = stage_index(evaluation.stage)
        self.stepper.set_steps(
            [
                Step(STAGE_TITLES[stage], "done" if number < here else "current" if number == here else "todo")
                for number, stage in enumerate(STAGES[:-1])
            ]
        )
        self._show_status()

    @Slot(object)
    def _linked(self, state: object) -> None:
        if not isinstance(state, LinkState):
            return
        if state.phase == "alarm" and state.problem is not None:
            self.banners.show_message("alarm", "bad", state.problem)
        elif state.problem is not None:
            self.banners.show_message("link", "warn", state.problem)
        else:
            self.banners.clear("link")
        self._show_status()

    def _show_status(self) -> None:
        sitting = self._sitting
        if sitting is None:
            return
        state, evaluation = sitting.link.state, sitting.live.evaluation
        sync = _SYNC[state.phase]
        session = evaluation.roster.session_of(sitting.person)
        self.status.show_status(
            Status(
                stage=STAGE_TITLES[evaluation.stage],
                seat=session.seat if session else "",
                sync="sending" if sync == "synced" and state.outbox else sync,
                pending=state.outbox,
                last_contact=state.contact,
            )
        )

    @Slot(str)
    def _unlock(self, pin: str) -> None:
        if self._sitting is not None:
            self._sitting.check_pin(pin)

    @Slot()
    def _stop(self) -> None:
        if self._sitting is not None:
            self._sitting.stop()


def _pages(sitting: Sitting) -> QWidget:
    """The pages of a role; they load here, long after the first paint."""
    if sitting.role == "member":
        from evalclient.ui.pages.member_pages import MemberPages

        return MemberPages(sitting.room())
    if sitting.role == "administrator":
        from evalclient.ui.pages.administrator import AdministratorPage

        return AdministratorPage(sitting.office())
    from evalclient.ui.pages.overview import OverviewPage

    return OverviewPage(sitting.office())


def open_window(start: Start) -> MainWindow:
    """The window on the screen; call ``begin`` and run the event loop, then ``finish``."""
    theme()
    languages().show(start.settings.shown_language(os.environ))
    window = MainWindow(start)
    window.resize(1440, 900)
    window.show()
    return window


def run_window(start: Start) -> int:
    """The program: a window until it is closed."""
    application = QApplication([])
    collector = Collector()
    window = open_window(start)
    QTimer.singleShot(0, window, window.begin)
    code = application.exec()
    window.finish()
    collector.stop()
    return code
