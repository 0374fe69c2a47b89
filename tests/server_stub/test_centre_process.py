"""The centre as a process: odd requests, its end, its death, what it keeps and what it never says."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from evalclient.sync.wire import Problem, decode
from tests.builders.centre import (
    CentreProcess,
    beginning,
    token_for,
)

UNKNOWN = "ab" * 32


# -- odd requests ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/v1/evaluations", b"no json", 400),
        ("POST", "/v1/evaluations", b'{"genesis":1}', 400),
        ("POST", "/v1/evaluations", b"[" * 100_000, 400),
        ("POST", f"/v1/evaluations/{UNKNOWN}/records", b'{"records":[]}', 404),
        ("POST", f"/v1/evaluations/{UNKNOWN}/login", b'{"session":"%s"}' % (b"ab" * 32), 404),
        ("GET", f"/v1/evaluations/{UNKNOWN}/genesis", b"", 404),
        ("GET", "/v1/evaluations/..%2f..%2fetc/genesis", b"", 404),
        ("GET", "/v1/evaluations/xyz/genesis", b"", 400),
        ("GET", f"/v1/evaluations/{UNKNOWN}/feed?from=-1", b"", 400),
        ("GET", f"/v1/evaluations/{UNKNOWN}/feed?from=0&wait=1000", b"", 400),
        ("GET", f"/v1/evaluations/{UNKNOWN}/feed", b"", 400),
        ("DELETE", f"/v1/evaluations/{UNKNOWN}/records", b"", 405),
        ("GET", "/docs", b"", 404),
        ("GET", "/openapi.json", b"", 404),
    ],
)
def test_every_other_request_is_answered_in_words(
    centre_process: CentreProcess, method: str, path: str, body: bytes, status: int
) -> None:
    answer = requests.request(method, centre_process.url + path, data=body, timeout=10)
    assert answer.status_code == status
    problem = decode(answer.content, Problem)
    assert problem.zh
    assert problem.en


def test_too_large_a_message_is_cut_off(centre_process: CentreProcess) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield bytes(1 << 20)

    try:
        answer = requests.post(f"{centre_process.url}/v1/evaluations", data=endless(), timeout=30)
        assert answer.status_code == 413
    except requests.ConnectionError:
        pass  # the centre hung up while we were still sending
    assert requests.get(f"{centre_process.url}/v1/health", timeout=10).status_code == 200


# -- the process ----------------------------------------------------------------------------------------------------


def test_sigterm_ends_the_centre_though_feeds_wait(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    process.start()
    begun = process.publish()
    asked, sizes = threading.Event(), list[int]()

    def wait() -> None:
        centre = process.connect(begun, begun.member)
        centre.feed(0, 0.0)
        asked.set()
        sizes.append(len(centre.feed(4, 25.0).entries))
        centre.close()

    thread = threading.Thread(target=wait)
    thread.start()
    assert asked.wait(10)
    assert process.stop() == 0
    thread.join(10)
    assert sizes == [0], "the waiting feed was answered, not cut"
    assert process.errors.read_text() == ""


def test_a_killed_centre_keeps_what_it_receipted(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    process.start()
    begun = process.publish()
    centre = process.connect(begun, begun.member)
    draft = begun.member.draft()
    assert centre.submit([draft])[0].receipt is not None
    assert process._process is not None
    process._process.send_signal(signal.SIGKILL)
    assert process.stop() == -signal.SIGKILL
    process.start()
    assert [entry.record for entry in centre.feed(4, 0.0).entries] == [draft]
    assert centre.submit([draft])[0].receipt is not None
    assert len(centre.feed(0, 0.0).entries) == 5
    centre.close()
    assert process.stop() == 0


def test_nothing_secret_is_logged_or_lies_about(tmp_path: Path) -> None:
    process = CentreProcess(tmp_path)
    process.start()
    begun = process.publish()
    token = token_for(process, begun, begun.member)
    assert process.stop() == 0
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert token.encode() not in everything
    assert begun.member.keys.signing not in everything
    assert (process.data / "log.key").stat().st_mode & 0o077 == 0


def test_a_beginning_fits_the_key_it_names(centre_process: CentreProcess) -> None:
    assert beginning(centre_process.log_key).log_key.text() == centre_process.log_key
