"""The room administrator's verbs: site ready, arrivals, replacement requests. No scores, no members' appointment."""

from __future__ import annotations

from evalclient.core.records.acts_founding import (
    ArrivalRecorded,
    Ground,
    IdentityWitnessed,
    ReplacementRequested,
    SiteConfirmed,
)
from evalclient.core.records.envelope import digest
from evalclient.crypto.event_authority import KeyRequest
from evalclient.desk.desk import Desk


class Administrator:
    """A site's administrator (场地管理员)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def site(self) -> str:
        """The site this administrator was appointed to."""
        return self.desk.evaluation.roster.places[self.desk.person].site

    def confirm_site(self, seats: tuple[str, ...], checks: tuple[str, ...]) -> str:
        """Confirm that rooms and devices are ready."""
        return self.desk.do(SiteConfirmed(site=self.site, seats=seats, checks=checks))

    def record_arrival(self, member: str, seat: str, factors: tuple[str, ...], locker: str = "") -> str:
        """Witness a member's arrival and identity check."""
        return self.desk.do(ArrivalRecorded(member=member, seat=seat, factors=factors, locker=locker))

    def witness_identity(self, member: str, request: KeyRequest, factors: tuple[str, ...], ground: Ground) -> str:
        """Witness who a member is whose own certificate is of no use today, and the key he has made at his seat."""
        key = digest(request.spki, self.desk.evaluation.founding.hash)
        return self.desk.do(IdentityWitnessed(member=member, key=key, factors=factors, ground=ground))

    def request_replacement(self, member: str, ground: str) -> str:
        """Ask the organiser to replace a member."""
        return self.desk.do(ReplacementRequested(member=member, ground=ground))
