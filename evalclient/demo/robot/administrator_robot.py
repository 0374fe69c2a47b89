"""The robot at a site administrator's window: confirms the site, then checks members in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from evalclient.core.evaluation.views import active_members
from evalclient.demo.robot.hands import Hands
from evalclient.ui.live import Live


class AdministratorRobot:
    """``step()`` uses the window once, or returns False while there is nothing to do; ``moment`` as of the members'."""

    def __init__(self, window: QWidget, live: Live, seats: tuple[str, ...]) -> None:
        self._hands = Hands(window)
        self._live = live
        self._seats = seats
        self._typed: set[str] = set()
        self._seen: set[str] = set()
        self.moment = ""

    def step(self) -> bool:
        """Do the next thing; whether there was one."""
        self.moment = ""
        evaluation = self._live.evaluation
        place = evaluation.roster.places.get(self._live.person)
        if place is None:
            return False
        if place.site not in evaluation.sites:
            return self._confirm_site()
        if evaluation.stage != "checkin":
            return False
        for member in active_members(evaluation):
            here = evaluation.roster.session_of(member.person) is not None
            if member.site == place.site and here and not member.arrival and self._check_in(member.person):
                return True
        return False

    def _confirm_site(self) -> bool:
        field = self._hands.find_as("seat-new", QLineEdit)
        if field is not None:
            for seat in self._seats:
                if seat not in self._typed:
                    self._typed.add(seat)
                    self._hands.type("seat-new", seat)
                    return self._hands.click("seat-add")
        for check in self._hands.buttons("check-"):
            if not check.isChecked():
                self._hands.click_on(check)
                return True
        return self._pause_at("ready") or self._hands.click("confirm-site")

    def _pause_at(self, stage: str) -> bool:
        """Leave a filled form for one step as it is, once in a stage."""
        if stage in self._seen:
            return False
        self._seen.add(stage)
        self.moment = "filled"
        return True

    def _check_in(self, person: str) -> bool:
        box = self._hands.find_as(f"seat-{person}", QComboBox)
        if box is not None and not box.currentText() and box.count():
            return self._hands.press(f"seat-{person}", Qt.Key.Key_Down)
        unchecked = [factor for factor in self._hands.buttons(f"factor-{person}-") if not factor.isChecked()]
        if unchecked and self._checked(person) < 2:
            self._hands.click_on(unchecked[0])
            return True
        return self._pause_at("checkin") or self._hands.click(f"arrive-{person}")

    def _checked(self, person: str) -> int:
        return sum(button.isChecked() for button in self._hands.buttons(f"factor-{person}-"))
