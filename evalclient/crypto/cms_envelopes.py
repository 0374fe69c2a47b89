"""Envelopes for persons: AuthEnvelopedData to certificates and bare public keys (RFC 5083, RFC 5753, RFC 3560).

A certificate is named by issuer and serial number, a bare key by its key identifier: the leftmost 160 bits of the
SHA-256 of the key's bit string (RFC 7093, method 1). ``openssl cms -decrypt`` opens the former.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from asn1crypto import algos, cms
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from evalclient.core.ports import KeyHandle, WrappedKey
from evalclient.crypto import der
from evalclient.crypto.auth_enveloped import (
    KEY_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    Shell,
    damaged,
    decrypt,
    encrypt,
    malformed,
)
from evalclient.crypto.errors import CertificateRefused, NotARecipient
from evalclient.crypto.key_agreement import AES256_WRAP, shared_info, unwrap_with, wrap
from evalclient.crypto.public_keys import (
    MALFORMED,
    PublicKey,
    key_identifier,
    load_public_key,
    parse_certificate,
    public_key_der,
    public_key_of,
)

MAX_ENVELOPE = 64 << 20
_VERSION = {0: bytes.fromhex("020100"), 2: bytes.fromhex("020102"), 3: bytes.fromhex("020103")}
_ECDH_SHA256_KDF = bytes.fromhex("06062b8104010b01")
_EC_PUBLIC_KEY = bytes.fromhex("300906072a8648ce3d0201")
_RSA_OAEP_SHA256: bytes = cms.KeyEncryptionAlgorithm(
    {
        "algorithm": "rsaes_oaep",
        "parameters": algos.RSAESOAEPParams(
            {
                "hash_algorithm": {"algorithm": "sha256"},
                "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}},
            }
        ),
    }
).dump()
_PARSER_ERRORS = (*MALFORMED, AttributeError, IndexError)


def envelop(content: bytes, recipients: Sequence[bytes]) -> bytes:
    """Encrypt ``content`` so that each of ``recipients`` can open it alone.

    A recipient is a certificate (DER) or a bare public key (SubjectPublicKeyInfo DER). CertificateRefused when one is
    neither, or its key is not accepted.
    """
    if not recipients:
        raise ValueError("an envelope needs a recipient")
    content_key = secrets.token_bytes(KEY_BYTES)
    return encrypt(content, content_key, b"".join(sorted(_recipient_info(content_key, one) for one in recipients)))


def open_envelope(untrusted: bytes, key: KeyHandle | ec.EllipticCurvePrivateKey) -> bytes:
    """The content of an envelope made for ``key``: one key operation.

    A KeyHandle opens what names its encryption certificate or that certificate's key, a bare private key what names its
    public key. NotARecipient when neither is there, EnvelopeRefused when malformed or damaged.
    """
    try:
        shell, infos = _parse(untrusted)
        wrapped = _wrapped_for(infos, key)
    except _PARSER_ERRORS as error:
        raise malformed(error) from error
    if wrapped is None:
        raise NotARecipient(
            "该内容不是加密给您的证书或会话的，请核对证书介质，或请发送方重新加密给您。",
            "The content was not encrypted for your certificate or session; check the token you use, or ask the sender "
            "to encrypt it for you.",
        )
    content_key = unwrap_with(key, wrapped) if isinstance(key, ec.EllipticCurvePrivateKey) else key.unwrap(wrapped)
    if len(content_key) != KEY_BYTES:
        raise damaged()
    return decrypt(shell, content_key)


def _recipient_info(content_key: bytes, recipient: bytes) -> bytes:
    try:
        key, name = public_key_of(recipient), _issuer_and_serial(recipient)
    except CertificateRefused:
        key, name = load_public_key(recipient), None
    wrapped = wrap(content_key, key)
    encrypted_key = der.value(der.OCTET_STRING, wrapped.wrapped)
    if isinstance(key, rsa.RSAPublicKey):
        rid = name or der.value(0x80, key_identifier(key))
        return der.value(der.SEQUENCE, _VERSION[0 if name else 2], rid, _RSA_OAEP_SHA256, encrypted_key)
    rid = name or der.value(0xA0, der.value(der.OCTET_STRING, key_identifier(key)))
    return der.value(
        0xA1,
        _VERSION[3],
        der.value(0xA0, der.value(0xA1, _EC_PUBLIC_KEY, _bit_string(wrapped.originator))),
        der.value(der.SEQUENCE, _ECDH_SHA256_KDF, AES256_WRAP),
        der.value(der.SEQUENCE, der.value(der.SEQUENCE, rid, encrypted_key)),
    )


def _issuer_and_serial(certificate: bytes) -> bytes:
    parsed = parse_certificate(certificate)
    name = cms.IssuerAndSerialNumber({"issuer": parsed.issuer, "serial_number": parsed.serial_number})
    encoded: bytes = name.dump()
    return encoded


def _bit_string(spki: bytes) -> bytes:
    outer = der.DerReader(memoryview(spki)).enter(der.SEQUENCE)
    outer.take(der.SEQUENCE)
    return der.value(0x03, bytes(outer.take(0x03)))


def _parse(untrusted: bytes) -> tuple[Shell, Any]:
    if len(untrusted) > MAX_ENVELOPE:
        raise ValueError("larger than any envelope")
    info = cms.ContentInfo.load(untrusted, strict=True)
    if info["content_type"].native != "authenticated_enveloped_data":
        raise ValueError("not AuthEnvelopedData")
    data = info["content"]
    content = data["auth_encrypted_content_info"]
    algorithm = content["content_encryption_algorithm"]
    if content["content_type"].native != "data" or algorithm["algorithm"].native != "aes256_gcm":
        raise ValueError("content is not data under AES-256-GCM")
    if data["auth_attrs"].native:
        raise ValueError("authenticated attributes are not accepted")
    nonce, tag_length = _gcm_parameters(algorithm["parameters"].parsed if algorithm["parameters"] else None)
    tag = data["mac"].native
    if tag_length != TAG_BYTES or len(tag) != TAG_BYTES or len(nonce) != NONCE_BYTES:
        raise ValueError("tag or nonce has the wrong length")
    ciphertext = content["encrypted_content"].native
    if ciphertext is None:
        raise ValueError("content is missing")
    return Shell(memoryview(b""), nonce, memoryview(ciphertext), tag), data["recipient_infos"]


def _gcm_parameters(parameters: Any) -> tuple[bytes, int]:
    if parameters is None:
        raise ValueError("GCM parameters are missing")
    reader = der.DerReader(memoryview(parameters.dump())).enter(der.SEQUENCE)
    nonce = bytes(reader.take(der.OCTET_STRING))
    length = int.from_bytes(reader.take(der.INTEGER), "big")
    reader.finish()
    return nonce, length


def _wrapped_for(infos: Any, key: KeyHandle | ec.EllipticCurvePrivateKey) -> WrappedKey | None:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        public: PublicKey = key.public_key()
        names = {key_identifier(public)}
    else:
        public = public_key_of(key.encryption_certificate)
        names = {key_identifier(public), _issuer_and_serial(key.encryption_certificate)}
        own_identifier = parse_certificate(key.encryption_certificate).key_identifier
        names |= {own_identifier} if own_identifier else set()
    for info in infos:
        wrapped = _wrapped_in(info, public, names)
        if wrapped is not None:
            return wrapped
    return None


def _wrapped_in(info: Any, public: PublicKey, names: set[bytes]) -> WrappedKey | None:
    body = info.chosen
    if info.name == "ktri" and isinstance(public, rsa.RSAPublicKey):
        rid = body["rid"]
        name = rid.chosen.dump() if rid.name == "issuer_and_serial_number" else rid.chosen.native
        if name in names:
            _require_oaep(body["key_encryption_algorithm"])
            return WrappedKey("rsa-oaep", body["encrypted_key"].native)
    if info.name == "kari" and isinstance(public, ec.EllipticCurvePublicKey):
        for row in body["recipient_encrypted_keys"]:
            rid = row["rid"]
            by_name = rid.name == "issuer_and_serial_number"
            name = rid.chosen.dump() if by_name else rid.chosen["subject_key_identifier"].native
            if name in names:
                return _agreed(body, row["encrypted_key"].native, public)
    return None


def _require_oaep(algorithm: Any) -> None:
    """RSA-OAEP with SHA-256 and MGF1-SHA-256, an empty label; NULL or absent digest parameters mean the same."""
    parameters = algorithm["parameters"] if algorithm["algorithm"].native == "rsaes_oaep" else None
    if (
        parameters is None
        or parameters["hash_algorithm"]["algorithm"].native != "sha256"
        or parameters["mask_gen_algorithm"]["algorithm"].native != "mgf1"
        or parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native != "sha256"
        or parameters["p_source_algorithm"]["parameters"].native != b""
    ):
        raise ValueError("key is not wrapped by RSA-OAEP with SHA-256")


def _agreed(body: Any, wrapped: bytes, public: ec.EllipticCurvePublicKey) -> WrappedKey:
    if body["key_encryption_algorithm"].dump() != der.value(der.SEQUENCE, _ECDH_SHA256_KDF, AES256_WRAP):
        raise ValueError("key is not agreed by ECDH with SHA-256 and AES-256 wrap")
    if body["originator"].name != "originator_key":
        raise ValueError("sender's key is missing")
    point = body["originator"].chosen["public_key"].native
    originator = ec.EllipticCurvePublicKey.from_encoded_point(public.curve, point)
    ukm = body["ukm"].native or b""
    return WrappedKey("ecdh-x963", wrapped, public_key_der(originator), shared_info(ukm))
