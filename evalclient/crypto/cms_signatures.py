"""CAdES-BES signatures (EN 319 122-1, RFC 5652, RFC 5035): what ``openssl cms -verify -cades`` accepts, and nothing else.

Verification covers the signature and the CAdES attributes; whether the certificate is to be trusted is the business
of ``certificates``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from asn1crypto import algos, cms, core, tsp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from evalclient.core.ports import KeyHandle
from evalclient.crypto.errors import CertificateRefused, SignatureRefused
from evalclient.crypto.public_keys import MALFORMED, PublicKey, parse_certificate, public_key_of

T = TypeVar("T")


class _Flaw(ValueError):
    """What is wrong with a signature, in a few words."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh


MAX_SIGNATURE = 1 << 20
MAX_CERTIFICATES = 32
_SHA256 = "sha256"
_RSA_ALGORITHMS = ("rsassa_pkcs1v15", "sha256_rsa")
_EC_ALGORITHMS = ("sha256_ecdsa",)
_PARSER_ERRORS = (*MALFORMED, AttributeError, IndexError)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: certificate and chain (DER, not yet validated), and the time the signer claims."""

    certificate: bytes
    chain: tuple[bytes, ...]
    claimed_at: datetime


def sign_detached(content: bytes, handle: KeyHandle, at: datetime) -> bytes:
    """Detached CAdES-BES signature (DER) over ``content``, claiming the time ``at`` (aware).

    Raises CertificateRefused for a key of a kind that is not accepted, SignatureRefused when the key answers with
    something that its own certificate does not verify.
    """
    return _sign(content, handle, at, attach=False)


def sign_attached(content: bytes, handle: KeyHandle, at: datetime) -> bytes:
    """The same with ``content`` inside."""
    return _sign(content, handle, at, attach=True)


def verify_detached(content: bytes, untrusted_signature: bytes) -> Signer:
    """Check a detached signature over ``content``; SignatureRefused when it does not hold, for whatever reason."""
    return _refusing(lambda: _verify(_signed_data(untrusted_signature, attached=False), content))


def open_attached(untrusted_signed: bytes, limit: int = 64 << 20) -> tuple[bytes, Signer]:
    """Content and signer of an attached signature; SignatureRefused when it does not hold."""

    def opened() -> tuple[bytes, Signer]:
        signed = _signed_data(untrusted_signed, attached=True, limit=limit)
        content = signed["encap_content_info"]["content"].contents
        return content, _verify(signed, content)

    return _refusing(opened)


def verify_signature(key: PublicKey, signature: bytes, data: bytes) -> None:
    """Check one bare RSA PKCS#1 v1.5 or ECDSA signature with SHA-256; InvalidSignature when it does not hold."""
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
    else:
        key.verify(signature, data, ec.ECDSA(hashes.SHA256()))


def _sign(content: bytes, handle: KeyHandle, at: datetime, *, attach: bool) -> bytes:
    certificate = parse_certificate(handle.certificate)
    key = public_key_of(handle.certificate)
    attributes: bytes = _signed_attributes(content, handle.certificate, at).dump()
    signature = handle.sign(attributes)
    try:
        verify_signature(key, signature, attributes)
    except InvalidSignature as error:
        raise SignatureRefused(
            "密钥给出的签名与其证书不符，请重新插入介质或更换证书后再签。",
            "The key's signature does not fit its own certificate; reinsert the token or use another certificate.",
        ) from error
    encapsulated: dict[str, Any] = {"content_type": "data"}
    if attach:
        encapsulated["content"] = content
    every = (handle.certificate, *(der for der in handle.chain if der != handle.certificate))
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": _SHA256}],
            "encap_content_info": encapsulated,
            "certificates": [cms.CertificateChoices.load(der) for der in every],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": _issuer_and_serial(certificate),
                    "digest_algorithm": {"algorithm": _SHA256},
                    "signed_attrs": cms.CMSAttributes.load(attributes),
                    "signature_algorithm": _signature_algorithm(key),
                    "signature": signature,
                }
            ],
        }
    )
    return cast(bytes, cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _signature_algorithm(key: PublicKey) -> algos.SignedDigestAlgorithm:
    name = "rsassa_pkcs1v15" if isinstance(key, rsa.RSAPublicKey) else "sha256_ecdsa"
    return algos.SignedDigestAlgorithm({"algorithm": name})


def _issuer_and_serial(certificate: Any) -> cms.SignerIdentifier:
    return cms.SignerIdentifier(
        "issuer_and_serial_number",
        cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number}),
    )


def _signed_attributes(content: bytes, certificate: bytes, at: datetime) -> cms.CMSAttributes:
    if at.tzinfo is None:
        raise ValueError("signing time needs a time zone")
    moment = at.astimezone(UTC).replace(microsecond=0)
    time_form = "utc_time" if 1950 <= moment.year < 2050 else "general_time"
    certificate_id = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})
    values: dict[str, Any] = {
        "content_type": cms.ContentType("data"),
        "message_digest": core.OctetString(hashlib.sha256(content).digest()),
        "signing_time": cms.Time({time_form: moment}),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [certificate_id]}),
    }
    return cms.CMSAttributes([{"type": name, "values": [value]} for name, value in values.items()])


