"""Keys at a signing service, confirmed on a phone: over real HTTP, with services and people of every mood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from evalclient.core.ports import WrappedKey
from evalclient.crypto.cms import envelop, open_envelope, sign_detached, verify_detached
from evalclient.crypto.cms.key_agreement import oaep
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import KeyAbsent, KeyAddressRefused, KeySilent, KeyUnusable, PinLocked, WrongPin
from evalclient.crypto.keys import Libraries, open_key, release_key
from evalclient.crypto.keys.addresses import token_address
from evalclient.crypto.keys.token import TokenKey, open_token
from evalclient.crypto.primitives.public_keys import public_key_of
from tests.builders.signing_service import PIN, SigningService, signing_service


@pytest.fixture
def service(person: Any) -> Iterator[SigningService]:
    with signing_service(person("欧阳建国")) as running:
        yield running


def opened(service: SigningService, working: float | None = None) -> TokenKey:
    return open_token(token_address(service.address), PIN, Libraries(), working=working)


@pytest.mark.parametrize(("authority", "kind"), [(1, "ec"), (0, "rsa"), (1, "sm2")])
def test_a_key_at_a_service_signs_records_and_opens_envelopes(
    authority: int, kind: Any, person: Any, pki: DemoPki
) -> None:
    own = person("欧阳建国", authority, kind)
    with signing_service(own) as service:
        service.mood = "think"
        key = open_key(service.address, PIN)
        try:
            assert (key.certificate, key.chain) == (own.certificate, own.chain)
            signature = sign_detached(b"record", key, pki.authorities[0].at)
            assert verify_detached(b"record", signature).certificate == own.certificate
            assert open_envelope(envelop(b"share", [key.encryption_certificate]), key) == b"share"
            public = public_key_of(key.encryption_certificate)
            if isinstance(public, RSAPublicKey):
                wrapped = public.encrypt(b"key", oaep("sha256", "sha1"))
                assert key.unwrap(WrappedKey("rsa-oaep", wrapped, digest="sha256", mask="sha1")) == b"key"
        finally:
            release_key(key)
        assert service.asked >= 3


def test_wrong_pins_are_counted_by_the_service(service: SigningService) -> None:
    for left in (2, 1):
        with pytest.raises(WrongPin) as refusal:
            open_key(service.address, "wrong-pin")
        assert refusal.value.tries_left == left
    for pin in ("wrong-pin", PIN):
        with pytest.raises(PinLocked):
            open_key(service.address, pin)


@pytest.mark.parametrize(
    ("mood", "zh", "en"),
    [
        ("cancelled", "在手机上取消", "cancelled on the phone"),
        ("expired", "未在规定时间内", "Nobody confirmed"),
        ("refused", "拒绝", "refuses"),
        ("junk", "拒绝", "refuses"),
    ],
)
def test_what_the_person_or_the_service_will_not_do_is_said_so(
    mood: str, zh: str, en: str, service: SigningService
) -> None:
    key = opened(service)
    service.mood = mood
    with pytest.raises(KeyUnusable, match=en) as refusal:
        key.sign(b"record")
    assert zh in refusal.value.zh
    service.mood = "confirm"
    assert key.sign(b"record")
    key.release()


@pytest.mark.parametrize("mood", ["mute", "sleep", "drip"])
def test_nobody_waits_longer_than_the_deadline(mood: str, service: SigningService) -> None:
    key = opened(service, working=0.4)
    service.mood = mood
    with pytest.raises(KeySilent, match="did not answer"):
        key.sign(b"record")
    key.release()


def test_a_signature_of_another_key_is_not_taken(service: SigningService, person: Any) -> None:
    key = opened(service)
    service.key = person("李娜")
    with pytest.raises(KeyUnusable, match="refuses"):
        key.sign(b"record")
    key.release()


def test_a_pin_follows_no_redirect(service: SigningService) -> None:
    service.mood = "elsewhere"
    with pytest.raises(KeyUnusable, match="refuses"):
        open_key(service.address, PIN)


def test_a_service_that_is_not_there_is_said_so(person: Any) -> None:
    with signing_service(person("欧阳建国")) as service:
        address = service.address
    with pytest.raises(KeyAbsent, match="out of reach"):
        open_key(address, PIN)


@pytest.mark.parametrize("address", ["http://sign.example/card", "http://127.0.0.1.example/", "http://10.0.0.1/card"])
def test_a_pin_is_sent_in_the_clear_to_this_machine_alone(address: str) -> None:
    with pytest.raises(KeyAddressRefused, match="https"):
        open_key(address, PIN)


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy"])
def test_a_pin_goes_to_the_service_alone_whatever_proxy_the_environment_names(
    variable: str, service: SigningService, person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with signing_service(person("李娜")) as listener:
        proxy = listener.address.removesuffix("/card")
    monkeypatch.setenv(variable, proxy)  # nobody listens there any more: by it the service would be out of reach
    key = open_key(service.address, PIN)
    assert key.certificate == service.key.certificate
    release_key(key)
