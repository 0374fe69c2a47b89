"""What cannot be played is refused in one sentence, before anything is started or written."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.__main__ import main as command

LANGUAGES = ("zh_CN.UTF-8", "en_GB.UTF-8")


def refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, *arguments: str) -> str:
    monkeypatch.setenv("LANG", language)
    assert command(["demo", "--no-windows", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    return line


@pytest.mark.parametrize("size", ["abc", "-5", "0", "2001", "20.5", "20MB", "２０", "9" * 5000])
def test_a_size_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setenv("SIZE", size)
    out = tmp_path / "out"
    told = [refused(capsys, monkeypatch, language, "--out", str(out)) for language in LANGUAGES]
    assert told == [
        f"投标文件总大小“{size}”无效，请把 SIZE 改为 1 至 2000 的整数（单位 MB）。",
        f"“{size}” is no size for the bids; set SIZE to a whole number of megabytes from 1 to 2000.",
    ]
    assert not out.exists()


@pytest.mark.parametrize("bidders", ["0", "2", "21", "100", "-3", "six", ""])
def test_a_number_of_bidders_that_cannot_be_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bidders: str
) -> None:
    out = tmp_path / "out"
    asked = (f"--bidders={bidders}", "--out", str(out))
    assert [refused(capsys, monkeypatch, language, *asked) for language in LANGUAGES] == [
        f"投标人数“{bidders}”无效，请把 BIDDERS（--bidders）改为 3 至 20 的整数。",
        f"“{bidders}” bidders cannot be played; set BIDDERS (--bidders) to a whole number from 3 to 20.",
    ]
    assert not out.exists()


@pytest.mark.parametrize("left", ["authorities", "people"])
def test_a_folder_that_holds_a_demo_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    (tmp_path / left).mkdir()
    assert [refused(capsys, monkeypatch, language, "--out", str(tmp_path)) for language in LANGUAGES] == [
        f"文件夹 {tmp_path} 已有一次演示，请换 OUT（--out）或先删除。",
        f"The folder {tmp_path} holds a demo already; choose another with OUT (--out) or delete it first.",
    ]
    assert [path.name for path in tmp_path.iterdir()] == [left]


def test_what_stands_in_the_way_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "out"
    there.write_bytes(b"")
    for language, why in zip(LANGUAGES, ("不是文件夹", "Not a directory"), strict=True):
        assert why in refused(capsys, monkeypatch, language, "--out", str(there))
    stray = tmp_path / "other" / "announcement"
    stray.mkdir(parents=True)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert command(["demo", "--no-windows", "--out", str(stray.parent)]) == 2
    told = capsys.readouterr().err
    assert told == f"文件或文件夹 {stray} 无法读写（已存在），请核对路径、权限和磁盘空间后重试。\n"
