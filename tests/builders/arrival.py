"""The first half of an evening for tests: record 0, bids, opening, arrival, pledge, leader, release."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Self

from evalclient.core.evaluation.drawing import draw_due, waiting_for
from evalclient.core.evaluation.views import (
    active_members,
    opened_bids,
    standing_bids,
)
from evalclient.core.method.document.parts import Method
from evalclient.core.records.act import MemberKind, Party, Site, Stage, Trade
from evalclient.core.records.acts_bids import (
    AccessGranted,
    BidSubmitted,
    OpenedBid,
    OpeningRecorded,
    Qualification,
    QualificationRecorded,
    ShareReleased,
)
from evalclient.core.records.acts_committee import (
    SealOpened,
    StageClosed,
    Vote,
    VoteSealed,
)
from evalclient.core.records.acts_draw import DrawSealed
from evalclient.core.records.acts_founding import (
    AdministratorAppointed,
    ArrivalRecorded,
    EvaluationCreated,
    MemberAppointed,
    PledgeSigned,
    RecusalDeclared,
    SiteConfirmed,
)
from evalclient.core.records.envelope import digest
from evalclient.core.workflow.duties import GrantAccess, OpenSeal, duties
from evalclient.core.workflow.stage_ends import closing_ids, conclusion
from tests.builders.documents import DEADLINE, documents_of, tender_of
from tests.builders.ledger import Ledger, certificate_of

SITES: Final = {"main": "昆明主场", "a": "大理副场", "b": "玉溪副场"}
SITE_OF: Final = {"m1": "main", "m2": "main", "m3": "main", "m4": "a", "m5": "b"}
BIDDER_NAMES: Final = ("金马建设", "碧鸡建工", "滇池集团", "苍山工程", "洱海营造", "玉龙实业")
PRICES: Final = ("9000000", "9200000", "9350000", "9100000", "9500000", "8900000")
ORGANISER: Final = "organiser"
SUPERVISOR: Final = "supervisor"
CUSTODIANS: Final = ("custodian-agency", "custodian-platform", "custodian-witness")
RECOVERY: Final = ("recovery-one", "recovery-two")


def bidder_id(number: int) -> str:
    """The id of bidder ``number`` (from 1): the fingerprint of his certificate."""
    return "bidder:" + digest(f"certificate of bidder {number}".encode())


def administrator_of(site: str) -> str:
    """The administrator of a site."""
    return f"admin-{site}"


def _party(person: str) -> Party:
    return Party(person, certificate_of(person))


class Arrival(Ledger):
    """An evaluation up to the release of the bids to the committee."""

    def __init__(
        self,
        trade: Trade = "construction",
        *,
        bids: int = 6,
        practice: bool = False,
        method: Method | None = None,
        rules: bytes | None = None,
        kinds: Mapping[str, MemberKind] | None = None,
        allow_representatives: int | None = None,
        recovery: tuple[str, ...] = RECOVERY,
    ) -> None:
        usual: dict[str, MemberKind] = {"m5": "representative"} if trade == "procurement" else {}
        self.kinds: Mapping[str, MemberKind] = usual if kinds is None else kinds
        self.bidders = tuple(bidder_id(number) for number in range(1, bids + 1))
        among = sum(kind == "representative" for kind in self.kinds.values())
        tender = tender_of(trade, representatives=among if allow_representatives is None else allow_representatives)
        documents = documents_of(trade, tender=tender, method=method, rules=rules)
        founding = EvaluationCreated(
            title=tender.title,
            trade=trade,
            jurisdiction="CN",
            tender=digest(documents.tender),
            method=digest(documents.method),
            rules=digest(documents.rules),
            roots=(b"root",),
            log_key="centre+00000000+AAAA",
            organiser=_party(ORGANISER),
            supervisor=_party(SUPERVISOR),
            custodians=tuple(_party(person) for person in CUSTODIANS),
            threshold=2,
            bidder_share=True,
            recovery_custodians=tuple(_party(person) for person in recovery),
            recovery_threshold=2,
            sites=tuple(Site(site, name, site == "main") for site, name in SITES.items()),
            deadline=DEADLINE,
            practice=practice,
        )
        #: bidder → what his bid states besides name, price and 工期
        self.stated: dict[str, dict[str, str]] = {}
        super().__init__(documents, founding)

    @property
    def stage(self) -> Stage:
        """The stage the evening is in."""
        return self.evaluation.stage

    @property
    def members(self) -> tuple[str, ...]:
        """The members who hold a place now."""
        return tuple(member.person for member in active_members(self.evaluation))

    # -- bids and opening ------------------------------------------------------------------------------------------

    def submit(self, numbers: Iterable[int] | None = None) -> Self:
        """Bidders hand in their packages before the deadline."""
        for bidder in self.bidders if numbers is None else [bidder_id(number) for number in numbers]:
            self.do(
                bidder,
                BidSubmitted(package=digest(f"package of {bidder}".encode()), seal=digest(b"seal"), size=20 << 20),
            )
        return self

    def appoint(self, people: Collection[str] = tuple(SITE_OF)) -> Self:
        """The organiser appoints administrators and members (all five, or ``people`` of them)."""
        for site in SITES:
            person = administrator_of(site)
            act = AdministratorAppointed(person=person, site=site, certificate=digest(certificate_of(person)))
            self.do(ORGANISER, act)
        for person in people:
            self.do(ORGANISER, self.appointment(person, self.kinds.get(person, "expert"), SITE_OF[person]))
        return self

    def appointment(
        self, person: str, kind: MemberKind, site: str, replaces: str = "", ground: str = ""
    ) -> MemberAppointed:
        """The act that gives ``person`` a place."""
        return MemberAppointed(
            person=person,
            member_kind=kind,
            site=site,
            certificate=digest(certificate_of(person)),
            replaces=replaces,
            ground=ground,
        )

    def opening_act(self, failures: Mapping[str, str] | None = None) -> OpeningRecorded:
        """The opening record over all standing bids; ``failures`` maps bidder → ``revoked`` or ``withdrawn``."""
        failures = failures or {}
        lines = []
        for bid in standing_bids(self.evaluation):
            number = self.bidders.index(bid.bidder)
            lines.append(
                OpenedBid(
                    bidder=bid.bidder,
                    package=bid.package,
                    name=BIDDER_NAMES[number],
                    price=PRICES[number],
                    terms={"工期": "180日历天", **self.stated.get(bid.bidder, {})},
                    failure=failures.get(bid.bidder, ""),  # type: ignore[arg-type]
                    note="未在规定时间内解密" if bid.bidder in failures else "",
                )
            )
        return OpeningRecorded(bids=tuple(lines))

    def open(
        self,
        failures: Mapping[str, str] | None = None,
        unqualified: Mapping[str, str] | None = None,
        *,
        close: bool = True,
    ) -> Self:
        """Bids in, the deadline passes; shares, names and prices, in procurement qualification; experts are drawn."""
        if not self.evaluation.bids:
            self.submit()
        self.pass_time(to=max(self.at, DEADLINE)).release_shares()
        self.do(ORGANISER, self.opening_act(failures))
        if self.evaluation.rules.qualification.by == "organiser":
            self.qualify(unqualified or {})
        if administrator_of("main") not in self.evaluation.roster.places:
            self.appoint()
        return self.close() if close else self

    def release_shares(self) -> Self:
        """As many custodians as needed and every bidder release their shares."""
        for bid in standing_bids(self.evaluation):
            for holder in (*CUSTODIANS[: self.founding.threshold], bid.bidder):
                shares = {name: f"share of {holder}".encode() for name in self.evaluation.tender.compartments}
                self.do(holder, ShareReleased(bidder=bid.bidder, package=bid.package, shares=shares))
        return self

    def qualify(self, unqualified: Mapping[str, str]) -> Self:
        """The organiser's qualification result; bidder → reason for those who do not qualify."""
        results = tuple(
            Qualification(bid.bidder, bid.bidder not in unqualified, unqualified.get(bid.bidder, ""))
            for bid in opened_bids(self.evaluation)
        )
        self.do(ORGANISER, QualificationRecorded(results=results))
        return self

    # -- arrival ---------------------------------------------------------------------------------------------------

    def confirm_sites(self, *, close: bool = True) -> Self:
        """Every site's administrator confirms that it is ready."""
        for site in SITES:
            seats = tuple(f"{site}-{number}" for number in range(1, 6))
            act = SiteConfirmed(site=site, seats=seats, checks=("network", "camera"))
            self.do(administrator_of(site), act)
        return self.close() if close else self

    def check_in(self, people: Collection[str] | None = None, *, close: bool = True) -> Self:
        """Members sign in at a seat and their administrator records the arrival (those not recorded yet)."""
        for person in self.members if people is None else people:
            member = self.evaluation.members[person]
            if member.arrival:
                continue
            taken = {other.seat for other in active_members(self.evaluation)}
            seat = next(seat for n in range(1, 6) if (seat := f"{member.site}-{n}") not in taken)
            self.sign_in(person, seat)
            act = ArrivalRecorded(member=person, seat=seat, factors=("id_card", "face"), locker=f"L{person}")
            self.do(administrator_of(member.site), act)
        return self.close() if close else self

    def pledge_act(self) -> PledgeSigned:
        """The pledge and the papers this tender asks for."""
        papers = self.evaluation.tender.papers
        pledge = next(paper.digest for paper in papers if paper.kind == "pledge")
        others = tuple(paper.digest for paper in papers if paper.kind != "pledge")
        return PledgeSigned(pledge=pledge, documents=(*others, self.founding.method))

    def recusal(self, ground: str = "") -> RecusalDeclared:
        """The declaration on recusal; a ground means that the member must withdraw."""
        return RecusalDeclared(conflict=bool(ground), ground=ground)

    def pledge(self, conflicts: Mapping[str, str] | None = None, *, close: bool = True) -> Self:
        """Members who have not yet sign the pledge and declare on recusal; ``conflicts`` maps member → ground."""
        conflicts = conflicts or {}
        for member in active_members(self.evaluation):
            if not member.pledge:
                self.do(member.person, self.pledge_act())
            if not member.recusal:
                self.do(member.person, self.recusal(conflicts.get(member.person, "")))
        return self.close() if close else self

    # -- leader and release ----------------------------------------------------------------------------------------

    def vote(self, choices: Mapping[str, str]) -> Self:
        """Members (those in ``choices``: member → candidate) seal their votes; all in, the keys are published."""
        for person, candidate in choices.items():
            act = VoteSealed(sealed=self.sealed(Vote(candidate)), ballot=self.evaluation.ballot)
            self.do(person, act)
        return self.open_seals()

    def elect(self, leader: str = "m1", *, close: bool = True) -> Self:
        """All vote for ``leader``."""
        self.vote(dict.fromkeys(self.members, leader))
        return self.close() if close else self

    def open_seals(self) -> Self:
        """Every client does its duty: once all have sealed, it publishes its key."""
        for person in (*self.members, SUPERVISOR):
            for duty in duties(self.evaluation, person):
                if isinstance(duty, OpenSeal):
                    act = SealOpened(seal=duty.seal, key=b"key")
                    self.do(person, act, opened=self.content_of(duty.seal))
        return self

    def take_part(self, people: Collection[str] | None = None) -> Self:
        """Who has not yet seals a share of the draw that is due (all parties, or ``people``); nothing is published."""
        when = draw_due(self.evaluation)
        for person in waiting_for(self.evaluation, when) if when else ():
            if people is None or person in people:
                assert when is not None
                self.do(person, DrawSealed(when=when, share=self.sealed_share()))
        return self

    def draw(self) -> Self:
        """All parties seal their shares and publish them; nothing where no draw is due."""
        return self.take_part().open_seals()

    def release(self, *, close: bool = True) -> Self:
        """The organiser gives every member's session the keys (that is his duty)."""
        for duty in duties(self.evaluation, ORGANISER):
            if isinstance(duty, GrantAccess):
                compartments = self.evaluation.tender.compartments
                act = AccessGranted(member=duty.member, session=duty.session, compartments=compartments, keys=b"keys")
                self.do(ORGANISER, act)
        return self.close() if close else self

    # -- the course of the evening ---------------------------------------------------------------------------------

    def close(self) -> Self:
        """Whoever runs the procedure ends the present stage."""
        self.do(self.evaluation.leader or ORGANISER, self.closing_act())
        return self

    def closing_act(self) -> StageClosed:
        """The act that would end the present stage."""
        evaluation = self.evaluation
        return StageClosed(stage=evaluation.stage, closes=closing_ids(evaluation), conclusion=conclusion(evaluation))
