"""A time stamp over the network: from a real authority, and never longer than the deadline from a bad one."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from evalclient.core.errors import TimestampUnreachable
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.timestamps import request, token_of_response, verify_token
from evalclient.sync.timestamping import HttpTimestamping
from tests.builders.time_authority import TimeAuthority, now, served

IMPRINT = hashlib.sha256(b"report").digest()
_REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n"


@contextmanager
def answering(handle: Callable[[socket.socket], None]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(65536)
                    handle(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


def test_a_stamp_comes_over_the_network(tmp_path: Path) -> None:
    pki = DemoPki.create("time over http", now(), ("ec", "ec", "ec"))
    authority = TimeAuthority(tmp_path, pki)
    with served(authority) as url:
        service = HttpTimestamping(url)
        try:
            for _ in range(2):
                asked = request(IMPRINT)
                found = token_of_response(service.answer(asked.der), asked)
                stamp = verify_token(found, IMPRINT, "sha256", TrustStore(pki.roots), not_after=now())
                assert stamp.authority == authority.credential.certificate
        finally:
            service.close()


def drip(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.sendall(_REPLY + b"Content-Length: 4000\r\n\r\n")
        for _ in range(200):
            connection.sendall(b"x")
            time.sleep(0.05)


def endless(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.sendall(_REPLY + b"\r\n")
        while True:
            connection.sendall(bytes(1 << 16))


def cut(connection: socket.socket) -> None:
    connection.sendall(_REPLY + b"Content-Length: 4000\r\n\r\nxyz")


def page(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<a/>")


def elsewhere(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("handle", [drip, endless, cut, page, elsewhere], ids=lambda handle: handle.__name__)
def test_a_bad_authority_is_given_up_on(handle: Callable[[socket.socket], None]) -> None:
    with answering(handle) as url:
        service = HttpTimestamping(url, patience=0.5)
        with pytest.raises(TimestampUnreachable, match="authority"):
            service.answer(b"request")
        service.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "no address", "ftp://host/", ""])
def test_no_authority_is_one_sentence(url: str) -> None:
    with pytest.raises(TimestampUnreachable, match="time-stamping authority"):
        HttpTimestamping(url, patience=1.0).answer(b"request")
