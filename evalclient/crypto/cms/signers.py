"""The one signer of a SignedData that other tools made (RFC 5652): time-stamp tokens, signatures inside PDF files.

Wider than ``cms_signatures``, which reads what this product makes: every SHA-2, and RFC 2634's naming of a certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from evalclient.crypto.cms.suites import SHA256, SM3, suite_of
from evalclient.crypto.primitives.public_keys import parse_certificate, public_key_of
from evalclient.crypto.primitives.sm2 import Sm2PublicKey

MAX_CERTIFICATES: Final = 32
SHA384: Final = "2.16.840.1.101.3.4.2.2"
SHA512: Final = "2.16.840.1.101.3.4.2.3"
_HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = {
    SHA256: hashes.SHA256(),
    SHA384: hashes.SHA384(),
    SHA512: hashes.SHA512(),
    SM3: hashes.SM3(),
}
#: signature algorithm → kind of key, and the digest it implies ("" where the digest algorithm says it)
_SIGNATURES: Final[Mapping[str, tuple[str, str]]] = {
    "1.2.840.113549.1.1.1": ("rsa", ""),
    "1.2.840.113549.1.1.11": ("rsa", SHA256),
    "1.2.840.113549.1.1.12": ("rsa", SHA384),
    "1.2.840.113549.1.1.13": ("rsa", SHA512),
    "1.2.840.10045.4.3.2": ("ec", SHA256),
    "1.2.840.10045.4.3.3": ("ec", SHA384),
    "1.2.840.10045.4.3.4": ("ec", SHA512),
}


class Flaw(ValueError):
    """What is wrong with a signature, in a few words."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh


@dataclass(frozen=True, slots=True)
class OneSigner:
    """Certificate and chain (DER, not yet validated), the signed attributes by name, and the bare signature."""

    certificate: bytes
    chain: tuple[bytes, ...]
    attributes: Mapping[str, Any]
    signature: bytes


def verify_one_signer(signed: cms.SignedData, content: bytes, content_type: str, *, named: bool = True) -> OneSigner:
    """Check the one signature over ``content``; ``named``: it has to name its certificate (RFC 5035, RFC 2634).

    Raises Flaw, InvalidSignature, CertificateRefused, or what the parser raises over malformed input.
    """
    (signer,) = signed["signer_infos"]
    certificate, chain = signer_certificates(signed)
    digest_oid = signer["digest_algorithm"]["algorithm"].dotted
    if digest_oid not in _HASHES:
        raise Flaw("摘要算法不被认可", "digest algorithm is not accepted")
    encoded: bytes = signer["signed_attrs"].dump()
    if encoded[:1] != b"\xa0":
        raise Flaw("缺少签名属性", "signed attributes are missing")
    attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    if len(attributes) != len(signer["signed_attrs"]):
        raise Flaw("签名属性重复", "an attribute stands twice")
    signature: bytes = signer["signature"].contents
    _verify(
        certificate, signer["signature_algorithm"]["algorithm"].dotted, digest_oid, signature, b"\x31" + encoded[1:]
    )
    (told_type,), (told_digest,) = attributes["content_type"], attributes["message_digest"]
    if told_type.native != content_type:
        raise Flaw("内容类型属性不符", "content type attribute is another")
    if told_digest.native != digest_of(digest_oid, content):
        raise Flaw("内容的摘要与签名时不一致", "message digest differs")
    if named or {"signing_certificate", "signing_certificate_v2"} & attributes.keys():
        _check_named(attributes, certificate)
    return OneSigner(certificate, chain, attributes, signature)


def signer_certificates(signed: cms.SignedData) -> tuple[bytes, tuple[bytes, ...]]:
    """Certificate of the one signer, and the others that came with it (DER); raises as ``verify_one_signer``."""
    (signer,) = signed["signer_infos"]
    sid = signer["sid"]
    every = [choice.chosen.dump() for choice in signed["certificates"] if choice.name == "certificate"]
    if len(every) > MAX_CERTIFICATES:
        raise Flaw("证书过多", "too many certificates")
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
    raise Flaw("缺少签名人的证书", "the signer's certificate is missing")


def digest_of(oid: str, data: bytes) -> bytes:
    """Digest of ``data`` by the algorithm with this object identifier; KeyError for one that is not accepted."""
    hasher = hashes.Hash(_HASHES[oid])
    hasher.update(data)
    return hasher.finalize()


def _verify(certificate: bytes, algorithm: str, digest_oid: str, signature: bytes, data: bytes) -> None:
    key = public_key_of(certificate)
    if isinstance(key, Sm2PublicKey):
        if digest_oid != SM3 or algorithm not in suite_of(key).accepted:
            raise Flaw("签名算法不被认可", "signature algorithm is not accepted")
        key.verify(signature, data)
        return
    kind, implied = _SIGNATURES.get(algorithm, ("", ""))
    if implied not in ("", digest_oid):
        raise Flaw("签名算法前后不一致", "its algorithms contradict one another")
    if isinstance(key, rsa.RSAPublicKey) and kind == "rsa":
        key.verify(signature, data, padding.PKCS1v15(), _HASHES[digest_oid])
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ec":
        key.verify(signature, data, ec.ECDSA(_HASHES[digest_oid]))
    else:
        raise Flaw("签名算法不被认可", "signature algorithm is not accepted")


def _check_named(attributes: Mapping[str, Any], certificate: bytes) -> None:
    """The signed attributes name the certificate: no exchange of certificates. RFC 2634 does so by SHA-1."""
    if "signing_certificate_v2" in attributes:
        (value,) = attributes["signing_certificate_v2"]
        identifier = value["certs"][0]
        expected = digest_of(identifier["hash_algorithm"]["algorithm"].dotted, certificate)
    else:
        (value,) = attributes["signing_certificate"]
        identifier = value["certs"][0]
        hasher = hashes.Hash(hashes.SHA1())  # noqa: S303  # names a certificate whose path decides; signs nothing
        hasher.update(certificate)
        expected = hasher.finalize()
    if identifier["cert_hash"].native != expected:
        raise Flaw("签名属于另一张证书", "signed for another certificate")
