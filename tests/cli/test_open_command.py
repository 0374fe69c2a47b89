"""Sealing, opening and signing at the command line: what goes in comes out, for who has enough keys and for nobody else."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from evalclient.core.records.envelope import digest
from evalclient.crypto.cms import verify_detached
from evalclient.desk.founding import dump_genesis
from tests.builders.centre import PIN, key_of
from tests.builders.openssl import openssl, pem_file, pem_pair
from tests.builders.real_seats import key_file
from tests.builders.samples_pdf import small_pdf
from tests.cli.bidding import CUSTODIANS, Folder, tender_of_three

BID = """
[quote.identity]
name = "甲公司"
[quote.price]
price = "1234567"
"""
TABLE = "项目,单价\n路基,100\n" * 300_000


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bid in sub-folders named after compartments, and its tender."""
    home = tmp_path_factory.mktemp("bid")
    for name, content in {
        "identity/letter.pdf": small_pdf("letter"),
        "technical/plan.pdf": small_pdf("plan"),
        "technical/quantities.csv": TABLE.encode(),
        "price/plan.pdf": small_pdf("price"),
        "forgotten.pdf": small_pdf("forgotten"),
    }.items():
        path = home / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (home / "documents" / "bid.toml").write_text(BID, "utf-8")
    (home / "tender.json").write_bytes(dump_genesis(tender_of_three()))
    return home


@pytest.fixture
def bench(sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    """With ``bid.asice`` sealed by bidder-one."""
    folder = Folder(tmp_path, capsys, monkeypatch)
    if not (sealed / "bid.asice").exists():
        key = folder.keys("bidder-one")
        arguments = ["seal", sealed / "documents", "--tender", sealed / "tender.json", "-o", sealed / "bid.asice", *key]
        answer = folder.json(*arguments)
        assert answer["left_out"] == ["forgotten.pdf"]
        assert [one["name"] for one in answer["documents"]] == ["letter.pdf", "plan.pdf", "quantities.csv", "plan.pdf"]
        assert "Author" in answer["documents"][0]["removed"]
        assert answer["documents"][2]["removed"] == []
    (tmp_path / "bid.asice").write_bytes((sealed / "bid.asice").read_bytes())
    return folder


@pytest.mark.parametrize("two", [CUSTODIANS[:2], CUSTODIANS[1:], CUSTODIANS[::2]])
def test_any_two_custodians_and_the_bidder_open_what_was_sealed(
    bench: Folder, sealed: Path, two: tuple[str, ...]
) -> None:
    keys = bench.keys("bidder-one", *two)
    listed = bench.json("open", bench.home / "bid.asice", *keys, "--list")
    assert listed["signer"] == "bidder-one"
    assert listed["quotes"]["price"] == {"price": "1234567"}
    assert [(one["path"], one["media_type"]) for one in listed["documents"]] == [
        ("identity/letter.pdf", "application/pdf"),
        ("technical/plan.pdf", "application/pdf"),
        ("technical/quantities.csv", "text/csv"),
        ("price/plan.pdf", "application/pdf"),
    ]
    out = bench.home / "out"
    bench.run("open", bench.home / "bid.asice", *keys, "--all", out)
    written = {str(path.relative_to(out)): path for path in out.rglob("*") if path.is_file()}
    assert set(written) == {one["path"] for one in listed["documents"]}
    assert written["technical/quantities.csv"].read_bytes() == TABLE.encode()
    for path in (*written.values(), out, out / "price"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, "for the person alone"
    for name in ("technical/plan.pdf", "price/plan.pdf"):
        assert written[name].read_bytes() != (sealed / "documents" / name).read_bytes()
        assert b"anonymous" not in written[name].read_bytes(), "reportlab's author"


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (("bidder-one",), "here is the bidder; it takes 2 custodians' and the bidder's own"),
        (("bidder-one", "custodian-platform"), "here is custodian 2 and the bidder"),
        (CUSTODIANS, "here is custodian 1, 2, 3; it takes 2 custodians' and the bidder's own"),
        (("bidder-two", *CUSTODIANS), "Your certificate holds no share"),
    ],
)
def test_too_few_or_others_open_nothing(bench: Folder, people: tuple[str, ...], said: str) -> None:
    out = bench.home / "out"
    assert said in bench.run("open", bench.home / "bid.asice", *bench.keys(*people), "--all", out, code=1)
    assert not out.exists()
    error = bench.json("open", bench.home / "bid.asice", *bench.keys(*people), code=1)["error"]
    assert said in error["en"]
    assert error["kind"] in {"TooFewShares", "NotARecipient"}


