"""Who is who in an evaluation's log (名册): places, certificates, sessions and their chains. A fold of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from evalclient.core.records.act import Role, Sealed, SealedShare
from evalclient.core.records.acts_committee import ReviewSealed, SheetSealed, VoteSealed
from evalclient.core.records.acts_draw import DrawSealed
from evalclient.core.records.acts_founding import (
    AdministratorAppointed,
    CertificateIssued,
    EvaluationCreated,
    IdentityWitnessed,
    MemberAppointed,
    RevocationListed,
    SessionOpened,
)
from evalclient.core.records.envelope import HashName, SuiteName, digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.verified import VerifiedRecord

BIDDER_PREFIX = "bidder:"


@dataclass(frozen=True, slots=True)
class Place:
    """A person's or office's place: role and the digest of the certificate that may fill it."""

    person: str
    role: Role
    certificate: str
    site: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: public keys, the certificate (DER) behind it, and the head of its chain.

    ``doubt`` is what spoke against the certificate when it signed in; such a session never becomes the active one.
    """

    id: str
    author: str
    signing_key: bytes
    encryption_key: bytes
    vault: bytes
    seat: str
    predecessor: str
    certificate: bytes
    seq: int
    last: str
    doubt: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """A sealed body or share in the log, still needed to check the key that opens it."""

    kind: str
    author: str
    sealed: Sealed | SealedShare


