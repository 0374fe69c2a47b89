"""Certificates for one day (当日证书): a member whose own cannot be used makes a key, the event authority certifies it.

The authority is named in record 0. What it issues counts for nobody but the member whom administrator and organiser have
identified, each by record, and for a day at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from asn1crypto import algos
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import KeyHandle
from evalclient.core.records.acts_founding import CertificateIssued
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.roster import Roster
from evalclient.crypto.cms.suites import suite_of
from evalclient.crypto.errors import CertificateRefused, WrongPin
from evalclient.crypto.primitives.public_keys import (
    MALFORMED,
    load_certificate,
    load_public_key,
    parse_certificate,
    public_key_der,
    public_key_of,
)
from evalclient.crypto.trust.issued import issued_by

LONGEST: Final = timedelta(hours=24)
#: clocks of authority and seat may differ by so much
CLOCKS_DIFFER: Final = timedelta(minutes=5)
MAX_REQUEST: Final = 64 << 10
_SIGNS: Final = frozenset(("digital_signature", "non_repudiation"))
_SHA256_RSA: Final = "1.2.840.113549.1.1.11"


class RequestRefused(EvalclientError):
    """A request for a certificate is malformed, not signed by the key it names, or names a key that is not accepted."""


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """A request (PKCS#10, RFC 2986): who asks, and the public key (SubjectPublicKeyInfo DER) he has made."""

    name: str
    organisation: str
    spki: bytes


def new_request(name: str, organisation: str, pin: str) -> tuple[bytes, bytes]:
    """A fresh P-256 key, encrypted under ``pin``, and a request for its certificate: both PEM. WrongPin where it is empty."""
    if not pin:
        raise WrongPin(
            "口令不能为空：当日密钥须以口令保护，请另设口令。",
            "The PIN is empty, and the key for the day must be protected by one; choose another.",
        )
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder().subject_name(_name(name, organisation)).sign(key, hashes.SHA256())
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(pin.encode()))
    return locked, request.public_bytes(Encoding.PEM)


def read_request(untrusted: bytes) -> KeyRequest:
    """A request from a file, PEM or DER; RequestRefused."""
    try:
        if len(untrusted) > MAX_REQUEST:
            raise ValueError("larger than any request")
        load = x509.load_pem_x509_csr if untrusted.lstrip().startswith(b"-----") else x509.load_der_x509_csr
        request = load(untrusted)
        if not request.is_signature_valid:
            raise ValueError("not signed by the key it names")
        spki = public_key_der(load_public_key(public_key_der(request.public_key())))  # type: ignore[arg-type]
        return KeyRequest(_part(request, NameOID.COMMON_NAME), _part(request, NameOID.ORGANIZATION_NAME), spki)
    except (*MALFORMED, AttributeError, CertificateRefused) as error:
        raise RequestRefused(
            "所选文件不是当日证书的申请文件，请在评委席位上重新生成。",
            "The file is no request for a one-day certificate; make it again at the member's seat.",
        ) from error


def issue(request: KeyRequest, authority: KeyHandle, at: datetime, lasts: timedelta = LONGEST) -> bytes:
    """The certificate (DER) of the authority for a request, from ``at`` (aware) on.

    CertificateRefused where the authority's certificate is none of an authority. Its key may lie in a file or on a token: the certificate is built around a key that stands in, algorithm
    and signature are put in afterwards.
    """
    issuer = load_certificate(authority.certificate)
    if not parse_certificate(authority.certificate).ca:
        raise CertificateRefused(
            "签发所用的证书是个人证书，不是认证机构证书；请用项目公告中当日证书机构的密钥签发。",
            "The key is a person's, not an authority's; issue by that of the event authority which the announcement names.",
        )
    key = load_public_key(request.spki)
    stand_in = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(request.name, request.organisation))
        .issuer_name(issuer.subject)
        .public_key(stand_in.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + min(lasts, LONGEST))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
    )
    draft = asn1_x509.Certificate.load(builder.sign(stand_in, hashes.SHA256()).public_bytes(Encoding.DER))
    content = draft["tbs_certificate"]
    content["subject_public_key_info"] = asn1_x509.PublicKeyInfo.load(public_key_der(key))
    suite = suite_of(public_key_of(authority.certificate))
    name = _SHA256_RSA if suite.signature.startswith("1.2.840.113549.1.1.") else suite.signature
    content["signature"] = algos.SignedDigestAlgorithm({"algorithm": name})
    draft["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": name})
    draft["signature_value"] = authority.sign(content.dump(force=True))
    return bytes(draft.dump(force=True))


