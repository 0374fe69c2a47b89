"""Sealed bodies, shares and drafts in both suites: opened by their key alone, damaged ones refused, SM4-GCM by its vector."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.records.envelope import HashName, SuiteName
from evalclient.crypto.cms import open_envelope
from evalclient.crypto.errors import SharesRefused
from evalclient.crypto.sealing import (
    SealRefused,
    _decrypt,
    decrypt_draft,
    encrypt_draft,
    open_body,
    own_key,
    recovered_key,
    seal_body,
    seal_share,
)

DRAFT_KEY = bytes(range(32))
SUITES: list[tuple[SuiteName, HashName, Any]] = [("international", "sha256", "ec"), ("sm", "sm3", "sm2")]
CONTENT = b'{"score":"87.50"}'
ABOUT: dict[str, Any] = {"kind": "sheet.sealed", "author": "m1", "fingerprint": "ab" * 32}


def test_sm4_gcm_by_the_vector_of_rfc_8998() -> None:
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    plain = b"".join(bytes((byte,)) * 8 for byte in b"\xaa\xbb\xcc\xdd\xee\xff\xee\xaa")
    sealed = bytes.fromhex(
        "00001234567800000000ABCD"
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    about = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    assert _decrypt("sm", key + bytes(16), sealed, about) == plain


@pytest.mark.parametrize(("suite", "algorithm", "kind"), SUITES)
def test_a_body_opens_with_its_key_for_its_author_and_by_enough_custodians(
    suite: SuiteName, algorithm: HashName, kind: Any, person: Any
) -> None:
    holders = {name: person(name, 1, kind) for name in ("保管人甲", "保管人乙", "保管人丙")}
    given: dict[str, Any] = {"recovery": {name: holder.certificate for name, holder in holders.items()}, "threshold": 2}
    sealed = seal_body(CONTENT, **ABOUT, algorithm=algorithm, suite=suite, draft_key=DRAFT_KEY, **given)
    key = own_key(sealed, DRAFT_KEY, suite)
    assert open_body(sealed, key, **ABOUT, algorithm=algorithm, suite=suite) == CONTENT
    shares = [open_envelope(sealed.recovery[name], holders[name]) for name in ("保管人甲", "保管人丙")]
    assert recovered_key(sealed, shares, 2, algorithm) == key
    with pytest.raises(SharesRefused):
        recovered_key(sealed, shares[:1], 2, algorithm)
    with pytest.raises(SealRefused):
        own_key(sealed, bytes(32), suite)
    with pytest.raises(SealRefused):
        open_body(sealed, bytes(32), **ABOUT, algorithm=algorithm, suite=suite)
    for other in ({"author": "m2"}, {"kind": "review.sealed"}, {"fingerprint": "cd" * 32}):
        with pytest.raises(SealRefused):
            open_body(sealed, key, **{**ABOUT, **other}, algorithm=algorithm, suite=suite)
    share = seal_share(algorithm=algorithm, suite=suite, draft_key=DRAFT_KEY, **given)
    assert len(own_key(share, DRAFT_KEY, suite)) == 32


@pytest.mark.parametrize("suite", ["international", "sm"])
@given(st.data(), st.binary(max_size=200))
def test_a_changed_or_cut_draft_is_refused(suite: SuiteName, data: st.DataObject, content: bytes) -> None:
    cipher = encrypt_draft(DRAFT_KEY, "score/b1", content, suite)
    assert decrypt_draft(DRAFT_KEY, "score/b1", cipher, suite) == content
    at = data.draw(st.integers(0, 27))  # within nonce and tag, which are there whatever the content
    where = at if at < 12 else at - 28
    changed = bytearray(cipher)
    changed[where] ^= 1 << data.draw(st.integers(0, 7))
    for untrusted in (bytes(changed), cipher[:at], cipher[at + 1 :], secrets.token_bytes(len(cipher))):
        with pytest.raises(SealRefused):
            decrypt_draft(DRAFT_KEY, "score/b1", untrusted, suite)
    other: SuiteName = "international" if suite == "sm" else "sm"
    for key, topic, name in (
        (bytes(32), "score/b1", suite),
        (DRAFT_KEY, "score/b2", suite),
        (DRAFT_KEY, "score/b1", other),
    ):
        with pytest.raises(SealRefused):
            decrypt_draft(key, topic, cipher, name)