@dataclass(frozen=True, slots=True)
class Witnessed:
    """An identity check for a certificate of one day: of whom, and the digest of the public key he had made."""

    member: str
    key: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything needed to say who signed a record. ``current`` maps person → id of the active session.

    ``revocations`` are the lists and OCSP responses (DER) that came after those of record 0, ``list_makers`` the
    certificates (DER) of who made them. ``event_authority`` is that of record 0; ``witnessed`` maps the record of an
    identity check to what it witnesses, ``one_day`` a member to the digest of his certificate for one day.
    """

    fingerprint: str
    algorithm: HashName
    suite: SuiteName
    places: Mapping[str, Place]
    sessions: Mapping[str, Session] = field(default_factory=dict)
    current: Mapping[str, str] = field(default_factory=dict)
    sealed: Mapping[str, SealedEntry] = field(default_factory=dict)
    revocations: tuple[bytes, ...] = ()
    list_makers: tuple[bytes, ...] = ()
    event_authority: bytes = b""
    witnessed: Mapping[str, Witnessed] = field(default_factory=dict)
    one_day: Mapping[str, str] = field(default_factory=dict)

    def role(self, person: str) -> Role | None:
        """The role of an author, or None for a stranger. Anyone may bid."""
        if person.startswith(BIDDER_PREFIX):
            return "bidder"
        place = self.places.get(person)
        return place.role if place else None

    def reads_whole_log(self, person: str) -> bool:
        """Whether the log is open to ``person`` at any time: to all but bidders and custodians.

        Who has bid is secret until the deadline (招标投标法 第二十二条), the evaluation towards bidders (第三十八条).
        """
        return self.role(person) not in ("bidder", "custodian")

    def certificate_digests(self, person: str) -> frozenset[str]:
        """Digests of the certificates that may sign for ``person``: that of his place, and his one for a day."""
        own, day = self.certificate_digest(person), self.one_day.get(person)
        return frozenset(name for name in (own, day) if name is not None)

    def holder(self, certificate: str) -> str:
        """Whose place a certificate (its digest) fills, "" for none; bidders have no place."""
        held = {place.certificate: place.person for place in self.places.values()}
        return held.get(certificate) or next((who for who, name in self.one_day.items() if name == certificate), "")

    def certificate_digest(self, person: str) -> str | None:
        """Digest of the certificate that a person's place was given to; a bidder's id carries his own."""
        if person.startswith(BIDDER_PREFIX):
            return person.removeprefix(BIDDER_PREFIX)
        place = self.places.get(person)
        return place.certificate if place else None

    def session_of(self, person: str) -> Session | None:
        """The active session of ``person``."""
        session_id = self.current.get(person)
        return self.sessions[session_id] if session_id else None

    def after(self, record: VerifiedRecord) -> Roster:
        """The roster once ``record`` stands in the log."""
        changed = _advance_chain(self, record)
        match record.act:
            case SessionOpened() as act if record.certificate is not None:
                return _open_session(changed, record, act, record.certificate)
            case MemberAppointed() | AdministratorAppointed() | RevocationListed() if record.doubt is not None:
                return changed
            case RevocationListed() as act:
                makers = tuple(dict.fromkeys((*changed.list_makers, act.issuer)))
                return replace(changed, revocations=(*changed.revocations, act.crl), list_makers=makers)
            case MemberAppointed() as act:
                return _place(changed, Place(act.person, "member", act.certificate, act.site))
            case AdministratorAppointed() as act:
                return _place(changed, Place(act.person, "administrator", act.certificate, act.site))
            case IdentityWitnessed() as act if record.doubt is None and _of_own_site(changed, record, act):
                seen = Witnessed(act.member, act.key)
                return replace(changed, witnessed={**changed.witnessed, record.id: seen})
            case CertificateIssued() as act if record.doubt is None:
                name = digest(act.certificate, changed.algorithm)
                return replace(changed, one_day={**changed.one_day, act.member: name})
            case VoteSealed() | ReviewSealed() | SheetSealed() as act:
                return _keep_seal(changed, record, act.sealed)
            case DrawSealed() as act:
                return _keep_seal(changed, record, act.share)
            case _:
                return changed


def found_roster(record_id: str, founding: EvaluationCreated) -> Roster:
    """The roster right after record 0: organiser, supervisor and custodians."""

    def place(person: str, role: Role, certificate: bytes) -> Place:
        return Place(person, role, digest(certificate, founding.hash))

    places = [
        place(founding.organiser.person, "organiser", founding.organiser.certificate),
        place(founding.supervisor.person, "supervisor", founding.supervisor.certificate),
        *(place(party.person, "custodian", party.certificate) for party in founding.custodians),
        *(place(party.person, "custodian", party.certificate) for party in founding.recovery_custodians),
    ]
    named = {place.person: place for place in places}
    return Roster(record_id, founding.hash, founding.suite, named, event_authority=founding.event_authority)


def _place(roster: Roster, place: Place) -> Roster:
    """A place once given keeps its holder's certificate: nobody can be handed another's place by a later record."""
    if place.person in roster.places:
        return roster
    return replace(roster, places={**roster.places, place.person: place})


def _of_own_site(roster: Roster, record: VerifiedRecord, act: IdentityWitnessed) -> bool:
    """Whether an administrator speaks of a member of his own site, whom he identified by two things at least."""
    place, own = roster.places.get(act.member), roster.places.get(record.payload.author)
    here = place is not None and own is not None and place.role == "member" and place.site == own.site
    return here and len(set(act.factors)) > 1


def _keep_seal(roster: Roster, record: VerifiedRecord, sealed: Sealed | SealedShare) -> Roster:
    entry = SealedEntry(record.payload.kind, record.payload.author, sealed)
    return replace(roster, sealed={**roster.sealed, record.id: entry})


def _advance_chain(roster: Roster, record: VerifiedRecord) -> Roster:
    session = roster.sessions.get(record.payload.session)
    if session is None:
        return roster
    moved = replace(session, seq=record.payload.seq, last=record.id)
    return replace(roster, sessions={**roster.sessions, session.id: moved})


def _open_session(roster: Roster, record: VerifiedRecord, act: SessionOpened, certificate: bytes) -> Roster:
    session = Session(
        id=record.id,
        author=record.payload.author,
        signing_key=act.signing_key,
        encryption_key=act.encryption_key,
        vault=act.vault,
        seat=act.seat,
        predecessor=act.predecessor,
        certificate=certificate,
        seq=0,
        last=record.id,
        doubt=record.doubt,
    )
    known = replace(roster, sessions={**roster.sessions, record.id: session})
    if record.doubt is not None:
        return known
    return replace(known, current={**roster.current, session.author: record.id})
