"""Tokens by PKCS#11, on SoftHSM2: sign, open, list; wrong PINs, pulled out, hanging, crashing."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.ports import WrappedKey
from evalclient.crypto.cms import envelop, open_envelope, sign_detached, verify_detached
from evalclient.crypto.cms.key_agreement import oaep, wrap
from evalclient.crypto.demo.pki import DemoPki, Purpose
from evalclient.crypto.errors import (
    EnvelopeRefused,
    KeyAbsent,
    KeyAddressRefused,
    KeySilent,
    KeyUnusable,
    PinLocked,
    WrongPin,
)
from evalclient.crypto.keys import Libraries, open_key, release_key
from evalclient.crypto.keys.addresses import TokenAddress, token_address
from evalclient.crypto.keys.messages import Sign
from evalclient.crypto.keys.process import TokenProcess
from evalclient.crypto.keys.token import TokenKey, list_tokens, open_token
from evalclient.crypto.primitives.public_keys import public_key_of
from tests.builders.soft_tokens import LIBRARY, PIN, SoftToken, awkward_library, soft_token

FILE_PIN = "file"
SIGN: tuple[Purpose, ...] = ("sign",)
ENCRYPT: tuple[Purpose, ...] = ("encrypt",)
LIBRARIES = Libraries(pkcs11=(str(LIBRARY),))


@pytest.fixture(scope="module")
def tokens(pki: DemoPki, tmp_path_factory: pytest.TempPathFactory) -> dict[str, SoftToken]:
    """One token with an RSA pair, one with an EC pair, one with two pairs of one person, one without a certificate."""
    folder = tmp_path_factory.mktemp("tokens")
    first, second = pki.authorities[0], pki.authorities[1]

    def made(name: str, people: list[Any], *others: bytes) -> SoftToken:
        return soft_token(folder / name, f"评标 {name}", people, FILE_PIN, others)

    two = [second.issue("欧阳建国", "某某大学", purposes, pin=FILE_PIN) for purposes in (ENCRYPT, SIGN)]
    return {
        "rsa": made("rsa", [first.issue("王芳", "某某大学", pin=FILE_PIN, kind="rsa")], first.intermediate_der),
        "ec": made("ec", [second.issue("欧阳建国", "某某大学", pin=FILE_PIN)], second.intermediate_der),
        "two": made("two", two),
        "bare": made("bare", [], second.intermediate_der),
    }


@pytest.fixture
def plugged(tokens: dict[str, SoftToken], monkeypatch: pytest.MonkeyPatch) -> Any:
    def plug(name: str) -> SoftToken:
        monkeypatch.setenv("SOFTHSM2_CONF", str(tokens[name].configuration))
        return tokens[name]

    return plug


@pytest.fixture
def awkward(
    tokens: dict[str, SoftToken],
    plugged: Any,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Any:
    """The EC token behind a library that locks like hardware; in a mood of one's choice."""
    temper = awkward_library(tmp_path_factory.getbasetemp(), tmp_path, monkeypatch)

    def address(mood: str = "") -> str:
        temper.mood(mood)
        return str(plugged("ec").address(temper.library))

    return address


@contextmanager
def opened(address: str, pin: str = PIN, *, working: float | None = None) -> Iterator[TokenKey]:
    key = open_token(token_address(address), pin, Libraries(), working=working)
    try:
        yield key
    finally:
        key.release()


@pytest.mark.parametrize("name", ["rsa", "ec"])
def test_a_token_signs_records_and_opens_envelopes(name: str, plugged: Any, pki: DemoPki) -> None:
    with opened(plugged(name).address()) as key:
        assert key.chain == (pki.authorities[0 if name == "rsa" else 1].intermediate_der,)
        signature = sign_detached(b"record", key, pki.authorities[0].at)
        assert verify_detached(b"record", signature).certificate == key.certificate
        assert open_envelope(envelop(b"share", [key.encryption_certificate]), key) == b"share"


@pytest.mark.parametrize("name", ["rsa", "ec"])
def test_what_does_not_open_is_the_one_error_of_envelopes(name: str, plugged: Any) -> None:
    with opened(plugged(name).address()) as key:
        whole = wrap(bytes(32), public_key_of(key.certificate))
        other = wrap(bytes(32), rsa.generate_private_key(65537, 2048).public_key())
        for wrong in (
            WrappedKey(whole.algorithm, bytes(256), whole.originator, whole.shared_info),
            WrappedKey(whole.algorithm, whole.wrapped[:-1], whole.originator, whole.shared_info),
            WrappedKey("ecdh-x963", whole.wrapped, b"no point", whole.shared_info),
            WrappedKey("rsa-pkcs1v15", other.wrapped),
            other,
        ):
            with pytest.raises(EnvelopeRefused, match="fails its check"):
                key.unwrap(wrong)
        assert key.unwrap(whole) == bytes(32)


