"""Whether a certificate is to be trusted: its path to one of several recognised authorities (CA 互认), at a time."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

from evalclient.core.records.acts_founding import RevocationRule
from evalclient.core.records.envelope import HashName, digest
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives.public_keys import MALFORMED, load_certificate, parse_certificate
from evalclient.crypto.trust.certificate_paths import NoPath, linked, path_context, paths_to_roots
from evalclient.crypto.trust.certificate_verdict import (
    CertificateVerdict,
    Purpose,
    malformed,
    no_path,
    outside_validity,
    refusal,
    wrong_usage,
)
from evalclient.crypto.trust.revocation import Examiner, Finding, Standing
from evalclient.crypto.trust.revocation_evidence import BROKEN, Evidence, load_evidence, made_by
from evalclient.crypto.trust.revocation_rules import Clearance, Cleared, cleared, revoked_words

MAX_CHAIN = 32
#: lists and answers that are looked at of what somebody brought along; a PDF brings those of all its signers
_MOST_STAPLED = 128
_CACHE_ENTRIES = 4096
_WARN = RevocationRule()
_SECOND = timedelta(seconds=1)
_EVER = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
#: later than any revocation, and early enough to reckon with
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)
_ORDER: tuple[Clearance, ...] = ("current", "aged", "stale", "unknown")

_ONE_DAY = Bilingual(
    "当日证书，有效期不超过一天，不另查吊销。", "A certificate for one day: nothing more is asked of revocation."
)
_BRING_ONE = Bilingual(
    "请由组织方登记签发机构最新的吊销列表后再办理。",
    "Have the organiser record its issuer's latest revocation list first.",
)


@dataclass(frozen=True, slots=True)
class OneDay:
    """Digests (hexadecimal) of the certificates that the event authority issued and two offices stand for."""

    digests: frozenset[str] = frozenset()
    algorithm: HashName = "sha256"

    def names(self, certificate: bytes) -> bool:
        """Whether a certificate (DER) is among them."""
        return bool(self.digests) and digest(certificate, self.algorithm) in self.digests


_NOBODY = OneDay()


@dataclass(frozen=True, slots=True)
class _Way:
    """Between what the paths of a certificate are looked for; ``day``: it is one of the event authority's for a day."""

    roots: tuple[bytes, ...]
    others: tuple[bytes, ...]
    day: bool


@dataclass(frozen=True, slots=True)
class _Examined:
    """What holds of a certificate within a span of time: why it is refused, or its paths and how they stand."""

    since: datetime
    before: datetime
    refusal: CertificateVerdict | None
    paths: tuple[tuple[tuple[bytes, ...], tuple[Standing, ...]], ...] = ()


