"""Bad keys, certificates and packages at the command line: one sentence, an exit code, no traceback, nothing lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.records.acts_bids import COMPARTMENTS, Compartment
from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import SourceDocument, TenderKeys, write_package
from evalclient.crypto.demo.pki import DemoPki
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import dump_genesis
from evalclient.desk.seat import STORE_FILE
from tests.builders.centre import PIN, CentreProcess, key_of
from tests.builders.real_seats import Place, TooLate, bids_in_time, genesis_for, key_file
from tests.cli.booth import BIDDER, Booth, flipped
from tests.cli.closing import Closing

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
        where: list[str | Path] = ["--tender", booth.place.announcement, "-o", booth.home / "new.asice"]
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
    assert not list(booth.home.glob("new.asice*"))


def test_sealing_writes_over_nothing(booth: Booth) -> None:
    before = booth.kept()
    where: list[str | Path] = ["--tender", booth.place.announcement, "-o", booth.package]
    said = booth.run("seal", booth.place.bid_folder(), *where, "--signer", *booth.key()[1:], code=2)
    assert "不会覆盖" in said[0]
    assert "is not written over" in said[1]
    assert booth.kept() == before
    assert {path.name for path in booth.home.iterdir()} == {"bid.asice", "key.p12", "pin"}
    assert not list(booth.home.glob("*.part"))


# -- packages --------------------------------------------------------------------------------------------------------


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
    assert "Key shares released: 1" in told.out, "the one that came whole this time"
    assert told.err.count("\n") == 1
    assert "holds no share of this package" in told.err


@pytest.mark.parametrize("answered", [False, True], ids=["before the share", "before the receipt"])
def test_shares_that_wait_for_the_centre_are_counted_when_they_go_out(
    booth: Booth, centre_process: CentreProcess, tmp_path: Path, answered: bool
) -> None:
    def hand_in(place: Place) -> None:
        for name in ("first", "second", "third"):
            home = place.home(name)
            (home / "bid.asice").write_bytes(sealed_by(place, home))
            if command([str(one) for one in ("submit", home / "bid.asice", *options(place, home))]) != 0:
                raise TooLate

    place = bids_in_time(centre_process, tmp_path, hand_in)
    arguments = ["release-key", "--wait", *options(place, place.home("custodian-agency"))]
    booth.monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    booth.capsys.readouterr()
    with Closing(place.process.url, b"/records HTTP", 2, answered=answered) as door:
        away = [door.url if one == place.process.url else one for one in arguments]
        assert command([str(one) for one in away]) == 2
    told = booth.capsys.readouterr()
    heading, *to_sign = told.out.splitlines()
    assert heading == "将逐条签名 3 条记录："
    assert ["提交解密份额" in line for line in to_sign] == [True] * 3
    assert "已提交" not in told.out
    assert told.err == (
        "无法连接评标中心，评标中心是否收到解密份额未得到确认，不能视为已提交；请检查网络或中心地址后重新执行本命令。\n"
    )
    assert command([str(one) for one in arguments]) == 0
    assert booth.capsys.readouterr().out == "已提交 3 份解密份额。\n"
    organiser = place.sit("organiser")
    bids = organiser.desk.logged.bids.values()
    assert ["custodian-agency" in bid.shares for bid in bids] == [True, True, True]
    organiser.close()


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
