"""Addresses of tokens: PKCS#11 URIs (RFC 7512), and the same form for SKF, which has no standard for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import quote, unquote_to_bytes

from evalclient.crypto.errors import KeyAddressRefused

Interface = Literal["pkcs11", "skf", "remote"]
#: which token, and which objects on it
_PATH: Final[dict[str, tuple[str, ...]]] = {
    "pkcs11": ("token", "manufacturer", "serial", "model", "object", "id"),
    "skf": ("device", "serial", "application", "container"),
}
_LIBRARY: Final[dict[str, str]] = {"pkcs11": "module-path", "skf": "library-path"}
#: attributes of RFC 7512 that say nothing of which token is meant, or that must not stand in an address
_PASSED_OVER: Final = ("type", "slot-id", "slot-description", "slot-manufacturer", "module-name")
_PIN: Final = ("pin-value", "pin-source")


@dataclass(frozen=True, slots=True)
class TokenAddress:
    """Where a key is: what is "" may be anything. ``library`` is the path of the vendor's library.

    A service: ``library`` is its address, and the whole of it. PKCS#11: ``device`` is the token's label, ``application`` the label of the objects, ``container`` their CKA_ID in
    hexadecimal. SKF: the names of device, application and container.
    """

    interface: Interface
    library: str = ""
    device: str = ""
    serial: str = ""
    application: str = ""
    container: str = ""
    manufacturer: str = ""
    model: str = ""

    def __str__(self) -> str:
        return self.library if self.interface == "remote" else _written(self)


def token_address(text: str) -> TokenAddress:
    """``pkcs11:token=…;serial=…?module-path=…``, ``skf:device=…;container=…?library-path=…``, ``https://…``; KeyAddressRefused."""
    scheme, _, rest = text.partition(":")
    if scheme.lower() in ("http", "https"):
        return TokenAddress("remote", text)
    interface: Interface = "skf" if scheme.lower() == "skf" else "pkcs11"
    path, _, query = rest.partition("?")
    found = TokenAddress(interface)
    for piece in filter(None, path.split(";")):
        found = _with(found, _PATH[interface], *_attribute(piece))
    for piece in filter(None, query.split("&")):
        name, value = _attribute(piece)
        if name in _PIN:
            raise KeyAddressRefused(
                "介质地址中不得写入 PIN 码，请删去后在登录时输入。",
                "A PIN must not stand in the address of a token; take it out and enter it when asked.",
            )
        found = _with(found, (_LIBRARY[interface],), name, value)
    return found


_FIELDS: Final = {
    "token": "device",
    "device": "device",
    "serial": "serial",
    "manufacturer": "manufacturer",
    "model": "model",
    "object": "application",
    "application": "application",
    "id": "container",
    "container": "container",
    "module-path": "library",
    "library-path": "library",
}


def _attribute(piece: str) -> tuple[str, bytes]:
    name, equals, value = piece.partition("=")
    if not equals:
        raise _malformed()
    return name.strip(), unquote_to_bytes(value)


def _with(found: TokenAddress, known: tuple[str, ...], name: str, value: bytes) -> TokenAddress:
    if name in _PASSED_OVER:
        return found
    if name not in known or getattr(found, _FIELDS[name]):
        raise _malformed()  # RFC 7512, 2.3: what is not understood must not be passed over, nothing stands twice
    try:
        text = value.hex() if name == "id" else value.decode()
    except UnicodeDecodeError as error:
        raise _malformed() from error
    if "\x00" in text:
        raise _malformed()
    return replace(found, **{_FIELDS[name]: text})  # type: ignore[arg-type]


def _written(address: TokenAddress) -> str:
    pieces = []
    for name in _PATH[address.interface]:
        value = getattr(address, _FIELDS[name])
        if value:
            encoded = (
                "".join(f"%{byte:02X}" for byte in bytes.fromhex(value)) if name == "id" else quote(value, safe="")
            )
            pieces.append(f"{name}={encoded}")
    library = f"?{_LIBRARY[address.interface]}={quote(address.library, safe='/')}" if address.library else ""
    return f"{address.interface}:{';'.join(pieces)}{library}"


def _malformed() -> KeyAddressRefused:
    return KeyAddressRefused(
        "介质地址格式不正确，请在登录页重新选择介质。",
        "The address of the token is malformed; choose the token again on the sign-in page.",
    )