@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha384", "sha512"])
def test_rsa_oaep_opens_with_every_digest_though_the_token_knows_sha_1_alone(digest: Any, plugged: Any) -> None:
    with opened(plugged("rsa").address()) as key:
        public = public_key_of(key.certificate)
        assert isinstance(public, rsa.RSAPublicKey)
        for content in (bytes(32), b"\x01" * 16, b""):
            wrapped = WrappedKey("rsa-oaep", public.encrypt(content, oaep(digest)), digest=digest)
            assert key.unwrap(wrapped) == content
            for mask in ("sha1", "sha512"):
                mixed = WrappedKey("rsa-oaep", public.encrypt(content, oaep(digest, mask)), digest=digest, mask=mask)
                assert key.unwrap(mixed) == content
        assert key.unwrap(WrappedKey("rsa-pkcs1v15", public.encrypt(b"key", padding.PKCS1v15()))) == b"key"


def test_a_person_with_two_certificates_signs_with_one_and_opens_with_the_other(plugged: Any, pki: DemoPki) -> None:
    with opened(plugged("two").address()) as key:
        assert key.certificate != key.encryption_certificate
        assert sign_detached(b"record", key, pki.authorities[0].at)
        assert open_envelope(envelop(b"share", [key.encryption_certificate]), key) == b"share"


def test_tokens_are_listed_with_their_holder_and_opened_by_what_the_list_says(plugged: Any) -> None:
    plugged("ec")
    (found,) = list_tokens(LIBRARIES)
    assert (found.label, found.holder, found.tries) == ("评标 ec", "欧阳建国", None)
    key = open_key(found.address, PIN)
    assert key.sign(b"record")
    release_key(key)
    assert not any("4711" in str(part) for part in (found, key, found.address))


def test_an_address_without_a_library_finds_the_token_among_those_that_are_set(plugged: Any) -> None:
    token = plugged("ec")
    key = open_key(f"pkcs11:token={token.label}", PIN, LIBRARIES)
    assert key.sign(b"record")
    release_key(key)


def test_a_token_that_is_not_plugged_in_or_holds_no_key_is_said_so(plugged: Any) -> None:
    token = plugged("bare")
    with pytest.raises(KeyUnusable, match="no usable certificate"):
        open_key(token.address(), PIN)
    with pytest.raises(KeyAbsent, match="not plugged in") as refusal:
        open_key(f"pkcs11:token=another?module-path={LIBRARY}", PIN)
    assert "未找到证书介质" in refusal.value.zh


def test_a_library_that_is_none_is_said_so_and_passed_over_in_the_list(plugged: Any, tmp_path: Path) -> None:
    plugged("ec")
    junk = tmp_path / "driver.so"
    junk.write_bytes(b"not a library")
    for path in (junk, tmp_path / "missing.so"):
        with pytest.raises(KeyUnusable, match="driver does not work"):
            open_key(f"pkcs11:token=x?module-path={path}", PIN)
    assert [token.label for token in list_tokens(Libraries(pkcs11=(str(junk), str(LIBRARY))))] == ["评标 ec"]


def test_wrong_pins_count_down_to_a_locked_token(awkward: Any) -> None:
    address = awkward()
    library = address.rpartition("=")[2]
    with pytest.raises(WrongPin) as first:
        open_key(address, "wrong-pin")
    assert (first.value.tries_left, "连续输错会锁定" in first.value.zh) == (None, True)
    with pytest.raises(WrongPin) as second:
        open_key(address, "wrong-pin")
    assert second.value.tries_left == 1
    assert "只剩最后 1 次机会" in second.value.zh
    assert [token.tries for token in list_tokens(Libraries(pkcs11=(library,))) if token.address.endswith(library)] == [
        1
    ]
    with pytest.raises(PinLocked) as third:
        open_key(address, "wrong-pin")
    assert "已锁定" in third.value.zh
    with pytest.raises(PinLocked, match="locked"):
        open_key(address, PIN)  # the right one comes too late
    assert [token.tries for token in list_tokens(Libraries(pkcs11=(library,))) if token.address.endswith(library)] == [
        0
    ]
    assert all("wrong-pin" not in text for error in (first, second, third) for text in (error.value.zh, error.value.en))


def test_the_right_pin_gives_all_tries_back(awkward: Any) -> None:
    address = awkward()
    for _ in range(2):
        for _ in range(2):
            with pytest.raises(WrongPin):
                open_key(address, "wrong-pin")
        with opened(address) as key:
            assert key.sign(b"record")


def test_a_token_pulled_out_at_work_is_said_so_and_works_again_once_it_is_back(plugged: Any) -> None:
    token = plugged("ec")
    (stick,) = token.objects.iterdir()
    away = token.folder / "away"
    with opened(token.address()) as key:
        whole = wrap(bytes(32), public_key_of(key.certificate))
        stick.rename(away)
        try:
            with pytest.raises(KeyAbsent, match="pulled out"):
                key.sign(b"record")
            with pytest.raises(KeyAbsent):
                key.unwrap(whole)
            assert list_tokens(LIBRARIES) == ()
        finally:
            away.rename(stick)
    with opened(token.address()) as key:
        assert key.unwrap(whole) == bytes(32)


