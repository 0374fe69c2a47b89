"""Session keys of the SM suite: signed by openssl's reckoning, refused in the wrong suite, kept and recovered whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.crypto.cms import envelop, open_envelope
from evalclient.crypto.errors import CertificateRefused
from evalclient.crypto.primitives import sm2
from evalclient.crypto.session import (
    encryption_key_from,
    kept_session_keys,
    new_session_keys,
    open_vault,
    require_session_keys,
    session_signature_holds,
)
from tests.builders.openssl import openssl

KEYS = new_session_keys(suite="sm")
SIGNED = KEYS.sign(b"record")


def test_openssl_verifies_what_a_session_signs(tmp_path: Path) -> None:
    r, s = (int.from_bytes(SIGNED[at : at + 32], "big") for at in (0, 32))
    (tmp_path / "signature").write_bytes(encode_dss_signature(r, s))
    (tmp_path / "public.der").write_bytes(sm2.public_key_from(KEYS.signing_public).public_bytes())
    (tmp_path / "record").write_bytes(b"record")
    given = ("-sm3", "-keyform", "DER", "-sigopt", "distid:1234567812345678")
    check = ("-verify", tmp_path / "public.der", "-signature", tmp_path / "signature")
    assert openssl("dgst", *given, *check, tmp_path / "record") == b"Verified OK\n"


def test_kept_keys_and_a_vault_give_the_same_session_again(person: Any) -> None:
    kept = kept_session_keys(KEYS.to_bytes())
    assert (kept.signing_public, kept.encryption_public) == (KEYS.signing_public, KEYS.encryption_public)
    grant = envelop(b"compartment keys", [KEYS.encryption_public])
    for holder in (person("张伟"), person("王芳", 1, "sm2")):
        encryption, draft_key = open_vault(KEYS.vault(holder), holder)
        assert open_envelope(grant, encryption_key_from(encryption)) == b"compartment keys"
        assert draft_key == KEYS.draft_key
    assert new_session_keys(KEYS.draft_key, "sm").draft_key == KEYS.draft_key


def test_the_kind_of_key_follows_the_suite_of_the_evaluation() -> None:
    international = new_session_keys()
    require_session_keys(KEYS.signing_public, KEYS.encryption_public, "sm")
    require_session_keys(international.signing_public, international.encryption_public)
    for signing, encryption in (
        (KEYS.signing_public, international.encryption_public),
        (international.signing_public, KEYS.encryption_public),
    ):
        for suite in ("sm", "international"):
            with pytest.raises(CertificateRefused):
                require_session_keys(signing, encryption, suite)
    with pytest.raises(CertificateRefused, match="SM2"):
        require_session_keys(b"\4" + bytes(64), KEYS.encryption_public, "sm")


@given(st.integers(0, 63), st.integers(0, 7), st.binary(max_size=100))
@settings(max_examples=60, deadline=None)
def test_another_signature_key_or_content_does_not_hold(at: int, bit: int, other: bytes) -> None:
    assert session_signature_holds(KEYS.signing_public, b"record", SIGNED)
    changed = SIGNED[:at] + bytes((SIGNED[at] ^ 1 << bit,)) + SIGNED[at + 1 :]
    assert not session_signature_holds(KEYS.signing_public, b"record", changed)
    assert not session_signature_holds(KEYS.signing_public, b"record", other)
    assert not session_signature_holds(KEYS.signing_public, b"record" + other + b".", SIGNED)
    assert not session_signature_holds(b"\4" + changed, b"record", SIGNED)
    assert not session_signature_holds(new_session_keys().signing_public, b"record", SIGNED)
