"""Revocation lists and OCSP responses as an authority might make them, well and badly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from asn1crypto import cms
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from evalclient.core.records.envelope import Record
from evalclient.crypto.cms.key_agreement import PrivateKey
from evalclient.crypto.demo.keys import private_key
from evalclient.crypto.demo.pki import DemoAuthority

_DER = serialization.Encoding.DER
Issuer = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def issuer_of(authority: DemoAuthority) -> Issuer:
    return authority.issuing, _ec(authority.issuing_key)


def root_of(authority: DemoAuthority) -> Issuer:
    return authority.root, _ec(authority.root_key)


def _ec(key: PrivateKey) -> ec.EllipticCurvePrivateKey:
    assert isinstance(key, ec.EllipticCurvePrivateKey), "these builders make EC alone"
    return key


def revocation_list(
    issuer: Issuer,
    at: datetime,
    term: timedelta = timedelta(days=1),
    revoked: Mapping[bytes, datetime] | None = None,
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    entry_issuer: x509.Name | None = None,
    entry: Sequence[tuple[x509.ExtensionType, bool]] = (),
) -> bytes:
    """A list (DER) made at ``at`` that names certificates (DER), each revoked since a time; ``entry``: with extensions."""
    certificate, key = issuer
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(certificate.subject)
        .last_update(at)
        .next_update(at + term)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    for der, since in (revoked or {}).items():
        named = x509.RevokedCertificateBuilder().serial_number(x509.load_der_x509_certificate(der).serial_number)
        named = named.revocation_date(since)
        if entry_issuer is not None:
            named = named.add_extension(x509.CertificateIssuer([x509.DirectoryName(entry_issuer)]), critical=True)
        for extension, critical in entry:
            named = named.add_extension(extension, critical)
        builder = builder.add_revoked_certificate(named.build())
    return builder.sign(key, hashes.SHA256()).public_bytes(_DER)


def answer(
    holder: bytes,
    issuer: Issuer,
    at: datetime,
    *,
    revoked: datetime | None = None,
    term: timedelta | None = timedelta(hours=1),
    responder: Issuer | None = None,
    by_key: bool = False,
    reason: x509.ReasonFlags | None = None,
) -> bytes:
    """An OCSP response (DER) about one certificate (DER), by its issuer or by a responder, who names himself or his key."""
    maker, key = responder or issuer
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=x509.load_der_x509_certificate(holder),
        issuer=issuer[0],
        algorithm=hashes.SHA1(),
        cert_status=ocsp.OCSPCertStatus.GOOD if revoked is None else ocsp.OCSPCertStatus.REVOKED,
        this_update=at,
        next_update=None if term is None else at + term,
        revocation_time=revoked,
        revocation_reason=reason,
    )
    named = ocsp.OCSPResponderEncoding.HASH if by_key else ocsp.OCSPResponderEncoding.NAME
    builder = builder.responder_id(named, maker).certificates([maker])
    return builder.sign(key, hashes.SHA256()).public_bytes(_DER)


def certificate(
    issuer: Issuer,
    subject: x509.Name,
    label: str,
    at: datetime,
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
) -> Issuer:
    """A certificate of any shape and its key: valid for a year from the day before ``at``."""
    key = _ec(private_key(b"tests of revocation", label, "ec"))
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer[1], hashes.SHA256()), key


def responder(issuer: Issuer, at: datetime, *, usage: bool = True, no_check: bool = False) -> Issuer:
    """A certificate to answer OCSP requests with: with or without the usage it needs, and "need not be checked"."""
    extensions: list[tuple[x509.ExtensionType, bool]] = []
    if usage:
        extensions.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False))
    if no_check:
        extensions.append((x509.OCSPNoCheck(), False))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"DEMO responder {usage} {no_check}")])
    return certificate(issuer, name, f"responder/{usage}/{no_check}", at, extensions)


def der(made: Issuer) -> bytes:
    return made[0].public_bytes(_DER)


def with_stapled(record: Record, response: bytes) -> Record:
    """The same record with an OCSP response (DER) inside its signature (RFC 5940)."""
    info = cms.ContentInfo.load(record.signature)
    signed = info["content"]
    stapled = cms.OtherRevocationInfoFormat(
        {"other_rev_info_format": "1.3.6.1.5.5.7.16.2", "other_rev_info": asn1_ocsp.OCSPResponse.load(response)}
    )
    signed["crls"] = cms.RevocationInfoChoices([cms.RevocationInfoChoice("other", stapled)])
    return Record(record.payload, info.dump(force=True))
