"""What passes between this program and the process that talks to tokens: one message per frame, over pipes.

A frame is four bytes of length (big-endian) and MessagePack.
"""

from __future__ import annotations

import struct
from datetime import datetime
from typing import IO, Final, Literal

import msgspec

_LENGTH: Final = struct.Struct(">I")
#: certificates of a person and his chain, and room to spare
MOST_BYTES: Final = 1 << 20
#: why a token did not do what it was asked
Reason = Literal[
    "pin",
    "locked",
    "absent",
    "empty",
    "library",
    "unready",
    "again",
    "refused",
    "unable",
    "damaged",
    "unreachable",
    "insecure",
    "cancelled",
    "expired",
]


class FrameBroken(Exception):
    """The other side has gone, or does not speak in frames."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a key is: the fields of ``TokenAddress``."""

    interface: Literal["pkcs11", "skf", "remote"]
    library: str
    device: str = ""
    serial: str = ""
    application: str = ""
    container: str = ""
    manufacturer: str = ""
    model: str = ""


class ListTokens(msgspec.Struct, frozen=True, tag=True):
    """Which tokens does one library see?"""

    place: Place


class Open(msgspec.Struct, frozen=True, tag=True):
    """Log in to one token; the PIN travels in no other message. Certificates that are valid ``at`` (aware) go first."""

    place: Place
    pin: str
    at: datetime | None = None

    def __repr__(self) -> str:
        return "Open(…)"


class Sign(msgspec.Struct, frozen=True, tag=True):
    """Sign with the signing key: DigestInfo (RSA), a digest (EC), or SM3 of Z and message (SM2)."""

    data: bytes


class Decrypt(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """RSA with the encryption key: ``oaep`` names the digest of OAEP, "" means PKCS#1 v1.5; ``mask`` that of MGF1, "" the same."""

    data: bytes
    oaep: str
    mask: str = ""


class Agree(msgspec.Struct, frozen=True, tag=True):
    """ECDH of the encryption key with an uncompressed point: the shared x coordinate."""

    point: bytes


class OpenSm2(msgspec.Struct, frozen=True, tag=True):
    """Decrypt SM4-CBC under a key that SM2 wraps for the encryption key; the padding stays on.

    The wrapped key is x, y (32 bytes each), SM3 digest and content.
    """

    x: bytes
    y: bytes
    digest: bytes
    content: bytes
    vector: bytes
    ciphertext: bytes


class Token(msgspec.Struct, frozen=True):
    """One token that a library sees. ``tries``: before the PIN locks, None where the token does not tell."""

    place: Place
    maker: str
    holder: str
    tries: int | None


class Tokens(msgspec.Struct, frozen=True, tag=True):
    """Answer to ListTokens."""

    tokens: tuple[Token, ...]


class Opened(msgspec.Struct, frozen=True, tag=True):
    """Answer to Open: certificates (DER) as they lie on the token."""

    certificate: bytes
    encryption_certificate: bytes
    chain: tuple[bytes, ...]


class Answer(msgspec.Struct, frozen=True, tag=True):
    """Answer to Sign (RSA: the signature; EC and SM2: r and s, each half of it), Decrypt, Agree and OpenSm2."""

    data: bytes


class Failed(msgspec.Struct, frozen=True, tag=True):
    """Why not; ``tries`` before the PIN locks, where known. ``detail`` is the library's own word, for the log alone."""

    reason: Reason
    tries: int | None = None
    detail: str = ""


class TokenFailed(Exception):
    """In the helper: a token did not do what it was asked; ``reply`` goes back."""

    def __init__(self, reason: Reason, tries: int | None = None, detail: str = "") -> None:
        super().__init__(reason)
        self.reply = Failed(reason, tries, detail)


Request = ListTokens | Open | Sign | Decrypt | Agree | OpenSm2
Reply = Tokens | Opened | Answer | Failed
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def write(stream: IO[bytes], message: Request | Reply) -> None:
    """Send one message; FrameBroken where nobody is there."""
    data = msgspec.msgpack.encode(message)
    try:
        stream.write(_LENGTH.pack(len(data)) + data)
        stream.flush()
    except (OSError, ValueError) as error:
        raise FrameBroken(str(error)) from error


def read_request(stream: IO[bytes]) -> Request:
    """The next request; FrameBroken at the end."""
    return _requests.decode(_frame(stream))


def read_reply(stream: IO[bytes]) -> Reply:
    """The next reply, believed as far as its form goes; FrameBroken at the end or when it is none."""
    try:
        return _replies.decode(_frame(stream))
    except msgspec.ValidationError as error:
        raise FrameBroken(str(error)) from error


def _frame(stream: IO[bytes]) -> bytes:
    (size,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if size > MOST_BYTES:
        raise FrameBroken("a frame of absurd size")
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    try:
        data = stream.read(size)
    except (OSError, ValueError) as error:
        raise FrameBroken(str(error)) from error
    if len(data) < size:
        raise FrameBroken("the other side has gone")
    return data
