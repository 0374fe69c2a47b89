"""A whole committee at real desks, in one process: real keys, real signatures, one shared log with a real log key.

    from tests.builders.desks import desks_at

    desks = desks_at("scoring")          # a fork of a cached evening; every desk is a ``desk.Desk`` of its own
    desks.desk("m1")                     # in step with the log
    desks.attend("m1", live)             # from now on m1's desk belongs to a lane: it is reached through ``live``
    desks.seal_sheets("m2", "m3")        # colleagues work at their own desks
    desks.share()                        # everybody's outbox goes to the log, and the log to everybody

Only the wire is missing: what ``sync.round`` checks of the centre is tested elsewhere.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache, partial
from typing import Any, Final, Self

import msgspec

from evalclient.core.evaluation.results import bids_in_scoring, differences, flags
from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.evaluation.views import active_members, reviewed_bids, seal_by
from evalclient.core.method.document.scored import items_of
from evalclient.core.records.act import MemberKind, Stage, Trade
from evalclient.core.records.acts_bids import (
    BidSubmitted,
    OpenedBid,
    OpeningRecorded,
    Qualification,
    QualificationRecorded,
    ShareReleased,
)
from evalclient.core.records.acts_committee import (
    Opinion,
    Review,
    ReviewSealed,
    Score,
    ScoreCorrected,
    ScoreSheet,
    SheetSealed,
)
from evalclient.core.records.acts_ending import ReportSigned
from evalclient.core.records.acts_founding import AdministratorAppointed, MemberAppointed
from evalclient.core.records.envelope import digest
from evalclient.crypto.cms import envelop
from evalclient.crypto.custody import split_key
from evalclient.desk.administrator import Administrator
from evalclient.desk.chair import Chair
from evalclient.desk.expert import Expert
from tests.builders.drawing import draw
from tests.builders.shared_log import (
    ADMINS,
    CUSTODIANS,
    MEMBERS,
    SITE_OF,
    SITES,
    SharedLog,
)

REASON: Final = "投标函未加盖单位公章"


class Desks(SharedLog):
    """Who goes through the evening in the usual way, each at a desk of his own."""

    def until(self, stage: Stage) -> Self:
        """Go on in the usual way until ``stage`` is reached."""
        while stage_index(self.evaluation.stage) < stage_index(stage):
            self.step()
        return self

    def step(self) -> None:
        """What usually happens in the present stage, to its end."""
        usual: Mapping[Stage, Callable[[], None]] = {
            "opening": self.open_bids,
            "ready": self.confirm_sites,
            "checkin": self.check_in,
            "pledge": partial(self.pledge, *MEMBERS),
            "leader": partial(self.vote, dict.fromkeys(MEMBERS, "m1")),
            "release": lambda: None,
            "preliminary": partial(self.seal_reviews, *MEMBERS),
            "scoring": partial(self.seal_sheets, *MEMBERS),
            "settlement": self.settle,
            "price": partial(self._each, MEMBERS, Expert.confirm_price),
            "summary": lambda: None if self.evaluation.summary else self.lead(Chair.sum_up),
            "recheck": partial(self.recheck, *MEMBERS),
            "candidates": partial(self.lead, Chair.recommend),
        }
        draw(self)
        usual[self.evaluation.stage]()
        self.close()

    def close(self) -> None:
        """Whoever runs the procedure ends the present stage."""
        self.share()
        Chair(self.desk(self.evaluation.leader or "organiser")).close_stage()
        self.share()

    def lead(self, verb: Callable[[Chair], object]) -> None:
        """The leader does something."""
        verb(Chair(self.desk(self.evaluation.leader)))
        self.share()

    def _each(self, people: Collection[str], verb: Callable[[Expert], object]) -> None:
        for person in people:
            if person not in self.windows:
                verb(Expert(self.desk(person)))
        self.share()

    def open_bids(self) -> None:
        """Appointments, bids, shares and the opening record."""
        self.appoint()
        self.hand_in()
        self.release_shares()
        self._record_opening()
        self.share()

    def appoint(self) -> None:
        """The organiser names administrators and members."""
        organiser = self.desk("organiser")
        own = {person: digest(self.keys[person].certificate) for person in (*ADMINS, *SITE_OF)}
        for person, site in zip(ADMINS, SITES, strict=True):
            organiser.do(AdministratorAppointed(person=person, site=site, certificate=own[person]))
        for person, site in SITE_OF.items():
            kind: MemberKind = "representative" if self.trade == "procurement" and person == "m5" else "expert"
            organiser.do(MemberAppointed(person=person, member_kind=kind, site=site, certificate=own[person]))
        self.share()

    def hand_in(self, bidders: int = 6) -> None:
        """So many bidders hand in their packages; then the deadline passes."""
        for bidder in self.bidders[:bidders]:
            package = self.package(bidder)
            self.desk(bidder).do(BidSubmitted(package=package, seal=self.seal(package), size=20 << 20))
        self.share()
        self.clock.moment += datetime.timedelta(hours=1)

    def release_shares(self) -> None:
        """Two custodians and each bidder release their shares."""
        self._release_shares()
        self.share()

    def _release_shares(self) -> None:
        session = self.desk("organiser").evaluation.roster.session_of("organiser")
        assert session is not None
        for bidder in self.bidders:
            shares: dict[str, dict[str, bytes]] = {person: {} for person in (*CUSTODIANS[:2], bidder)}
            for name in self.tender.compartments:
                split = split_key(secrets.token_bytes(32), 3, 2, True)
                assert split.bidder is not None
                for person, share in zip(shares, (*split.custodians[:2], split.bidder), strict=True):
                    shares[person][name] = envelop(share, [session.encryption_key])
            package = self.desk("organiser").evaluation.bids[bidder].package
            for person, own in shares.items():
                self.desk(person).do(ShareReleased(bidder=bidder, package=package, shares=own))  # type: ignore[arg-type]

    def opening_line(self, bidder: str, name: str, price: str) -> OpenedBid:
        return OpenedBid(bidder=bidder, package=self.evaluation.bids[bidder].package, name=name, price=price)

    def _record_opening(self) -> None:
        desk = self.desk("organiser")
        lines = tuple(self.opening_line(*line) for line in zip(self.bidders, self.names, self.prices, strict=True))
        desk.do(OpeningRecorded(bids=lines))
        if desk.evaluation.rules.qualification.by == "organiser":
            desk.do(QualificationRecorded(results=tuple(Qualification(bidder, True) for bidder in self.bidders)))

    def confirm_sites(self) -> None:
        """Every site's administrator confirms."""
        for person, site in zip(ADMINS, SITES, strict=True):
            Administrator(self.desk(person)).confirm_site(tuple(f"{site}-{n}" for n in range(1, 6)), ("network",))
        self.share()

    def check_in(self) -> None:
        """Members sign in; their administrators witness it."""
        for person in MEMBERS:
            self.desk(person)
        self.share()
        for person, site in SITE_OF.items():
            admin = list(ADMINS)[list(SITES).index(site)]
            Administrator(self.desk(admin)).record_arrival(person, f"{site}-{person[-1]}", ("id_card", "face"), "L1")
        self.share()

    def pledge(self, *people: str) -> None:
        """Members sign the pledge and declare no conflict."""
        self._each(people, lambda expert: (expert.sign_pledge(), expert.declare(conflict=False)))

    def vote(self, choices: Mapping[str, str]) -> None:
        """Member → candidate."""
        if self.evaluation.leader:
            return
        for person, candidate in choices.items():
            Expert(self.desk(person)).vote(candidate)
        self.share()

    def seal_reviews(self, *people: str, fail: Mapping[str, str] | None = None) -> None:
        """Members seal a review that fails ``fail`` (bidder → item; by default the sixth bidder's first item)."""
        method = self.evaluation.method
        failing = {self.bidders[5]: method.preliminary[0].id} if fail is None else fail
        content = Review(
            {
                bid.bidder: {
                    item.id: Opinion(
                        failing.get(bid.bidder) != item.id, REASON if failing.get(bid.bidder) == item.id else ""
                    )
                    for item in method.preliminary
                }
                for bid in reviewed_bids(self.evaluation)
            }
        )
        self._seal(people, ReviewSealed, "review.sealed", lambda _person: content)

    def seal_sheets(self, *people: str, change: Mapping[tuple[str, str, str], str] | None = None) -> None:
        """Members seal plausible sheets; ``change`` maps (member, bidder, item) → value."""
        self._seal(people, SheetSealed, "sheet.sealed", lambda person: self.sheet_of(person, change or {}))

    def sheet_of(self, person: str, change: Mapping[tuple[str, str, str], str]) -> ScoreSheet:
        """A plausible sheet of one member."""
        return ScoreSheet(
            {
                bid.bidder: {
                    item.id: Score(
                        change.get((person, bid.bidder, item.id)) or self._usual(person, bid.bidder, place), ""
                    )
                    for place, item in enumerate(items_of(self.evaluation.method))
                }
                for bid in bids_in_scoring(self.evaluation)
            }
        )

    def _usual(self, person: str, bidder: str, place: int) -> str:
        item = items_of(self.evaluation.method)[place]
        number = self.bidders.index(bidder)
        if item.kind == "fixed":
            return item.values[-1 - number % 2].value
        whole = int(item.maximum.split(".")[0])
        halves = min(2 * whole, max(0, whole * 8 // 5 - number + int(person[1:]) % 3))
        return f"{halves // 2}" + (".5" if halves % 2 and "0.5" in item.step else "")

    def _seal(self, people: Collection[str], act: Any, kind: str, content: Callable[[str], msgspec.Struct]) -> None:
        for person in people:
            if person not in self.windows and seal_by(self.evaluation, person, kind) is None:
                Expert(self.desk(person))._seal(act, kind, content(person))
        self.share()

    def settle(self) -> None:
        """Every objective difference is corrected to the first member's value."""
        for entry in differences(self.evaluation):
            right = next(iter(entry.values.values()))
            for person, value in entry.values.items():
                if value != right and person not in self.windows:
                    act = ScoreCorrected(
                        bidder=entry.bidder, item=entry.item, old=value, new=right, case="objective", reason="核对原件"
                    )
                    Expert(self.desk(person)).correct(act)
        self.share()

    def recheck(self, *people: str) -> None:
        """Members answer every flag."""
        if not self.evaluation.summary:
            self.lead(Chair.sum_up)
        answers = {flag.id: "已复核，维持原评审意见" for flag in flags(self.evaluation)}
        self._each(people, lambda expert: expert.answer_recheck(answers))

    def sign(self, person: str, dissent: str = "") -> None:
        """A member signs the report that lies before him; his client has compared nothing."""
        document = self.desk(person).evaluation.report.document  # type: ignore[union-attr]
        self.desk(person).do(ReportSigned(document=document, dissent=dissent))

    @property
    def members(self) -> tuple[str, ...]:
        """The members who hold a place now."""
        return tuple(member.person for member in active_members(self.evaluation))


@lru_cache
def _cached(stage: Stage, trade: Trade) -> Desks:
    before = STAGES[max(0, stage_index(stage) - 1)]
    return Desks(trade) if stage == "opening" else _cached(before, trade).fork().until(stage)


def desks_at(stage: Stage, trade: Trade = "construction") -> Desks:
    """An evening of the usual course at ``stage``: a fork of a cached one, free to change."""
    return _cached(stage, trade).fork()
