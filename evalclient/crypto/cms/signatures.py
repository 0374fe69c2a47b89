"""CAdES-BES signatures (EN 319 122-1, RFC 5652, RFC 5035): what ``openssl cms -verify -cades`` accepts, and nothing else.

SM2 keys sign the same structure with SM3, which that command cannot check; the names that GB/T 35275 gives to the same
contents are read, too.

Verification covers the signature and the CAdES attributes; whether the certificate is to be trusted is the business
of ``certificates``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from asn1crypto import algos, cms, core, tsp
from cryptography.exceptions import InvalidSignature

from evalclient.core.ports import KeyHandle
from evalclient.crypto.cms.signers import Flaw, signer_certificates
from evalclient.crypto.cms.stapled import stapled_to
from evalclient.crypto.cms.suites import SHA256, Suite, suite_of, verify_signature
from evalclient.crypto.errors import CertificateRefused, SignatureRefused
from evalclient.crypto.primitives.public_keys import PARSER_ERRORS, parse_certificate, public_key_of

T = TypeVar("T")


MAX_SIGNATURE = 1 << 20
#: content types: RFC 5652's, then GB/T 35275's
_SIGNED_DATA = ("1.2.840.113549.1.7.2", "1.2.156.10197.6.1.4.2.2")
_DATA = ("1.2.840.113549.1.7.1", "1.2.156.10197.6.1.4.2.1")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: certificate and chain (DER, not yet validated), and the time the signer claims.

    ``revocations`` are the lists and OCSP responses (DER) that came with the signature.
    """

    certificate: bytes
    chain: tuple[bytes, ...]
    claimed_at: datetime
    revocations: tuple[bytes, ...] = ()


def sign_detached(content: bytes, handle: KeyHandle, at: datetime) -> bytes:
    """Detached CAdES-BES signature (DER) over ``content``, claiming the time ``at`` (aware).

    Raises CertificateRefused for a key of a kind that is not accepted, SignatureRefused when the key answers with
    something that its own certificate does not verify.
    """
    return _sign(content, handle, at, attach=False)


def sign_attached(content: bytes, handle: KeyHandle, at: datetime) -> bytes:
    """The same with ``content`` inside."""
    return _sign(content, handle, at, attach=True)


def sign_digest(message_digest: bytes, handle: KeyHandle) -> bytes:
    """Detached signature (DER) over content of which only the digest is at hand, without a time, as PAdES has it.

    ``message_digest`` is by the digest of the key's suite. Raises as ``sign_detached``.
    """
    return _sign_digest(message_digest, handle, None, {"content_type": "data"})


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


def _sign(content: bytes, handle: KeyHandle, at: datetime, *, attach: bool) -> bytes:
    encapsulated: dict[str, Any] = {"content_type": "data"}
    if attach:
        encapsulated["content"] = content
    return _sign_digest(suite_of(public_key_of(handle.certificate)).hash(content), handle, at, encapsulated)


def _sign_digest(message_digest: bytes, handle: KeyHandle, at: datetime | None, encapsulated: dict[str, Any]) -> bytes:
    certificate = parse_certificate(handle.certificate)
    key = public_key_of(handle.certificate)
    suite = suite_of(key)
    attributes: bytes = _signed_attributes(message_digest, handle.certificate, at, suite).dump()
    signature = handle.sign(attributes)
    try:
        verify_signature(key, signature, attributes)
    except InvalidSignature as error:
        raise SignatureRefused(
            "密钥给出的签名与其证书不符，请重新插入介质或更换证书后再签。",
            "The key's signature does not fit its own certificate; reinsert the token or use another certificate.",
        ) from error
    every = (handle.certificate, *(der for der in handle.chain if der != handle.certificate))
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": suite.digest_oid}],
            "encap_content_info": encapsulated,
            "certificates": [cms.CertificateChoices.load(der) for der in every],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": _issuer_and_serial(certificate),
                    "digest_algorithm": {"algorithm": suite.digest_oid},
                    "signed_attrs": cms.CMSAttributes.load(attributes),
                    "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": suite.signature}),
                    "signature": signature,
                }
            ],
        }
    )
    return cast(bytes, cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def _issuer_and_serial(certificate: Any) -> cms.SignerIdentifier:
    return cms.SignerIdentifier(
        "issuer_and_serial_number",
        cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number}),
    )


def _signed_attributes(
    message_digest: bytes, certificate: bytes, at: datetime | None, suite: Suite
) -> cms.CMSAttributes:
    certificate_id = tsp.ESSCertIDv2({"cert_hash": suite.hash(certificate)})
    if suite.digest_oid != SHA256:  # the standard's default, which DER leaves out
        certificate_id["hash_algorithm"] = {"algorithm": suite.digest_oid}
    values: dict[str, Any] = {
        "content_type": cms.ContentType("data"),
        "message_digest": core.OctetString(message_digest),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [certificate_id]}),
    }
    if at is not None:
        values["signing_time"] = _signing_time(at)
    return cms.CMSAttributes([{"type": name, "values": [value]} for name, value in values.items()])


