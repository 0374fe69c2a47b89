"""Acts that found an evaluation and say who takes part."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from evalclient.core.records.act import Act, MemberKind, Party, Site, Trade
from evalclient.core.records.envelope import HashName, SuiteName
from evalclient.core.records.fields import Bilingual, Digest, Fingerprint, Moment, Name, PersonId, RecordId, Text

#: what a record has room for
LARGEST_LIST: Final = 2 << 20
#: DER, a list or an OCSP response
RevocationList = Annotated[bytes, Meta(max_length=LARGEST_LIST)]


#: why a member's own certificate is of no use on the day
Ground = Literal["lost", "locked", "expired", "signature_only", "unreadable"]


class Continuation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The evaluation that a new committee takes up again (重新组建评标委员会), as its log was verified.

    ``evaluation`` is its fingerprint, ``size`` and ``root`` those of its log, ``ended`` the record in it that ended it
    for a new committee, and ``ground`` what that record says.
    """

    evaluation: Fingerprint
    size: Annotated[int, Meta(ge=2)]
    root: Digest
    ended: RecordId
    ground: Text


class RevocationRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What holds of a certificate while its revocation is not known from a current list or answer (吊销状态).

    ``refuse``: it does not count. ``accept``: a list or answer past its term still serves while it is no older than
    ``hours``; without one the certificate does not count. ``warn``: it counts, and whoever looks is told. A list that
    names a certificate revokes it under each of them, however old the list is.
    """

    unknown: Literal["refuse", "warn", "accept"] = "warn"
    hours: Annotated[int, Meta(ge=0)] = 0


class EvaluationCreated(Act, frozen=True):
    """Record 0: the organiser founds the evaluation; its hash is the genesis fingerprint.

    ``tender``, ``method`` and ``rules`` are digests of blobs; ``roots`` the recognised authorities' certificates (DER)
    and ``revocations`` their revocation lists or OCSP responses (DER, 证书吊销列表) by which every certificate of the log
    is judged, under ``revocation_rule`` where they are old or missing;
    ``log_key`` the centre's verifier key (C2SP signed-note vkey); ``threshold`` of the ``custodians`` open the bids,
    together with the bidder's own share if ``bidder_share``; ``deadline`` is the end of submission.
    ``recovery_threshold`` of the ``recovery_custodians`` open a sealed body whose author has not published its key
    ``recovery_minutes`` after all have sealed. ``event_authority`` is the certificate (DER) of the authority that issues
    certificates for one day to members whose own cannot be used, "" for none. For ``patience_minutes`` the organiser waits before he records that a
    member refuses to sign, or ends a stage in the leader's place. ``continues`` names the evaluation whose place this one
    takes; record 0 of any other has no such field. With the SM ``suite`` goes the ``hash`` SM3.
    """

    title: Bilingual
    trade: Trade
    jurisdiction: Name
    tender: Digest
    method: Digest
    rules: Digest
    roots: tuple[bytes, ...]
    log_key: str
    organiser: Party
    supervisor: Party
    custodians: tuple[Party, ...]
    threshold: Annotated[int, Meta(ge=1)]
    bidder_share: bool
    recovery_custodians: tuple[Party, ...]
    recovery_threshold: Annotated[int, Meta(ge=1)]
    sites: tuple[Site, ...]
    deadline: Moment
    hash: HashName = "sha256"
    suite: SuiteName = "international"
    practice: bool = False
    recovery_minutes: Annotated[int, Meta(ge=0)] = 10
    revocations: tuple[bytes, ...] = ()
    patience_minutes: Annotated[int, Meta(ge=0)] = 30
    continues: Continuation | UnsetType = UNSET
    revocation_rule: RevocationRule = RevocationRule()
    event_authority: bytes = b""
    intermediates: tuple[bytes, ...] | UnsetType = UNSET

    @property
    def between(self) -> tuple[bytes, ...]:
        """The authorities between roots and people (DER), if record 0 has any."""
        return () if isinstance(self.intermediates, UnsetType) else self.intermediates

    @property
    def continued(self) -> Continuation | None:
        """The evaluation whose place this one takes, if there is one."""
        return None if isinstance(self.continues, UnsetType) else self.continues


class RevocationListed(Act, frozen=True):
    """A revocation list newer than record 0 (证书吊销列表): from its place in the log on, certificates are judged by it too.

    ``crl`` is the list (DER), ``issuer`` the certificate (DER) of the authority that signed it: a root of record 0, or one
    whose path to such a root holds. Neither who brings it nor the centre can invent one.
    """

    crl: RevocationList
    issuer: bytes


class SessionOpened(Act, frozen=True):
    """A person signs in at a seat: fresh keys, certified once by the certificate (登录).

    ``signing_key`` is a raw Ed25519 public key, ``encryption_key`` a P-256 SubjectPublicKeyInfo (DER); in an evaluation of
    the SM suite the point of an SM2 key and an SM2 SubjectPublicKeyInfo. ``vault`` holds the session's private encryption
    key and the draft key, enveloped to the author's own encryption certificate, so that any seat can resume. ``predecessor`` is the session it takes over from, or "".
    """

    signing_key: bytes
    encryption_key: bytes
    vault: bytes
    seat: Text
    predecessor: str = ""


class AdministratorAppointed(Act, frozen=True):
    """The organiser names the administrator of a site (场地管理员)."""

    person: PersonId
    site: PersonId
    certificate: Digest


class MemberAppointed(Act, frozen=True):
    """The organiser gives a place on the committee (评标委员会) to the holder of a certificate.

    Only the certificate's digest stands here: the name becomes known with the member's first session. ``replaces``
    names the member whose place is taken over (补抽), ``ground`` why.
    """

    person: PersonId
    member_kind: MemberKind
    site: PersonId
    certificate: Digest
    replaces: str = ""
    ground: Text = ""


class SiteConfirmed(Act, frozen=True):
    """A site's administrator confirms that rooms and devices are ready (副场确认)."""

    site: PersonId
    seats: tuple[Name, ...]
    checks: tuple[Name, ...]


