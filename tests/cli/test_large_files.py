"""A file that is far too large, or never ends, is refused in a sentence and never read into memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evalclient.archive.lone_files import MAX_SIGNED
from evalclient.desk.chosen_files import read_bounded
from evalclient.desk.founding import dump_genesis
from tests.builders.centre import PIN
from tests.builders.real_seats import key_file
from tests.cli.bidding import tender_of_three

SIZE = 20 << 30
#: the program needs a tenth of it; a file read whole would not fit
MEMORY = 3 << 30
CENTRE = ("--centre", "http://127.0.0.1:9")


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(SIZE)
    return path


def refusal(*arguments: str | Path) -> str:
    """What the command says on standard error, with little memory to read into."""
    limited = (f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); "
               "from evalclient.__main__ import main; raise SystemExit(main())")  # fmt: skip
    command = [sys.executable, "-c", limited, *map(str, arguments)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        env={**os.environ, "LANG": "en_GB.UTF-8"}, start_new_session=True,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    return done.stderr


def test_every_command_that_takes_a_genesis_file(sparse: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store", *CENTRE, "--key", "k.p12")
    package = tmp_path / "bid.asice"
    package.write_bytes(b"PK")
    for arguments in (
        ("seal", tmp_path, "-o", tmp_path / "out.asice", "--key", "k.p12"),
        ("submit", package, *store),
        ("withdraw", *store),
        ("release-key", *store),
        ("export", "-o", tmp_path / "out.zip", *store),
        ("timestamp", "--timestamps", "http://127.0.0.1:9", *store),
        ("receipts", "--store", tmp_path / "store", "-o", tmp_path / "receipts"),
        ("verify", package),
    ):
        told = refusal(*arguments, "--tender", sparse)
        assert f"The file {sparse} is too large (32 MB at most here)" in told, arguments
        assert told.count("\n") == 1


def test_what_else_is_named_on_the_command_line(sparse: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.write_bytes(b"PK")
    for arguments in (
        ("verify", small, "--receipt", sparse),
        ("verify", small, "--trust", sparse),
        ("sign", sparse, "--key", "k.p12"),
        ("sign", small, "--key", "k.p12", "--password-file", "/dev/zero"),
        ("verify", sparse, "--signature", small),
        ("one-day", "issue", sparse, "-o", tmp_path / "out.cer", "--key", "k.p12"),
    ):
        assert "too large" in refusal(*arguments), arguments
    assert MAX_SIGNED < SIZE


def test_a_file_of_just_the_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert read_bounded(tmp_path / "file", 3) == b"abc"


def test_a_pin_is_not_typed_where_everybody_would_see_it(tmp_path: Path) -> None:
    """Without a terminal there is one sentence, and no line of the program's source."""
    (tmp_path / "file").write_bytes(b"x")
    told = refusal("sign", tmp_path / "file", "--key", "k.p12")
    assert told == "No PIN was typed; where nobody can type, name a file with --password-file.\n"


def test_a_picture_that_is_too_large_is_not_sealed(tmp_path: Path) -> None:
    """Its cleaning needs all of it in memory."""
    bid, tender = tmp_path / "bid", tmp_path / "tender.json"
    (bid / "technical").mkdir(parents=True)
    (bid / "bid.toml").write_text('[quote.identity]\nname = "甲公司"\n[quote.price]\nprice = "1"\n', "utf-8")
    with (bid / "technical" / "site.jpg").open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(SIZE)
    tender.write_bytes(dump_genesis(tender_of_three()))
    (tmp_path / "key.p12").write_bytes(key_file("bidder-one"))
    (tmp_path / "pin").write_text(PIN, "utf-8")
    (tmp_path / "out.asice.part").write_bytes(b"mine")
    key = ("--key", tmp_path / "key.p12", "--password-file", tmp_path / "pin")
    assert "too large (256 MB" in refusal("seal", bid, "--tender", tender, "-o", tmp_path / "out.asice", *key)
    assert [path.name for path in tmp_path.glob("*.part")] == ["out.asice.part"]
    assert (tmp_path / "out.asice.part").read_bytes() == b"mine"
