"""The robot at the supervisor's window: approves what is asked for, co-signs a checkpoint at each stage end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from evalclient.demo.robot.hands import Hands
from evalclient.ui.live import Live


class SupervisorRobot:
    """``step()`` uses the window once, or returns False while there is nothing to do; no moment asks for a picture."""

    moment = ""

    def __init__(self, window: QWidget, live: Live) -> None:
        self._hands = Hands(window)
        self._live = live
        self._cosigned = 0

    def step(self) -> bool:
        """Do the next thing; whether there was one."""
        evaluation = self._live.evaluation
        if evaluation.rollback:
            wanted = [button for button in self._hands.buttons("approve-rollback-") if button.isEnabled()]
            if self._hands.choose("section-watch"):
                return True
            for button in wanted[:1]:
                self._hands.click_on(button)
            return bool(wanted)
        if len(evaluation.closed) > self._cosigned:
            if self._hands.choose("section-log"):
                return True
            if self._hands.click("cosign"):
                self._cosigned = len(evaluation.closed)
                return True
        return False
