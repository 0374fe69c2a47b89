"""The state of an evaluation: what the log says so far. Only the fold makes new ones; nothing changes in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from evalclient.core.method.document.document import Method
from evalclient.core.records.act import DrawTime, MemberKind, Stage
from evalclient.core.records.acts_bids import OpenedBid, OpeningRecorded
from evalclient.core.records.acts_committee import AbnormalJudged, CompetitionJudged, PriceCorrected, RecheckAnswered
from evalclient.core.records.acts_ending import EvaluationEnded, ReportSigned, ReportStamped
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.roster import Roster
from evalclient.core.rules import RulesInForce
from evalclient.core.tender import Tender

STAGES: tuple[Stage, ...] = (
    "opening",
    "ready",
    "checkin",
    "pledge",
    "leader",
    "release",
    "preliminary",
    "scoring",
    "settlement",
    "price",
    "summary",
    "recheck",
    "candidates",
    "report",
    "archive",
    "ended",
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a record, in which session and round, and when (centre's time where the log has it).

    ``doubt`` is what speaks against his certificate at that time, where the certificate signs.
    """

    person: str
    session: str
    record: str
    round: int
    at: str
    doubt: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class SiteReady:
    """A site whose administrator has confirmed it."""

    record: str
    seats: tuple[str, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OneDay:
    """A member's certificate for one day (当日证书): why, who identified him by what, and the two records.

    Empty for who signs by his own.
    """

    ground: str = ""
    administrator: str = ""
    administrator_factors: tuple[str, ...] = ()
    organiser_factors: tuple[str, ...] = ()
    witnessed: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the committee (评标委员会成员) and what he has done so far; record ids, "" while not done."""

    person: str
    kind: MemberKind
    site: str
    seat: str = ""
    factors: tuple[str, ...] = ()
    locker: str = ""
    arrival: str = ""
    pledge: str = ""
    recusal: str = ""
    conflict: str = ""
    replacement_wanted: str = ""
    replaced_by: str = ""
    one_day: OneDay = OneDay()

    @property
    def active(self) -> bool:
        """Whether the member still holds his place."""
        return not self.replaced_by


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid (投标): the sealed package and its seal (SHA-256 of the manifest), when it came in, the shares released for it,
    its line of the opening record.
    """

    bidder: str
    package: str
    seal: str
    size: int
    record: str
    received: str = ""
    withdrawn: bool = False
    shares: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    opened: OpenedBid | None = None
    qualified: bool | None = None
    qualification_reason: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """A sealed body: vote, review, sheet, or a share of the draws at ``when``. ``content`` appears with its key.

    ``bids`` are the bidders a sheet has to score, as the group's preliminary review stood when it was sealed. An opened
    body whose content is None was garbage or incomplete. ``at`` is when it was received.
    """

    record: str
    kind: str
    author: str
    round: int
    ballot: int = 1
    bids: tuple[str, ...] = ()
    opened: bool = False
    content: msgspec.Struct | None = None
    void: bool = False
    at: str = ""
    when: DrawTime | None = None


@dataclass(frozen=True, slots=True)
class DrawShares:
    """The shares of the draws at one point of the meeting, all sealed, so that none can change any more.

    ``seals`` is party → record, in the order in which they are hashed; ``centre`` the leaf hash (hex) of the last one.
    """

    round: int
    seals: Mapping[str, str]
    centre: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """A sealed body that custodians are asked for: the request, its ground, custodian → share, enveloped."""

    record: str
    ground: str
    shares: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Closed:
    """The group end of a stage."""

    stage: Stage
    round: int
    record: str
    by: str
    at: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected or maintained score; ``new`` equals ``old`` where it was maintained with a reason."""

    member: str
    bidder: str
    item: str
    old: str
    new: str
    case: str
    reason: str
    record: str


@dataclass(frozen=True, slots=True)
class Report:
    """The report (评标报告) and the members' signatures; ``stamps`` are the PDF's revisions in order.

    ``refused`` holds who did not sign, or signed and did not stamp, with the organiser's ground. ``at`` is when it was
    received, ``signed_at`` when each signature was.
    """

    document: str
    result: str
    record: str
    signed: Mapping[str, ReportSigned] = field(default_factory=dict)
    signed_at: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    stamps: tuple[tuple[str, ReportStamped], ...] = ()
    at: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A member's latest encrypted draft on a topic."""

    record: str
    session: str
    cipher: bytes
    at: str


@dataclass(frozen=True, slots=True)
class WithoutEffect:
    """A record that stands in the log but changed nothing, and why."""

    record: str
    kind: str
    author: str
    reason: Bilingual
    article: str


@dataclass(frozen=True, slots=True)
class Timestamped:
    """A time stamp on record (时间戳): its ``token`` (RFC 3161, DER), who brought it, and when the centre received it.

    ``covers`` is the digest of the report, or the root of the log at ``size`` records; ``size`` is 0 for the report.
    """

    token: bytes
    covers: str
    size: int
    by: str
    received: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything a screen, a report or an audit shows (评标项目).

    ``runoff`` are the tied candidates of the ballot before, among whom the present ballot decides; empty: all.
    ``moved`` is when the last record that carries the procedure on took effect; ``ended_size`` the size of the log with
    the record that ended the evaluation, 0 before.
    """

    fingerprint: str
    founding: EvaluationCreated
    tender: Tender
    method: Method
    rules: RulesInForce
    roster: Roster
    size: int = 0
    round: int = 1
    stage: Stage = "opening"
    moved: str = ""
    members: Mapping[str, Member] = field(default_factory=dict)
    sites: Mapping[str, SiteReady] = field(default_factory=dict)
    bids: Mapping[str, Bid] = field(default_factory=dict)
    opening: OpeningRecorded | None = None
    qualification: str = ""
    grants: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    seals: Mapping[str, Seal] = field(default_factory=dict)
    recovery: Mapping[str, Recovery] = field(default_factory=dict)
    draw_shares: Mapping[DrawTime, DrawShares] = field(default_factory=dict)
    ballot: int = 1
    runoff: tuple[str, ...] = ()
    leader: str = ""
    closed: tuple[Closed, ...] = ()
    corrections: tuple[Correction, ...] = ()
    competition: Mapping[str, CompetitionJudged] = field(default_factory=dict)
    abnormal: Mapping[tuple[str, str], Mapping[str, AbnormalJudged]] = field(default_factory=dict)
    defects: Mapping[str, str] = field(default_factory=dict)
    price_corrected: Mapping[str, PriceCorrected] = field(default_factory=dict)
    price_confirmed: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    rechecks: Mapping[str, RecheckAnswered] = field(default_factory=dict)
    candidates: tuple[str, ...] | None = None
    report: Report | None = None
    rollback: Mapping[str, tuple[Stage, str]] = field(default_factory=dict)
    dissolved: str = ""
    ending: EvaluationEnded | None = None
    drafts: Mapping[tuple[str, str], Draft] = field(default_factory=dict)
    practice_fills: tuple[tuple[str, str], ...] = ()
    cosigned: tuple[tuple[str, Stage, int], ...] = ()
    ended_size: int = 0
    report_stamp: Timestamped | None = None
    log_stamp: Timestamped | None = None
    without_effect: tuple[WithoutEffect, ...] = ()
    unknown: tuple[str, ...] = ()


def stage_index(stage: Stage) -> int:
    """Position of a stage in the evening, from 0."""
    return STAGES.index(stage)
