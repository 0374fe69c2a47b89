"""A demo person at a real window, driven by a robot through its widgets; pictures of each stage.

Run as ``python -m evalclient.demo.window_person FOLDER --centre URL --genesis FILE --pictures FOLDER --cues FOLDER``.
"""

from __future__ import annotations

import faulthandler
import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import msgspec

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer, Slot

from evalclient.app.start import Start
from evalclient.app.window import MainWindow, open_window
from evalclient.core.errors import EvalclientError
from evalclient.demo.cues import Cues
from evalclient.demo.people import Person, load_person
from evalclient.demo.person import tell
from evalclient.demo.pictures import Photographer
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.demo.robot.administrator_robot import AdministratorRobot
from evalclient.demo.robot.member_robot import MemberRobot
from evalclient.demo.robot.organiser_robot import OrganiserRobot, certificate_files
from evalclient.demo.robot.supervisor_robot import SupervisorRobot
from evalclient.settings import Settings
from evalclient.ui.live import Live
from evalclient.ui.watchdog import Watchdog

#: milliseconds between two uses of the window
PACE: Final = 25


class Robot(Protocol):
    """Uses the window once."""

    moment: str
    """What the last step left on the screen, where that is worth a picture."""

    def step(self) -> bool:
        """Whether there was something to do."""
        ...


class Stagehand(QObject):
    """Lets the robot work on the window's own event loop; takes pictures as a stage begins and in its moments."""

    def __init__(
        self,
        window: MainWindow,
        watchdog: Watchdog,
        folder: Path,
        person: Person,
        language: str,
        pictures: Path,
        cues: Cues,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._watchdog = watchdog
        self._folder, self._person, self._language, self._cues = folder, person, language, cues
        self._photographer = Photographer(window, person.person, pictures, watchdog.paused)
        self._photographer.taken.connect(self._taken)
        self._robot: Robot | None = None
        self._stage = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(PACE)

    @Slot()
    def _tick(self) -> None:
        sitting = self._window.sitting
        if sitting is None:
            return
        live = sitting.live
        if self._robot is None:
            self._robot = self._make_robot(live)
            tell("signed-in")
            self._photographer.follow(live)
        stage = live.evaluation.stage
        if stage != self._stage:
            self._stage = stage
            tell("stage", stage=stage)
        if not self._photographer.busy and self._robot.step() and self._robot.moment:
            self._photographer.take(self._robot.moment)

    @Slot(str, str)
    def _taken(self, stage: str, moment: str) -> None:
        if not moment:
            tell("pictured", stage=stage)
        if stage == "ended":
            self._timer.stop()
            tell("blocked", **msgspec.to_builtins(self._watchdog.stop()))
            self._window.close()

    def _make_robot(self, live: Live) -> Robot:
        if self._person.role == "administrator":
            return AdministratorRobot(self._window, live, self._person.seats)
        if self._person.role == "organiser":
            return OrganiserRobot(self._window, live, certificate_files(self._folder), self._cues)
        if self._person.role == "supervisor":
            return SupervisorRobot(self._window, live)
        plan = msgspec.json.decode((self._folder / "plan.json").read_bytes(), type=MemberPlan)
        return MemberRobot(self._window, live, plan, self._language, self._cues)


def main(argv: Sequence[str] | None = None) -> int:
    """Live through one evaluation at the window; 0 when it has ended."""
    parser = ArgumentParser(prog="evalclient.demo.window_person")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--centre", required=True)
    parser.add_argument("--genesis", type=Path, required=True)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--cues", type=Path, required=True)
    arguments = parser.parse_args(argv)
    faulthandler.enable()
    person = load_person(arguments.folder)
    start = Start(
        settings=Settings(centre=arguments.centre, language=arguments.language),
        genesis=arguments.genesis,
        store=arguments.folder,
        key=str(arguments.folder / "key.p12"),
        password=(arguments.folder / "pin").read_text("utf-8"),
        seat=person.seats[0] if person.seats else person.person,
        idle_minutes=600,
    )
    application, window = open_window(start)
    watchdog = Watchdog()
    cues = Cues(arguments.cues)
    Stagehand(window, watchdog, arguments.folder, person, arguments.language, arguments.pictures, cues)
    try:
        application.exec()
    except EvalclientError as error:
        tell("failed", zh=error.zh, en=error.en)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
