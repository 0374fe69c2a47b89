"""The client against bad servers, on real sockets: each failure is one of two errors, within the deadline."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from evalclient.core.errors import CentreRefused, CentreUnreachable
from evalclient.sync.centre import HttpCentre, Login
from evalclient.sync.register import Register
from evalclient.sync.transport import LoginNeeded, Transport
from evalclient.sync.wire import MOST_MESSAGE, CentreTime

Handler = Callable[[socket.socket], None]


@contextmanager
def server(handle: Handler) -> Iterator[str]:
    """Answers every connection with ``handle`` after its request was read; the URL."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with connection:
            try:
                while b"\r\n\r\n" not in connection.recv(65536):
                    pass
                handle(connection)
            except OSError:
                pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def reply(status: str, body: bytes, *headers: str, length: int | None = None) -> Handler:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return lambda connection: connection.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)


TIME = b'{"now":"2026-11-24T01:02:03.004Z"}'


def drip(head: bytes, slowly: bytes) -> Handler:
    def handle(connection: socket.socket) -> None:
        connection.sendall(head)
        for byte in slowly:
            connection.sendall(bytes((byte,)))
            time.sleep(0.05)

    return handle


def test_a_good_answer_is_decoded() -> None:
    with server(reply("200 OK", TIME)) as url:
        register = Register(url)
        assert register.now() == "2026-11-24T01:02:03.004Z"
        register.close()


DRIPS = {
    "body": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n", b" " * 4000),
    "headers": drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x" * 4000),
    "status": drip(b"", b"HTTP/1.1 " + b"2" * 4000),
    "silence": lambda connection: time.sleep(10),
}


@pytest.mark.parametrize("handle", DRIPS.values(), ids=DRIPS.keys())
def test_a_dripping_server_ends_with_the_deadline(handle: Handler) -> None:
    """Each byte comes in time for a timeout per read; the whole would take minutes."""
    with server(handle) as url:
        transport = Transport(url, patience=0.4)
        with pytest.raises(CentreUnreachable) as caught:
            transport.exchange("GET", "/v1/time", CentreTime)
        # left alone, the server would go on for minutes and then be told that it is no centre
        assert "saved here" in caught.value.en
        transport.close()


ANSWERS: dict[str, tuple[Handler, type[Exception]]] = {
    "truncated": (reply("200 OK", TIME, length=1000), CentreUnreachable),
    "no json": (reply("200 OK", b"<html>sign in to the hotel</html>"), CentreUnreachable),
    "other json": (reply("200 OK", b'{"now":"yesterday"}'), CentreUnreachable),
    "not utf-8": (reply("200 OK", b'{"now":"\xff"}'), CentreUnreachable),
    "deep json": (reply("200 OK", b"[" * 100_000), CentreUnreachable),
    "redirect": (reply("302 Found", b"", "Location: http://127.0.0.1:1/"), CentreUnreachable),
    "refused": (reply("403 Forbidden", '{"zh":"不行","en":"no"}'.encode()), CentreRefused),
    "refused without words": (reply("403 Forbidden", b"no"), CentreUnreachable),
    "login": (reply("401 Unauthorized", b""), LoginNeeded),
    "broken": (reply("500 Oops", '{"zh":"坏了","en":"broken"}'.encode()), CentreUnreachable),
    "gateway": (reply("502 Bad Gateway", b"<html>"), CentreUnreachable),
    "no http": (lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"), CentreUnreachable),
    "hangs up": (lambda connection: None, CentreUnreachable),
    "announces too much": (reply("200 OK", b" " * 1000, length=MOST_MESSAGE + 1), CentreUnreachable),
}


@pytest.mark.parametrize(("handle", "error"), ANSWERS.values(), ids=ANSWERS.keys())
def test_every_other_answer_is_one_of_two_errors(handle: Handler, error: type[Exception]) -> None:
    with server(handle) as url:
        transport = Transport(url)
        with pytest.raises(error) as caught:
            transport.exchange("GET", "/v1/time", CentreTime)
        assert type(caught.value) is error
        transport.close()


def test_a_closed_port_is_a_centre_out_of_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    register = Register(f"http://127.0.0.1:{port}")
    with pytest.raises(CentreUnreachable) as caught:
        register.log_key()
    assert "继续工作" in caught.value.zh
    register.close()


def test_answers_for_other_records_are_not_believed() -> None:
    with server(reply("200 OK", b'{"answers":[]}')) as url:
        centre = HttpCentre(url, "ab" * 32)
        from evalclient.core.records.envelope import Record

        with pytest.raises(CentreUnreachable, match="do not belong"):
            centre.submit([Record(b"payload", b"signature")])
        centre.close()


def test_without_a_login_nothing_is_asked() -> None:
    centre = HttpCentre("http://127.0.0.1:1", "ab" * 32)
    with pytest.raises(CentreRefused, match="sign in"):
        centre.feed(0, 0.0)
    centre.close()


def test_a_login_that_is_refused_again_is_not_repeated_for_ever() -> None:
    answers = iter([b'{"challenge":"%s"}' % (b"ab" * 32), b'{"token":"t"}'])
    asked: list[int] = []

    def handle(connection: socket.socket) -> None:
        asked.append(1)
        body = next(answers, None)
        status = "401 Unauthorized" if body is None else "200 OK"
        reply(status, body or b"", "Connection: close")(connection)

    with server(handle) as url:
        centre = HttpCentre(url, "ab" * 32, Login("cd" * 32, lambda message: bytes(64)))
        with pytest.raises(LoginNeeded):
            centre.feed(0, 0.0)
        centre.close()
    assert len(asked) == 3


def test_the_environments_proxy_is_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with server(reply("200 OK", TIME)) as url:
        register = Register(url)
        assert register.now()
        register.close()