def test_shares_travel_as_files_where_the_holders_sit_apart(bench: Folder) -> None:
    package = bench.home / "bid.asice"
    shares: list[str | Path] = []
    file = bench.home
    for person in CUSTODIANS[:2]:
        file = bench.home / f"{person}.share"
        told = bench.run("open", package, *bench.keys(person), "--save-share", file)
        assert "whoever has the file has them" in told
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        shares += ["--share", file]
    by_openssl = bench.home / "custodian-platform.openssl"
    with zipfile.ZipFile(package) as parts:
        parts.extract("META-INF/keys.2.p7m", bench.home)
    certificate, private = pem_pair(bench.home, key_file(CUSTODIANS[1]), PIN)
    openssl("cms", "-decrypt", "-binary", "-inform", "DER", "-in", bench.home / "META-INF" / "keys.2.p7m",
            "-recip", certificate, "-inkey", private, "-out", by_openssl)  # fmt: skip
    assert by_openssl.read_bytes() == file.read_bytes(), "a saved share is what stock tools get, too"
    output = bench.home / "plan.pdf"
    bench.run("open", package, *bench.keys("bidder-one"), *shares, "--extract", "technical/plan.pdf", "-o", output)
    assert output.read_bytes().startswith(b"%PDF")
    forged = bench.home / "forged.share"
    forged.write_bytes(file.read_bytes().replace(b'":"0', b'":"f'))
    assert "no holder's of this package" in bench.run("open", package, "--share", forged, code=1)
    forged.write_bytes(b"nonsense")
    assert "no file of key shares" in bench.run("open", package, "--share", forged, code=1)


def test_nothing_is_written_over_and_a_name_is_asked_for(bench: Folder) -> None:
    package, keys = bench.home / "bid.asice", bench.keys("bidder-one", *CUSTODIANS)
    output = bench.home / "there.pdf"
    output.write_bytes(b"mine")
    said = bench.run("open", package, *keys, "--extract", "letter.pdf", "-o", output, code=2)
    assert "is not written over" in said
    assert output.read_bytes() == b"mine"
    said = bench.run("open", package, *keys, "--extract", "plan.pdf", "-o", bench.home / "x", code=2)
    assert "technical/plan.pdf, price/plan.pdf" in said
    assert "There is no “nothing”" in bench.run("open", package, *keys, "--extract", "nothing", "-o", "x", code=2)
    assert "no empty folder" in bench.run("open", package, *keys, "--all", bench.home, code=2)
    assert "together" in bench.run("open", package, *keys, "--extract", "plan.pdf", code=2)
    assert "Give a key" in bench.run("open", package, code=2)
    assert [path.name for path in bench.home.glob(".*")] == []


def test_an_archive_of_another_evaluation_opens_nothing(bench: Folder) -> None:
    package, keys = bench.home / "bid.asice", bench.keys("bidder-one")
    sample = Path(__file__).parents[2] / "docs" / "sample" / "archive.zip"
    assert "knows no such bid" in bench.run("open", package, *keys, "--archive", sample, code=1)
    assert "goes with one --key" in bench.run("open", package, "--archive", sample, "--share", sample, code=2)
    assert "cannot be read" in bench.run("open", package, *keys, "--archive", package, code=2)


def test_a_damaged_volume_leaves_no_file(bench: Folder) -> None:
    package = bench.home / "bid.asice"
    content = package.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        entry = next(one for one in parts.infolist() if one.file_size > 1 << 22)
    package.write_bytes(content[: entry.header_offset + 5000] + b"\x00\x01" + content[entry.header_offset + 5002 :])
    output = bench.home / "quantities.csv"
    keys = bench.keys("bidder-one", *CUSTODIANS)
    said = bench.run("open", package, *keys, "--extract", "quantities.csv", "-o", output, code=2)
    assert entry.filename in said
    assert not output.exists()
    assert list(bench.home.glob("*.part")) == []
    assert list(bench.home.glob(".*.part")) == []


