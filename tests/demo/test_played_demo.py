"""The played demo, driven by a robot in the newcomer's place: lobby, seat, four buttons, end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.views import seal_by
from evalclient.demo.casting import Progress
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.demo.play.evening import PlayedEvening
from evalclient.demo.robot.hands import Hands
from evalclient.demo.robot.member_robot import MemberRobot
from evalclient.demo.scenario import Scenario
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

    def _staged(self, language: str) -> Scenario:
        return Scenario(out=str(self.folder), language="en" if language == "en" else "zh", bidders=3, megabytes=1)

    def sit_down(self) -> None:
        """Choose the expert's seat and wait until its window has signed in."""
        assert Hands(self.evening.lobby).click("play-expert")
        self.wait(lambda: self.evening.window is not None and self.evening.window.sitting is not None)
        window = self.evening.window
        assert window is not None
        assert window.sitting is not None
        self.window, self.live, self.hands = window, window.sitting.live, Hands(window)
        plan = msgspec.json.decode((self.folder / "people/m2/plan.json").read_bytes(), type=MemberPlan)
        self.robot = MemberRobot(window, self.live, plan, "zh")

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


@pytest.fixture
def newcomer(qtbot: QtBot, tmp_path: Path) -> Iterator[Newcomer]:
    """Everything of the evening ends with the test."""
    person = Newcomer(qtbot, tmp_path)
    yield person
    person.evening.give_up()
    person.evening.finish()
    for window in (person.evening.window, person.evening.lobby):
        if window is not None:
            window.deleteLater()
    qtbot.wait(1)


def test_a_newcomer_plays_the_expert_to_the_end(newcomer: Newcomer) -> None:
    newcomer.sit_down()
    live, evening = newcomer.live, newcomer.evening
    assert ("m2", "earlier") in live.evaluation.practice_fills
    newcomer.work(lambda: live.evaluation.stage == "preliminary")

    _peek_is_refused(newcomer)
    _work_goes_on_without_the_network(newcomer)
    _verification_names_the_changed_record(newcomer)
    _a_dishonest_centre_is_caught(newcomer)

    newcomer.work(lambda: evening.conclusion is not None)
    conclusion = evening.conclusion
    assert conclusion is not None
    assert conclusion.exit_code == 0
    assert conclusion.outcome[-1] == "核验成立。"
    assert newcomer.says("end-sentence") == ["核验成立。"]
    assert str(conclusion.archive) in newcomer.shows("end-files")
    assert conclusion.command in newcomer.shows("end-verification")
    assert conclusion.pictures is not None
    assert any(conclusion.pictures.glob("*-scoring-m2.png"))
    assert "evalclient verify" in conclusion.command
    again = subprocess.run([sys.executable, "-m", *conclusion.command.split()], check=False, capture_output=True)
    assert again.returncode == 0


def _peek_is_refused(newcomer: Newcomer) -> None:
    newcomer.press("peek", lambda: newcomer.says("peek-detail"))
    assert newcomer.says("peek-detail") == ["招标投标法 第四十四条"]
    assert "不能查看其他评委的评审内容" in newcomer.says("peek-sentence")[0]


def _work_goes_on_without_the_network(newcomer: Newcomer) -> None:
    live = newcomer.live
    assert seal_by(live.evaluation, "m2", "review.sealed") is None
    newcomer.press("cut", lambda: any("已离线" in text for text in newcomer.says("cut-sentence")))
    before = live.evaluation.size
    newcomer.work(lambda: live.evaluation.size > before)
    assert live.evaluation.size > live.logged.size
    assert newcomer.window.sitting is not None
    assert newcomer.window.sitting.link.state.phase == "offline"
    assert newcomer.hands.click("do-cut")
    newcomer.wait(lambda: any("已补齐" in text for text in newcomer.says("cut-sentence")))
    assert newcomer.evening.around is not None
    assert not newcomer.evening.around.cut.is_cut
    assert live.logged.size >= before


def _verification_names_the_changed_record(newcomer: Newcomer) -> None:
    newcomer.press("digit", lambda: len(newcomer.says("digit-sentence")) > 1)
    change, *problems = newcomer.says("digit-sentence")
    number = int("".join(letter for letter in change.partition("条")[0] if letter.isdigit()))
    assert any(f"第 {number} 条记录（organiser，开标记录）不成立" in problem for problem in problems), problems
    assert "evalclient verify" in newcomer.shows("digit-command")


def _a_dishonest_centre_is_caught(newcomer: Newcomer) -> None:
    newcomer.press("liar", lambda: len(newcomer.says("liar-sentence")) > 1)
    assert "评标中心前后给出的日志互相矛盾" in newcomer.says("liar-sentence")[0]
    sitting = newcomer.window.sitting
    assert sitting is not None
    assert sitting.link.state.phase == "online"