class TrustStore:
    """The authorities an evaluation recognises, with what is known of revocation; remembers what it has examined.

    ``roots`` as record 0 lists them; ``others`` are cross-certificates and intermediates that signatures do not carry;
    ``revocations`` lists and OCSP responses (DER); ``rule`` what holds where these are old or missing. A list that is
    out of date still revokes what it lists. ``event_authority`` (DER, or b"") is no root: what it signed itself for a day at
    most (当日证书) counts for signing, and needs nothing to clear it, where ``seating`` names it; nothing else it or an
    authority below it signed does. CertificateRefused when one of them is malformed.
    """

    def __init__(
        self,
        roots: Sequence[bytes],
        revocations: Sequence[bytes] = (),
        others: Sequence[bytes] = (),
        rule: RevocationRule = _WARN,
        event_authority: bytes = b"",
        one_day: OneDay = _NOBODY,
    ) -> None:
        self.roots = tuple(roots)
        self._event_authority = event_authority
        self._one_day = one_day
        self.rule = rule
        self._others = tuple(others)
        for certificate in (*self.roots, *self._others, *((event_authority,) if event_authority else ())):
            load_certificate(certificate)
        self._revocations = tuple(revocations)
        self._evidence = tuple(one for der in revocations for one in load_evidence(der))
        self._wider: tuple[tuple[tuple[bytes, ...], tuple[bytes, ...]], TrustStore] | None = None
        self._forgiving: TrustStore | None = None
        self._seated: TrustStore | None = None
        self._known: dict[tuple[bytes, tuple[bytes, ...], tuple[bytes, ...], Purpose], _Examined] = {}

    @property
    def forgiving(self) -> TrustStore:
        """The same, but what nothing clears counts: for what comes before anybody could have brought a newer list."""
        if self.rule.unknown == "warn":
            return self
        if self._forgiving is None:
            self._forgiving = self._like(self._revocations, self._others, _WARN)
        return self._forgiving

    def with_lists(self, revocations: tuple[bytes, ...], makers: tuple[bytes, ...] = ()) -> TrustStore:
        """The same authorities, and these lists and responses (DER, well-formed) besides its own.

        ``makers`` are certificates (DER) of those who made them, where they are not the authorities themselves.
        """
        if not revocations:
            return self
        wider = self._wider  # read once: another thread may ask for other lists meanwhile
        if wider is None or wider[0] != (revocations, makers):
            store = self._like((*self._revocations, *revocations), (*self._others, *makers), self.rule)
            wider = self._wider = ((revocations, makers), store)
        return wider[1]

    def seating(self, digests: Iterable[str], algorithm: HashName) -> TrustStore:
        """The same, and of the event authority's certificates those with these digests (hexadecimal) count."""
        one_day = OneDay(frozenset(digests), algorithm)
        if not self._event_authority or one_day.digests == self._one_day.digests:
            return self
        seated = self._seated  # read once, as above
        if seated is None or seated._one_day != one_day:
            seated = TrustStore(self.roots, self._revocations, self._others, self.rule, self._event_authority, one_day)
            self._seated = seated
        return seated

    def recognises(self, authority: bytes) -> bool:
        """Whether this (DER) is one of the roots, or the event authority: what needs no path."""
        return authority in self.roots or (bool(authority) and authority == self._event_authority)

    def validate(
        self,
        certificate: bytes,
        chain: Sequence[bytes],
        at: datetime,
        purpose: Purpose = "sign",
        stapled: Sequence[bytes] = (),
    ) -> CertificateVerdict:
        """The verdict on a certificate (DER) at ``at`` (aware). Never raises.

        ``chain`` and ``stapled`` are the certificates, and the lists and OCSP responses (DER), that came with it;
        what of these is malformed is left out.
        """
        second = at.replace(microsecond=0)
        key = (certificate, tuple(chain), tuple(stapled), purpose)
        known = self._known.get(key)
        if known is None or not known.since <= second < known.before:
            known = self._examined(certificate, key[1], key[2], second, purpose)
            if len(self._known) >= _CACHE_ENTRIES:
                self._known.clear()
            self._known[key] = known
        return known.refusal or self._judged(known, at)

    def check(self, certificate: bytes, chain: tuple[bytes, ...], at: str) -> None:
        """The same for signatures, as records ask: ``at`` in RFC 3339; raises CertificateRefused."""
        self.validate(certificate, chain, datetime.fromisoformat(at)).require()

    def revoked(
        self,
        certificate: bytes,
        chain: Sequence[bytes],
        at: datetime,
        until: datetime | None = None,
        stapled: Sequence[bytes] = (),
    ) -> CertificateVerdict | None:
        """The verdict that a certificate whose path holds at ``at`` was revoked by ``until``, or None where it was not.

        That it, or an authority above it, has expired since does not hide it. Without ``until``: at any time, for a reason
        that leaves nothing in force that was signed before (RFC 3161, 4). Never raises.
        """
        try:
            evidence = (*self._evidence, *_readable(stapled))
            if not _named((certificate, *chain, *self._others), evidence):
                return None
            way = self._way(certificate, chain, "sign")
            context = partial(path_context, way.roots, way.others)
            found = [_revocation_since(path, evidence, context, until) for path in self._paths(certificate, way, at)]
        except (NoPath, CertificateRefused, *BROKEN):
            return None
        if any(one is None for one in found):
            return None
        words = revoked_words(next(one for one in found if one is not None), until or at)
        return refusal("revoked", words.zh, words.en, at)

    def _like(self, revocations: Sequence[bytes], others: Sequence[bytes], rule: RevocationRule) -> TrustStore:
        """A store of the same roots."""
        return TrustStore(self.roots, revocations, others, rule, self._event_authority, self._one_day)

    def _way(self, certificate: bytes, chain: Sequence[bytes], purpose: Purpose) -> _Way:
        """Where the paths of a certificate may lead: to the roots, or from the event authority to who was named."""
        if (
            purpose == "sign"
            and self._event_authority
            and self._one_day.names(certificate)
            and _lasts_a_day(certificate)
        ):
            return _Way((self._event_authority,), (), day=True)
        return _Way(self.roots, linked((*self._others, *chain), self.roots), day=False)

    def _paths(self, certificate: bytes, way: _Way, at: datetime) -> list[Any]:
        """The library's paths that hold at ``at`` and may be gone; NoPath."""
        paths = paths_to_roots(certificate, way.roots, way.others, at)
        if not way.day and self._event_authority:
            paths = [path for path in paths if not _passes(path, self._event_authority)]
        if not paths:
            raise NoPath
        return paths

    def _examined(
        self, certificate: bytes, chain: tuple[bytes, ...], stapled: tuple[bytes, ...], at: datetime, purpose: Purpose
    ) -> _Examined:
        try:
            own = load_certificate(certificate)
            if len(chain) > MAX_CHAIN:
                raise CertificateRefused("证书链过长。", "The chain is too long.")
            for other in chain:
                load_certificate(other)
            early = outside_validity(own, at) or wrong_usage(certificate, purpose, at)
            evidence = (*self._evidence, *_readable(stapled))
            way = self._way(certificate, chain, purpose)
            since, before = _span([certificate, *way.others, *way.roots], evidence, at)
            if early is not None:
                return _Examined(since, before, early)
            paths = self._paths(certificate, way, at)
            examiner = Examiner(evidence, at, partial(path_context, way.roots, way.others))
            examined = tuple((_ders(path), examiner.standings(path)) for path in paths)
        except NoPath as error:
            return _Examined(since, before, no_path(common_name(certificate), error.flaw, at))
        except CertificateRefused as error:
            return _Examined(_EVER[0], _EVER[1], refusal("malformed", error.zh, error.en, at))
        except BROKEN as error:
            return _Examined(_EVER[0], _EVER[1], malformed(error, at))
        return _Examined(since, before, None, examined)

    def _judged(self, examined: _Examined, at: datetime) -> CertificateVerdict:
        """The verdict by the path that stands best: a revoked cross-certificate closes only the way through it."""
        verdicts = [self._path_verdict(path, standings, at) for path, standings in examined.paths]
        return min(verdicts, key=lambda verdict: _ORDER.index(verdict.clearance) + 10 * (not verdict.accepted))

    def _path_verdict(
        self, path: tuple[bytes, ...], standings: tuple[Standing, ...], at: datetime
    ) -> CertificateVerdict:
        for standing in standings:
            if (revocation := standing.revocation) is not None:
                words = revoked_words(revocation, at)
                return refusal("revoked", words.zh, words.en, at)
        found = cleared(standings, self.rule, at)
        if self._event_authority and path[-1] == self._event_authority:
            found = Cleared("current", _ONE_DAY)
        if not found.enough(self.rule):
            zh, en = found.words.zh, found.words.en
            return refusal("unknown_status", f"{zh}{_BRING_ONE.zh}", f"{en} {_BRING_ONE.en}", at)
        return CertificateVerdict(
            "accepted", "证书有效。", "The certificate is valid.", at, path, found.clearance, found.words
        )


