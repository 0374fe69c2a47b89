"""Revocation lists that the checker brings to a lone file: who is revoked does not hold, and nothing else changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from evalclient.crypto.cms import sign_detached
from evalclient.desk.clock import SystemClock
from tests.builders.centre import authorities, key_of
from tests.builders.packages import small_package
from tests.builders.revocations import issuer_of, revocation_list
from tests.cli.bidding import Folder
from tests.cli.test_verify_command import SAMPLE


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    bench = Folder(tmp_path, capsys, monkeypatch)
    roots = [x509.load_der_x509_certificate(root).public_bytes(Encoding.PEM) for root in authorities().roots]
    (tmp_path / "roots.pem").write_bytes(b"".join(roots))
    made = small_package(key_of("bidder-one"), key_of("custodian-agency"), now())
    (tmp_path / "bid.asice").write_bytes(made.package)
    return bench


def now() -> datetime:
    return datetime.fromisoformat(SystemClock().now())


def a_list(person: str) -> bytes:
    """A list (DER) of the authority that certified the bidder, by which ``person`` is revoked."""
    chain = key_of("bidder-one").chain
    authority = next(one for one in authorities().authorities if one.intermediate_der in chain)
    revoked = {key_of(person).certificate: now() - timedelta(hours=1)}
    return revocation_list(issuer_of(authority), now(), revoked=revoked)


def pem(der: bytes) -> bytes:
    return x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)


def test_a_revoked_signer_is_refused_with_the_list(bench: Folder) -> None:
    package, trust = bench.home / "bid.asice", ("--trust", bench.home / "roots.pem")
    bench.run("verify", package, *trust)
    bench.run("check", package)
    (bench.home / "other.crl").write_bytes(a_list("organiser"))
    (bench.home / "his.crl").write_bytes(a_list("bidder-one"))
    (bench.home / "both.pem").write_bytes(pem(a_list("organiser")) + pem(a_list("bidder-one")))
    for lists in (("--crl", "other.crl", "--crl", "his.crl"), ("--crl", "both.pem")):
        named = [one if one == "--crl" else bench.home / one for one in lists]
        assert "was revoked by its issuer" in bench.run("check", package, *named, code=1)
        told = bench.json("verify", package, *trust, *named, code=1)
        assert [one["reason"] for one in told["signatures"]] == ["revoked"]
    other: list[str | Path] = ["--crl", bench.home / "other.crl"]
    assert "It holds." in bench.run("verify", package, *trust, *other)
    assert bench.json("check", package, *other)["signature"]["reason"] == "holds"


def test_a_signature_beside_a_file_is_judged_alike(bench: Folder) -> None:
    content = bench.home / "file"
    content.write_bytes(b"content")
    (bench.home / "file.p7s").write_bytes(sign_detached(b"content", key_of("bidder-one"), now()))
    (bench.home / "his.crl").write_bytes(a_list("bidder-one"))
    trust = ("--trust", bench.home / "roots.pem")
    assert "It holds." in bench.run("verify", content, *trust)
    assert "was revoked" in bench.run("verify", content, *trust, "--crl", bench.home / "his.crl", code=1)


def test_what_is_no_list_is_refused_by_its_name(bench: Folder) -> None:
    for name, content in (("empty.crl", b""), ("cert.pem", (bench.home / "roots.pem").read_bytes())):
        (bench.home / name).write_bytes(content)
        for command in (("check",), ("verify", "--trust", bench.home / "roots.pem")):
            told = bench.run(*command, bench.home / "bid.asice", "--crl", bench.home / name, code=2)
            assert f"{name}: The file is neither a revocation list" in told


def test_an_archive_is_judged_by_its_own_lists(bench: Folder) -> None:
    (bench.home / "his.crl").write_bytes(a_list("bidder-one"))
    assert "leave --crl out" in bench.run("verify", SAMPLE, "--crl", bench.home / "his.crl", code=2)
