"""The running centre, and a bidder at the command line with a sealed package."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from tests.builders.centre import PIN, CentreProcess, centre_process
from tests.builders.real_seats import Place, key_file
from tests.cli.booth import BIDDER, Booth

__all__ = ["centre_process"]


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
