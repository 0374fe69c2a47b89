"""From the address of a key and a PIN to a ``KeyHandle``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol, runtime_checkable

from evalclient.core.ports import KeyHandle
from evalclient.crypto.errors import KeyAddressRefused, KeyFileRefused
from evalclient.crypto.keys.addresses import token_address
from evalclient.crypto.keys.libraries import REGISTERED, Libraries
from evalclient.crypto.keys.pkcs12 import MAX_KEY_FILE, Pkcs12Key

#: a scheme of two letters or more: a drive letter of Windows is none
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")


def open_key(address: str, pin: str, libraries: Libraries = REGISTERED) -> KeyHandle:
    """The key at ``address``; the PIN is not kept.

    The path of a key file (.p12, .pfx): WrongPin, KeyFileRefused. A token, ``pkcs11:…`` (RFC 7512) or ``skf:…``, or a
    signing service, ``https://…``: WrongPin,
    PinLocked, KeyAbsent, KeySilent, KeyUnusable, KeyAddressRefused; give it back with ``release_key``.
    """
    scheme = _SCHEME.match(address)
    if scheme is None or Path(address).exists():
        return _from_file(Path(address), pin)
    if scheme[1].lower() in ("pkcs11", "skf", "http", "https"):
        from evalclient.crypto.keys.token import open_token  # most people have a file

        return open_token(token_address(address), pin, libraries)
    raise KeyAddressRefused(
        f"不支持“{scheme[1]}:”类型的证书介质，请选择证书文件（.p12/.pfx）或证书介质。",
        f"Keys of the kind “{scheme[1]}:” are not supported; choose a key file (.p12, .pfx) or a token.",
    )


@runtime_checkable
class _Releasable(Protocol):
    def release(self) -> None: ...


def release_key(key: KeyHandle) -> None:
    """Log out of a token; nothing where the key is a file. From any thread, even while the key is at work."""
    if isinstance(key, _Releasable):
        key.release()


def _from_file(path: Path, pin: str) -> Pkcs12Key:
    try:
        with path.open("rb") as file:
            untrusted = file.read(MAX_KEY_FILE + 1)
    except OSError as error:
        raise KeyFileRefused(
            f"证书文件 {path.name} 无法读取，请检查介质后重新选择。",
            f"The key file {path.name} cannot be read; check the medium and choose it again.",
        ) from error
    return Pkcs12Key.open(untrusted, pin)
