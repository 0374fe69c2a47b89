"""The helper process for tokens: ``evalclient --token``. Loads one vendor's library and answers until the pipe ends.

It writes nothing, and what a library prints goes nowhere: the pipes of the conversation are moved out of its way first.
The PIN is handed to the library and dropped.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, Protocol

from evalclient.crypto.keys.messages import (
    Agree,
    Answer,
    Decrypt,
    Failed,
    FrameBroken,
    ListTokens,
    Open,
    Opened,
    OpenSm2,
    Place,
    Reply,
    Request,
    Sign,
    Token,
    TokenFailed,
    Tokens,
    read_request,
    write,
)


class OpenToken(Protocol):
    """A token that somebody has logged in to. Every method raises TokenFailed."""

    def contents(self) -> Opened:
        """The certificates on it."""
        ...

    def sign(self, data: bytes) -> bytes:
        """As ``messages.Sign``."""
        ...

    def decrypt(self, data: bytes, oaep: str, mask: str, /) -> bytes:
        """As ``messages.Decrypt``."""
        ...

    def agree(self, point: bytes, /) -> bytes:
        """As ``messages.Agree``."""
        ...

    def open_sm2(self, cipher: OpenSm2, /) -> bytes:
        """As ``messages.OpenSm2``."""
        ...


def main() -> int:
    """Serve until the program goes away."""
    incoming, outgoing = _own_pipes()
    _confine()
    serve(incoming, outgoing)
    # a library's own threads and destructors must not keep the process, or bring it down with a noise
    outgoing.flush()
    os._exit(0)


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """One request, one reply, until the end of the pipe."""
    token: OpenToken | None = None
    with contextlib.suppress(FrameBroken):
        while True:
            request = read_request(incoming)
            reply: Reply
            try:
                if isinstance(request, Open):
                    token = None
                    token = _opened(request)
                    reply = token.contents()
                elif isinstance(request, ListTokens):
                    reply = Tokens(_listed(request.place))
                else:
                    reply = Answer(_done(token, request))
            except TokenFailed as failure:
                reply = failure.reply
            except Exception as error:
                reply = Failed("refused", detail=type(error).__name__)
            del request
            write(outgoing, reply)


def _done(token: OpenToken | None, request: Request) -> bytes:
    if token is None:
        raise TokenFailed("again")
    match request:
        case Sign():
            return token.sign(request.data)
        case Decrypt():
            return token.decrypt(request.data, request.oaep, request.mask)
        case Agree():
            return token.agree(request.point)
        case OpenSm2():
            return token.open_sm2(request)
    raise TokenFailed("refused")


def _opened(order: Open) -> OpenToken:
    place, pin = order.place, order.pin
    if place.interface == "skf":
        from evalclient.crypto.keys.serving_skf import open_token as open_skf

        return open_skf(place, pin)
    if place.interface == "remote":
        from evalclient.crypto.keys.serving_remote import open_token as open_remote

        return open_remote(place, pin)
    from evalclient.crypto.keys.serving_pkcs11 import open_token

    return open_token(place, pin, order.at)


def _listed(place: Place) -> tuple[Token, ...]:
    if place.interface == "skf":
        from evalclient.crypto.keys.serving_skf import list_tokens as list_skf

        return list_skf(place)
    from evalclient.crypto.keys.serving_pkcs11 import list_tokens

    return list_tokens(place)


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The two ends of the conversation under numbers of their own; what is printed from now on goes nowhere."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return incoming, outgoing


def _confine() -> None:
    """No core dump: it would hold the PIN."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    raise SystemExit(main())