def test_a_token_that_does_not_answer_is_given_up_on_and_its_process_is_gone(awkward: Any) -> None:
    with opened(awkward("hang"), working=0.3) as key:
        with pytest.raises(KeySilent, match=r"did not answer within 0\.3 seconds"):
            key.sign(b"record")
        with pytest.raises(KeySilent, match="has stopped"):
            key.sign(b"record")
        assert not alive(key.process_id)


def test_whoever_closes_the_window_does_not_wait_for_the_token(awkward: Any) -> None:
    said: list[BaseException] = []

    def work() -> None:
        try:
            key.sign(b"record")
        except KeySilent as error:
            said.append(error)

    with opened(awkward("hang"), working=60.0) as key:
        thread = threading.Thread(target=work)
        thread.start()
        while not threading_waits(thread):
            time.sleep(0.01)
        key.release()
        thread.join(10.0)
        assert not thread.is_alive()
    assert len(said) == 1


def test_a_driver_that_crashes_takes_nothing_along(awkward: Any) -> None:
    with opened(awkward("crash")) as key, pytest.raises(KeySilent, match="driver has stopped"):
        key.sign(b"record")


def test_what_a_driver_prints_does_not_get_into_the_conversation(awkward: Any) -> None:
    with opened(awkward("chatter")) as key:
        assert key.sign(b"record")


def test_the_pin_is_neither_in_the_arguments_nor_in_the_environment_of_the_helper(plugged: Any) -> None:
    with opened(plugged("ec").address()) as key:
        process = Path("/proc") / str(key.process_id)
        assert PIN.encode() not in (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        limits = (process / "limits").read_text().splitlines()
        assert [line.split()[-3:-1] for line in limits if line.startswith("Max core")] == [["0", "0"]]


@pytest.mark.parametrize(
    "address",
    ["pkcs11:token", "pkcs11:colour=red", "pkcs11:token=a;token=b", "pkcs11:token=%ff", "pkcs11:token=a%00",
     "pkcs11:token=a?pin-value=1234", "pkcs11:token=a?pin-source=file:/x", "pkcs11:token=a?colour=red", "ftp:x",
     "skf:device"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(KeyAddressRefused):
        open_key(address, PIN)


_TEXTS = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=12)


@given(_TEXTS, _TEXTS, _TEXTS, st.binary(max_size=8), st.sampled_from(["pkcs11", "skf"]))
def test_addresses_are_read_as_they_are_written(
    device: str, serial: str, path: str, container: bytes, kind: Any
) -> None:
    written = TokenAddress(kind, path, device, serial, container=container.hex())
    assert token_address(str(written)) == written


def alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def threading_waits(thread: threading.Thread) -> bool:
    """Whether a thread has come as far as waiting for its answer."""
    frame = sys._current_frames().get(thread.ident or 0)
    return frame is not None and frame.f_code.co_name == "ask"


def test_a_large_request_to_a_helper_that_has_stopped_reading_is_given_up_on(tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    deaf.write_text("#!/bin/sh\nexec sleep 3600\n")
    deaf.chmod(0o755)
    process = TokenProcess(str(deaf))
    told: list[str] = []

    def ask() -> None:
        try:
            process.ask(Sign(bytes(1 << 20)), 0.2)
        except KeySilent as error:
            told.append(error.en)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(20)
    given_up = tuple(told)
    process.end()
    assert [line for line in given_up if "did not answer" in line]


def test_a_driver_that_does_not_start_without_its_token_asks_for_the_token(plugged: Any) -> None:
    token = plugged("ec")
    away = token.folder / "gone"
    token.objects.rename(away)
    try:
        with pytest.raises(KeyAbsent, match="plugged in"):
            open_key(token.address(), PIN)
    finally:
        away.rename(token.objects)


def test_of_an_old_and_a_renewed_certificate_on_a_token_the_valid_one_signs(
    pki: DemoPki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = pki.authorities[1]
    now, year = authority.at, timedelta(days=365)
    valid, future = (
        authority.issue("欧阳建国", "某某大学", pin=FILE_PIN, valid=term)
        for term in ((now - year, now + year), (now + year / 2, now + 2 * year))
    )
    token = soft_token(tmp_path, "renewed", [future, valid], FILE_PIN)
    monkeypatch.setenv("SOFTHSM2_CONF", str(token.configuration))
    for at, expected in ((now, valid), (now + 1.5 * year, future)):
        key = open_key(token.address(), PIN, at=at)
        assert key.certificate == expected.certificate
        release_key(key)