def _signed_data(untrusted: bytes, *, attached: bool, limit: int = MAX_SIGNATURE) -> cms.SignedData:
    if len(untrusted) > limit:
        raise _Flaw("超过电子签名的大小上限", "larger than any signature")
    info = cms.ContentInfo.load(untrusted, strict=True)
    if info["content_type"].native != "signed_data":
        raise _Flaw("不是电子签名（SignedData）", "not SignedData")
    signed = info["content"]
    encapsulated = signed["encap_content_info"]
    if encapsulated["content_type"].native != "data":
        raise _Flaw("内容类型不是 data", "content type is not data")
    if isinstance(encapsulated["content"], core.Void) is attached:
        raise (
            _Flaw("缺少内容", "content is missing")
            if attached
            else _Flaw("内容夹带在签名之中", "content stands inside the signature")
        )
    if attached and encapsulated["content"].method:
        raise _Flaw("内容不是 DER 编码", "content is not DER")
    return signed


def _verify(signed: cms.SignedData, content: bytes) -> Signer:
    (info,) = signed["signer_infos"]
    if info["digest_algorithm"]["algorithm"].native != _SHA256:
        raise _Flaw("摘要算法不是 SHA-256", "digest algorithm is not SHA-256")
    certificate, chain = _certificates(signed, info["sid"])
    untrusted_attributes = info["signed_attrs"]
    _check_algorithm(info["signature_algorithm"], public_key_of(certificate))
    verify_signature(public_key_of(certificate), info["signature"].contents, _as_set(untrusted_attributes))
    values = _single_values(untrusted_attributes)
    if values["content_type"].native != "data":
        raise _Flaw("内容类型属性不是 data", "content type attribute is not data")
    if values["message_digest"].native != hashlib.sha256(content).digest():
        raise _Flaw("内容的摘要与签名时不一致", "message digest differs")
    _check_certificate_id(values, certificate)
    return Signer(certificate, chain, values["signing_time"].native)


def _as_set(attributes: cms.CMSAttributes) -> bytes:
    """The signed bytes: the attributes as received, under the universal SET tag instead of [0] (RFC 5652, 5.4)."""
    encoded: bytes = attributes.dump()
    if encoded[:1] != b"\xa0":
        raise _Flaw("缺少签名属性", "signed attributes are missing")
    return b"\x31" + encoded[1:]


def _single_values(attributes: cms.CMSAttributes) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for attribute in attributes:
        name = attribute["type"].native
        if name in values:
            raise _Flaw("签名属性重复", "an attribute stands twice")
        if name in {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}:
            (values[name],) = attribute["values"]
        else:
            values[name] = attribute
    return values


def _check_algorithm(untrusted_algorithm: algos.SignedDigestAlgorithm, key: PublicKey) -> None:
    accepted = _RSA_ALGORITHMS if isinstance(key, rsa.RSAPublicKey) else _EC_ALGORITHMS
    if untrusted_algorithm["algorithm"].native not in accepted:
        raise _Flaw("签名算法不被认可", "signature algorithm is not accepted")


def _check_certificate_id(values: dict[str, Any], certificate: bytes) -> None:
    """signing-certificate-v2 must name the certificate by its SHA-256 (RFC 5035): no exchange of certificates."""
    identifier = values["signing_certificate_v2"]["certs"][0]
    if identifier["hash_algorithm"]["algorithm"].native != _SHA256:
        raise _Flaw("证书摘要算法不是 SHA-256", "certificate digest is not SHA-256")
    if identifier["cert_hash"].native != hashlib.sha256(certificate).digest():
        raise _Flaw("签名属于另一张证书", "signed for another certificate")


def _certificates(signed: cms.SignedData, sid: cms.SignerIdentifier) -> tuple[bytes, tuple[bytes, ...]]:
    every = [choice.chosen.dump() for choice in signed["certificates"] if choice.name == "certificate"]
    if len(every) > MAX_CERTIFICATES:
        raise _Flaw("证书过多", "too many certificates")
    for der in every:
        certificate = parse_certificate(der)
        if sid.name == "issuer_and_serial_number":
            found = (
                certificate.serial_number == sid.chosen["serial_number"].native
                and certificate.issuer.dump() == sid.chosen["issuer"].dump()
            )
        else:
            found = certificate.key_identifier == sid.chosen.native
        if found:
            return der, tuple(other for other in every if other != der)
    raise _Flaw("缺少签名人的证书", "the signer's certificate is missing")


def _refusing(check: Callable[[], T]) -> T:
    """Run a check over untrusted bytes: whatever goes wrong in it is one refusal."""
    try:
        return check()
    except InvalidSignature as error:
        raise SignatureRefused(
            "电子签名无效：内容或签名被改动过，请要求签名人重新签名并发送。",
            "The signature does not hold: content or signature were changed; ask the signer to sign and send again.",
        ) from error
    except (*_PARSER_ERRORS, CertificateRefused) as error:
        # A parser's own words are English; in the Chinese sentence they would tell nobody anything.
        reason = error.zh if isinstance(error, _Flaw | CertificateRefused) else "编码无法解析"
        raise SignatureRefused(
            f"电子签名不合格式或与内容不符（{reason.removesuffix('。')}），请要求签名人重新签名并发送。",
            f"The signature is malformed or does not fit the content ({error}); ask the signer to sign and send again.",
        ) from error
