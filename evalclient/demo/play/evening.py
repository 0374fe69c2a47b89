"""The played demo from its first window to its end: lobby, the stage manager on a lane of its own, the seat's window."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication

from evalclient.app.start import Start, mend_input_method
from evalclient.app.window import MainWindow, open_window
from evalclient.demo.casting import Backstage, Casting, Conclusion, PlayedRole, Progress
from evalclient.demo.people import load_person
from evalclient.demo.play.accompaniment import Accompaniment
from evalclient.demo.play.lobby import Lobby
from evalclient.demo.scenario import Language, Scenario
from evalclient.demo.stage_manager import StageManager
from evalclient.settings import Settings
from evalclient.ui.collector import Collector
from evalclient.ui.jobs import Lane
from evalclient.ui.texts import fault, language, languages
from evalclient.ui.theme import application, theme

#: makes the scenario in the language that was chosen
Staging = Callable[[Language], Scenario]
IDLE_MINUTES = 60.0


class PlayedEvening(QObject):
    """``lobby`` first; ``window`` and ``around`` once the seat is ready. ``finish`` after the event loop has ended."""

    def __init__(
        self,
        staging: Staging,
        bidders: int,
        tell: Callable[[Progress], object],
        pace: float,
        fields: int,
    ) -> None:
        super().__init__()
        self._staging, self._tell = staging, tell
        self._pace, self._fields = pace, fields
        self._stage = Lane("stage")
        self._errands = Lane("errands")
        self._manager: StageManager | None = None
        self._over = False
        self._unwanted = False
        self.conclusion: Conclusion | None = None
        self.error: Exception | None = None
        self.window: MainWindow | None = None
        self.around: Accompaniment | None = None
        self._collector = Collector(self)
        self.lobby = Lobby(bidders)
        self.lobby.chosen.connect(self._begin)

    # -- the stage manager -----------------------------------------------------------------------------------------

    @Slot(str)
    def _begin(self, role: PlayedRole) -> None:
        if self._manager is not None:
            return
        tell, ready = self._stage.relay(self._progressed), self._stage.relay(self._ready)

        def told(progress: Progress) -> None:
            self._tell(progress)
            tell(progress)

        casting = Casting(played=role, pace=self._pace, fields=self._fields)
        self._manager = StageManager(self._staging(language()), told, casting, ready)
        self._stage.submit(self._manager.run, done=self._concluded, failed=self._failed)

    @Slot(object)
    def _progressed(self, progress: object) -> None:
        if not isinstance(progress, Progress):
            return
        if self.around is not None:
            self.around.show_progress(progress)
        else:
            self.lobby.show_progress(progress)

    @Slot(object)
    def _ready(self, backstage: object) -> None:
        """Open the seat's window: the product's own, signed in with the person's key; the demo stands around it."""
        if not isinstance(backstage, Backstage) or not self.lobby.isVisible():
            return
        folder = backstage.folder
        person = load_person(folder)
        start = Start(
            settings=Settings(centre=backstage.url, store=str(folder / "client"), language=language()),
            genesis=backstage.scenario.genesis,
            store=folder,
            key=str(folder / "key.p12"),
            password=(folder / "pin").read_text("utf-8"),
            seat=person.seats[0] if person.seats else person.person,
            idle_minutes=IDLE_MINUTES,
        )
        _application, self.window = open_window(start)
        self.around = Accompaniment(self.window, backstage, self._errands)
        self.lobby.close()

    @Slot(object)
    def _concluded(self, conclusion: object) -> None:
        if isinstance(conclusion, Conclusion):
            self._over, self.conclusion = True, conclusion
            if self.around is not None:
                self.around.show_conclusion(conclusion)

    @Slot(object)
    def _failed(self, error: object) -> None:
        if isinstance(error, Exception):
            self._over, self.error = True, error
            if self.window is not None:
                self.window.banners.show_message("demo-failed", "bad", fault(error))
            else:
                self.lobby.fail(fault(error))

    # -- the end ---------------------------------------------------------------------------------------------------

    def give_up(self) -> None:
        """Ctrl+C in the terminal, or SIGTERM: close everything, and end the demo where it stands."""
        self._unwanted = True
        QApplication.closeAllWindows()

    def finish(self) -> None:
        """The windows are closed: let the evaluation come to its end without them, or give up what nobody sits at."""
        self._errands.stop(0.0, drop=True)
        if self._manager is not None and not self._over:
            if self.window is None or self._unwanted:
                self._manager.abandon()
            else:
                self._manager.leave_seat()
            self._await_end(self._manager)
        self._stage.stop()
        if self._manager is not None:
            self._manager.stop()
        # What the lane has delivered at last lies in the event queue; there is no loop any more that would take it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        self._collector.stop()

    def _await_end(self, manager: StageManager) -> None:
        while True:
            try:
                if self._stage.stop(1.0):
                    return
            except KeyboardInterrupt:
                manager.abandon()


def play(
    staging: Staging,
    bidders: int,
    tell: Callable[[Progress], object],
    pace: float,
    fields: int,
    role: PlayedRole | None,
    shown: Language,
) -> Conclusion | None:
    """Play one evening at real windows; None where it was given up before anybody sat down. Raises what made it fail."""
    mend_input_method(os.environ)
    app = application()
    app.setApplicationName("evalclient")
    theme()
    languages().show(shown)
    evening = PlayedEvening(staging, bidders, tell, pace, fields)
    evening.lobby.show()
    if role is not None:
        evening.lobby.prepare(role)

    def interrupted(_signal: int, _frame: object) -> None:
        evening.give_up()
        app.exit()  # windows closed all at once do not end the loop as the last one closed by hand does

    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    app.exec()
    for number, handler in before.items():
        signal.signal(number, handler)
    evening.finish()
    if evening.error is not None:
        raise evening.error
    return evening.conclusion
