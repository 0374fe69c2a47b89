"""Envelopes of the SM suite: their own recipients alone, openssl piece by piece, other names and forms, damaged input."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from evalclient.crypto.cms import envelop, open_envelope, sm_envelopes
from evalclient.crypto.cms.recipients import issuer_and_serial
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import EnvelopeRefused, NotARecipient
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.primitives import der, sm2
from evalclient.crypto.primitives.public_keys import public_key_der, public_key_of
from tests.builders.openssl import openssl
from tests.crypto.conftest import PIN

CONTENT = "密钥份额".encode() * 50
KEY = sm2.generate()


@pytest.fixture(scope="module")
def custodian(day: datetime) -> Pkcs12Key:
    authority = DemoPki.create("envelopes in SM2", day, ("sm2", "sm2", "sm2")).authorities[0]
    return Pkcs12Key.open(authority.issue("解密人", "某某公司", pin=PIN, kind="sm2").p12, PIN)


def test_every_recipient_opens_it_and_nobody_else(custodian: Pkcs12Key, person: Any) -> None:
    session = sm2.generate()
    envelope = envelop(CONTENT, [custodian.certificate, session.public_key().public_bytes()])
    assert sm_envelopes.is_sm_envelope(envelope)
    for key in (custodian, session):
        assert open_envelope(envelope, key) == CONTENT
    for stranger in (sm2.generate(), person("张伟"), ec.generate_private_key(ec.SECP256R1())):
        with pytest.raises(NotARecipient):
            open_envelope(envelope, stranger)


def test_one_envelope_serves_keys_of_every_kind(custodian: Pkcs12Key, person: Any) -> None:
    session = ec.generate_private_key(ec.SECP256R1())
    holders = (custodian, person("张伟"), person("王芳", 2, "rsa"))
    bare = (KEY.public_key().public_bytes(), public_key_der(session.public_key()))
    envelope = envelop(CONTENT, [*(holder.certificate for holder in holders), *bare])
    for key in (*holders, session, KEY):
        assert open_envelope(envelope, key) == CONTENT


def test_openssl_opens_it_piece_by_piece(tmp_path: Path) -> None:
    shell, infos = sm_envelopes.parse(envelop(CONTENT, [KEY.public_key().public_bytes()]))
    (tmp_path / "key.der").write_bytes(KEY.private_bytes())
    (tmp_path / "wrapped").write_bytes(infos[0].chosen["encrypted_key"].native)
    given = ("-inkey", tmp_path / "key.der", "-keyform", "DER", "-in", tmp_path / "wrapped")
    key = openssl("pkeyutl", "-decrypt", *given)
    (tmp_path / "ciphertext").write_bytes(shell.ciphertext)
    vector = ("-K", key.hex(), "-iv", shell.vector.hex())
    assert openssl("enc", "-d", "-sm4-cbc", *vector, "-in", tmp_path / "ciphertext") == CONTENT


@pytest.mark.parametrize("name", ["", ".1", ".2", ".3"])
@pytest.mark.parametrize("run", [False, True])
def test_other_softwares_names_and_forms_are_read(
    custodian: Pkcs12Key, tmp_path: Path, name: str, *, run: bool
) -> None:
    content_key = secrets.token_bytes(16)
    (tmp_path / "key").write_bytes(content_key)
    (tmp_path / "public.der").write_bytes(public_key_der(public_key_of(custodian.certificate)))
    given = ("-pubin", "-inkey", tmp_path / "public.der", "-keyform", "DER", "-in", tmp_path / "key")
    wrapped = openssl("pkeyutl", "-encrypt", *given)
    numbers = bytes.fromhex("2a811ccf5501822d") + bytes(map(int, name[1:]))
    algorithm = der.value(der.SEQUENCE, der.value(der.OBJECT_IDENTIFIER, numbers), b"\x05\x00")
    info = der.value(
        der.SEQUENCE,
        bytes.fromhex("020101"),
        issuer_and_serial(custodian.certificate),
        algorithm,
        der.value(der.OCTET_STRING, sm2.compact(wrapped) if run else wrapped),
    )
    assert open_envelope(sm_envelopes.encrypt(CONTENT, content_key, [info]), custodian) == CONTENT


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_envelope_is_refused_or_says_the_same(data: st.DataObject) -> None:
    """Without a tag a change of the ciphertext may go unseen here: what is around it is signed. Never another error."""
    at = data.draw(st.integers(0, len(ENVELOPE) - 1))
    changed = ENVELOPE[:at] + bytes((ENVELOPE[at] ^ 1 << data.draw(st.integers(0, 7)),)) + ENVELOPE[at + 1 :]
    start = ENVELOPE.rindex(b"\x10" + sm_envelopes.parse(ENVELOPE)[0].vector)
    try:
        found = open_envelope(changed, KEY)
    except EnvelopeRefused:
        return
    assert found == CONTENT or at > start
    with pytest.raises(EnvelopeRefused):
        open_envelope(ENVELOPE[:at], KEY)


ENVELOPE = envelop(CONTENT, [KEY.public_key().public_bytes()])


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_type_are_refused(untrusted: bytes) -> None:
    begun = der.value(der.SEQUENCE, bytes.fromhex("060a2a811ccf550601040203"), der.value(0xA0, untrusted))
    with pytest.raises(EnvelopeRefused):
        open_envelope(begun, KEY)
