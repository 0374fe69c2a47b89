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

import copy
import datetime
import secrets
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache, partial
from typing import Any, Final, Protocol, Self, TypeVar

import msgspec

from evalclient.core.checkpoint import Checkpoint, origin_of, sign_checkpoint
from evalclient.core.evaluation.fold import Documents
from evalclient.core.evaluation.results import bids_in_scoring, differences, flags
from evalclient.core.evaluation.state import STAGES, Evaluation, stage_index
from evalclient.core.evaluation.views import active_members, reviewed_bids, seal_by
from evalclient.core.merkle import Tree, leaf_bytes
from evalclient.core.method.sheets import items_of
from evalclient.core.ports import LogEntry, RecordLog
from evalclient.core.records.act import MemberKind, Party, Site, Stage, Trade
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
from evalclient.core.records.acts_founding import AdministratorAppointed, EvaluationCreated, MemberAppointed
from evalclient.core.records.envelope import Payload, Record, Seen, digest, record_id
from evalclient.core.tender import load_tender
from evalclient.crypto.cms import envelop
from evalclient.crypto.custody import split_key
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.notes import new_note_key, note_signer, verifier_key
from evalclient.crypto.records import sign_by_certificate
from evalclient.desk.administrator import Administrator
from evalclient.desk.chair import Chair
from evalclient.desk.desk import Desk, Genesis
from evalclient.desk.expert import Expert
from tests.builders.desk_people import BIDDER_NAMES, StepClock, key_of, root_of_keys
from tests.builders.documents import documents_of, tender_of
from tests.contract.memory_record_log import MemoryRecordLog

MEMBERS: Final = {"m1": "王建国", "m2": "李慧敏", "m3": "陈志远", "m4": "赵文博", "m5": "孙丽华"}
SITE_OF: Final = {"m1": "main", "m2": "main", "m3": "main", "m4": "a", "m5": "b"}
SITES: Final = {"main": "昆明主场", "a": "大理副场", "b": "玉溪副场"}
ADMINS: Final = {"admin-main": "周正", "admin-a": "吴敏", "admin-b": "郑凯"}
PRICES: Final = ("9000000", "9200000", "9350000", "9100000", "9500000", "8900000")
REASON: Final = "投标函未加盖单位公章"
_HELD: Final = tuple(f"custodian-{n}" for n in (1, 2, 3))
_RECOVERY: Final = ("recovery-1", "recovery-2")
_OFFICES: Final = {"organiser": "何方", "supervisor": "林静", **dict.fromkeys((*_HELD, *_RECOVERY), "保管人")}
T = TypeVar("T")


class Window(Protocol):
    """What reaches a desk that belongs to a lane: ``ui.live.Live``."""

    def call(self, verb: Callable[[Desk], T]) -> Any: ...