def test_what_another_tool_encrypted_for_one_opens_with_one_key(bench: Folder, tmp_path: Path) -> None:
    certificate = pem_file(tmp_path / "to.pem", [key_of("bidder-one").certificate])
    source = tmp_path / "source"
    with zipfile.ZipFile(source, "w") as parts:
        parts.writestr("投标函/letter.txt", "敬启者")
    envelope = tmp_path / "envelope.p7m"
    for cipher, warned in (("-aes-256-gcm", False), ("-aes128", True)):
        openssl("cms", "-encrypt", "-binary", "-in", source, "-outform", "DER", "-out", envelope, cipher, certificate)
        told = bench.run("open", envelope, *bench.keys("bidder-one"))
        assert "投标函/letter.txt" in told
        assert ("without a check of integrity" in told) is warned
        output = tmp_path / f"letter{cipher}.txt"
        bench.run("open", envelope, *bench.keys("bidder-one"), "--extract", "letter.txt", "-o", output)
        assert output.read_text("utf-8") == "敬启者"
    assert "not encrypted for" in bench.run("open", envelope, *bench.keys("bidder-two"), code=1)
    assert "one --key" in bench.run("open", envelope, *bench.keys("bidder-one", "bidder-two"), code=2)


def test_a_member_that_is_damaged_at_its_end_leaves_nothing_behind(bench: Folder, tmp_path: Path) -> None:
    """Its check sum is known after its last block was written."""
    certificate = pem_file(tmp_path / "to.pem", [key_of("bidder-one").certificate])
    source, envelope, output = tmp_path / "source", tmp_path / "envelope.p7m", tmp_path / "out" / "large.bin"
    output.parent.mkdir()
    with zipfile.ZipFile(source, "w") as parts:
        parts.writestr("large.bin", os.urandom(3 << 20))
    content = bytearray(source.read_bytes())
    content[3 << 20] ^= 1
    source.write_bytes(content)
    openssl(
        "cms", "-encrypt", "-binary", "-in", source, "-outform", "DER", "-out", envelope, "-aes-256-gcm", certificate
    )
    assert "large.bin" in bench.run("open", envelope, *bench.keys("bidder-one"))
    told = bench.run("open", envelope, *bench.keys("bidder-one"), "--extract", "large.bin", "-o", output, code=2)
    assert "large.bin is damaged" in told
    assert list(output.parent.iterdir()) == []


