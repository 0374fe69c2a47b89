"""What every command shares: progress for a terminal alone, keys on tokens, and the page that describes them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import psutil
import pytest

from evalclient.__main__ import main as command
from evalclient.cli.console import meter
from evalclient.cli.dispatch import COMMANDS, run_command
from evalclient.crypto.keys import called
from evalclient.desk.founding import dump_genesis
from tests.builders.centre import PIN, authorities
from tests.builders.real_seats import write_bid_folder
from tests.builders.soft_tokens import PIN as TOKEN_PIN
from tests.builders.soft_tokens import soft_token
from tests.cli.bidding import CUSTODIANS, Folder, tender_of_three

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_each_percentage_once_and_a_file_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, seen in ((Terminal(), "\r  0 %\r 50 %\r100 %\n"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stream)
        tell = meter(1000)
        for done in (0, 3, 500, 505, 1000, 1000):
            tell(done)
        assert stream.getvalue() == seen


def test_the_page_of_commands_names_every_one() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in COMMANDS if name != "app" and f"`{name}" not in page] == []


def test_a_key_on_a_token_seals_signs_and_opens_and_the_token_is_given_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bidder = authorities().authorities[1].issue("bidder-one", "测试单位", pin=PIN)
    token = soft_token(tmp_path / "token", "bidder", [bidder], PIN, [authorities().authorities[1].intermediate_der])
    monkeypatch.setenv("SOFTHSM2_CONF", str(token.configuration))
    bench = Folder(tmp_path, capsys, monkeypatch)
    (tmp_path / "tender.json").write_bytes(dump_genesis(tender_of_three()))
    (tmp_path / "token.pin").write_text(TOKEN_PIN, "utf-8")
    own: list[str | Path] = ["--password-file", tmp_path / "token.pin"]
    package = tmp_path / "bid.asice"
    folder = write_bid_folder(tmp_path / "bid")
    bench.run("seal", folder, "--tender", tmp_path / "tender.json", "-o", package, "--signer", token.address(), *own)
    custodians = bench.keys(*CUSTODIANS[:2])[:-2]
    pins: list[str | Path] = [*own, "--password-file", tmp_path / "pin", "--password-file", tmp_path / "pin"]
    told = bench.run("open", package, "--key", token.address(), *custodians, *pins)
    assert "technical/technical.pdf" in told
    bench.run("sign", tmp_path / "tender.json", "--key", token.address(), *own)
    verified = bench.json("verify", tmp_path / "tender.json.p7s", "--tender", tmp_path / "tender.json")
    assert verified["signatures"][0]["who"] == "bidder-one"
    (tmp_path / "token.pin").write_text("0000", "utf-8")
    assert "PIN" in bench.run("sign", package, "--key", token.address(), *own, code=2)
    assert [one for one in psutil.Process().children(recursive=True) if "--token" in one.cmdline()] == []


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("pkcs11:token=A%20B;id=%01?module-path=/x.so", "A B"),
        ("skf:device=usb", "usb"),
        ("https://me:secret-1@sign.example/card?pin=secret-2", "sign.example"),
        ("/somewhere/li.p12", "li.p12"),
    ],
)
def test_whose_pin_is_asked_for_says_a_name_and_no_secret(address: str, name: str) -> None:
    assert called(address) == name


@pytest.mark.parametrize("address", ["pkcs11:token=a?pin-value=123456", "ftp:x?123456"])
def test_an_address_that_is_refused_is_refused_before_a_pin_is_asked_for(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("getpass.getpass", asked.append)
    (tmp_path / "text").write_text("text")
    assert run_command(["sign", str(tmp_path / "text"), "--key", address]) == 2
    said = capsys.readouterr()
    assert asked == []
    assert "123456" not in said.out + said.err


@pytest.mark.parametrize(
    "words", [["verify", "--json"], ["verify", "x", "--unheard", "--json"], ["open", "x", "--json", "--key"]]
)
def test_wrong_words_are_answered_in_json_where_it_is_asked_for(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command(words)
    told = capsys.readouterr()
    assert ended.value.code == 2
    answer = json.loads(told.out)
    assert answer["exit"] == 2
    assert answer["error"]["kind"] == "CommandWrong"
    assert answer["error"]["en"].partition(": ")[2] in told.err


def test_a_word_that_is_refused_while_it_is_read_is_answered_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["verify", "x", "--genesis", "12", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "FingerprintRefused"


def test_wrong_words_alone_put_nothing_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command(["verify"])
    assert capsys.readouterr().out == ""
