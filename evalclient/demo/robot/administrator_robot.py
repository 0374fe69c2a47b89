"""The robot at a site administrator's window: confirms the site, then checks members in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from evalclient.core.evaluation.views import active_members
from evalclient.demo.robot.hands import Hands
from evalclient.ui.live import Live


class AdministratorRobot:
    """``step()`` uses the window once, or returns False while there is nothing to do."""

    def __init__(self, window: QWidget, live: Live, seats: tuple[str, ...]) -> None:
        self._hands = Hands(window)
        self._live = live
        self._seats = seats
        self._typed: set[str] = set()

    def step(self) -> bool:
        """Do the next thing; whether there was one."""
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
        return self._hands.click("confirm-site")

    def _check_in(self, person: str) -> bool:
        box = self._hands.find_as(f"seat-{person}", QComboBox)
        if box is not None and not box.currentText() and box.count():
            return self._hands.press(f"seat-{person}", Qt.Key.Key_Down)
        unchecked = [factor for factor in self._hands.buttons(f"factor-{person}-") if not factor.isChecked()]
        if unchecked and self._checked(person) < 2:
            self._hands.click_on(unchecked[0])
            return True
        return self._hands.click(f"arrive-{person}")

    def _checked(self, person: str) -> int:
        return sum(button.isChecked() for button in self._hands.buttons(f"factor-{person}-"))
