"""From the address of a key and a PIN to a ``KeyHandle``."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from evalclient.core.ports import KeyHandle
from evalclient.crypto.errors import KeyAddressRefused, KeyFileRefused
from evalclient.crypto.keys.addresses import token_address
from evalclient.crypto.keys.libraries import REGISTERED, Libraries
from evalclient.crypto.keys.pkcs12 import MAX_KEY_FILE, Pkcs12Key

_TOKENS = ("pkcs11", "skf", "http", "https")
#: a scheme of two letters or more: a drive letter of Windows is none
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")


def open_key(address: str, pin: str, libraries: Libraries = REGISTERED, at: datetime | None = None) -> KeyHandle:
    """The key at ``address``; the PIN is not kept. Of several certificates one that is valid ``at`` (aware) goes first.

    The path of a key file (.p12, .pfx): WrongPin, KeyFileRefused. A token, ``pkcs11:…`` (RFC 7512) or ``skf:…``, or a
    signing service, ``https://…``: WrongPin,
    PinLocked, KeyAbsent, KeySilent, KeyUnusable, KeyAddressRefused; give it back with ``release_key``.
    """
    scheme = _SCHEME.match(address)
    if scheme is None or Path(address).exists():
        return _from_file(Path(address), pin, at)
    if scheme[1].lower() in _TOKENS:
        from evalclient.crypto.keys.token import open_token  # most people have a file

        return open_token(token_address(address), pin, libraries, at=at)
    raise _unsupported(scheme[1])


def _unsupported(scheme: str) -> KeyAddressRefused:
    return KeyAddressRefused(
        f"不支持“{scheme}:”类型的证书介质，请选择证书文件（.p12/.pfx）或证书介质。",
        f"Keys of the kind “{scheme}:” are not supported; choose a key file (.p12, .pfx) or a token.",
    )


def called(address: str) -> str:
    """What to call the key at ``address`` when its PIN is asked for; KeyAddressRefused where the address is none.

    Never more of the address than a name: people write PINs and passwords into addresses.
    """
    scheme = _SCHEME.match(address)
    if scheme is None or Path(address).exists():
        return Path(address).name
    if scheme[1].lower() not in _TOKENS:
        raise _unsupported(scheme[1])
    token = token_address(address)
    if token.interface == "remote":
        return urlsplit(token.library).hostname or ""
    return token.device or token.serial or token.interface


@runtime_checkable
class _Releasable(Protocol):
    def release(self) -> None: ...


def release_key(key: KeyHandle) -> None:
    """Log out of a token; nothing where the key is a file. From any thread, even while the key is at work."""
    if isinstance(key, _Releasable):
        key.release()


def _from_file(path: Path, pin: str, at: datetime | None) -> Pkcs12Key:
    try:
        with path.open("rb") as file:
            untrusted = file.read(MAX_KEY_FILE + 1)
    except OSError as error:
        raise KeyFileRefused(
            f"证书文件 {path.name} 无法读取，请检查介质后重新选择。",
            f"The key file {path.name} cannot be read; check the medium and choose it again.",
        ) from error
    return Pkcs12Key.open(untrusted, pin, at)
