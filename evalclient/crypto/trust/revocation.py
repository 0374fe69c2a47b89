"""How the certificates of a path stand by what is known of revocation (RFC 5280, 6.3; RFC 6960).

A plain list of the authority that issued the certificate is read directly; lists for some reasons only, delta lists,
lists by another key and OCSP answers go through pyhanko-certvalidator, one at a time, so that it is known by which.
No list is too old to revoke: how old one may be to clear a certificate is the business of ``revocation_rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp

from evalclient.crypto.primitives.async_to_end import run_to_end
from evalclient.crypto.primitives.public_keys import load_certificate, parse_certificate
from evalclient.crypto.trust.revocation_evidence import BROKEN, Evidence, lists_for


@dataclass(frozen=True, slots=True)
class Finding:
    """What one piece of evidence says of a certificate: revoked since when, or not; and what it rests on besides.

    ``compromised``: for a reason that leaves nothing in force that was signed before.
    """

    evidence: Evidence
    revoked: datetime | None = None
    rests_on: tuple[Evidence, ...] = ()
    compromised: bool = False

    @property
    def every(self) -> tuple[Evidence, ...]:
        """The evidence, and what shows that it was made by somebody who may."""
        return (self.evidence, *self.rests_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is known of one certificate (DER) of a path."""

    certificate: bytes
    findings: tuple[Finding, ...]

    @property
    def revocation(self) -> Finding | None:
        """The finding of the earliest revocation, if there is one."""
        revoked = [finding for finding in self.findings if finding.revoked is not None]
        return min(revoked, key=lambda finding: finding.revoked or finding.evidence.issued, default=None)

    @property
    def compromise(self) -> Finding | None:
        """A finding of a revocation that leaves nothing in force that was signed before."""
        return next((one for one in self.findings if one.revoked is not None and one.compromised), None)

    @property
    def clearances(self) -> tuple[Finding, ...]:
        """What says that it was not revoked, newest first."""
        clear = [finding for finding in self.findings if finding.revoked is None]
        return tuple(sorted(clear, key=lambda one: min(each.issued for each in one.every), reverse=True))


