"""Bad input at the command line: one sentence in each language, an exit code, no traceback, no secret, nothing lost."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.records.acts_bids import COMPARTMENTS, Compartment
from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import SourceDocument, TenderKeys, write_package
from evalclient.crypto.demo_pki import DemoPki
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import dump_genesis
from evalclient.desk.places import bidder_place
from evalclient.desk.seat import STORE_FILE, Seat
from tests.builders.centre import PIN, CentreProcess, key_of
from tests.builders.real_seats import SECRET_PRICE, Place, TooLate, bids_in_time, genesis_for, key_file, key_with

BIDDER = "bidder-one"


@dataclass
class Booth:
    """A bidder with a sealed package, before he hands it in."""

    place: Place
    home: Path
    package: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    caplog: pytest.LogCaptureFixture

    def run(self, *arguments: str | Path, code: int) -> tuple[str, str]:
        """Run the command in Chinese and in English; what it says on standard error, checked for secrets."""
        said = []
        for language in ("zh_CN.UTF-8", "en_GB.UTF-8"):
            self.monkeypatch.setenv("LANG", language)
            self.capsys.readouterr()
            assert command([str(argument) for argument in arguments]) == code
            out = self.capsys.readouterr()
            self.require_no_secret(out.out + out.err + self.caplog.text)
            lines = [line for line in (out.err or out.out).splitlines() if line]
            assert len(lines) == 1, lines
            said.append(lines[0])
        assert any("一" <= sign <= "鿿" for sign in said[0])
        assert said[0] != said[1]
        return said[0], said[1]

    def require_no_secret(self, text: str) -> None:
        assert PIN not in text
        assert SECRET_PRICE not in text
        key = key_with((self.home / "key.p12").read_bytes())
        number = key._private.private_numbers().private_value  # type: ignore[union-attr]
        assert f"{number:x}" not in text
        assert str(number) not in text

    def key(self, home: Path | None = None) -> list[str | Path]:
        own = home or self.home
        return ["--key", own / "key.p12", "--password-file", own / "pin"]

    def there(self, home: Path | None = None, url: str = "") -> list[str | Path]:
        """The options of a command that works at the centre."""
        own = home or self.home
        return ["--tender", self.place.announcement, "--centre", url or self.place.process.url,
                "--store", own, *self.key(home)]  # fmt: skip

    def submit(self, *, url: str = "", package: Path | None = None, code: int = 2) -> tuple[str, str]:
        return self.run("submit", package or self.package, *self.there(url=url), code=code)

    def kept(self) -> bytes:
        """The package that was sealed: no failure may take it away."""
        return self.package.read_bytes()


@pytest.fixture(scope="module")
def place(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(centre_process, tmp_path_factory.mktemp("tender"))


@pytest.fixture(scope="module")
def sealed(place: Place) -> bytes:
    home = place.home(BIDDER)
    package = home / "bid.asice"
    arguments = ["seal", place.bid_folder(), "--tender", place.announcement, "-o", package,
                 "--signer", home / "key.p12", "--password-file", home / "pin"]  # fmt: skip
    assert command([str(argument) for argument in arguments]) == 0
    return package.read_bytes()


@pytest.fixture
def booth(
    place: Place,
    sealed: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Booth:
    caplog.set_level(logging.DEBUG, logger="evalclient")
    home = tmp_path / "booth"
    home.mkdir()
    (home / "key.p12").write_bytes(key_file(BIDDER))
    (home / "pin").write_text(PIN, "utf-8")
    package = home / "bid.asice"
    package.write_bytes(sealed)
    return Booth(place, home, package, monkeypatch, capsys, caplog)


# -- key and certificate ---------------------------------------------------------------------------------------------


def foreign_key() -> bytes:
    stranger = DemoPki.create("nobody knows it", datetime(2026, 11, 1, tzinfo=UTC)).authorities[1]
    return stranger.issue(BIDDER, "测试单位", pin=PIN).p12


@pytest.mark.parametrize(
    ("key", "pin", "zh", "en"),
    [
        (lambda: key_file(BIDDER), b"not-the-pin-77", "口令不正确，请核对", "PIN of the key file is wrong; check it"),
        (lambda: key_file(BIDDER), b"\xff\xfe\x00", "不是 UTF-8 文本", "no UTF-8 text"),
        (lambda: key_file(BIDDER, expired=True), b"", "过期，请换用有效的证书", "expired on"),
        (foreign_key, b"", "请换用认可机构的证书", "use a certificate of one that is"),
        (lambda: b"no key file", b"", "请选择正确的文件", "choose the right one"),
    ],
    ids=["wrong PIN", "PIN file of bytes", "expired", "unknown authority", "no key file"],
)
@pytest.mark.parametrize("verb", ["seal", "submit", "release-key"])
def test_keys_and_certificates(booth: Booth, key: Callable[[], bytes], pin: bytes, zh: str, en: str, verb: str) -> None:
    bad = booth.home / "bad"
    bad.mkdir()
    (bad / "key.p12").write_bytes(key())
    (bad / "pin").write_bytes(pin or PIN.encode())
    before = booth.kept()
    if verb == "seal":
        where: list[str | Path] = ["--tender", booth.place.announcement, "-o", booth.package]
        arguments: list[str | Path] = ["seal", booth.place.bid_folder(), *where, "--signer", *booth.key(bad)[1:]]
    else:
        # handing in compares the certificate with the seal's first: what is wrong there is the certificate as well
        arguments = [verb, *([booth.package] if verb == "submit" else []), *booth.there(bad)]
    if verb == "submit" and zh.startswith(("过期", "请换用")):
        zh, en = "由另一份证书封装", "sealed with another certificate"
    said = booth.run(*arguments, code=2)
    assert zh in said[0]
    assert en in said[1]
    assert booth.kept() == before
    assert not list(booth.home.glob("*.part"))


# -- packages --------------------------------------------------------------------------------------------------------


def flipped(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("harm", "zh", "en"),
    [
        (flipped, "请", "damaged"),
        (lambda data: data[: len(data) * 2 // 3], "不完整", "incomplete"),
        (lambda _: b"PK\x03\x04 nonsense", "请", ""),
        (lambda _: b"", "请", ""),
    ],
    ids=["one flipped byte", "truncated", "nonsense", "empty"],
)
def test_packages(booth: Booth, harm: Callable[[bytes], bytes], zh: str, en: str) -> None:
    whole = booth.kept()
    booth.package.write_bytes(harm(whole))
    checked = booth.run("check", booth.package, code=1)
    handed = booth.submit()
    assert zh in checked[0]
    assert en in checked[1]
    assert handed == checked
    assert booth.kept() == harm(whole), "the file is left as it is"
    assert not (booth.home / STORE_FILE).exists(), "nothing was begun"
    booth.package.write_bytes(whole)
    booth.run("check", booth.package, code=0)


def test_a_package_for_another_tender(booth: Booth, centre_process: CentreProcess, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(dump_genesis(genesis_for(centre_process.log_key, 2.0)))
    elsewhere = tmp_path / "elsewhere.asice"
    assert command([str(one) for one in ("seal", booth.place.bid_folder(), "--tender", other, "-o", elsewhere,
                                         "--signer", *booth.key()[1:])]) == 0  # fmt: skip
    said = booth.submit(package=elsewhere)
    assert "为另一个项目封装" in said[0]
    assert "sealed for another tender; seal it again" in said[1]
    assert elsewhere.exists()


def test_packages_that_give_a_custodian_no_share_do_not_hold_up_the_others(
    booth: Booth, centre_process: CentreProcess, tmp_path: Path
) -> None:
    """One bid is sealed for other custodians, one comes truncated, one is right: the right one gets its share."""
    bids: dict[str, Path] = {}

    def hand_in(place: Place) -> None:
        for name in ("right", "truncated", "foreign"):
            home = place.home(name)
            bids[name] = home / "bid.asice"
            package = sealed_for_others(place, home) if name == "foreign" else sealed_by(place, home)
            bids[name].write_bytes(package)
            if command([str(one) for one in ("submit", bids[name], *options(place, home))]) != 0:
                raise TooLate

    place = bids_in_time(centre_process, tmp_path, hand_in)
    (blob,) = (centre_process.data / "blobs" / place.fingerprint).glob(digest(bids["truncated"].read_bytes()))
    whole = blob.read_bytes()
    blob.write_bytes(whole[: len(whole) // 2])
    custodian = place.home("custodian-agency")
    booth.capsys.readouterr()
    booth.monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert command([str(one) for one in ("release-key", "--wait", *options(place, custodian))]) == 1
    told = booth.capsys.readouterr()
    assert "已提交 1 份解密份额" in told.out
    problems = told.err.splitlines()
    assert len(problems) == 2
    assert any("不是该投标文件的解密人" in one and digest(bids["foreign"].read_bytes())[:16] in one for one in problems)
    assert any("摘要不符" in one and digest(bids["truncated"].read_bytes())[:16] in one for one in problems)
    booth.require_no_secret(told.out + told.err + booth.caplog.text)
    blob.write_bytes(whole)
    booth.monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert command([str(one) for one in ("release-key", *options(place, custodian))]) == 1
    told = booth.capsys.readouterr()
    assert "1 key shares released" in told.out, "the one that came whole this time"
    assert told.err.count("\n") == 1
    assert "holds no share of this package" in told.err


def options(place: Place, home: Path) -> list[str | Path]:
    return ["--tender", place.announcement, "--centre", place.process.url, "--store", home,
            "--key", home / "key.p12", "--password-file", home / "pin"]  # fmt: skip


def sealed_by(place: Place, home: Path) -> bytes:
    package = home / "sealed.asice"
    arguments = ["seal", place.bid_folder(f"bid of {home.name}"), "--tender", place.announcement, "-o", package,
                 "--signer", home / "key.p12", "--password-file", home / "pin"]  # fmt: skip
    assert command([str(one) for one in arguments]) == 0
    return package.read_bytes()


def sealed_for_others(place: Place, home: Path) -> bytes:
    """A package for this tender whose shares went to people who are not its custodians."""
    others = (key_of("recovery-one").certificate, key_of("m1").certificate)
    keys = TenderKeys(place.fingerprint, others, 2, True)
    file = io.BytesIO()
    folder = place.bid_folder("foreign")
    documents = [
        SourceDocument(compartment=name, name=f"{name}.pdf", title=name, media_type="application/pdf",
                       path=folder / f"{name}.pdf", links={})
        for name in COMPARTMENTS if (folder / f"{name}.pdf").exists()
    ]  # fmt: skip
    quote: dict[Compartment, dict[str, str]] = {"identity": {"name": "foreign"}, "price": {"price": "1"}}
    at = datetime.fromisoformat(SystemClock().now())
    write_package(file, documents, quote, keys, key_of(home.name), None, at=at)
    return file.getvalue()


# -- centre and store ------------------------------------------------------------------------------------------------


def test_a_closed_centre(booth: Booth) -> None:
    said = booth.submit(url="http://127.0.0.1:9")
    assert "无法连接评标中心" in said[0]
    assert "cannot be reached" in said[1]
    seat = opened(booth)
    assert len(seat.log.outbox()) == 1, "the session waits in the outbox and is not made twice"
    seat.close()
    booth.submit(code=0)


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
