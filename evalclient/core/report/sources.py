"""What every section of a report reads: the evaluation, its history, and the names in the certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from evalclient.core.evaluation.state import Evaluation, Member
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.records.act import Act
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.roster import BIDDER_PREFIX
from evalclient.core.report.content import Basis, same
from evalclient.core.report.history import Event, local_time
from evalclient.core.workflow.stages import ROLE_TITLES

A = TypeVar("A", bound=Act)
MEMBER_KINDS = {
    "construction": {
        "expert": Bilingual("评标专家", "Expert"),
        "representative": Bilingual("招标人代表", "Tenderer's representative"),
    },
    "procurement": {
        "expert": Bilingual("评审专家", "Expert"),
        "representative": Bilingual("采购人代表", "Purchaser's representative"),
    },
}


@dataclass(frozen=True)
class Sources:
    """``names`` maps person → name in his certificate; a person without a session yet is called by his place."""

    evaluation: Evaluation
    events: tuple[Event, ...]
    names: Mapping[str, str]
    basis: Basis

    @cached_property
    def _times(self) -> dict[str, str]:
        return {event.record: event.at for event in self.events}

    def at(self, record: str) -> str:
        """When the centre received a record, in Beijing time; "" for a record that is not there."""
        return local_time(self._times.get(record, ""))

    def acts(self, kind: type[A]) -> tuple[tuple[Event, A], ...]:
        """The records of one kind that took effect, in log order."""
        idle = {entry.record for entry in self.evaluation.without_effect}
        return tuple(
            (event, event.act) for event in self.events if isinstance(event.act, kind) and event.record not in idle
        )

    def person(self, person: str) -> str:
        """How a person or bidder is called."""
        if person.startswith(BIDDER_PREFIX):
            return self.bidder(person)
        return self.names.get(person) or person

    def who(self, person: str) -> Bilingual:
        """A person with his office, for tables that mix offices."""
        role = self.evaluation.roster.role(person)
        name = self.person(person)
        return (
            same(name)
            if role is None
            else Bilingual(f"{name}，{ROLE_TITLES[role].zh}", f"{name}, {ROLE_TITLES[role].en}")
        )

    def bidder(self, bidder: str) -> str:
        """A bidder's name as read out at opening; while bids are shut, the name in his certificate."""
        bid = self.evaluation.bids.get(bidder)
        if bid is None or bid.opened is None or bid.opened.failure:
            return self.names.get(bidder) or bidder_name(self.evaluation, bidder)
        return bidder_name(self.evaluation, bidder)

    def site(self, site: str) -> str:
        """The name of a site."""
        names = {entry.id: entry.name for entry in self.evaluation.founding.sites}
        return names.get(site, site)

    def kind(self, member: Member) -> Bilingual:
        """What a member is called under the law that holds."""
        return MEMBER_KINDS[self.evaluation.founding.trade][member.kind]

    @property
    def construction(self) -> bool:
        """Whether the tendering law holds, else that of government procurement."""
        return self.evaluation.founding.trade == "construction"
