"""A closed centre, other stores and wrong files at the command line: one sentence, no traceback, nothing lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.records.envelope import digest
from evalclient.desk.clock import SystemClock
from evalclient.desk.places import bidder_place
from evalclient.desk.seat import STORE_FILE, Seat
from tests.builders.centre import CentreProcess, key_of
from tests.builders.real_seats import genesis_for
from tests.cli.booth import BIDDER, Booth, flipped
from tests.cli.closing import Closing

# -- centre and store ------------------------------------------------------------------------------------------------


def test_a_closed_centre(booth: Booth) -> None:
    assert booth.submit(url="http://127.0.0.1:9") == (
        "无法连接评标中心，投标文件尚未递交；请检查网络或中心地址后重新执行本命令。",
        "The centre cannot be reached; the bid has not been handed in. Check the network or the address of the centre,"
        " then run this command again.",
    )
    seat = opened(booth)
    assert len(seat.log.outbox()) == 1, "the session waits in the outbox and is not made twice"
    seat.close()
    booth.submit(code=0)


NOT_HANDED_IN = ("投标文件尚未递交", "the bid has not been handed in")
UNCONFIRMED = (
    "评标中心是否收到投标文件未得到确认，不能视为已递交",
    "whether it has the bid is not confirmed, so do not take it as handed in",
)


@pytest.mark.parametrize(
    ("marker", "count", "answered", "clauses"),
    [
        (b"/records HTTP", 1, False, NOT_HANDED_IN),
        (b"PUT /", 1, False, NOT_HANDED_IN),
        (b"/records HTTP", 2, False, UNCONFIRMED),
        (b"/records HTTP", 2, True, UNCONFIRMED),
    ],
    ids=["before the session", "before the package", "before the bid", "before the receipt"],
)
@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_a_centre_that_goes_away_while_a_bid_is_handed_in(
    booth: Booth, marker: bytes, count: int, answered: bool, clauses: tuple[str, str], language: str
) -> None:
    booth.reseal()
    booth.monkeypatch.setenv("LANG", language)
    with Closing(booth.place.process.url, marker, count, answered=answered) as door:
        arguments = ["submit", booth.package, *booth.there(url=door.url)]
        assert command([str(argument) for argument in arguments]) == 2
    told = booth.capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert clauses[language.startswith("en")] in told.err
    # A record that waits goes out when the person comes back, and at a closed centre nobody knows.
    said = booth.submit(url="http://127.0.0.1:9")
    assert clauses[0] in said[0]
    assert clauses[1] in said[1]
    booth.submit(code=0)
    organiser = booth.place.sit("organiser")
    bidder = bidder_place(booth.place.genesis, key_of(BIDDER).certificate)
    assert organiser.desk.logged.bids[bidder].package == digest(booth.kept())
    organiser.close()


def test_shares_and_archive_at_a_closed_centre(booth: Booth, tmp_path: Path) -> None:
    closed = booth.there(url="http://127.0.0.1:9")
    again = "；请检查网络或中心地址后重新执行本命令。"
    repeat = " Check the network or the address of the centre, then run this command again."
    assert booth.run("release-key", *closed, code=2) == (
        f"无法连接评标中心，评标中心是否收到解密份额未得到确认，不能视为已提交{again}",
        "The centre cannot be reached; whether it has the key shares is not confirmed, so do not take them as released."
        + repeat,
    )
    assert booth.run("export", *closed, "-o", tmp_path / "archive.zip", code=2) == (
        f"无法连接评标中心，导出未完成{again}",
        f"The centre cannot be reached; the export is not complete.{repeat}",
    )
    assert not list(tmp_path.glob("archive*"))


ADDRESSES = ("nonsense", "", "ftp://centre", "http://", "https://centre:port", "http://centre:70000", "http://[::1")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["submit", "release-key", "export", "publish", "app"])
def test_an_address_that_is_no_url(booth: Booth, name: str, address: str) -> None:
    """It is named before anything else is looked at."""
    assert booth.run(name, "--centre", address, code=2) == (
        f"评标中心地址“{address}”不是网址，请核对 --centre，形如 https://中心域名:端口。",
        f"The address of the centre, “{address}”, is no URL; check --centre, for example https://centre.example:8443.",
    )


def test_a_second_client_on_the_same_store(booth: Booth) -> None:
    seat = opened(booth)
    said = booth.submit()
    seat.close()
    assert "另一个客户端" in said[0]
    assert "close that client first" in said[1]
    booth.submit(code=0)


def test_the_store_of_another_evaluation(booth: Booth, centre_process: CentreProcess) -> None:
    other = genesis_for(centre_process.log_key, 3.0)
    Seat(booth.home, booth.place.process.url, other, "m1", SystemClock()).close()
    before = (booth.home / STORE_FILE).read_bytes()
    said = booth.run("submit", booth.package, *booth.there(), "--set-aside", code=2)
    assert "另一个评标项目" in said[0]
    assert "another evaluation" in said[1]
    assert (booth.home / STORE_FILE).read_bytes() == before, "a sound store is never set aside"


def test_a_damaged_store_and_the_way_out(booth: Booth) -> None:
    booth.submit(code=0)
    store = booth.home / STORE_FILE
    damaged = flipped(store.read_bytes())
    store.write_bytes(damaged)
    said = booth.submit()
    assert "--set-aside" in said[0]
    assert "请勿删除" in said[0]
    assert "do not delete it" in said[1]
    assert store.read_bytes() == damaged, "without --set-aside it is left as it is"
    again = [*booth.there(), "--set-aside"]
    booth.monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert command([str(one) for one in ("release-key", *again)]) == 2, "before the deadline"
    assert (booth.home / "damaged-1" / STORE_FILE).read_bytes() == damaged
    told = booth.capsys.readouterr()
    assert "damaged-1" in told.out
    assert "deadline" in told.err
    seat = opened(booth)
    organiser = booth.place.sit("organiser")
    assert organiser.desk.logged.bids[seat.desk.person].package == digest(booth.kept()), "the bid stands all the same"
    organiser.close()
    assert seat.shelf.path(digest(booth.kept())) is not None, "and the package never left the shelf"
    seat.close()


def opened(booth: Booth) -> Seat:
    place = booth.place
    person = bidder_place(place.genesis, key_of(BIDDER).certificate)
    return Seat(booth.home, place.process.url, place.genesis, person, SystemClock())


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["key.p12", "pin", "bid.asice", "announcement"])
def test_files_that_are_not_there(booth: Booth, missing: str, tmp_path: Path) -> None:
    if missing == "announcement":
        gone = tmp_path / "gone.json"
        arguments = [gone if one == booth.place.announcement else one for one in booth.there()]
    else:
        gone = booth.home / missing
        gone.unlink()
        arguments = booth.there()
    booth.monkeypatch.setattr(Booth, "require_no_secret", lambda *_: None) if missing == "key.p12" else None
    said = booth.run("submit", booth.package, *arguments, code=2)
    assert str(gone) in said[0]
    assert "请核对路径" in said[0]
    assert "check path" in said[1]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00", b"[" * 50_000, b'{"payload":"AA==","signature":"AA=="}'])
def test_an_announcement_that_is_none(booth: Booth, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(content)
    said = booth.run(
        "submit", booth.package, *[wrong if one == booth.place.announcement else one for one in booth.there()], code=2
    )
    assert "请从公告重新下载" in said[0]
    assert "download it again" in said[1]


def test_a_stranger_has_no_archive(booth: Booth, tmp_path: Path) -> None:
    said = booth.run("export", *booth.there(), "-o", tmp_path / "archive.zip", code=2)
    assert "尚未为该证书安排席位" in said[0]
    assert "no place in the evaluation" in said[1]
    assert not list(tmp_path.glob("archive*"))


SAMPLE = Path(__file__).parents[2] / "docs/sample"


def test_an_archive_with_one_changed_digit(booth: Booth, tmp_path: Path) -> None:
    """The digit stands in a record: the part and the record are named, in the reader's language."""
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(SAMPLE / "archive.zip") as whole, zipfile.ZipFile(archive, "w") as changed:
        name = next(one for one in whole.namelist() if one.endswith(".payload") and b"bid.submitted" in whole.read(one))
        for part in whole.namelist():
            content = whole.read(part)
            if part == name:
                at = content.index(b'"size":') + len(b'"size":')
                content = content[:at] + (b"8" if content[at : at + 1] != b"8" else b"7") + content[at + 1 :]
            changed.writestr(part, content)
    before = archive.read_bytes()
    fingerprint = (SAMPLE / "fingerprint.txt").read_text("utf-8").split()[0]
    for language, verdict in (("zh_CN.UTF-8", "不成立"), ("en_GB.UTF-8", "does not hold")):
        booth.monkeypatch.setenv("LANG", language)
        assert command(["verify", str(archive), "--genesis", fingerprint]) == 1
        told = booth.capsys.readouterr()
        assert Path(name).stem in told.out + told.err
        assert verdict in told.out + told.err
    assert archive.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_an_archive_that_is_none(booth: Booth, tmp_path: Path, content: bytes) -> None:
    archive = tmp_path / "archive.zip"
    archive.write_bytes(content)
    said = booth.run("verify", archive, code=2)
    assert "档案" in said[0]
    assert "archive" in said[1]


def test_a_window_is_not_opened_over_wrong_files(booth: Booth, tmp_path: Path) -> None:
    booth.monkeypatch.setattr("gc.disable", lambda: None)  # this process goes on after the command
    pin, toml = tmp_path / "pin", tmp_path / "evalclient.toml"
    pin.write_bytes(b"\xff\xfe")
    said = booth.run("app", "--password-file", pin, code=2)
    assert "不是 UTF-8 文本" in said[0]
    toml.write_text("scale = 'big'", "utf-8")
    said = booth.run("app", "--settings", toml, code=2)
    assert "请改正或删除后重新启动" in said[0]
    assert "correct or remove it" in said[1]