class Desks:
    """The people of one evaluation, their desks, and the log they share."""

    names: tuple[str, ...] = BIDDER_NAMES
    prices: tuple[str, ...] = PRICES

    def __init__(
        self, trade: Trade = "construction", *, practice: bool = True, documents: Documents | None = None
    ) -> None:
        representatives = 1 if trade == "procurement" else 0
        self.documents = documents or documents_of(trade, tender=tender_of(trade, representatives=representatives))
        self.tender = load_tender(self.documents.tender)
        self.trade = trade
        self.clock = StepClock("2026-11-24T01:00:00.000Z")
        self.keys = {person: self.key(name, person) for person, name in {**_OFFICES, **ADMINS, **MEMBERS}.items()}
        for number, name in enumerate(self.names, start=1):
            key = self.key(name, f"bidder {number}")
            self.keys[f"bidder:{digest(key.certificate)}"] = key
        self.bidders = tuple(person for person in self.keys if person.startswith("bidder:"))
        self.log_key = new_note_key()
        self.blobs = {paper.digest: f"{paper.kind} {paper.title.en}".encode() for paper in self.tender.papers}
        self.genesis = self._found(practice)
        self.tape: list[tuple[str, LogEntry]] = []
        self.tree = Tree()
        self.secrets: dict[str, dict[str, bytes]] = {}
        self.windows: dict[str, Window] = {}
        self._desks: dict[str, Desk] = {}
        self.write(self.genesis.record)

    def key(self, name: str, place: str) -> Pkcs12Key:
        """The key of one person; an evening with authorities of its own says otherwise."""
        return key_of(name, place)

    def roots(self) -> tuple[bytes, ...]:
        """The authorities that record 0 names."""
        return (root_of_keys(),)

    def package(self, bidder: str) -> str:
        """Digest of a bidder's package; nothing lies behind it here."""
        return digest(f"package of {bidder}".encode())

    def seal(self, package: str) -> str:
        """Digest of the seal of a package handed in; here of nothing."""
        return digest(f"seal of {package}".encode())

    def fork(self) -> Self:
        """The same evening, to go another way: same log so far, same people, fresh desks that resume their sessions."""
        other = copy.copy(self)
        other.clock = StepClock(self.clock.now())
        other.tape = list(self.tape)
        other.tree = Tree("sha256")
        for _, entry in self.tape:
            other.tree.append(leaf_bytes(entry.received, entry.record))
        other.secrets = {person: dict(kept) for person, kept in self.secrets.items()}
        for person, desk in self._desks.items():
            other.secrets[person] = _secrets_of(desk)
        other.windows, other._desks = {}, {}
        return other

    # -- desks and log ---------------------------------------------------------------------------------------------

    def desk(self, person: str) -> Desk:
        """A person's desk, signed in and in step with the log."""
        if person in self.windows:
            raise LookupError(f"{person} sits at a window; use window.call")
        if person not in self._desks:
            self._desks[person] = self.fresh_desk(person)
        desk = self._desks[person]
        self._catch_up(desk)
        if not desk.signed_in and not desk.resume(self.keys[person]):
            desk.sign_in(self.keys[person], f"{SITE_OF.get(person, 'main')}-{person[-1]}")
            self._send(desk)
            self._catch_up(desk)
        return desk

    def fresh_desk(self, person: str) -> Desk:
        """A desk over a store that holds the log so far; nobody has signed in or resumed at it."""
        log = MemoryRecordLog()
        log.absorb(self.tape, self._checkpoint())
        return self._desk_over(person, log)

    def desk_over(self, person: str, log: RecordLog) -> Desk:
        """A person's desk over another store that holds the log so far: from now on it is his."""
        self._desks[person] = self._desk_over(person, log)
        return self.desk(person)

    def pages(self, size: int) -> list[tuple[list[tuple[str, LogEntry]], str]]:
        """The log so far as a feed gives it: ``size`` entries at a time, each page with its checkpoint."""
        pages = [self.tape[start : start + size] for start in range(0, len(self.tape), size)]
        return [(page, self._checkpoint(page[-1][1].index + 1)) for page in pages]

    def _desk_over(self, person: str, log: RecordLog) -> Desk:
        for name, value in self.secrets.get(person, {}).items():
            log.put_secret(name, value)
        for name, data in self.blobs.items():
            log.put_blob(name, data)
        return Desk(self.genesis, log, person, self.clock)

    def attend(self, person: str, window: Window) -> None:
        """From now on this person's desk belongs to a window's lane."""
        self.windows[person] = window
        self._desks.pop(person, None)

    def share(self) -> None:
        """Everybody's outbox goes to the log and the log to everybody, until nothing is left to send."""
        while True:
            before = len(self.tape)
            for desk in list(self._desks.values()):
                self._send(desk)
            for window in self.windows.values():
                window.call(self._send).result(20)
            for desk in list(self._desks.values()):
                self._catch_up(desk)
            for window in self.windows.values():
                window.call(self._catch_up).result(20)
            if len(self.tape) == before:
                return

    @property
    def evaluation(self) -> Evaluation:
        """The state by the organiser's desk, in step with the log."""
        self.share()
        return self.desk("organiser").evaluation

    def _send(self, desk: Desk) -> None:
        for record in desk.log.outbox():
            self.write(record)
        self._catch_up(desk)

    def write(self, record: Record) -> None:
        """Put a record into the log, as the centre would."""
        identity = record_id(record.payload)
        if identity in {name for name, _ in self.tape}:
            return
        entry = LogEntry(len(self.tape), self.clock.now(), record)
        self.tape.append((identity, entry))
        self.tree.append(leaf_bytes(entry.received, record))

    def _catch_up(self, desk: Desk) -> None:
        known = sum(1 for _ in desk.log.entries())
        if known < len(self.tape):
            desk.absorb(self.tape[known:], self._checkpoint())

    def _checkpoint(self, size: int | None = None) -> str:
        size = len(self.tape) if size is None else size
        checkpoint = Checkpoint(origin_of(record_id(self.genesis.record.payload)), size, self.tree.root(size))
        return sign_checkpoint(checkpoint, verifier_key("centre", self.log_key), note_signer(self.log_key))

    def _found(self, practice: bool) -> Genesis:
        def party(person: str) -> Party:
            return Party(person, self.keys[person].certificate)

        documents = self.documents
        tender = self.tender
        act = EvaluationCreated(
            title=tender.title,
            trade=self.trade,
            jurisdiction="CN",
            tender=digest(documents.tender),
            method=digest(documents.method),
            rules=digest(documents.rules),
            roots=self.roots(),
            log_key=verifier_key("centre", self.log_key).text(),
            organiser=party("organiser"),
            supervisor=party("supervisor"),
            custodians=tuple(party(person) for person in _HELD),
            threshold=2,
            bidder_share=True,
            recovery_custodians=tuple(party(person) for person in _RECOVERY),
            recovery_threshold=2,
            sites=tuple(Site(site, name, site == "main") for site, name in SITES.items()),
            deadline=tender.deadline,
            practice=practice,
        )
        payload = Payload(
            evaluation="",
            kind="evaluation.created",
            author="organiser",
            session="",
            seq=0,
            prev="",
            round=1,
            seen=Seen(0, digest(b"")),
            at=self.clock.now(),
            nonce=secrets.token_hex(16),
            body=msgspec.Raw(msgspec.json.encode(act)),
        )
        return Genesis(sign_by_certificate(payload, self.keys["organiser"]), documents)

    # -- the course of the evening ---------------------------------------------------------------------------------

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
            shares: dict[str, dict[str, bytes]] = {person: {} for person in (*_HELD[:2], bidder)}
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


def _secrets_of(desk: Desk) -> dict[str, bytes]:
    names = [f"session:{session.id}" for session in desk.evaluation.roster.sessions.values()]
    return {name: kept for name in names if (kept := desk.log.secret(name)) is not None}


@lru_cache
def _cached(stage: Stage, trade: Trade) -> Desks:
    before = STAGES[max(0, stage_index(stage) - 1)]
    return Desks(trade) if stage == "opening" else _cached(before, trade).fork().until(stage)


def desks_at(stage: Stage, trade: Trade = "construction") -> Desks:
    """An evening of the usual course at ``stage``: a fork of a cached one, free to change."""
    return _cached(stage, trade).fork()
