"""The demo's time-stamping authority: over HTTP, with ``openssl ts`` looking on, in both suites; garbage is rejected."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from evalclient.core.errors import TimestampUnreachable
from evalclient.core.records.envelope import HashName
from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.errors import TimestampRefused
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.crypto.trust.timestamps import request, response_of, token_of_response, verify_token
from evalclient.demo.time_authority import answer, served
from evalclient.sync.timestamping import HttpTimestamping
from tests.builders.openssl import openssl, pem_file
from tests.builders.time_authority import STAMPS, now

DATA = "报告".encode()


@cache
def pki() -> DemoPki:
    return DemoPki.create("demo time", now(), ("ec", "ec", "sm2"))


def key(kind: KeyKind) -> Pkcs12Key:
    authority = pki().authorities[2 if kind == "sm2" else 1]
    return Pkcs12Key.open(authority.issue("时间戳 DEMO TSA", "演示", STAMPS, pin="1", kind=kind).p12, "1")


@contextmanager
def running(kind: KeyKind) -> Iterator[str]:
    with served(key(kind)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("kind", "algorithm"), [("ec", "sha256"), ("ec", "sm3"), ("sm2", "sm3"), ("sm2", "sha256")])
def test_it_stamps_over_http_in_both_suites(kind: KeyKind, algorithm: HashName) -> None:
    imprint = hashlib.new(algorithm, DATA).digest()
    asked = request(imprint, algorithm)
    with running(kind) as url:
        service = HttpTimestamping(url)
        token = token_of_response(service.answer(asked.der), asked)
        service.close()
    stamp = verify_token(token, imprint, algorithm, TrustStore(pki().roots), not_after=now())
    assert stamp.authority == key(kind).certificate


def test_openssl_verifies_what_it_stamps(tmp_path: Path) -> None:
    asked = request(hashlib.sha256(DATA).digest())
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "answer.tsr").write_bytes(response_of(token_of_response(answer(asked.der, key("ec"), now()), asked)))
    roots = pem_file(tmp_path / "roots.pem", [pki().authorities[1].root_der])
    told = openssl("ts", "-verify", "-in", tmp_path / "answer.tsr", "-data", tmp_path / "data", "-CAfile", roots)
    assert b"Verification: OK" in told


def test_what_is_no_request_is_rejected() -> None:
    asked = request(hashlib.sha256(DATA).digest())
    for garbage in (b"", b"\x30\x00", asked.der[:-3], asked.der + b"\0"):
        with pytest.raises(TimestampRefused, match="rejection"):
            token_of_response(answer(garbage, key("ec"), now()), asked)
    with running("ec") as url, pytest.raises(TimestampUnreachable):
        HttpTimestamping(url).answer(bytes(10_000))
