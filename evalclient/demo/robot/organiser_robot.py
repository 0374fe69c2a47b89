"""The robot at the organiser's window: appoints from certificate files, opens, leads until there is a leader, ends."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import shares_suffice, standing_bids
from evalclient.demo.cues import Cues
from evalclient.demo.pilots.offices import Appointment
from evalclient.demo.robot.hands import Hands
from evalclient.ui.live import Live


class OrganiserRobot:
    """``step()`` uses the window once, or returns False while there is nothing to do.

    ``moment`` names what the last step has left on the screen where that is worth a picture.
    """

    def __init__(
        self,
        window: QWidget,
        live: Live,
        appointments: tuple[tuple[Appointment, Path], ...],
        cues: Cues | None = None,
    ) -> None:
        self._hands = Hands(window)
        self._live = live
        self._appointments = appointments
        self._cues = cues or Cues()
        self._read = False
        self.moment = ""

    def step(self) -> bool:
        """Do the next thing; whether there was one."""
        self.moment = ""
        evaluation = self._live.evaluation
        for appointment, file in self._appointments:
            if evaluation.roster.role(appointment.person) is None:
                return self._go("committee") or self._appoint(appointment, file)
        if evaluation.stage == "opening" and evaluation.opening is None:
            return self._all_released(evaluation) and (self._go("opening") or self._open())
        if evaluation.rules.qualification.by == "organiser" and not evaluation.qualification:
            return self._go("opening") or self._hands.click("record-qualification") or self._hands.click("qualify-rest")
        if evaluation.stage == "archive":
            return self._go("ending") or self._leave(evaluation, "end-awarded")
        if not evaluation.leader and evaluation.stage != "ended":
            return self._go("course") or self._leave(evaluation, "close-stage")
        return False

    def _leave(self, evaluation: Evaluation, button: str) -> bool:
        """End the stage by the button that does it, on its cue."""
        ready = self._hands.find(button) is not None
        return ready and self._cues.given(evaluation.stage) and self._hands.click(button)

    def _go(self, section: str) -> bool:
        return self._hands.choose(f"section-{section}")

    def _appoint(self, appointment: Appointment, file: Path) -> bool:
        hands = self._hands
        if hands.choose(f"kind-{appointment.kind or 'administrator'}"):
            return True
        site = hands.find_as("appoint-site", QComboBox)
        if site is None:
            return False
        wanted = site.findData(appointment.site)
        if site.currentIndex() != wanted:
            return hands.press("appoint-site", Qt.Key.Key_Down if site.currentIndex() < wanted else Qt.Key.Key_Up)
        for name, text in (("appoint-person", appointment.person), ("appoint-certificate", str(file))):
            field = hands.find_as(name, QLineEdit)
            if field is not None and field.text() != text:
                return hands.type(name, text) and hands.press(name, Qt.Key.Key_Return)
        return hands.click("appoint")

    def _open(self) -> bool:
        if not self._read and self._hands.find("record-opening") is not None:
            self._read = True
            self.moment = "read"
            return True
        return any(self._hands.click(name) for name in ("record-opening", "read-bids", "fetch-bids"))

    def _all_released(self, evaluation: Evaluation) -> bool:
        bids = standing_bids(evaluation)
        return bool(bids) and all(shares_suffice(evaluation, bid) for bid in bids)


def certificate_files(folder: Path) -> tuple[tuple[Appointment, Path], ...]:
    """Whom to appoint, each with his certificate as a file in the organiser's own folder."""
    appointments = msgspec.json.decode((folder / "appointments.json").read_bytes(), type=tuple[Appointment, ...])
    place = folder / "certificates"
    place.mkdir(exist_ok=True)
    for appointment in appointments:
        (place / f"{appointment.person}.cer").write_bytes(appointment.certificate)
    return tuple((appointment, place / f"{appointment.person}.cer") for appointment in appointments)
