"""Tokens by SKF (GM/T 0016), on a token in C that is strict about the standard's order of calls."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from evalclient.crypto.cms import envelop, open_envelope, sign_detached, verify_detached
from evalclient.crypto.cms.key_agreement import wrap
from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import Credential, DemoPki, Purpose
from evalclient.crypto.errors import EnvelopeRefused, KeyAbsent, KeyUnusable, PinLocked, WrongPin
from evalclient.crypto.keys import Libraries, Pkcs12Key, open_key
from evalclient.crypto.keys.addresses import token_address
from evalclient.crypto.keys.token import FoundToken, TokenKey, list_tokens, open_token
from evalclient.crypto.primitives.public_keys import public_key_of
from evalclient.crypto.session import new_session_keys, open_vault
from tests.builders.compiled import compiled
from tests.builders.openssl import openssl

PIN = "评标-4711"
SIGN: tuple[Purpose, ...] = ("sign",)
ENCRYPT: tuple[Purpose, ...] = ("encrypt",)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, pki: DemoPki) -> Path:
    """A container of SM2 pairs (signing and encryption) and one of RSA."""
    folder = tmp_path_factory.mktemp("stick")
    authority = pki.authorities[1]

    def issued(purposes: tuple[Purpose, ...], kind: KeyKind) -> Credential:
        return authority.issue("欧阳建国", "某某大学", purposes, pin="file", kind=kind)

    _fill(folder / "sm2", issued(SIGN, "sm2"), issued(ENCRYPT, "sm2"))
    _fill(folder / "rsa", issued((*SIGN, *ENCRYPT), "rsa"), None)
    return folder


@pytest.fixture
def stick(filled: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any) -> Stick:
    """A device with both, to itself."""
    library = compiled("skf", tmp_path_factory.getbasetemp(), "-l:libcrypto.so.3")
    folder = tmp_path / "stick"
    shutil.copytree(filled, folder)
    monkeypatch.setenv("SKF_FOLDER", str(folder))
    return Stick(folder, library)


class Stick:
    def __init__(self, folder: Path, library: Path) -> None:
        self.folder, self.library = folder, library
        self.libraries = Libraries(skf=(str(library),))

    def address(self, container: str) -> str:
        return f"skf:device=SOFTKEY%2001;container={container}?library-path={self.library}"

    @contextmanager
    def opened(self, container: str = "sm2") -> Iterator[TokenKey]:
        key = open_token(token_address(self.address(container)), PIN, Libraries())
        try:
            yield key
        finally:
            key.release()

    def calls(self) -> list[str]:
        """The calls made so far."""
        return (self.folder / "calls").read_text().split()

    def certificate(self, container: str, name: str) -> bytes:
        return (self.folder / container / name).read_bytes()


def _fill(container: Path, signing: Credential, encryption: Credential | None) -> None:
    container.mkdir()
    for name, credential in (("sign", signing), ("enc", encryption)):
        if credential is not None:
            private: Any = Pkcs12Key.open(credential.p12, "file")._signing.private
            (container / f"{name}.crt").write_bytes(credential.certificate)
            (container / f"{name}.key").write_bytes(_pkcs8(private))


def _pkcs8(private: Any) -> bytes:
    if isinstance(private, rsa.RSAPrivateKey):
        return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return bytes(private.private_bytes())


@pytest.mark.parametrize("container", ["sm2", "rsa"])
def test_a_container_signs_records(container: str, stick: Stick, pki: DemoPki) -> None:
    with stick.opened(container) as key:
        signature = sign_detached(b"record", key, pki.authorities[0].at)
    assert verify_detached(b"record", signature).certificate == stick.certificate(container, "sign.crt")


def test_the_signature_of_sm2_holds_for_the_openssl_command(stick: Stick, tmp_path: Path) -> None:
    with stick.opened() as key:
        (tmp_path / "signature").write_bytes(key.sign(b"record"))
    (tmp_path / "record").write_bytes(b"record")
    public = tmp_path / "public.pem"
    certificate = stick.folder / "sm2" / "sign.crt"
    public.write_bytes(openssl("x509", "-inform", "DER", "-in", certificate, "-pubkey", "-noout"))
    options = ("-sm3", "-sigopt", "distid:1234567812345678", "-verify", public, "-signature", tmp_path / "signature")
    assert b"Verified OK" in openssl("dgst", *options, tmp_path / "record")


def test_an_envelope_opens_on_the_token_and_the_key_around_it_never_leaves(stick: Stick) -> None:
    with stick.opened() as key:
        assert key.encryption_certificate == stick.certificate("sm2", "enc.crt") != key.certificate
        for content in (b"", b"share", bytes(16), bytes(range(256)) * 8):
            assert open_envelope(envelop(content, [key.encryption_certificate]), key) == content
        with pytest.raises(KeyUnusable, match="cannot open"):
            key.unwrap(wrap(bytes(32), public_key_of(key.encryption_certificate)))


def test_a_session_is_resumed_at_another_seat_with_the_token(stick: Stick) -> None:
    keys = new_session_keys()
    with stick.opened() as key:
        assert open_vault(keys.vault(key), key) == (keys.encryption, keys.draft_key)


def test_a_damaged_envelope_is_the_one_error_of_envelopes(stick: Stick) -> None:
    with stick.opened() as key:
        whole = envelop(b"share", [key.encryption_certificate])
        for at in range(len(whole) - 100, len(whole), 7):
            mutant = bytearray(whole)
            mutant[at] ^= 1
            try:
                assert open_envelope(bytes(mutant), key) != b"share"  # CBC carries no tag
            except EnvelopeRefused:
                continue
        assert open_envelope(whole, key) == b"share"


def test_the_calls_come_in_the_order_of_the_standard(stick: Stick) -> None:
    with stick.opened() as key:
        key.sign(b"record")
        open_envelope(envelop(b"share", [key.encryption_certificate]), key)
    calls = [call for at, call in enumerate(stick.calls()) if at == 0 or call != stick.calls()[at - 1]]
    assert calls == [
        *("SKF_EnumDev", "SKF_ConnectDev", "SKF_GetDevInfo", "SKF_EnumApplication", "SKF_OpenApplication"),
        *("SKF_EnumContainer", "SKF_OpenContainer", "SKF_ExportCertificate", "SKF_VerifyPIN", "SKF_GetContainerType"),
        *("SKF_ExportCertificate", "SKF_ECCSignData"),
        *("SKF_ImportSessionKey", "SKF_DecryptInit", "SKF_Decrypt", "SKF_CloseHandle"),
    ]


def test_containers_are_listed_with_holder_and_tries_and_opened_by_what_the_list_says(stick: Stick) -> None:
    found = {token_address(token.address).container: token for token in _skf_tokens(stick)}
    assert set(found) == {"sm2", "rsa"}
    assert {(token.holder, token.tries, token.serial) for token in found.values()} == {("欧阳建国", 6, "0123456789")}
    assert "SKF_VerifyPIN" not in stick.calls()
    key = open_key(found["sm2"].address, PIN)
    assert isinstance(key, TokenKey)
    assert key.certificate == stick.certificate("sm2", "sign.crt")
    key.release()


def _skf_tokens(stick: Stick) -> list[FoundToken]:
    """Without those of drivers that are installed on this machine."""
    return [token for token in list_tokens(stick.libraries) if token.address.startswith("skf:")]


def test_wrong_pins_are_counted_by_the_token(stick: Stick) -> None:
    for left in (5, 4, 3, 2, 1):
        with pytest.raises(WrongPin) as refusal:
            open_key(stick.address("sm2"), "123456")
        assert refusal.value.tries_left == left
        assert ("只剩最后 1 次机会" if left == 1 else f"还可再试 {left} 次") in refusal.value.zh
    for pin in ("123456", PIN):
        with pytest.raises(PinLocked, match="locked"):
            open_key(stick.address("sm2"), pin)
    assert {token.tries for token in _skf_tokens(stick)} == {0}


def test_a_device_pulled_out_is_said_so(stick: Stick) -> None:
    with stick.opened() as key:
        (stick.folder / "unplugged").touch()
        with pytest.raises(KeyAbsent, match="pulled out"):
            key.sign(b"record")
        with pytest.raises(KeyAbsent):
            open_envelope(envelop(b"share", [key.encryption_certificate]), key)
        with pytest.raises(KeyAbsent):
            open_key(stick.address("sm2"), PIN)
        (stick.folder / "unplugged").unlink()
    with stick.opened() as key:
        assert key.sign(b"record")


def test_a_container_without_a_certificate_or_that_is_not_there_is_said_so(stick: Stick) -> None:
    (stick.folder / "empty").mkdir()
    for container in ("empty", "another"):
        with pytest.raises(KeyUnusable, match="no usable certificate"):
            open_key(stick.address(container), PIN)
    assert "SKF_VerifyPIN" not in stick.calls()


def test_a_library_without_the_calls_of_the_standard_is_said_so(stick: Stick) -> None:
    with pytest.raises(KeyUnusable, match="driver does not work"):
        open_key("skf:device=x?library-path=libc.so.6", PIN)
