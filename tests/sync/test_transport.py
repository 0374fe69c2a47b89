"""The client against bad servers, on real sockets: each failure is one of two errors, within the deadline."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from evalclient.core.errors import CentreRefused, CentreUnreachable
from evalclient.core.records.envelope import Record, digest
from evalclient.sync.centre import HttpCentre, Login
from evalclient.sync.register import Register
from evalclient.sync.transport import LoginNeeded, Transport
from evalclient.sync.wire import MOST_MESSAGE, CentreTime, Genesis, RecordMessage, decode, encode
from tests.builders.centre import METHOD, RULES, TENDER, founding, record_zero
from tests.contract.memory_centre import LOG_KEY

Handler = Callable[[socket.socket], None]


@contextmanager
def server(handle: Handler, secure: ssl.SSLContext | None = None) -> Iterator[str]:
    """Answers every connection with ``handle`` after its request was read; the URL."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(plain: socket.socket) -> None:
        with contextlib.suppress(OSError), plain:
            connection = secure.wrap_socket(plain, server_side=True) if secure else plain
            with connection:
                while b"\r\n\r\n" not in connection.recv(65536):
                    pass
                handle(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"{'https' if secure else 'http'}://127.0.0.1:{listening.getsockname()[1]}"
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


def genesis_answer(**changes: bytes) -> bytes:
    act = founding(LOG_KEY.text())
    record = record_zero(act)
    parts = {"tender": TENDER, "method": METHOD, "rules": RULES} | changes
    message = Genesis(RecordMessage.of(record), "2026-11-24T01:02:03.004Z", **parts)
    return encode(message)


@pytest.mark.parametrize("document", ["tender", "method", "rules"])
def test_documents_that_record_zero_does_not_pin_are_refused(document: str) -> None:
    body = genesis_answer(**{document: b"another"})
    fingerprint = digest(decode(body, Genesis).record.payload)
    with server(reply("200 OK", body)) as url:
        register = Register(url)
        with pytest.raises(CentreRefused, match="fingerprint"):
            register.evaluation(fingerprint)
        register.close()


def test_another_record_zero_than_announced_is_refused() -> None:
    others = genesis_answer()
    with server(reply("200 OK", others)) as url:
        register = Register(url)
        with pytest.raises(CentreRefused, match="fingerprint"):
            register.evaluation("ab" * 32)
        register.close()


def test_what_is_no_record_zero_is_refused() -> None:
    body = encode(Genesis(RecordMessage(b"nonsense", b""), "2026-11-24T01:02:03.004Z", TENDER, METHOD, RULES))
    with server(reply("200 OK", body)) as url:
        register = Register(url)
        with pytest.raises(CentreRefused):
            register.evaluation(digest(b"nonsense"))
        register.close()


@pytest.fixture
def secured(tmp_path: Path) -> Path:
    """Key and certificate (PEM) of a server on the loopback address."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "centre")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, start, datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path


def test_https_is_checked_and_has_the_same_deadline(secured: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(secured)
    for handle, authority, error in (
        (reply("200 OK", TIME), str(secured), None),
        (reply("200 OK", TIME), None, CentreUnreachable),
        (DRIPS["headers"], str(secured), CentreUnreachable),
    ):
        with server(handle, context) as url:
            register = Register(url, patience=0.6, authority=authority)
            if error is None:
                assert register.now() == "2026-11-24T01:02:03.004Z"
            else:
                with pytest.raises(error):
                    register.now()
            register.close()


def test_a_kept_connection_that_was_just_closed_is_no_outage() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for last in (False, True):
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)
                if not last:
                    connection.recv(65536)  # the next request is read, and the connection closed without an answer

    server = threading.Thread(target=serve)
    server.start()
    transport = Transport(f"http://127.0.0.1:{listener.getsockname()[1]}")
    for _ in range(2):
        with transport.stream("GET", "/", seconds=10.0) as response:
            assert response.content == b"{}"
    transport.close()
    server.join(10)
    listener.close()
