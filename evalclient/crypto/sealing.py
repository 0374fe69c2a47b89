"""Sealed bodies and drafts: under a fresh key, a commitment to that key, the key kept for its author.

The cipher follows the suite of the evaluation: AES-256-GCM, or SM4-GCM under the first half of the key. Both keys have 32
bytes, and a commitment covers the whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from evalclient.core.errors import EvalclientError
from evalclient.core.records.act import Sealed, SealedShare
from evalclient.core.records.envelope import HashName, SuiteName, digest
from evalclient.crypto.cms import envelop
from evalclient.crypto.errors import SharesRefused
from evalclient.crypto.primitives.shamir import combine, split

_KEY_LINE = b"evalclient-sealed-key/1\n"
_BODY_LINE = "evalclient-sealed/1"
_DRAFT_LINE = b"evalclient-draft/1"
_NONCE = 12
_TAG = 16
_SM4_KEY = 16


class SealRefused(EvalclientError):
    """A sealed body or draft does not open: wrong key, or damaged."""


def seal_body(
    content: bytes,
    *,
    kind: str,
    author: str,
    fingerprint: str,
    algorithm: HashName,
    suite: SuiteName,
    draft_key: bytes,
    recovery: Mapping[str, bytes],
    threshold: int,
) -> Sealed:
    """Seal ``content``; ``recovery`` maps custodian → certificate (DER), any ``threshold`` of whom can open it."""
    key = secrets.token_bytes(32)
    return Sealed(
        cipher=_encrypt(suite, key, content, _context(kind, author, fingerprint)),
        commitment=commitment(key, algorithm),
        author_key=_encrypt(suite, draft_key, key, _KEY_LINE),
        recovery=_in_custody(key, recovery, threshold),
    )


def seal_share(
    *, algorithm: HashName, suite: SuiteName, draft_key: bytes, recovery: Mapping[str, bytes], threshold: int
) -> SealedShare:
    """A fresh random share of a draw, kept like the key of a sealed body: it is one without a body."""
    share = secrets.token_bytes(32)
    return SealedShare(
        commitment=commitment(share, algorithm),
        author_key=_encrypt(suite, draft_key, share, _KEY_LINE),
        recovery=_in_custody(share, recovery, threshold),
    )


def own_key(sealed: Sealed | SealedShare, draft_key: bytes, suite: SuiteName) -> bytes:
    """The key of one's own sealed body, to publish it; SealRefused if the draft key is another's."""
    return _decrypt(suite, draft_key, sealed.author_key, _KEY_LINE)


def recovered_key(
    sealed: Sealed | SealedShare, untrusted_shares: Sequence[bytes], threshold: int, algorithm: HashName
) -> bytes:
    """The key out of custodians' shares; SharesRefused while no ``threshold`` of them give the one committed to."""
    for some in combinations(untrusted_shares, threshold):
        with suppress(SharesRefused):
            key = combine(some, threshold)
            if commitment(key, algorithm) == sealed.commitment:
                return key
    raise SharesRefused(
        "恢复份额不足或有误，无法得到封存内容的密钥，请其他保管方提交份额。",
        "The recovery shares are too few or false and give no key; ask the other custodians for theirs.",
    )


def open_body(
    sealed: Sealed, key: bytes, *, kind: str, author: str, fingerprint: str, algorithm: HashName, suite: SuiteName
) -> bytes:
    """The content of a sealed body; SealRefused unless ``key`` is the one committed to."""
    if commitment(key, algorithm) != sealed.commitment:
        raise _refused()
    return _decrypt(suite, key, sealed.cipher, _context(kind, author, fingerprint))


def commitment(key: bytes, algorithm: HashName) -> str:
    """What a sealed body says of its key before it is published. GCM alone does not commit to a key."""
    return digest(_KEY_LINE + key, algorithm)


def encrypt_draft(draft_key: bytes, topic: str, content: bytes, suite: SuiteName) -> bytes:
    """A draft only its author can read."""
    return _encrypt(suite, draft_key, content, _DRAFT_LINE + topic.encode())


def decrypt_draft(draft_key: bytes, topic: str, cipher: bytes, suite: SuiteName) -> bytes:
    """One's own draft; SealRefused if it is another's or damaged."""
    return _decrypt(suite, draft_key, cipher, _DRAFT_LINE + topic.encode())


def _in_custody(key: bytes, recovery: Mapping[str, bytes], threshold: int) -> dict[str, bytes]:
    parts = split(key, threshold, len(recovery)) if recovery else ()
    return {
        person: envelop(part, [certificate])
        for (person, certificate), part in zip(recovery.items(), parts, strict=True)
    }


def _context(kind: str, author: str, fingerprint: str) -> bytes:
    return f"{_BODY_LINE}\n{fingerprint}\n{kind}\n{author}".encode()


def _encrypt(suite: SuiteName, key: bytes, content: bytes, context: bytes) -> bytes:
    """Nonce (12 bytes), ciphertext, tag (16 bytes)."""
    nonce = secrets.token_bytes(_NONCE)
    if suite != "sm":
        return nonce + AESGCM(key).encrypt(nonce, content, context)
    encryptor = Cipher(SM4(key[:_SM4_KEY]), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(context)
    ciphertext = encryptor.update(content) + encryptor.finalize()
    return nonce + ciphertext + encryptor.tag


def _decrypt(suite: SuiteName, key: bytes, cipher: bytes, context: bytes) -> bytes:
    try:
        if suite != "sm":
            return AESGCM(key).decrypt(cipher[:_NONCE], cipher[_NONCE:], context)
        if len(cipher) < _NONCE + _TAG:
            raise ValueError("shorter than nonce and tag")
        decryptor = Cipher(SM4(key[:_SM4_KEY]), GCM(cipher[:_NONCE], cipher[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(context)
        return decryptor.update(cipher[_NONCE:-_TAG]) + decryptor.finalize()
    except (InvalidTag, ValueError) as error:
        raise _refused() from error


def _refused() -> SealRefused:
    return SealRefused(
        "封存内容无法打开：密钥不符或数据已损坏，视为未提交。",
        "The sealed body does not open: wrong key or damaged data; it counts as not submitted.",
    )
