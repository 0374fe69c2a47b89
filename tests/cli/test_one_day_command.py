"""``evalclient one-day``: from the member's request over the authority's certificate to his key file for the day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evalclient.cli.dispatch import run_command
from evalclient.crypto.demo.issuing import key_file as demo_key_file
from evalclient.crypto.demo.pki import event_authority
from evalclient.crypto.keys import Pkcs12Key
from tests.builders.centre import PIN as AUTHORITY_PIN
from tests.builders.real_seats import key_file

PIN = "一日 4711"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "pin").write_text(PIN, "utf-8")
    (tmp_path / "authority-pin").write_text(AUTHORITY_PIN, "utf-8")
    authority = event_authority("one day", datetime(2026, 11, 1, tzinfo=UTC))
    pair = (authority.issuing_key, authority.intermediate_der)
    (tmp_path / "authority.p12").write_bytes(demo_key_file("authority", [pair], [], AUTHORITY_PIN))
    (tmp_path / "authority.cer").write_bytes(authority.intermediate_der)
    return tmp_path


def call(*words: object) -> int:
    return run_command([str(word) for word in words])


def test_a_key_file_for_the_day_is_made_in_three_steps(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seat, pin = desk / "seat", desk / "pin"
    assert call("one-day", "request", seat, "--name", "陈志远", "--password-file", pin) == 0
    issued = ("--key", desk / "authority.p12", "--password-file", desk / "authority-pin", "-o", desk / "day.cer")
    assert call("one-day", "issue", seat / "one-day.csr", *issued) == 0
    accept = ("one-day", "accept", seat, desk / "day.cer", desk / "authority.cer", "--password-file")
    assert call(*accept, desk / "authority-pin") == 2  # another PIN: nothing is lost by it
    assert (seat / "one-day.key").exists()
    assert call(*accept, pin) == 0
    key = Pkcs12Key.open((seat / "one-day.p12").read_bytes(), PIN)
    assert key.certificate == (desk / "day.cer").read_bytes()
    assert not (seat / "one-day.key").exists()
    out = capsys.readouterr()
    assert PIN not in out.out + out.err


@pytest.mark.parametrize("junk", [b"", b"-----BEGIN CERTIFICATE REQUEST-----\n", bytes(100)])
def test_a_file_that_is_no_request_is_said_so(junk: bytes, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "junk.csr").write_bytes(junk)
    issued = ("--key", desk / "authority.p12", "--password-file", desk / "authority-pin", "-o", desk / "day.cer")
    assert call("one-day", "issue", desk / "junk.csr", *issued) == 2
    assert "申请文件" in capsys.readouterr().err
    assert not (desk / "day.cer").exists()


def test_a_second_request_leaves_the_first_key_alone(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    request = ("one-day", "request", desk / "seat", "--name", "陈志远", "--password-file", desk / "pin")
    assert call(*request) == 0
    before = [(desk / "seat" / name).read_bytes() for name in ("one-day.key", "one-day.csr")]
    assert call(*request) == 2
    assert "已存在" in capsys.readouterr().err
    assert [(desk / "seat" / name).read_bytes() for name in ("one-day.key", "one-day.csr")] == before


def test_a_key_without_a_pin_is_not_made(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("one-day", "request", desk / "seat", "--name", "陈志远", "--password-file", "/dev/null") == 2
    assert "口令不能为空" in capsys.readouterr().err
    assert not (desk / "seat" / "one-day.key").exists()


def test_a_persons_key_issues_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "person.p12").write_bytes(key_file("m1"))
    assert call("one-day", "request", desk / "seat", "--name", "陈志远", "--password-file", desk / "pin") == 0
    issued = ("--key", desk / "person.p12", "--password-file", desk / "authority-pin", "-o", desk / "day.cer")
    assert call("one-day", "issue", desk / "seat" / "one-day.csr", *issued) == 2
    assert "不是认证机构证书" in capsys.readouterr().err
    assert not (desk / "day.cer").exists()
