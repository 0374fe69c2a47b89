"""Demo people in offices: organiser, site administrators, supervisor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from evalclient.core.evaluation.drawing import draw_due, share_by
from evalclient.core.evaluation.views import active_members, standing_bids
from evalclient.core.records.act import MemberKind
from evalclient.demo.cues import Cues
from evalclient.desk.administrator import Administrator
from evalclient.desk.chair import Chair
from evalclient.desk.desk import Desk
from evalclient.desk.organiser import Organiser
from evalclient.desk.reporting import Reporting
from evalclient.desk.seat import Seat
from evalclient.desk.supervisor import Supervisor

#: seconds between two looks for a cue
LOOK: Final = 0.05


@dataclass(frozen=True, slots=True)
class Appointment:
    """Whom the organiser appoints: a member (kind) or a site's administrator (kind None)."""

    person: str
    kind: MemberKind | None
    site: str
    certificate: bytes


class OrganiserPilot:
    """Appoints, opens, releases, and closes stages until there is a leader; ends the evaluation."""

    def __init__(
        self, seat: Seat, appointments: tuple[Appointment, ...], language: str = "zh", cues: Cues | None = None
    ) -> None:
        self.desk = desk = seat.desk
        self.language = language
        self.organiser = Organiser(desk)
        self.chair = Chair(desk)
        self.reporting = Reporting(seat)
        self._appointments = appointments
        self._cues = cues or Cues()
        self._open_package = seat.open_package

    def step(self) -> bool:
        """Do the next thing due; whether there was one."""
        evaluation = self.desk.evaluation
        for appointment in self._appointments:
            if evaluation.roster.role(appointment.person) is None:
                self._appoint(appointment)
                return True
        if evaluation.stage == "opening":
            return self._open()
        if evaluation.stage == "archive":
            return self._leave(self._end)
        if not evaluation.leader and self.chair.may_close().allowed:
            return self._leave(self.chair.close_stage)
        return False

    def _end(self) -> str:
        return self.organiser.end("awarded", self._ground(), self.reporting.final_document())

    def _leave(self, end: Callable[[], str]) -> bool:
        """End the stage on its cue; until then look again soon."""
        if self._cues.given(self.desk.evaluation.stage):
            end()
        else:
            time.sleep(LOOK)
        return True

    def _open(self) -> bool:
        evaluation = self.desk.evaluation
        if evaluation.opening is None:
            if self.desk.clock.now() < evaluation.founding.deadline or not self._all_released():
                return False
            self.organiser.record_opening(self.organiser.read_bids(self._open_package))
            return True
        if evaluation.rules.qualification.by == "organiser" and not evaluation.qualification:
            self.organiser.record_qualification({})
            return True
        return self.chair.may_close().allowed and self._leave(self.chair.close_stage)

    def _all_released(self) -> bool:
        founding = self.desk.evaluation.founding
        holders = {party.person for party in founding.custodians}
        return all(
            len(holders & set(bid.shares)) >= founding.threshold
            and (bid.bidder in bid.shares or not founding.bidder_share)
            for bid in standing_bids(self.desk.evaluation)
        )

    def _appoint(self, appointment: Appointment) -> None:
        if appointment.kind is None:
            self.organiser.appoint_administrator(appointment.person, appointment.site, appointment.certificate)
        else:
            self.organiser.appoint(appointment.person, appointment.kind, appointment.site, appointment.certificate)

    def _ground(self) -> str:
        rule = self.desk.evaluation.rules.endings["awarded"]
        return rule.text.text(self.language)


class AdministratorPilot:
    """Confirms the site, then witnesses each member's arrival."""

    def __init__(self, desk: Desk, seats: tuple[str, ...], checks: tuple[str, ...]) -> None:
        self.desk = desk
        self.administrator = Administrator(desk)
        self._seats = seats
        self._checks = checks

    def step(self) -> bool:
        """Do the next thing due; whether there was one."""
        evaluation = self.desk.evaluation
        if self.desk.person not in evaluation.roster.places:
            return False
        site = self.administrator.site
        if site not in evaluation.sites and evaluation.stage in ("opening", "ready"):
            self.administrator.confirm_site(self._seats, self._checks)
            return True
        if evaluation.stage != "checkin":
            return False
        free = [seat for seat in self._seats if seat not in {member.seat for member in active_members(evaluation)}]
        for member in active_members(evaluation):
            if member.site == site and not member.arrival and evaluation.roster.session_of(member.person) is not None:
                number = member.person.removeprefix("m")
                self.administrator.record_arrival(member.person, free[0], ("id_card", "face"), f"{site}-{number}")
                return True
        return False


class SupervisorPilot:
    """Watches, approves roll-backs that are asked for, takes part in draws, co-signs a checkpoint at each stage end."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.supervisor = Supervisor(desk)
        self._cosigned = 0

    def step(self) -> bool:
        """Do the next thing due; whether there was one."""
        evaluation = self.desk.evaluation
        for request in evaluation.rollback:
            self.supervisor.approve_rollback(request)
            return True
        when = draw_due(evaluation)
        if when is not None and share_by(evaluation, self.desk.person, when) is None:
            self.supervisor.take_part()
            return True
        if len(evaluation.closed) > self._cosigned and self.desk.log.checkpoint():
            self._cosigned = len(evaluation.closed)
            self.supervisor.cosign()
            return True
        return False
