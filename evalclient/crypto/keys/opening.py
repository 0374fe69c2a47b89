"""From the address of a key and a PIN to a ``KeyHandle``."""

from __future__ import annotations

import re
from pathlib import Path

from evalclient.core.ports import KeyHandle
from evalclient.crypto.errors import KeyFileRefused
from evalclient.crypto.keys.pkcs12 import MAX_KEY_FILE, Pkcs12Key

#: a scheme of two letters or more: a drive letter of Windows is none
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")


def open_key(address: str, pin: str) -> KeyHandle:
    """The key at ``address``: the path of a key file (.p12, .pfx). WrongPin, KeyFileRefused; the PIN is not kept."""
    scheme = _SCHEME.match(address)
    if scheme is not None and not Path(address).exists():
        raise KeyFileRefused(
            f"不支持“{scheme[1]}:”类型的证书介质，请选择证书文件（.p12/.pfx）。",
            f"Keys of the kind “{scheme[1]}:” are not supported; choose a key file (.p12, .pfx).",
        )
    return _from_file(Path(address), pin)


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
