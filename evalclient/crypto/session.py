"""Session keys: made fresh at each sign-in, certified once by the person's certificate (session.opened).

Their kind follows the suite of record 0: Ed25519 and P-256, or two keys of SM2. A session's signature has 64 bytes in
both: Ed25519's, or r and s of SM2 (with SM3 and the default identity), 32 bytes each.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from evalclient.core.errors import EvalclientError
from evalclient.core.ports import KeyHandle
from evalclient.core.records.envelope import SuiteName
from evalclient.crypto.cms import envelop, open_envelope
from evalclient.crypto.cms.key_agreement import BareKey, load_private_key
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives import sm2
from evalclient.crypto.primitives.public_keys import load_public_key, public_key_der

SIGNATURE_BYTES = 64
_ED25519_BYTES = 32


class VaultRefused(EvalclientError):
    """The vault of an earlier session does not open with this certificate."""


class _Vault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    encryption_key: bytes
    draft_key: bytes


@dataclass(frozen=True, slots=True, repr=False)
class SessionKeys:
    """Private keys of one session, and the 32 bytes that drafts are encrypted with.

    ``signing`` is raw Ed25519 or SM2 (PKCS#8 DER), ``encryption`` P-256 or SM2 (PKCS#8 DER).
    """

    signing: bytes
    encryption: bytes
    draft_key: bytes

    @property
    def signing_public(self) -> bytes:
        """Raw Ed25519 public key (32 bytes), or the point of an SM2 key (65 bytes)."""
        if len(self.signing) != _ED25519_BYTES:
            return _sm2_key(self.signing).public_key().point
        key = Ed25519PrivateKey.from_private_bytes(self.signing).public_key()
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def encryption_public(self) -> bytes:
        """SubjectPublicKeyInfo (DER) on P-256 or the SM2 curve."""
        return public_key_der(self.encryption_key().public_key())

    def encryption_key(self) -> BareKey:
        """The private encryption key as an object."""
        return encryption_key_from(self.encryption)

    def sign(self, data: bytes) -> bytes:
        """64 bytes of Ed25519, or of SM2 (r and s), over ``data``."""
        if len(self.signing) != _ED25519_BYTES:
            r, s = decode_dss_signature(_sm2_key(self.signing).sign(data))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
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


@lru_cache(maxsize=8)
def _sm2_key(pkcs8: bytes) -> sm2.Sm2PrivateKey:
    """Loaded once for the sessions at work: loading takes longer than signing."""
    return sm2.load_private_key(pkcs8)


def encryption_key_from(der: bytes) -> BareKey:
    """A session's private encryption key from its PKCS#8 form."""
    key = load_private_key(der)
    if not isinstance(key, ec.EllipticCurvePrivateKey | sm2.Sm2PrivateKey):
        raise TypeError("a session's encryption key is of EC or SM2")
    return key


def new_session_keys(draft_key: bytes | None = None, suite: SuiteName = "international") -> SessionKeys:
    """Fresh keys; ``draft_key`` is carried over from the predecessor, so that its drafts stay readable."""
    if suite == "sm":
        signing, opening = sm2.generate().private_bytes(), sm2.generate().private_bytes()
        return SessionKeys(signing, opening, draft_key or secrets.token_bytes(32))
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


def require_session_keys(
    untrusted_signing: bytes, untrusted_encryption: bytes, suite: SuiteName = "international"
) -> None:
    """CertificateRefused unless they are public keys as sessions of that suite have: Ed25519 and P-256, or SM2."""
    key = load_public_key(untrusted_encryption)
    if suite == "sm":
        _require_sm2(untrusted_signing, key)
        return
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


def _require_sm2(untrusted_signing: bytes, encryption: object) -> None:
    try:
        sm2.public_key_from(untrusted_signing)
        if not isinstance(encryption, sm2.Sm2PublicKey):
            raise ValueError("not on the SM2 curve")
    except ValueError as error:
        raise CertificateRefused(
            "本项目使用国密算法，席位会话的密钥不是 SM2 密钥，请升级客户端后重新登录。",
            "This evaluation uses the SM suite, and the session's keys are none of SM2; update the client and sign in again.",
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
        if len(public_key) == sm2.POINT_BYTES and len(untrusted_signature) == SIGNATURE_BYTES:
            r, s = (int.from_bytes(untrusted_signature[at : at + 32], "big") for at in (0, 32))
            sm2.public_key_from(public_key).verify(encode_dss_signature(r, s), data)
            return True
        Ed25519PublicKey.from_public_bytes(public_key).verify(untrusted_signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
