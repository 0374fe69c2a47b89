"""Names that others chose for their certificates and files cannot write a line of their own, nor steer the terminal."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.crypto.bid_package.container import ContainerWriter
from evalclient.crypto.bid_package.names import MIMETYPE, SIGNATURE
from evalclient.crypto.keys import KeyPair, Pkcs12Key
from evalclient.desk.clock import SystemClock
from tests.builders.centre import key_of
from tests.builders.packages import parts_of, small_package
from tests.cli.bidding import Folder

FORGED = "The seal holds: Honest Ltd; parts: 4."
NAME = f"x\x1b[2J\r\n{FORGED}\n\u202e\u2028封装"


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    return Folder(tmp_path, capsys, monkeypatch)


def hostile() -> Pkcs12Key:
    """A key whose certificate, by nobody but its holder, is called NAME."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.fromisoformat(SystemClock().now())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 5, now - timedelta(1), now + timedelta(1))
    return Pkcs12Key(KeyPair(key, builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)), chain=())


def test_a_certificate_forges_no_line(bench: Folder) -> None:
    package = bench.home / "bid.asice"
    made = small_package(hostile(), key_of("custodian-agency"), datetime.fromisoformat(SystemClock().now()))
    package.write_bytes(made.package)
    (bench.home / "root.pem").write_bytes(
        x509.load_der_x509_certificate(key_of("organiser").chain[-1]).public_bytes(Encoding.PEM)
    )
    whole = bench.run("check", package) + bench.run("verify", package, "--trust", bench.home / "root.pem", code=1)
    assert FORGED in whole, "the name is told"
    assert FORGED not in whole.splitlines()
    assert not {*whole} & {"\x1b", "\r", "\u202e", "\u2028"}
    assert whole.count("\n") == 3


def test_a_path_forges_no_line(bench: Folder) -> None:
    told = bench.run("check", bench.home / NAME, code=2)
    assert told.count("\n") == 1
    assert "\x1b" not in told


def test_a_certificate_that_the_library_only_warns_of_shows_no_source_of_ours(bench: Folder) -> None:
    """Its serial number is negative. The library's warning would go to standard error, path and line included."""
    made = small_package(hostile(), key_of("custodian-agency"), datetime.fromisoformat(SystemClock().now()))
    parts = parts_of(made.package)
    positive, negative = bytes.fromhex("a003020102020105"), bytes.fromhex("a003020102020180")
    assert positive in parts[SIGNATURE]
    out = io.BytesIO()
    container = ContainerWriter(out)
    for name, content in parts.items():
        if name != MIMETYPE:
            container.add(name, content.replace(positive, negative))
    container.close()
    (bench.home / "bid.asice").write_bytes(out.getvalue())
    command = [sys.executable, "-m", "evalclient", "check", str(bench.home / "bid.asice")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, "LANG": "en"})
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "does not hold" in done.stderr
