"""Tokens by SKF (GM/T 0016), in the helper process alone.

Device, application, container: a container holds a signing pair made on the token and an encryption pair. The standard
gives no content key out: it is imported as a session key and decrypts on the token, so only small SM2 envelopes open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ctypes import c_void_p
from typing import Final

from asn1crypto import x509

from evalclient.crypto.keys.messages import Opened, OpenSm2, Place, Reason, Token, TokenFailed
from evalclient.crypto.keys.skf_library import (
    RSA_CONTAINER,
    SAR_DEVICE_REMOVED,
    SAR_PIN_INCORRECT,
    SAR_PIN_INVALID,
    SAR_PIN_LEN_RANGE,
    SAR_PIN_LOCKED,
    SAR_USER_NOT_LOGGED_IN,
    SkfFailed,
    SkfLibrary,
    text,
)

_REASONS: Final[dict[int, Reason]] = {
    SAR_DEVICE_REMOVED: "absent",
    SAR_PIN_LOCKED: "locked",
    SAR_USER_NOT_LOGGED_IN: "again",
}


class SkfToken:
    """A container that somebody has logged in to; its handles stay open as long as the process lives."""

    def __init__(self, library: SkfLibrary, device: bytes, container: c_void_p) -> None:
        self._library = library
        self._device = device
        self._container = container
        self._rsa = library.container_type(container) == RSA_CONTAINER
        signing = library.certificate(container, signing=True)
        if not signing:
            raise TokenFailed("empty")
        encryption = signing if self._rsa else library.certificate(container, signing=False) or signing
        self._contents = Opened(signing, encryption, ())

    def contents(self) -> Opened:
        return self._contents

    def sign(self, data: bytes) -> bytes:
        with self._at_work():
            if self._rsa:
                return self._library.rsa_sign(self._container, data)
            return self._library.sm2_sign(self._container, data)

    def decrypt(self, _data: bytes, _oaep: str, _mask: str) -> bytes:
        raise TokenFailed("unable")

    def agree(self, _point: bytes) -> bytes:
        raise TokenFailed("unable")

    def open_sm2(self, cipher: OpenSm2) -> bytes:
        with self._at_work(otherwise="damaged"):
            wrapped = (cipher.x, cipher.y, cipher.digest, cipher.content)
            key = self._library.import_session_key(self._container, wrapped)
            try:
                return self._library.decrypt(key, cipher.vector, cipher.ciphertext)
            finally:
                with suppress(SkfFailed):
                    self._library.close_key(key)

    @contextmanager
    def _at_work(self, otherwise: Reason = "refused") -> Iterator[None]:
        try:
            yield
        except SkfFailed as failure:
            reason = _REASONS.get(failure.code, otherwise)
            gone = self._device not in self._present()
            raise TokenFailed("absent" if gone else reason, detail=str(failure)) from failure

    def _present(self) -> list[bytes]:
        try:
            return self._library.devices()
        except SkfFailed:
            return []


def open_token(place: Place, pin: str) -> SkfToken:
    """Find the container, log in to its application. TokenFailed: pin, locked, absent, empty, library."""
    with _said():
        library = SkfLibrary(place.library)
        for device, connection in _connected(library, place):
            for application, container in _containers(library, connection, place):
                _log_in(library, application, pin)
                return SkfToken(library, device, container)
            raise TokenFailed("empty")
    raise TokenFailed("absent")


def list_tokens(place: Place) -> tuple[Token, ...]:
    """Every container with a certificate, on every device that one library sees."""
    found = []
    with _said():
        library = SkfLibrary(place.library)
        for device, connection in _connected(library, place):
            maker, _, serial = library.device_info(connection)
            for application_name in library.applications(connection):
                application = library.open_application(connection, application_name)
                for name in library.containers(application):
                    container = library.open_container(application, name)
                    certificate = library.certificate(container, signing=True)
                    if certificate:
                        at = Place(
                            "skf",
                            place.library,
                            device=text(device),
                            serial=serial,
                            application=text(application_name),
                            container=text(name),
                        )
                        found.append(Token(at, maker, _holder(certificate), library.tries(application)))
            library.disconnect(connection)
    return tuple(found)


def _connected(library: SkfLibrary, place: Place) -> Iterator[tuple[bytes, c_void_p]]:
    """The devices that the address means, each with its handle."""
    for device in library.devices():
        if place.device not in ("", text(device)):
            continue
        connection = library.connect(device)
        if place.serial in ("", library.device_info(connection)[2]):
            yield device, connection


def _containers(library: SkfLibrary, connection: c_void_p, place: Place) -> Iterator[tuple[c_void_p, c_void_p]]:
    """The containers with a certificate that the address means, each with its application."""
    for application_name in library.applications(connection):
        if place.application not in ("", text(application_name)):
            continue
        application = library.open_application(connection, application_name)
        for name in library.containers(application):
            if place.container in ("", text(name)):
                container = library.open_container(application, name)
                if library.certificate(container, signing=True):
                    yield application, container


def _log_in(library: SkfLibrary, application: c_void_p, pin: str) -> None:
    try:
        library.verify_pin(application, pin.encode())
    except SkfFailed as failure:
        if failure.code not in (SAR_PIN_INCORRECT, SAR_PIN_INVALID, SAR_PIN_LEN_RANGE):
            raise
        left = failure.args[1]
        raise TokenFailed("pin" if left else "locked", left) from failure


def _holder(certificate: bytes) -> str:
    try:
        return str(x509.Certificate.load(certificate).subject.native.get("common_name", ""))
    except (ValueError, TypeError, KeyError):
        return ""


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except SkfFailed as failure:
        raise TokenFailed(_REASONS.get(failure.code, "refused"), detail=str(failure)) from failure
    except (OSError, AttributeError) as error:
        raise TokenFailed("library", detail=type(error).__name__) from error