class ArrivalRecorded(Act, frozen=True):
    """A site's administrator witnesses a member's arrival and identity check (签到).

    ``factors`` names what was checked (``id_card``, ``face``, ``certificate``); ``locker`` where the phone lies.
    """

    member: PersonId
    seat: Name
    factors: tuple[Name, ...]
    locker: Text = ""


class ReplacementRequested(Act, frozen=True):
    """A site's administrator asks the organiser to replace a member (absent, conflicted, ill)."""

    member: PersonId
    ground: Text


class IdentityWitnessed(Act, frozen=True):
    """The administrator of a member's site has identified him, whose own certificate cannot be used today (当日证书).

    ``key`` is the digest of the public key (SubjectPublicKeyInfo DER) that the member has just made at his seat,
    ``factors`` what was checked, ``ground`` why his own certificate is of no use: lost, locked, expired, or good for
    signing alone. The organiser's ``certificate.issued`` follows.
    """

    member: PersonId
    key: Digest
    factors: tuple[Name, ...]
    ground: Ground


class CertificateIssued(Act, frozen=True):
    """The organiser, having identified the member too, takes his certificate for one day into the log (当日证书).

    ``certificate`` (DER) is issued by the event authority of record 0 for the key that ``witnessed`` names, for at most
    a day. From here on the member's place is held by it too, as long as it is valid.
    """

    member: PersonId
    witnessed: RecordId
    certificate: Annotated[bytes, Meta(max_length=16 << 10)]
    factors: tuple[Name, ...]


class PledgeSigned(Act, frozen=True):
    """A member signs the pledge and for the documents read: tender, method in words, amendments, background (承诺书)."""

    pledge: Digest
    documents: tuple[Digest, ...]


class RecusalDeclared(Act, frozen=True):
    """A member, having seen the bidders' names, says whether he must withdraw (回避)."""

    conflict: bool
    ground: Text = ""
