"""Evidence of revocation as it comes from outside: lists (CRL, RFC 5280) and answers (OCSP, RFC 6960), and who made it."""

from __future__ import annotations

import base64
import binascii
import itertools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtensionOID, NameOID

from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives.public_keys import MALFORMED, load_certificate, parse_certificate
from evalclient.crypto.trust.issued import issued_by, signature_holds

#: what the parsers and the library raise over malformed evidence
BROKEN = (*MALFORMED, AttributeError, IndexError, NotImplementedError, LookupError)
_KNOWN_PLAIN = frozenset({ExtensionOID.CRL_NUMBER, ExtensionOID.AUTHORITY_KEY_IDENTIFIER})
_SPECIAL = frozenset(
    {ExtensionOID.ISSUING_DISTRIBUTION_POINT, ExtensionOID.DELTA_CRL_INDICATOR, ExtensionOID.FRESHEST_CRL}
)
#: RFC 3161, 4: what a time-stamping authority signed before it was revoked for one of these stays good
_LEAVES_IN_FORCE = frozenset(
    {
        x509.ReasonFlags.unspecified,
        x509.ReasonFlags.affiliation_changed,
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
    }
)
#: more than anybody asks for at once, and than a responder sends along
_MOST_ANSWERS = 64
_MOST_CERTIFICATES = 8
_PEM = re.compile(rb"-----BEGIN (?:X509 CRL|OCSP RESPONSE)-----(.+?)-----END ", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One revocation list, or one answer of an OCSP response (DER), with its term.

    ``until`` is the time by which its maker promises a newer one, None where he promises nothing. Of an answer: ``serial``
    is the certificate it is about, ``since`` when and ``reason`` why that was revoked, ``number`` its place in the response, ``certificates``
    (DER) what came with it. Of a list: ``plain`` means complete, for all reasons and certificates of its issuer.
    """

    der: bytes
    kind: Literal["list", "answer"]
    maker: str
    issued: datetime
    until: datetime | None
    serial: int | None = None
    since: datetime | None = None
    reason: x509.ReasonFlags | None = None
    number: int = 0
    certificates: tuple[bytes, ...] = ()
    plain: bool = False
    delta: bool = False
    partial: bool = False
    parsed: x509.CertificateRevocationList | None = None

    def revoked(self, serial: int) -> datetime | None:
        """When this says that a certificate of that number was revoked, whoever issued it."""
        if self.parsed is not None:
            entry = self.parsed.get_revoked_certificate_by_serial_number(serial)
            return None if entry is None else entry.revocation_date_utc
        return self.since if self.serial == serial else None

    def compromises(self, serial: int) -> bool:
        """Whether that revocation leaves nothing in force that was signed before: for a lost key, or without a reason."""
        reason = self.reason
        if (
            self.parsed is not None
            and (entry := self.parsed.get_revoked_certificate_by_serial_number(serial)) is not None
        ):
            told = next((one.value for one in entry.extensions if isinstance(one.value, x509.CRLReason)), None)
            reason = None if told is None else told.reason
        return reason not in _LEAVES_IN_FORCE


def load_evidence(untrusted: bytes) -> tuple[Evidence, ...]:
    """A revocation list, or the answers of an OCSP response (DER). CertificateRefused when it is neither."""
    try:
        return (_load_list(untrusted),)
    except BROKEN:
        pass
    try:
        return _load_answers(untrusted)
    except BROKEN as error:
        raise CertificateRefused(
            "文件不是吊销列表（.crl），也不是 OCSP 响应，请从签发机构重新下载。",
            "The file is neither a revocation list (.crl) nor an OCSP response; fetch it from its issuer again.",
        ) from error


def without_armour(untrusted: bytes) -> bytes:
    """The DER of the first PEM block in a file; anything else as it is."""
    block = _PEM.search(untrusted)
    if block is None:
        return untrusted
    try:
        return base64.b64decode(block[1])
    except binascii.Error:
        return untrusted


def unarmoured(untrusted: bytes) -> tuple[bytes, ...]:
    """The DER of every PEM block in a file; anything else as it is."""
    try:
        blocks = tuple(base64.b64decode(block[1]) for block in _PEM.finditer(untrusted))
    except binascii.Error:
        blocks = ()
    return blocks or (untrusted,)


def made_by(evidence: Evidence, issuer: bytes) -> bool:
    """Whether the holder of a certificate (DER), or his OCSP responder, signed this and may do so."""
    try:
        if evidence.parsed is not None:
            return lists_for(evidence.parsed, evidence.der, issuer)
        authority = parse_certificate(issuer)
        responders = [parse_certificate(one) for one in evidence.certificates]
        makers = [authority, *(one for one in responders if _is_responder(one, authority))]
        return any(_answered_by(evidence.der, maker) for maker in makers)
    except (CertificateRefused, *BROKEN):
        return False


def lists_for(revocations: x509.CertificateRevocationList, der: bytes, issuer: bytes) -> bool:
    """Whether a list (parsed, and as DER) bears the name and signature of an authority that may sign lists."""
    authority = parse_certificate(issuer)
    usage = authority.key_usage_value
    if revocations.issuer != load_certificate(issuer).subject or (usage and "crl_sign" not in usage.native):
        return False
    algorithm = asn1_crl.CertificateList.load(der)["signature_algorithm"]
    return signature_holds(revocations.signature, revocations.tbs_certlist_bytes, algorithm, authority)


def _is_responder(certificate: Any, authority: Any) -> bool:
    usage = certificate.extended_key_usage_value
    return usage is not None and "ocsp_signing" in usage.native and issued_by(certificate, authority)


def _answered_by(response: bytes, maker: Any) -> bool:
    basic = asn1_ocsp.OCSPResponse.load(response).basic_ocsp_response
    return signature_holds(
        basic["signature"].native, basic["tbs_response_data"].dump(), basic["signature_algorithm"], maker
    )


def _load_list(untrusted: bytes) -> Evidence:
    parsed = x509.load_der_x509_crl(untrusted)
    extensions = {one.oid: one for one in parsed.extensions}
    unknown = any(one.critical for oid, one in extensions.items() if oid not in _KNOWN_PLAIN)
    scope = extensions.get(ExtensionOID.ISSUING_DISTRIBUTION_POINT)
    partial = scope is not None and scope.value.only_some_reasons is not None
    return Evidence(
        der=untrusted,
        kind="list",
        maker=name_in(parsed.issuer),
        issued=parsed.last_update_utc,
        until=parsed.next_update_utc,
        plain=not unknown and not _SPECIAL & set(extensions),
        delta=ExtensionOID.DELTA_CRL_INDICATOR in extensions,
        partial=partial,
        parsed=parsed,
    )


def _load_answers(untrusted: bytes) -> tuple[Evidence, ...]:
    response = ocsp.load_der_ocsp_response(untrusted)
    if response.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise ValueError("the responder gave no answer")
    certificates = tuple(one.public_bytes(Encoding.DER) for one in response.certificates)
    answers = list(itertools.islice(response.responses, _MOST_ANSWERS + 1))
    if not 0 < len(answers) <= _MOST_ANSWERS or len(certificates) > _MOST_CERTIFICATES:
        raise ValueError("no answers, or more than anybody asks for")
    for certificate in certificates:
        parse_certificate(certificate)
    maker = "" if response.responder_name is None else name_in(response.responder_name)
    return tuple(
        Evidence(
            der=untrusted,
            kind="answer",
            maker=maker,
            issued=one.this_update_utc,
            until=one.next_update_utc,
            serial=one.serial_number,
            since=one.revocation_time_utc,
            reason=one.revocation_reason,
            number=number,
            certificates=certificates,
        )
        for number, one in enumerate(answers)
    )


def name_in(name: x509.Name) -> str:
    """What people call the bearer of a name: its common name, or the last part of it."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME) or list(name)
    return str(found[-1].value) if found else ""
