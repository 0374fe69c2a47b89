"""The wire of the demo: forwards, can be cut and joined, and lies by one digit of a time of receipt."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import requests

from evalclient.demo.wire import Wire

SAID = b'{"received":"2026-11-25T08:00:00.123Z"},{"received":"2026-11-25T08:00:01.456Z"}'


class _Centre(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(SAID)))
        self.end_headers()
        self.wfile.write(SAID)

    def log_message(self, *_words: object) -> None:
        """Quiet."""


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A wire's address, and its flags."""
    centre = HTTPServer(("127.0.0.1", 0), _Centre)
    wire = Wire(("127.0.0.1", centre.server_port), tmp_path)
    threads = [threading.Thread(target=serve, daemon=True) for serve in (centre.serve_forever, wire.serve)]
    for thread in threads:
        thread.start()
    yield wire.url, tmp_path
    wire.close()
    centre.shutdown()
    centre.server_close()


def test_it_forwards_is_cut_and_joined(wired: tuple[str, Path]) -> None:
    url, flags = wired
    assert requests.get(url, timeout=10).content == SAID
    (flags / "cut").touch()
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)
    (flags / "cut").unlink()
    assert requests.get(url, timeout=10).content == SAID


def test_its_lie_changes_one_digit(wired: tuple[str, Path]) -> None:
    url, flags = wired
    (flags / "lie").touch()
    said = requests.get(url, timeout=10).content
    assert len(said) == len(SAID)
    assert sum(one != other for one, other in zip(said, SAID, strict=True)) == 1