def test_a_signature_lies_beside_its_file_and_openssl_checks_it(bench: Folder, tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("公告", "utf-8")
    answer = bench.json("sign", file, *bench.keys("bidder-one"))
    signature = tmp_path / "notice.txt.p7s"
    assert answer["signature"] == str(signature)
    signer = verify_detached(file.read_bytes(), signature.read_bytes())
    assert signer.certificate == key_of("bidder-one").certificate
    roots = pem_file(tmp_path / "chain.pem", signer.chain)
    checked = openssl("cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", file,
                      "-CAfile", roots, "-partial_chain", "-purpose", "any")  # fmt: skip
    assert checked == file.read_bytes()
    assert "is not written over" in bench.run("sign", file, *bench.keys("bidder-one"), code=2)


def test_a_seal_is_told_to_machines_as_the_records_name_it(bench: Folder) -> None:
    package = bench.home / "bid.asice"
    told = bench.json("check", package)
    assert told["digest"] == digest(package.read_bytes())
    assert told["signer"] == "bidder-one"
    assert sum(part["size"] for part in told["parts"]) < told["size"] == package.stat().st_size
    package.write_bytes(package.read_bytes()[:-30])
    assert bench.json("check", package, code=1)["error"]["kind"] == "PackageRefused"
    assert bench.json("check", bench.home / "nowhere", code=2)["error"]["kind"] == "FileUnusable"


@pytest.mark.parametrize(
    "name", ["报价\u202efdp.exe", "a\nb.pdf", "长" * 60 + ".pdf\x7f", "C:x", "con", "nul.pdf", " "]
)
def test_a_name_that_deceives_is_not_sealed(name: str, bench: Folder, sealed: Path) -> None:
    folder = bench.home / "documents"
    (folder / "technical").mkdir(parents=True)
    (folder / "technical" / name).write_bytes(small_pdf("plan"))
    (folder / "bid.toml").write_text(BID, "utf-8")
    arguments: list[str | Path] = ["seal", folder, "--tender", sealed / "tender.json", "-o", bench.home / "odd.asice"]
    assert "rename it" in bench.run(*arguments, *bench.keys("bidder-one"), code=2)
    assert not (bench.home / "odd.asice").exists()


#: one document of the list
LISTED = """
[[files]]
file = "plan.pdf"
compartment = "technical"
title = "技术方案"
"""


@pytest.mark.parametrize("link", ["file", "folder", "listed"])
def test_a_link_in_the_folder_is_not_followed(link: str, bench: Folder, sealed: Path, tmp_path: Path) -> None:
    """The bidder's own key file must not get into a bid by a link that somebody sent him with its documents."""
    folder, secret = bench.home / "documents", tmp_path / "elsewhere"
    folder.mkdir()
    secret.mkdir()
    (secret / "plan.pdf").write_bytes(small_pdf("secret"))
    listed = "" if link != "listed" else LISTED
    (folder / "bid.toml").write_text(BID + listed, "utf-8")
    if link == "folder":
        (folder / "technical").symlink_to(secret)
    elif link == "file":
        (folder / "technical").mkdir()
        (folder / "technical" / "plan.pdf").symlink_to(secret / "plan.pdf")
    else:
        (folder / "plan.pdf").symlink_to(secret / "plan.pdf")
    output = bench.home / "odd.asice"
    (bench.home / "way").symlink_to(folder)
    arguments: list[str | Path] = ["seal", bench.home / "way", "--tender", sealed / "tender.json", "-o", output]
    assert "is a link and no file" in bench.run(*arguments, *bench.keys("bidder-one"), code=2)
    assert not output.exists()
    for path in (folder / "technical", folder / "plan.pdf"):
        if path.is_symlink():
            path.unlink()
    (folder / "technical").mkdir(exist_ok=True)
    own = folder / ("plan.pdf" if link == "listed" else "technical/plan.pdf")
    own.unlink(missing_ok=True)
    own.write_bytes(small_pdf("plan"))
    bench.run(*arguments, *bench.keys("bidder-one"))
    assert output.exists(), "the way to the folder may be a link"


def test_a_command_that_is_told_to_end_leaves_nothing_decrypted(bench: Folder) -> None:
    """The signal comes when all of the document is written and it has no name yet."""
    keys = bench.keys("bidder-one", *CUSTODIANS)
    words = ["open", bench.home / "bid.asice", *keys, "--extract", "technical/plan.pdf", "-o", bench.home / "plan.pdf"]
    for number in (signal.SIGTERM, signal.SIGHUP):
        before = {path.name for path in bench.home.iterdir()}
        ended = (
            "import os, signal; from evalclient.__main__ import main\n"
            f"signal.signal({int(number)}, signal.SIG_DFL)  # a parent under nohup ignores one of them\n"
            f"os.fsync = lambda _: (print(len(list(os.scandir({str(bench.home)!r}))), flush=True), os.kill(os.getpid(), {int(number)}))\n"
            "raise SystemExit(main())"
        )
        done = subprocess.run(
            [sys.executable, "-c", ended, *map(str, words)], check=False, capture_output=True, text=True
        )
        assert done.stdout == f"{len(before) + 1}\n", "the half of a file was there"
        assert done.returncode == 128 + number
        assert done.stderr == ""
        assert {path.name for path in bench.home.iterdir()} == before


def test_many_documents_are_made_to_last_all_at_once(bench: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[object] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    monkeypatch.setattr(os, "sync", lambda: synced.append("all"))
    out = bench.home / "out"
    bench.run("open", bench.home / "bid.asice", *bench.keys("bidder-one", *CUSTODIANS), "--all", out)
    assert len([path for path in out.rglob("*") if path.is_file()]) == 4
    assert synced == ["all"]