class Examiner:
    """Says how the certificates of a path stand by the evidence at hand.

    ``at`` (aware) is the time of the act; ``context`` makes a validation context of the library for a time out of lists
    and answers. What is revoked later than ``at`` is not revoked.
    """

    def __init__(self, evidence: Sequence[Evidence], at: datetime, context: Callable[..., Any]) -> None:
        self._evidence = evidence
        self._at = at
        self._deltas = [one.der for one in evidence if one.delta]
        self._context = context

    def standings(self, path: Any) -> tuple[Standing, ...]:
        """Of every certificate of a library's path but the root, the holder's first."""
        every = list(path.iter_certs(include_root=True))
        return tuple(self._standing(every[place], path, frozenset()) for place in range(len(every) - 1, 0, -1))

    def _standing(self, certificate: Any, path: Any, examined: frozenset[bytes]) -> Standing:
        der: bytes = certificate.dump()
        findings = list(self._findings(certificate, path, examined | {der}))
        partial = [one for one in self._evidence if one.partial]
        if len(partial) > 1 and (covered := self._by_library(certificate, path, partial, examined | {der})):
            findings.append(covered)
        return Standing(der, tuple(findings))

    def _findings(self, certificate: Any, path: Any, examined: frozenset[bytes]) -> Iterator[Finding]:
        own = load_certificate(certificate.dump())
        issuer: bytes = path.find_issuing_authority(certificate).certificate.dump()
        names_a_list_maker = _names_a_list_maker(certificate)
        for one in self._evidence:
            if one.delta or (one.serial is not None and one.serial != own.serial_number):
                continue
            if (
                one.plain
                and one.parsed is not None
                and not names_a_list_maker
                and lists_for(one.parsed, one.der, issuer)
            ):
                since = one.revoked(own.serial_number)
                yield _found(one, since, own.serial_number, self._at)
                continue
            finding = self._by_library(certificate, path, [one], examined)
            if finding is not None:
                yield finding

    def _by_library(
        self, certificate: Any, path: Any, evidence: Sequence[Evidence], examined: frozenset[bytes]
    ) -> Finding | None:
        """What the library makes of one piece of evidence, or of several that cover all reasons together."""
        from pyhanko_certvalidator import errors as found

        try:
            if evidence[0].kind == "answer":
                return self._by_answer(certificate, path, evidence[0])
            return self._by_lists(certificate, path, evidence, examined)
        except (found.CRLValidationError, found.OCSPValidationError, found.ValidationError, *BROKEN):
            return None

    def _by_answer(self, certificate: Any, path: Any, evidence: Evidence) -> Finding | None:
        from pyhanko_certvalidator import errors as found
        from pyhanko_certvalidator.revinfo.archival import OCSPContainer
        from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response

        container = OCSPContainer(asn1_ocsp.OCSPResponse.load(evidence.der), evidence.number)
        if any(self._struck(der, path) for der in evidence.certificates):
            return None
        # an answer that names a later revocation is checked as of then; it says that there was none before
        moment = max(self._at, evidence.since or self._at)
        try:
            run_to_end(verify_ocsp_response(certificate, path, self._context(moment, answers=[container])))
        except found.RevokedError as error:
            return _found(evidence, error.revocation_dt, certificate.serial_number, self._at)
        return Finding(evidence)

    def _struck(self, responder: bytes, path: Any) -> bool:
        """Whether a list strikes the certificate of an OCSP responder that does not say it need not be looked for."""
        certificate = parse_certificate(responder)
        if certificate.ocsp_no_check_value is not None or responder in {one.dump() for one in path.iter_certs(True)}:
            return False
        lists = Examiner([one for one in self._evidence if one.kind == "list"], self._at, self._context)
        standing = lists._standing(certificate, path.truncate_to_issuer_and_append(certificate), frozenset())
        return standing.revocation is not None

    def _by_lists(
        self, certificate: Any, path: Any, evidence: Sequence[Evidence], examined: frozenset[bytes]
    ) -> Finding | None:
        from pyhanko_certvalidator import errors as found
        from pyhanko_certvalidator.revinfo.validate_crl import verify_crl

        parsed = [asn1_crl.CertificateList.load(one.der) for one in evidence]
        context = self._context(
            self._at, lists=[*parsed, *(asn1_crl.CertificateList.load(der) for der in self._deltas)]
        )
        oldest = min(evidence, key=lambda one: one.issued)
        finding = Finding(oldest, None, tuple(one for one in evidence if one is not oldest))
        try:
            run_to_end(verify_crl(certificate, path, context))
        except found.RevokedError as error:
            finding = _found(evidence[0], error.revocation_dt, certificate.serial_number, self._at)
        for one in parsed:
            maker = context.revinfo_manager.check_crl_issuer(one)
            checked = None if maker is None else self._with_maker(finding, maker, path, examined)
            if checked is None:
                return None
            finding = checked
        return finding

    def _with_maker(self, finding: Finding, maker: Any, path: Any, examined: frozenset[bytes]) -> Finding | None:
        """The finding and what clears who signed the list; None where he was revoked, or nothing clears him."""
        if maker.dump() in {*examined, *(one.dump() for one in path.iter_certs(include_root=True))}:
            return finding
        standing = self._standing(maker, path.truncate_to_issuer_and_append(maker), examined)
        if standing.revocation is not None:
            return None
        if standing.clearances:
            return replace(finding, rests_on=(*finding.rests_on, *standing.clearances[0].every))
        return finding if finding.revoked is not None else None


def _found(evidence: Evidence, since: datetime | None, serial: int, at: datetime) -> Finding:
    """What evidence says at ``at`` that names a revocation at ``since``, or none."""
    if since is None or since > at:
        return Finding(evidence)
    return Finding(evidence, since, compromised=evidence.compromises(serial))


def _names_a_list_maker(certificate: Any) -> bool:
    points = certificate.crl_distribution_points_value
    return points is not None and any(point["crl_issuer"] for point in points)