def _named(certificates: Sequence[bytes], evidence: Sequence[Evidence]) -> bool:
    """Whether evidence says of one of these that it was revoked, whoever made it."""
    serials = [load_certificate(der).serial_number for der in certificates]
    return any(one.revoked(serial) is not None for one in evidence for serial in serials)


def _revocation_since(path: Any, evidence: Sequence[Evidence], context: Any, until: datetime | None) -> Finding | None:
    """The revocation of a certificate of a library's path by ``until``, looked for then, and while all were valid still."""
    ends = min(load_certificate(der).not_valid_after_utc for der in _ders(path))
    moments = {min(until or _LATEST, ends), until or _LATEST}
    every = [one for moment in moments for one in Examiner(evidence, moment, context).standings(path)]
    revoked = [one.revocation if until is not None else one.compromise for one in every]
    return next((one for one in revoked if one is not None), None)


def revocations_made_by(untrusted: bytes, issuer: bytes) -> bool:
    """Whether this is a list or OCSP response (DER) of the authority with this certificate (DER). Never raises."""
    try:
        return all(made_by(one, issuer) for one in load_evidence(untrusted))
    except CertificateRefused:
        return False


def common_name(certificate: bytes) -> str:
    """Common name of the holder, or ""; CertificateRefused when malformed."""
    return _name(certificate, NameOID.COMMON_NAME)


