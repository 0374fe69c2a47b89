"""A robot in a newcomer's place: it chooses a seat in the lobby, works there, and tries the demo's four buttons."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from evalclient.demo.casting import PLAYED, Conclusion, PlayedRole, Progress
from evalclient.demo.people import load_person
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.demo.play.evening import PlayedEvening
from evalclient.demo.robot.administrator_robot import AdministratorRobot
from evalclient.demo.robot.hands import Hands
from evalclient.demo.robot.member_robot import MemberRobot
from evalclient.demo.robot.supervisor_robot import SupervisorRobot
from evalclient.demo.scenario import Scenario
from evalclient.demo.window_person import Robot
from evalclient.ui.live import Live
from evalclient.ui.texts import languages

#: a bound for a stuck evening, not a measure
PATIENCE_MS = 240_000


class Newcomer:
    """At the windows of one played evening, with hands; ``told`` is what the terminal would show."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.told: list[Progress] = []
        self.folder = folder / "demo"
        languages().show("zh")
        self.evening = PlayedEvening(self._staged, 3, self.told.append, 0.0, 100)
        self.evening.lobby.show()

    def leave(self) -> None:
        """Everything of the evening ends here."""
        self.evening.give_up()
        self.evening.finish()
        for window in (self.evening.window, self.evening.lobby):
            if window is not None:
                window.deleteLater()
        self.qtbot.wait(1)

    def sit_down(self, role: PlayedRole) -> None:
        """Choose a seat and wait until its window has signed in and the guide has taken notice."""
        assert Hands(self.evening.lobby).click(f"play-{role}")
        self.wait(lambda: self.evening.window is not None and self.evening.window.sitting is not None)
        window = self.evening.window
        assert window is not None
        assert window.sitting is not None
        self.window, self.live, self.hands = window, window.sitting.live, Hands(window)
        self.robot = _robot(role, window, self.live, self.folder / "people" / PLAYED[role])
        self.wait(lambda: self.says("guide-now"))

    def wait(self, until: Callable[[], object]) -> None:
        """Let everybody work until something holds; the demo's own failure ends it."""

        def held() -> bool:
            if self.evening.error is not None:
                raise self.evening.error
            return bool(until())

        self.qtbot.waitUntil(held, timeout=PATIENCE_MS)

    def work(self, until: Callable[[], object]) -> None:
        """Use the seat as a person would until something holds."""

        def worked() -> bool:
            if until():
                return True
            self.robot.step()
            return False

        self.wait(worked)

    def guided(self) -> str:
        """What the guide says is to be done now."""
        if not self.says("guide-now"):
            assert self.hands.click("demo-guide")
        (now,) = self.says("guide-now")
        return now

    def press(self, button: str, outcome: Callable[[], object]) -> None:
        """A demo button, the button in its card, and what comes of it."""
        assert self.hands.click(f"demo-{button}")
        assert self.hands.click(f"do-{button}")
        self.wait(outcome)

    def says(self, name: str) -> list[str]:
        """The texts of all visible labels of a name."""
        return [label.text() for label in self.window.findChildren(QLabel, name) if label.isVisible()]

    def shows(self, name: str) -> str:
        """The text of an output field."""
        field = self.window.findChild(QPlainTextEdit, name)
        assert isinstance(field, QPlainTextEdit)
        return field.toPlainText()

    # -- the four buttons ------------------------------------------------------------------------------------------

    def peek(self) -> tuple[str, str]:
        """Ask for a colleague's sheet: the sentence and the article of the refusal."""
        self.press("peek", lambda: self.says("peek-detail"))
        return self.says("peek-sentence")[0], self.says("peek-detail")[0]

    def work_without_the_network(self, until: Callable[[], object]) -> None:
        """Cut the line, work until something holds at this seat alone, join the line, and see that all of it arrives."""
        self.press("cut", lambda: any("已离线" in text for text in self.says("cut-sentence")))
        before = self.live.evaluation.size
        self.work(lambda: self.live.evaluation.size > before and until())
        assert self.live.evaluation.size > self.live.logged.size
        assert self.window.sitting is not None
        assert self.window.sitting.link.state.phase == "offline"
        assert self.says("cut-sentence") == []  # the panel has given way to the work
        assert self.hands.click("demo-cut")
        assert self.hands.click("do-cut")
        self.wait(lambda: any("已补齐" in text for text in self.says("cut-sentence")))
        assert self.evening.around is not None
        assert not self.evening.around.cut.is_cut
        assert self.live.logged.size >= before

    def see_the_changed_digit_named(self) -> None:
        """Change one digit: verification names the record of the opening."""
        self.press("digit", lambda: len(self.says("digit-sentence")) > 1)
        change, *problems = self.says("digit-sentence")
        number = int("".join(letter for letter in change.partition("条")[0] if letter.isdigit()))
        assert any(
            f"第 {number} 条记录（" in problem and "招标代理（组织方）：开标记录）不成立" in problem
            for problem in problems
        ), problems
        assert "evalclient verify" in self.shows("digit-command")

    def see_the_dishonest_centre_caught(self) -> None:
        """Play a dishonest centre: the second client notices; this one works on."""
        self.press("liar", lambda: len(self.says("liar-sentence")) > 1)
        assert "评标中心前后给出的日志互相矛盾" in self.says("liar-sentence")[0]
        assert self.window.sitting is not None
        assert self.window.sitting.link.state.phase == "online"

    def see_the_end(self) -> Conclusion:
        """Work until the evaluation is over: the end card shows where everything lies, and its command holds."""
        self.work(lambda: self.evening.conclusion is not None)
        conclusion = self.evening.conclusion
        assert conclusion is not None
        assert conclusion.exit_code == 0
        assert conclusion.outcome[-1] == "核验成立。"
        assert self.says("end-sentence") == ["核验成立。"]
        assert str(conclusion.archive) in self.shows("end-files")
        assert conclusion.command in self.shows("end-verification")
        assert "evalclient verify" in conclusion.command
        again = subprocess.run([sys.executable, "-m", *conclusion.command.split()], check=False, capture_output=True)
        assert again.returncode == 0
        return conclusion

    def _staged(self, language: str) -> Scenario:
        return Scenario(out=str(self.folder), language="en" if language == "en" else "zh", bidders=3, megabytes=1)


def _robot(role: PlayedRole, window: QWidget, live: Live, folder: Path) -> Robot:
    if role == "administrator":
        return AdministratorRobot(window, live, load_person(folder).seats)
    if role == "supervisor":
        return SupervisorRobot(window, live)
    return MemberRobot(window, live, msgspec.json.decode((folder / "plan.json").read_bytes(), type=MemberPlan), "zh")
