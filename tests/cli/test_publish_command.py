"""``evalclient publish`` with what is wrong: each problem a sentence in both languages, nothing at the centre, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.tender import load_tender
from evalclient.desk.founding import load_genesis
from evalclient.sync.register import Register
from tests.builders.centre import PIN, CentreProcess
from tests.builders.real_seats import genesis_for, key_file
from tests.builders.tender_folders import write_tender_folder


class Bureau:
    """An organiser at his command line."""

    def __init__(self, process: CentreProcess, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.process, self.home, self.capsys = process, home, capsys
        self.folder = write_tender_folder(home / "tender", genesis_for(process.log_key).documents)
        self.announcement = home / "genesis.json"
        (home / "key.p12").write_bytes(key_file("organiser"))
        (home / "pin").write_text(PIN, "utf-8")

    def publish(self, *, code: int, centre: str = "") -> list[str]:
        """The lines on standard error."""
        self.capsys.readouterr()
        arguments = ["publish", self.folder, "--centre", centre or self.process.url, "--store", self.home / "store",
                     "--key", self.home / "key.p12", "--password-file", self.home / "pin", "-o", self.announcement]  # fmt: skip
        assert command([str(argument) for argument in arguments]) == code
        return self.capsys.readouterr().err.splitlines()

    def listed(self) -> int:
        """How many evaluations the centre has whose bids are due when this folder's are."""
        register = Register(self.process.url)
        due = load_tender((self.folder / "tender.json").read_bytes()).deadline
        count = sum(line.deadline == due for line in register.evaluations())
        register.close()
        return count


@pytest.fixture
def bureau(
    centre_process: CentreProcess,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Bureau:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    return Bureau(centre_process, tmp_path, capsys)


def test_every_problem_is_a_line_and_nothing_is_published(bureau: Bureau) -> None:
    (bureau.folder / "roots" / "root-2").write_bytes(b"")
    (bureau.folder / "method.json").unlink()
    lines = bureau.publish(code=2)
    assert len(lines) == 2
    assert any(line.startswith("roots/root-2：") for line in lines)
    assert any("method.json 无法读取" in line for line in lines)
    assert not bureau.announcement.exists()
    assert bureau.listed() == 0


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_a_wrong_pin_and_a_closed_centre_are_a_line_and_it_can_be_done_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("LANG", language)
    (bureau.home / "pin").write_text("not-the-pin-77", "utf-8")
    (line,) = bureau.publish(code=2)
    assert ("口令不正确" if language.startswith("zh") else "PIN of the key file is wrong") in line
    (bureau.home / "pin").write_text(PIN, "utf-8")
    (line,) = bureau.publish(code=2, centre="http://127.0.0.1:9")
    assert line == (
        "无法连接评标中心，项目发布未完成；请检查网络或中心地址后重新执行本命令。"
        if language.startswith("zh")
        else "The centre cannot be reached; the evaluation is not published completely. Check the network or the address"
        " of the centre, then run this command again."
    )
    assert bureau.listed() == 0
    assert bureau.publish(code=0) == []
    assert bureau.listed() == 1


def test_a_tender_is_published_once(bureau: Bureau) -> None:
    assert bureau.publish(code=0) == []
    first = bureau.announcement.read_bytes()
    load_genesis(first)
    (line,) = bureau.publish(code=2)
    assert "不能重复发布" in line
    assert bureau.announcement.read_bytes() == first
    assert bureau.listed() == 1
