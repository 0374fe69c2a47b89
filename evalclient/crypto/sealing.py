"""Sealed bodies and drafts: AES-256-GCM under a fresh key, a commitment to that key, the key kept for its author."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from evalclient.core.errors import EvalclientError
from evalclient.core.records.act import Sealed, SealedShare
from evalclient.core.records.envelope import HashName, digest
from evalclient.crypto.cms import envelop
from evalclient.crypto.errors import SharesRefused
from evalclient.crypto.shamir import combine, split

_KEY_LINE = b"evalclient-sealed-key/1\n"
_BODY_LINE = "evalclient-sealed/1"
_DRAFT_LINE = b"evalclient-draft/1"
_NONCE = 12


class SealRefused(EvalclientError):
    """A sealed body or draft does not open: wrong key, or damaged."""


def seal_body(
    content: bytes,
    *,
    kind: str,
    author: str,
    fingerprint: str,
    algorithm: HashName,
    draft_key: bytes,
    recovery: Mapping[str, bytes],
    threshold: int,
) -> Sealed:
    """Seal ``content``; ``recovery`` maps custodian → certificate (DER), any ``threshold`` of whom can open it."""
    key = secrets.token_bytes(32)
    return Sealed(
        cipher=_encrypt(key, content, _context(kind, author, fingerprint)),
        commitment=commitment(key, algorithm),
        author_key=_encrypt(draft_key, key, _KEY_LINE),
        recovery=_in_custody(key, recovery, threshold),
    )


def seal_share(*, algorithm: HashName, draft_key: bytes, recovery: Mapping[str, bytes], threshold: int) -> SealedShare:
    """A fresh random share of a draw, kept like the key of a sealed body: it is one without a body."""
    share = secrets.token_bytes(32)
    return SealedShare(
        commitment=commitment(share, algorithm),
        author_key=_encrypt(draft_key, share, _KEY_LINE),
        recovery=_in_custody(share, recovery, threshold),
    )


def own_key(sealed: Sealed | SealedShare, draft_key: bytes) -> bytes:
    """The key of one's own sealed body, to publish it; SealRefused if the draft key is another's."""
    return _decrypt(draft_key, sealed.author_key, _KEY_LINE)


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


def open_body(sealed: Sealed, key: bytes, *, kind: str, author: str, fingerprint: str, algorithm: HashName) -> bytes:
    """The content of a sealed body; SealRefused unless ``key`` is the one committed to."""
    if commitment(key, algorithm) != sealed.commitment:
        raise _refused()
    return _decrypt(key, sealed.cipher, _context(kind, author, fingerprint))


def commitment(key: bytes, algorithm: HashName) -> str:
    """What a sealed body says of its key before it is published. AES-GCM alone does not commit to a key."""
    return digest(_KEY_LINE + key, algorithm)


def encrypt_draft(draft_key: bytes, topic: str, content: bytes) -> bytes:
    """A draft only its author can read."""
    return _encrypt(draft_key, content, _DRAFT_LINE + topic.encode())


def decrypt_draft(draft_key: bytes, topic: str, cipher: bytes) -> bytes:
    """One's own draft; SealRefused if it is another's or damaged."""
    return _decrypt(draft_key, cipher, _DRAFT_LINE + topic.encode())


def _in_custody(key: bytes, recovery: Mapping[str, bytes], threshold: int) -> dict[str, bytes]:
    parts = split(key, threshold, len(recovery)) if recovery else ()
    return {
        person: envelop(part, [certificate])
        for (person, certificate), part in zip(recovery.items(), parts, strict=True)
    }


def _context(kind: str, author: str, fingerprint: str) -> bytes:
    return f"{_BODY_LINE}\n{fingerprint}\n{kind}\n{author}".encode()


def _encrypt(key: bytes, content: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, context)


def _decrypt(key: bytes, cipher: bytes, context: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(cipher[:_NONCE], cipher[_NONCE:], context)
    except (InvalidTag, ValueError) as error:
        raise _refused() from error


def _refused() -> SealRefused:
    return SealRefused(
        "封存内容无法打开：密钥不符或数据已损坏，视为未提交。",
        "The sealed body does not open: wrong key or damaged data; it counts as not submitted.",
    )