def _signing_time(at: datetime) -> cms.Time:
    if at.tzinfo is None:
        raise ValueError("signing time needs a time zone")
    moment = at.astimezone(UTC).replace(microsecond=0)
    return cms.Time({"utc_time" if 1950 <= moment.year < 2050 else "general_time": moment})


def _signed_data(untrusted: bytes, *, attached: bool, limit: int = MAX_SIGNATURE) -> cms.SignedData:
    if len(untrusted) > limit:
        raise Flaw("超过电子签名的大小上限", "larger than any signature")
    info = cms.ContentInfo.load(untrusted, strict=True)
    kind = info["content_type"].dotted
    if kind not in _SIGNED_DATA:
        raise Flaw("不是电子签名（SignedData）", "not SignedData")
    signed = info["content"] if kind == _SIGNED_DATA[0] else info["content"].parse(cms.SignedData)
    encapsulated = signed["encap_content_info"]
    if encapsulated["content_type"].dotted not in _DATA:
        raise Flaw("内容类型不是 data", "content type is not data")
    if isinstance(encapsulated["content"], core.Void) is attached:
        raise (
            Flaw("缺少内容", "content is missing")
            if attached
            else Flaw("内容夹带在签名之中", "content stands inside the signature")
        )
    if attached and encapsulated["content"].method:
        raise Flaw("内容不是 DER 编码", "content is not DER")
    return signed


def _verify(signed: cms.SignedData, content: bytes) -> Signer:
    (info,) = signed["signer_infos"]
    certificate, chain = signer_certificates(signed)
    key = public_key_of(certificate)
    suite = suite_of(key)
    if info["digest_algorithm"]["algorithm"].dotted != suite.digest_oid:
        raise Flaw("摘要算法不是 SHA-256 或 SM3", f"digest algorithm is not {suite.digest}")
    if info["signature_algorithm"]["algorithm"].dotted not in suite.accepted:
        raise Flaw("签名算法不被认可", "signature algorithm is not accepted")
    untrusted_attributes = info["signed_attrs"]
    verify_signature(key, info["signature"].contents, _as_set(untrusted_attributes))
    values = _single_values(untrusted_attributes)
    if values["content_type"].dotted != signed["encap_content_info"]["content_type"].dotted:
        raise Flaw("内容类型属性不是 data", "content type attribute is not data")
    if values["message_digest"].native != suite.hash(content):
        raise Flaw("内容的摘要与签名时不一致", "message digest differs")
    _check_certificate_id(values, certificate, suite)
    return Signer(certificate, chain, values["signing_time"].native, stapled_to(signed))


def _as_set(attributes: cms.CMSAttributes) -> bytes:
    """The signed bytes: the attributes as received, under the universal SET tag instead of [0] (RFC 5652, 5.4)."""
    encoded: bytes = attributes.dump()
    if encoded[:1] != b"\xa0":
        raise Flaw("缺少签名属性", "signed attributes are missing")
    return b"\x31" + encoded[1:]


def _single_values(attributes: cms.CMSAttributes) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for attribute in attributes:
        name = attribute["type"].native
        if name in values:
            raise Flaw("签名属性重复", "an attribute stands twice")
        if name in {"content_type", "message_digest", "signing_time", "signing_certificate_v2"}:
            (values[name],) = attribute["values"]
        else:
            values[name] = attribute
    return values


def _check_certificate_id(values: dict[str, Any], certificate: bytes, suite: Suite) -> None:
    """signing-certificate-v2 must name the certificate by the suite's digest (RFC 5035): no exchange of certificates."""
    identifier = values["signing_certificate_v2"]["certs"][0]
    if identifier["hash_algorithm"]["algorithm"].dotted != suite.digest_oid:
        raise Flaw("证书摘要算法不是 SHA-256 或 SM3", f"certificate digest is not {suite.digest}")
    if identifier["cert_hash"].native != suite.hash(certificate):
        raise Flaw("签名属于另一张证书", "signed for another certificate")


def _refusing(check: Callable[[], T]) -> T:
    """Run a check over untrusted bytes: whatever goes wrong in it is one refusal."""
    try:
        return check()
    except InvalidSignature as error:
        raise SignatureRefused(
            "电子签名无效：内容或签名被改动过，请要求签名人重新签名并发送。",
            "The signature does not hold: content or signature were changed; ask the signer to sign and send again.",
        ) from error
    except (*PARSER_ERRORS, CertificateRefused) as error:
        # A parser's own words are English; in the Chinese sentence they would tell nobody anything.
        reason = error.zh if isinstance(error, Flaw | CertificateRefused) else "编码无法解析"
        raise SignatureRefused(
            f"电子签名不合格式或与内容不符（{reason.removesuffix('。')}），请要求签名人重新签名并发送。",
            f"The signature is malformed or does not fit the content ({error}); ask the signer to sign and send again.",
        ) from error