def organisation(certificate: bytes) -> str:
    """Organisation of the holder, or ""; CertificateRefused when malformed."""
    return _name(certificate, NameOID.ORGANIZATION_NAME)


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of the certificate, 64 hexadecimal digits."""
    return hashlib.sha256(certificate).hexdigest()


def _name(certificate: bytes, oid: x509.ObjectIdentifier) -> str:
    try:
        found = load_certificate(certificate).subject.get_attributes_for_oid(oid)
    except MALFORMED as error:
        raise CertificateRefused("证书中的名称不合格式。", "The names in the certificate are malformed.") from error
    return str(found[-1].value) if found else ""


def _readable(stapled: Sequence[bytes]) -> list[Evidence]:
    """What can be read of the evidence that somebody brought along."""
    found: list[Evidence] = []
    for untrusted in stapled[:_MOST_STAPLED]:
        with contextlib.suppress(CertificateRefused):
            found += load_evidence(untrusted)
    return found[:_MOST_STAPLED]


def _span(certificates: Sequence[bytes], evidence: Sequence[Evidence], at: datetime) -> tuple[datetime, datetime]:
    """From when until before when the same would be found: nobody's validity or revocation begins or ends between.

    In whole seconds, as certificates, lists and answers count them.
    """
    every = {*certificates, *(der for one in evidence for der in one.certificates)}
    loaded = [load_certificate(der) for der in every]
    points = {_EVER[0], _EVER[1]}
    for certificate in loaded:
        points |= {certificate.not_valid_before_utc, certificate.not_valid_after_utc + _SECOND}
        points |= {when for one in evidence if (when := one.revoked(certificate.serial_number)) is not None}
    return max(point for point in points if point <= at), min(point for point in points if point > at)


def _passes(path: Any, authority: bytes) -> bool:
    """Whether a library's path leads through an authority: by name and key, whichever certificate shows them."""
    wanted = parse_certificate(authority)
    named = (wanted.subject.dump(), wanted.public_key.dump())
    return any((one.subject.dump(), one.public_key.dump()) == named for one in map(parse_certificate, _ders(path)[1:]))


def _lasts_a_day(certificate: bytes) -> bool:
    loaded = load_certificate(certificate)
    return loaded.not_valid_after_utc - loaded.not_valid_before_utc <= timedelta(days=1)


def _ders(path: Any) -> tuple[bytes, ...]:
    """The certificates (DER) of a library's path, the root last."""
    return tuple(one.dump() for one in path.iter_certs(include_root=True))[::-1]
