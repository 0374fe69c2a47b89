"""A package of the SM suite at the command line: sealed, checked, opened by keys and by shares that travel as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.desk.founding import dump_genesis
from tests.builders.samples_pdf import small_pdf
from tests.cli.bidding import CUSTODIANS, Folder, tender_of_three

BID = """
[quote.identity]
name = "甲公司"
[quote.price]
price = "1234567"
"""


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    """With ``bid.asice`` sealed by bidder-one."""
    folder = Folder(tmp_path, capsys, monkeypatch)
    for name in ("identity/letter.pdf", "technical/plan.pdf"):
        (tmp_path / "documents" / name).parent.mkdir(parents=True)
        (tmp_path / "documents" / name).write_bytes(small_pdf(name))
    (tmp_path / "documents" / "bid.toml").write_text(BID, "utf-8")
    tender = tmp_path / "tender.json"
    tender.write_bytes(dump_genesis(tender_of_three("sm")))
    package = tmp_path / "bid.asice"
    folder.json("seal", tmp_path / "documents", "--tender", tender, "-o", package, *folder.keys("bidder-one"))
    return folder


def test_what_was_sealed_opens_by_keys_and_by_shares_from_files(bench: Folder) -> None:
    package, out = bench.home / "bid.asice", bench.home / "out"
    assert bench.json("check", package)["suite"] == "sm"
    listed = bench.json("open", package, *bench.keys("bidder-one", *CUSTODIANS[:2]), "--list")
    assert [one["path"] for one in listed["documents"]] == ["identity/letter.pdf", "technical/plan.pdf"]
    shares: list[str | Path] = []
    for person in CUSTODIANS[1:]:
        file = bench.home / f"{person}.share"
        bench.run("open", package, *bench.keys(person), "--save-share", file)
        shares += ["--share", file]
    bench.run("open", package, *bench.keys("bidder-one"), *shares, "--all", out)
    assert (out / "technical" / "plan.pdf").read_bytes().startswith(b"%PDF")


def test_a_damaged_volume_is_named_and_leaves_no_file(bench: Folder) -> None:
    package, out = bench.home / "bid.asice", bench.home / "plan.pdf"
    changed = bytearray(package.read_bytes())
    changed[changed.index(b"c/0002.000.p7m") + 200] ^= 1
    package.write_bytes(changed)
    keys = bench.keys("bidder-one", *CUSTODIANS[:2])
    said = bench.run("open", package, *keys, "--extract", "technical/plan.pdf", "-o", out, code=2)
    assert "c/0002.000.p7m" in said
    assert not out.exists()
    assert "c/0002.000.p7m" in bench.run("check", package, code=1)
