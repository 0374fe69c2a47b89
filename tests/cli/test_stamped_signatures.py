"""``sign --timestamps`` and ``verify``: a signature with its time stamp from a real authority over HTTP."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from evalclient.cli.dispatch import run_command
from evalclient.crypto.demo.pki import DemoPki
from tests.builders.openssl import openssl
from tests.builders.real_seats import Place
from tests.builders.time_authority import TimeAuthority, now, served


@cache
def authorities() -> DemoPki:
    return DemoPki.create("stamped signatures", now(), ("ec", "ec", "ec"))


def test_a_file_is_signed_with_a_time_stamp_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pki = authorities()
    authority = TimeAuthority(tmp_path, pki)
    (tmp_path / "key.p12").write_bytes(pki.authorities[2].issue("张文远", "评标专家", pin="1").p12)
    (tmp_path / "pin").write_text("1")
    note = tmp_path / "note.txt"
    note.write_text("说明", "utf-8")
    key = ["--key", str(tmp_path / "key.p12"), "--password-file", str(tmp_path / "pin")]
    with served(authority) as url:
        assert run_command(["sign", str(note), "--timestamps", url, *key]) == 0
    told = openssl(
        "cms", "-verify", "-cades", "-inform", "DER", "-binary", "-in", f"{note}.p7s", "-content", note,
        "-CAfile", authority.roots, "-purpose", "any",
    )  # fmt: skip
    assert told.decode() == "说明"
    capsys.readouterr()
    assert run_command(["verify", str(note), "--trust", str(authority.roots), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(one["kind"], one["holds"]) for one in answer["signatures"]] == [("signature", True), ("timestamp", True)]
    assert answer["signatures"][0]["proven_at"] == answer["signatures"][1]["at"]
    note.write_text("改动", "utf-8")
    assert run_command(["verify", str(note), "--trust", str(authority.roots)]) == 1


def test_without_an_authority_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pki = authorities()
    (tmp_path / "key.p12").write_bytes(pki.authorities[2].issue("张文远", "评标专家", pin="1").p12)
    (tmp_path / "pin").write_text("1")
    (tmp_path / "note.txt").write_text("说明", "utf-8")
    key = ["--key", str(tmp_path / "key.p12"), "--password-file", str(tmp_path / "pin")]
    assert run_command(["sign", str(tmp_path / "note.txt"), "--timestamps", "http://127.0.0.1:1/", *key]) != 0
    assert "时间戳服务机构" in capsys.readouterr().err
    assert not (tmp_path / "note.txt.p7s").exists()


def test_before_the_end_there_is_nothing_to_stamp(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    home = place.home("organiser", "stamps")
    there = ["--tender", str(place.announcement), "--centre", place.process.url, "--store", str(home)]
    key = ["--key", str(home / "key.p12"), "--password-file", str(home / "pin")]
    assert run_command(["timestamp", *there, *key, "--timestamps", "http://127.0.0.1:1/"]) == 1
    told = capsys.readouterr()
    assert "评标尚未结束" in told.out + told.err
