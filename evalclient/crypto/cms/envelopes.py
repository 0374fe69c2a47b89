"""Envelopes for persons: AuthEnvelopedData to certificates and bare public keys (RFC 5083, RFC 5753, RFC 3560).

Where every recipient's key is of SM2, the envelope is GB/T 35275's instead (``sm_envelopes``); among others' an SM2 key
gets its copy of the same AES key. A certificate is named by issuer and serial number, a bare key by its key identifier: the leftmost 160 bits of the
SHA-256 of the key's bit string (RFC 7093, method 1). ``openssl cms -decrypt`` opens the former.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Final

from asn1crypto import algos, cms
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from evalclient.core.ports import KeyHandle, OpensContent
from evalclient.crypto.cms import sm_envelopes
from evalclient.crypto.cms.auth_enveloped import (
    KEY_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    Shell,
    damaged,
    decrypt,
    encrypt,
    malformed,
)
from evalclient.crypto.cms.key_agreement import AES256_WRAP, BareKey, unwrap_with, wrap
from evalclient.crypto.cms.recipients import issuer_and_serial, wrapped_key_for
from evalclient.crypto.errors import CertificateRefused, NotARecipient
from evalclient.crypto.primitives import der
from evalclient.crypto.primitives.public_keys import (
    PARSER_ERRORS,
    PublicKey,
    key_identifier,
    load_public_key,
    public_key_of,
)
from evalclient.crypto.primitives.sm2 import Sm2PrivateKey, Sm2PublicKey

MAX_ENVELOPE = 64 << 20
_VERSION = {
    0: bytes.fromhex("020100"),
    1: bytes.fromhex("020101"),
    2: bytes.fromhex("020102"),
    3: bytes.fromhex("020103"),
}
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
#: how the product wraps keys; it opens its own envelopes by nothing else
_ACCEPTED: Final = {(kind, "sha256", KEY_BYTES, None) for kind in ("rsa-oaep", "ecdh-x963", "sm2")}


def envelop(content: bytes, recipients: Sequence[bytes]) -> bytes:
    """Encrypt ``content`` so that each of ``recipients`` can open it alone.

    A recipient is a certificate (DER) or a bare public key (SubjectPublicKeyInfo DER). CertificateRefused when one is
    neither, or its key is not accepted.
    """
    if not recipients:
        raise ValueError("an envelope needs a recipient")
    sm = all(isinstance(_named(one)[0], Sm2PublicKey) for one in recipients)
    content_key = secrets.token_bytes(sm_envelopes.SM4_KEY_BYTES if sm else KEY_BYTES)
    infos = sorted(_recipient_info(content_key, one) for one in recipients)
    return sm_envelopes.encrypt(content, content_key, infos) if sm else encrypt(content, content_key, b"".join(infos))


def open_envelope(untrusted: bytes, key: KeyHandle | BareKey) -> bytes:
    """The content of an envelope made for ``key``: one key operation.

    A KeyHandle opens what names its encryption certificate or that certificate's key, a bare private key what names its
    public key. NotARecipient when neither is there, EnvelopeRefused when malformed or damaged.
    """
    try:
        shell, infos = _parse(untrusted)
        key_bytes = sm_envelopes.SM4_KEY_BYTES if isinstance(shell, sm_envelopes.SmShell) else KEY_BYTES
        wrapped = wrapped_key_for(infos, key)
        if wrapped and (wrapped.algorithm, wrapped.digest, wrapped.key_bytes, wrapped.mask) not in _ACCEPTED:
            raise ValueError("key is not wrapped by SM2, or RSA-OAEP or ECDH with SHA-256 and AES-256")
    except PARSER_ERRORS as error:
        raise malformed(error) from error
    if wrapped is None:
        raise NotARecipient(
            "该内容不是加密给您的证书或会话的，请核对证书介质，或请发送方重新加密给您。",
            "The content was not encrypted for your certificate or session; check the token you use, or ask the sender "
            "to encrypt it for you.",
        )
    if isinstance(key, OpensContent) and isinstance(shell, sm_envelopes.SmShell):
        return sm_envelopes.unpadded(key.open_content(wrapped, shell.vector, bytes(shell.ciphertext)))
    if isinstance(key, ec.EllipticCurvePrivateKey | Sm2PrivateKey):
        content_key = unwrap_with(key, wrapped)
    else:
        content_key = key.unwrap(wrapped)
    if len(content_key) != key_bytes:
        raise damaged()
    if isinstance(shell, sm_envelopes.SmShell):
        return sm_envelopes.decrypt(shell, content_key)
    return decrypt(shell, content_key)


def _named(recipient: bytes) -> tuple[PublicKey, bytes | None]:
    """A recipient's key, and issuer and serial number (DER) where it is a certificate."""
    try:
        return public_key_of(recipient), issuer_and_serial(recipient)
    except CertificateRefused:
        return load_public_key(recipient), None


def _recipient_info(content_key: bytes, recipient: bytes) -> bytes:
    key, name = _named(recipient)
    wrapped = wrap(content_key, key)
    encrypted_key = der.value(der.OCTET_STRING, wrapped.wrapped)
    if isinstance(key, rsa.RSAPublicKey | Sm2PublicKey):
        rid = name or der.value(0x80, key_identifier(key))
        sm = isinstance(key, Sm2PublicKey)
        version = _VERSION[(1 if sm else 0) if name else 2]  # GB/T 35275 writes 1 where RFC 5652 writes 0
        algorithm = sm_envelopes.SM2_ENCRYPTION if sm else _RSA_OAEP_SHA256
        return der.value(der.SEQUENCE, version, rid, algorithm, encrypted_key)
    rid = name or der.value(0xA0, der.value(der.OCTET_STRING, key_identifier(key)))
    return der.value(
        0xA1,
        _VERSION[3],
        der.value(0xA0, der.value(0xA1, _EC_PUBLIC_KEY, _bit_string(wrapped.originator))),
        der.value(der.SEQUENCE, _ECDH_SHA256_KDF, AES256_WRAP),
        der.value(der.SEQUENCE, der.value(der.SEQUENCE, rid, encrypted_key)),
    )


def _bit_string(spki: bytes) -> bytes:
    outer = der.DerReader(memoryview(spki)).enter(der.SEQUENCE)
    outer.take(der.SEQUENCE)
    return der.value(0x03, bytes(outer.take(0x03)))


def _parse(untrusted: bytes) -> tuple[Shell | sm_envelopes.SmShell, Any]:
    if len(untrusted) > MAX_ENVELOPE:
        raise ValueError("larger than any envelope")
    if sm_envelopes.is_sm_envelope(untrusted):
        return sm_envelopes.parse(untrusted)
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
