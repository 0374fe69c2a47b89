"""Finding, among the recipients of an envelope, the one that a key opens (RFC 5652, RFC 3560, RFC 5753).

Every algorithm that other tools use is read here; what the product accepts of its own kind is narrower, see
``cms_envelopes``.
"""

from __future__ import annotations

from typing import Any, Final

from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from evalclient.core.ports import Digest, KeyHandle, WrappedKey
from evalclient.crypto.cms.key_agreement import BareKey, shared_info
from evalclient.crypto.primitives.public_keys import (
    PublicKey,
    key_identifier,
    parse_certificate,
    public_key_der,
    public_key_of,
)
from evalclient.crypto.primitives.sm2 import Sm2PrivateKey, Sm2PublicKey, from_compact

_DIGESTS: Final[dict[str, Digest]] = {one: one for one in ("sha1", "sha224", "sha256", "sha384", "sha512")}
#: dhSinglePass with X9.63 KDF; on curves of cofactor 1 the two kinds compute the same
_AGREEMENTS: Final[dict[str, Digest]] = {
    "1.3.133.16.840.63.0.2": "sha1",
    "1.3.133.16.840.63.0.3": "sha1",
    **{f"1.3.132.1.11.{number}": digest for number, digest in enumerate(list(_DIGESTS.values())[1:])},
    **{f"1.3.132.1.14.{number}": digest for number, digest in enumerate(list(_DIGESTS.values())[1:])},
}
#: sm2, sm2sign, sm2keyagreement, sm2encrypt: software is not of one mind (GM/T 0006)
_SM2_NAMES: Final = ("1.2.156.10197.1.301", *(f"1.2.156.10197.1.301.{number}" for number in (1, 2, 3)))
#: AES key wrap → bytes of the wrapping key
_WRAPS: Final = {f"2.16.840.1.101.3.4.1.{number}": size for number, size in ((5, 16), (25, 24), (45, 32))}


def issuer_and_serial(certificate: bytes) -> bytes:
    """IssuerAndSerialNumber (DER) of a certificate (DER)."""
    parsed = parse_certificate(certificate)
    name = cms.IssuerAndSerialNumber({"issuer": parsed.issuer, "serial_number": parsed.serial_number})
    encoded: bytes = name.dump()
    return encoded


def wrapped_key_for(untrusted_infos: Any, key: KeyHandle | BareKey) -> WrappedKey | None:
    """What ``key`` opens among RecipientInfos (asn1crypto), or None where it is not named.

    A KeyHandle is named by its encryption certificate or that certificate's key, a bare private key by its public key.
    ValueError, and what else asn1crypto raises, for infos that are malformed or use an unknown algorithm.
    """
    if isinstance(key, ec.EllipticCurvePrivateKey | Sm2PrivateKey):
        public: PublicKey = key.public_key()
        names = {key_identifier(public)}
    else:
        public = public_key_of(key.encryption_certificate)
        names = {key_identifier(public), issuer_and_serial(key.encryption_certificate)}
        own_identifier = parse_certificate(key.encryption_certificate).key_identifier
        names |= {own_identifier} if own_identifier else set()
    for info in untrusted_infos:
        wrapped = _wrapped_in(info, public, names)
        if wrapped is not None:
            return wrapped
    return None


def _wrapped_in(info: Any, public: PublicKey, names: set[bytes]) -> WrappedKey | None:
    body = info.chosen
    if info.name == "ktri" and isinstance(public, rsa.RSAPublicKey | Sm2PublicKey):
        rid = body["rid"]
        name = rid.chosen.dump() if rid.name == "issuer_and_serial_number" else rid.chosen.native
        if name in names:
            read = _under_sm2 if isinstance(public, Sm2PublicKey) else _transported
            return read(body["key_encryption_algorithm"], body["encrypted_key"].native)
    if info.name == "kari" and isinstance(public, ec.EllipticCurvePublicKey):
        for row in body["recipient_encrypted_keys"]:
            rid = row["rid"]
            by_name = rid.name == "issuer_and_serial_number"
            name = rid.chosen.dump() if by_name else rid.chosen["subject_key_identifier"].native
            if name in names:
                return _agreed(body, row["encrypted_key"].native, public)
    return None


def _under_sm2(algorithm: Any, wrapped: bytes) -> WrappedKey:
    """SM2 under any of its names; some software writes C1 C3 C2 in one run instead of the SM2Cipher."""
    if algorithm["algorithm"].dotted not in _SM2_NAMES:
        raise ValueError("key is not wrapped by SM2")
    return WrappedKey("sm2", from_compact(wrapped) if wrapped[:1] == b"\x04" else wrapped)


def _transported(algorithm: Any, wrapped: bytes) -> WrappedKey:
    """RSA PKCS#1 v1.5, or OAEP with any SHA for the empty label and for MGF1: Java leaves the latter at SHA-1."""
    if algorithm["algorithm"].native == "rsaes_pkcs1v15":
        return WrappedKey("rsa-pkcs1v15", wrapped)
    parameters = algorithm["parameters"] if algorithm["algorithm"].native == "rsaes_oaep" else None
    if parameters is None:
        raise ValueError("key is wrapped by an algorithm that is not accepted")
    digest = parameters["hash_algorithm"]["algorithm"].native
    mask = parameters["mask_gen_algorithm"]
    mask_digest = mask["parameters"]["algorithm"].native
    if (
        digest not in _DIGESTS
        or mask_digest not in _DIGESTS
        or mask["algorithm"].native != "mgf1"
        or parameters["p_source_algorithm"]["parameters"].native != b""
    ):
        raise ValueError("key is wrapped by RSA-OAEP of a kind that is not accepted")
    other = None if mask_digest == digest else _DIGESTS[mask_digest]
    return WrappedKey("rsa-oaep", wrapped, digest=_DIGESTS[digest], mask=other)


def _agreed(body: Any, wrapped: bytes, public: ec.EllipticCurvePublicKey) -> WrappedKey:
    algorithm = body["key_encryption_algorithm"]
    digest = _AGREEMENTS.get(algorithm["algorithm"].dotted)
    wrap_algorithm: bytes = algorithm["parameters"].dump()
    key_bytes = _WRAPS.get(cms.KeyEncryptionAlgorithm.load(wrap_algorithm)["algorithm"].dotted)
    if digest is None or key_bytes is None:
        raise ValueError("key is agreed by an algorithm that is not accepted")
    if body["originator"].name != "originator_key":
        raise ValueError("sender's key is missing")
    bits: bytes = body["originator"].chosen["public_key"].contents
    if bits[:1] != b"\0":
        raise ValueError("sender's key has unused bits")
    originator = ec.EllipticCurvePublicKey.from_encoded_point(public.curve, bits[1:])
    info = shared_info(body["ukm"].native or b"", wrap_algorithm, key_bytes)
    return WrappedKey("ecdh-x963", wrapped, public_key_der(originator), info, digest, key_bytes)
