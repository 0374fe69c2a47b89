"""Ed25519 for checkpoints, logins and session signatures: the callables that ``core`` and ``sync`` take."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evalclient.core.checkpoint import SignMessage, VerifierKey


def verify_note(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` (64 bytes) over ``message`` holds under the raw public key (32 bytes)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def note_signer(private_key: bytes) -> SignMessage:
    """A signing callable from a raw private key (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign


def verifier_key(name: str, private_key: bytes) -> VerifierKey:
    """The public half of a log key, under its name."""
    return VerifierKey(name, Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw())


def new_note_key() -> bytes:
    """A fresh raw private key (32 bytes)."""
    return Ed25519PrivateKey.generate().private_bytes_raw()
