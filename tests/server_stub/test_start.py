"""What the centre is started with may be wrong: one sentence and exit code 2, no traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from server_stub.keys import KEY_FILE
from tests.builders.centre import authorities


def started(*arguments: str | Path, language: str) -> str:
    """What the centre says on standard error when it does not start."""
    environment = {**os.environ, "LANG": language}
    command = [sys.executable, "-m", "server_stub", *(str(argument) for argument in arguments)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=60)
    assert ended.returncode == 2
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    return line


def roots(folder: Path) -> Path:
    folder.mkdir()
    (folder / "root.der").write_bytes(authorities().roots[1])
    return folder


def _missing(folder: Path) -> None:
    """Nothing is there."""


def _file(folder: Path) -> None:
    folder.write_bytes(b"")


def _holding(name: str, data: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        folder.mkdir()
        (folder / name).write_bytes(data)

    return write


@pytest.mark.parametrize(
    ("make", "zh", "en"),
    [
        (_missing, "无法读取，请核对 --roots", "cannot be read (No such file or directory); check --roots"),
        (_file, "无法读取，请核对 --roots", "cannot be read (Not a directory); check --roots"),
        (_holding("README.txt", b""), "没有证书", "nobody could found an evaluation"),
        (_holding("a.der", b"junk"), "有文件不是证书", "is no certificate"),
        (_holding("a.pem", b"-----BEGIN CERTIFICATE-----\njunk"), "有文件不是证书", "is no certificate"),
        (_holding("a.crl", b"junk"), "有文件不是证书", "is no certificate"),
    ],
    ids=["missing", "a file", "empty", "no DER", "no PEM", "no list"],
)
def test_roots_that_are_none(tmp_path: Path, make: Callable[[Path], None], zh: str, en: str) -> None:
    make(tmp_path / "roots")
    arguments = ("--data", tmp_path / "data", "--roots", tmp_path / "roots")
    for language, words in (("zh_CN.UTF-8", zh), ("en_GB.UTF-8", en)):
        line = started(*arguments, language=language)
        assert words in line
        assert str(tmp_path / "roots") in line
    assert not (tmp_path / "data").exists()


def test_a_folder_and_a_key_that_cannot_be_used(tmp_path: Path) -> None:
    trusted = roots(tmp_path / "roots")
    (tmp_path / "data").write_bytes(b"")
    assert "请核对 --data" in started("--data", tmp_path / "data", "--roots", trusted, language="zh")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / KEY_FILE).write_bytes(b"short")
    assert "restore it from its backup" in started("--data", broken, "--roots", trusted, language="en")
    other = tmp_path / "other"
    other.mkdir()
    (other / "centre.db").write_bytes(b"no database, " * 100)
    assert "check --data" in started("--data", other, "--roots", trusted, language="en")


def test_an_address_that_is_taken_or_none(tmp_path: Path) -> None:
    arguments = ("--data", tmp_path / "data", "--roots", roots(tmp_path / "roots"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"不能在 127.0.0.1:{port} 上监听" in started(*arguments, "--port", port, language="zh")
    assert "check --host and --port" in started(*arguments, "--port", "70000", language="en")
    assert "check --host and --port" in started(*arguments, "--host", "no.such.host.invalid", language="en")
