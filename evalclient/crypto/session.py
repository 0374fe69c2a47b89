"""Session keys: made fresh at each sign-in, certified once by the person's certificate (session.opened)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import KeyHandle
from evalclient.crypto.cms import envelop, open_envelope
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.public_keys import load_public_key


class VaultRefused(EvalclientError):
    """The vault of an earlier session does not open with this certificate."""


class _Vault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    encryption_key: bytes
    draft_key: bytes


@dataclass(frozen=True, slots=True, repr=False)
class SessionKeys:
    """Private keys of one session: raw Ed25519, P-256 (PKCS#8 DER), and the 32 bytes that drafts are encrypted with."""

    signing: bytes
    encryption: bytes
    draft_key: bytes

    @property
    def signing_public(self) -> bytes:
        """Raw Ed25519 public key."""
        key = Ed25519PrivateKey.from_private_bytes(self.signing).public_key()
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def encryption_public(self) -> bytes:
        """P-256 SubjectPublicKeyInfo (DER)."""
        return self.encryption_key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def encryption_key(self) -> ec.EllipticCurvePrivateKey:
        """The private encryption key as an object."""
        return encryption_key_from(self.encryption)

    def sign(self, data: bytes) -> bytes:
        """64 bytes of Ed25519 over ``data``."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(data)

    def vault(self, handle: KeyHandle) -> bytes:
        """What a later seat needs to resume, enveloped to the person's own encryption certificate."""
        content = msgspec.json.encode(_Vault(self.encryption, self.draft_key))
        return envelop(content, [handle.encryption_certificate])

    def to_bytes(self) -> bytes:
        """For the store, which is encrypted."""
        return msgspec.json.encode(
            {"signing": self.signing, "encryption": self.encryption, "draft_key": self.draft_key}
        )


def encryption_key_from(der: bytes) -> ec.EllipticCurvePrivateKey:
    """A session's private encryption key from its PKCS#8 form."""
    key = load_der_private_key(der, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("a session's encryption key is P-256")
    return key


def new_session_keys(draft_key: bytes | None = None) -> SessionKeys:
    """Fresh keys; ``draft_key`` is carried over from the predecessor, so that its drafts stay readable."""
    encryption = ec.generate_private_key(ec.SECP256R1())
    return SessionKeys(
        signing=Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()),
        encryption=encryption.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        draft_key=draft_key or secrets.token_bytes(32),
    )


class _Kept(msgspec.Struct, frozen=True):
    signing: bytes
    encryption: bytes
    draft_key: bytes


def kept_session_keys(kept: bytes) -> SessionKeys:
    """Session keys from the store."""
    keys = msgspec.json.decode(kept, type=_Kept)
    return SessionKeys(keys.signing, keys.encryption, keys.draft_key)


def require_session_keys(untrusted_signing: bytes, untrusted_encryption: bytes) -> None:
    """CertificateRefused unless they are a raw Ed25519 key and a P-256 SubjectPublicKeyInfo (DER), as sessions have."""
    key = load_public_key(untrusted_encryption)
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise CertificateRefused(
            "席位会话的加密密钥不是 P-256 密钥，请升级客户端后重新登录。",
            "The session's encryption key is not on P-256; update the client and sign in again.",
        )
    try:
        Ed25519PublicKey.from_public_bytes(untrusted_signing)
    except ValueError as error:
        raise CertificateRefused(
            "席位会话的签名密钥不是 Ed25519 密钥，请升级客户端后重新登录。",
            "The session's signing key is no Ed25519 key; update the client and sign in again.",
        ) from error


def open_vault(untrusted_vault: bytes, handle: KeyHandle) -> tuple[bytes, bytes]:
    """(encryption key, draft key) of an earlier session of the same person: one key operation. VaultRefused."""
    try:
        vault = msgspec.json.decode(open_envelope(untrusted_vault, handle), type=_Vault)
    except (EvalclientError, msgspec.DecodeError) as error:
        raise VaultRefused(
            "无法用本证书恢复此前席位的草稿，请使用当时登录的证书。",
            "This certificate does not open the earlier seat's drafts; use the one you signed in with then.",
        ) from error
    return vault.encryption_key, vault.draft_key


def session_signature_holds(public_key: bytes, data: bytes, untrusted_signature: bytes) -> bool:
    """Whether a session key signed ``data``."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(untrusted_signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
