"""Keys at a signing service (扫码签章, 发改办法规〔2023〕54号), over HTTP, in the helper process alone.

The person confirms each operation on the phone. The protocol stands in docs/remote-signing.md. A service that drips its
answer or never gives one is cut off with the process.
"""

from __future__ import annotations

import ipaddress
from typing import Final, Literal, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests

from evalclient.crypto.keys.messages import Agree, Decrypt, Opened, OpenSm2, Place, Sign, TokenFailed

M = TypeVar("M")
#: one exchange, seconds; what takes longer is asked for again
_PATIENCE: Final = 10.0
_WAIT: Final = 5
_MOST_BYTES: Final = 1 << 20
_MOST_CERTIFICATES: Final = 20


class _Login(msgspec.Struct):
    account: str
    pin: str


class _Session(msgspec.Struct):
    session: str
    certificate: bytes
    encryption_certificate: bytes
    chain: tuple[bytes, ...] = ()


class _Refusal(msgspec.Struct):
    tries: int | None = None


class _Begun(msgspec.Struct):
    operation: str


class _State(msgspec.Struct):
    state: Literal["waiting", "done", "cancelled", "refused", "expired"]
    result: bytes = b""


class RemoteKey:
    """A session at a service."""

    def __init__(self, http: requests.Session, base: str, session: _Session) -> None:
        self._http = http
        self._operations = f"{base}/v1/sessions/{_name(session.session)}/operations"
        chain = session.chain[:_MOST_CERTIFICATES]
        self._contents = Opened(session.certificate, session.encryption_certificate or session.certificate, chain)

    def contents(self) -> Opened:
        return self._contents

    def sign(self, data: bytes) -> bytes:
        return self._carried_out(Sign(data))

    def decrypt(self, data: bytes, oaep: str, mask: str) -> bytes:
        return self._carried_out(Decrypt(data, oaep, mask))

    def agree(self, point: bytes) -> bytes:
        return self._carried_out(Agree(point))

    def open_sm2(self, cipher: OpenSm2) -> bytes:
        return self._carried_out(cipher)

    def _carried_out(self, order: Sign | Decrypt | Agree | OpenSm2) -> bytes:
        """Hand the operation in and ask until the person has decided; the caller's deadline ends this process."""
        begun = _exchange(self._http, "POST", self._operations, _Begun, msgspec.json.encode(order))
        address = f"{self._operations}/{_name(begun.operation)}?wait={_WAIT}"
        while (answer := _exchange(self._http, "GET", address, _State)).state == "waiting":
            continue
        match answer.state:
            case "done":
                return answer.result
            case "cancelled" | "expired":
                raise TokenFailed(answer.state)
        raise TokenFailed("refused")


def open_token(place: Place, pin: str) -> RemoteKey:
    """Log in to a service; ``place.library`` is its address. TokenFailed: pin, locked, unreachable, refused."""
    base = _base(place.library)
    http = requests.Session()
    http.trust_env = False  # a proxy or credentials that the environment names: the PIN goes to the service alone
    login = msgspec.json.encode(_Login(place.device, pin))
    return RemoteKey(http, base, _exchange(http, "POST", f"{base}/v1/sessions", _Session, login))


def _base(address: str) -> str:
    """HTTPS; without it only on this machine, since the PIN goes there."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname or "")):
        raise TokenFailed("insecure")
    return address.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _exchange(http: requests.Session, method: str, address: str, kind: type[M], body: bytes = b"") -> M:
    """One message there, one back; redirects are not followed, so that a PIN goes nowhere else."""
    try:
        response = http.request(
            method,
            address,
            data=body,
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            timeout=_PATIENCE,
            stream=True,
            allow_redirects=False,
        )
        untrusted = response.raw.read(_MOST_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise TokenFailed("unreachable", detail=type(error).__name__) from error
    try:
        if response.status_code in (401, 423):
            tries = msgspec.json.decode(untrusted, type=_Refusal).tries
            raise TokenFailed("locked" if response.status_code == 423 else "pin", tries)
        if response.status_code not in (200, 201, 202):
            raise TokenFailed("again" if response.status_code == 404 else "refused", detail=str(response.status_code))
        return msgspec.json.decode(untrusted, type=kind)
    except msgspec.DecodeError as error:
        raise TokenFailed("refused", detail="malformed answer") from error


def _name(untrusted: str) -> str:
    """A name of the service's making, as a piece of a path."""
    if not (untrusted.isascii() and untrusted.isalnum() and len(untrusted) <= 128):
        raise TokenFailed("refused", detail="malformed name")
    return untrusted
