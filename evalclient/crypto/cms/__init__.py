"""Cryptographic Message Syntax (RFC 5652) as the product uses it; every part opens with stock ``openssl cms``."""

from evalclient.crypto.cms.envelopes import envelop, open_envelope
from evalclient.crypto.cms.key_sealed import open_with_key, open_with_key_into, seal_with_key, tag_of
from evalclient.crypto.cms.signatures import Signer, open_attached, sign_attached, sign_detached, verify_detached

__all__ = [
    "Signer",
    "envelop",
    "open_attached",
    "open_envelope",
    "open_with_key",
    "open_with_key_into",
    "seal_with_key",
    "sign_attached",
    "sign_detached",
    "tag_of",
    "verify_detached",
]