def key_file(locked_key: bytes, certificate: bytes, authority: bytes, pin: str) -> bytes:
    """The member's key file (PKCS#12) for the day; WrongPin, CertificateRefused where the certificate is another key's."""
    try:
        key = load_pem_private_key(locked_key, pin.encode())
    except (ValueError, TypeError) as error:  # the second where the PIN is empty
        raise WrongPin(
            "口令不正确，请输入生成申请时设定的口令。",
            "The PIN is wrong; enter the one that was set when the request was made.",
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != public_key_of(certificate):
        raise CertificateRefused(
            "该证书不是为本席位生成的密钥签发的，请向组织方索取本人的当日证书。",
            "The certificate is not for the key made at this seat; ask the organiser for your own.",
        )
    chain = [load_certificate(authority)]
    encryption = BestAvailableEncryption(pin.encode())
    return pkcs12.serialize_key_and_certificates(b"one day", key, load_certificate(certificate), chain, encryption)


def issue_doubt(act: CertificateIssued, roster: Roster, at: str) -> Bilingual | None:
    """What speaks against a certificate for one day at ``at`` (RFC 3339); None where nothing does."""
    seen = roster.witnessed.get(act.witnessed)
    if len(set(act.factors)) < 2:
        return _doubt("没有两项身份核验", "comes without two factors of identity")
    try:
        certificate = load_certificate(act.certificate)
        parsed, authority = parse_certificate(act.certificate), parse_certificate(roster.event_authority)
        key = digest(public_key_der(public_key_of(act.certificate)), roster.algorithm)
        usage = parsed.key_usage_value
        usable = not parsed.ca and usage is not None and bool(_SIGNS & usage.native)
        genuine = issued_by(parsed, authority)
    except (*MALFORMED, AttributeError, CertificateRefused):
        return _doubt("不合格式，或其密钥不被接受", "is malformed, or its key is not accepted")
    if not genuine:
        return _doubt("不是首条记录所列机构签发的", "is not issued by the authority that record 0 names")
    if seen is None or seen.member != act.member or seen.key != key:
        return _doubt("与场地管理员核验登记的密钥不符", "is not for the key that the site's administrator witnessed")
    if certificate.not_valid_after_utc - certificate.not_valid_before_utc > LONGEST:
        return _doubt("有效期超过一天", "is valid for more than a day")
    moment = datetime.fromisoformat(at)
    if not certificate.not_valid_before_utc - CLOCKS_DIFFER <= moment <= certificate.not_valid_after_utc:
        return _doubt("此时不在有效期内", "is not valid at this time")
    return None if usable else _doubt("不是用于签名的个人证书", "is no person's certificate for signing")


def misused(certificate: bytes, roster: Roster) -> bool:
    """Whether a certificate (DER) is of the event authority: it counts for the place it was issued for alone."""
    if not roster.event_authority:
        return False
    return load_certificate(certificate).issuer == load_certificate(roster.event_authority).subject


def _doubt(zh: str, en: str) -> Bilingual:
    return Bilingual(
        f"当日证书{zh}，该登记不生效，请核对后重新登记。",
        f"The one-day certificate {en}; the record has no effect, check it and record it again.",
    )


def _usage() -> x509.KeyUsage:
    use = dict.fromkeys(
        ("data_encipherment", "key_encipherment", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False
    )
    return x509.KeyUsage(digital_signature=True, content_commitment=True, key_agreement=True, **use)


def _name(name: str, organisation: str) -> x509.Name:
    parts = ((NameOID.COMMON_NAME, name), (NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


def _part(request: x509.CertificateSigningRequest, name: x509.ObjectIdentifier) -> str:
    found = request.subject.get_attributes_for_oid(name)
    return str(found[0].value) if found else ""
