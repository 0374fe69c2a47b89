"""Packages and papers at the centre over real HTTP: up, down, continued, and whose they are."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from evalclient.core.errors import CentreRefused
from evalclient.core.records.acts_bids import BidSubmitted
from evalclient.core.records.envelope import digest
from evalclient.store.shelf import DownloadDamaged, Shelf
from evalclient.sync.centre import HttpCentre
from tests.builders.centre import (
    Author,
    Beginning,
    CentreProcess,
    key_of,
)

UNKNOWN = "ab" * 32
PACKAGE = secrets.token_bytes(3_000_000)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "bid.zip"
    path.write_bytes(PACKAGE)
    return path


def test_a_package_goes_up_and_comes_down_and_is_continued(centre: HttpCentre, package: Path, tmp_path: Path) -> None:
    name = digest(PACKAGE)
    assert not centre.has_blob(name)
    sent: list[int] = []
    centre.upload(name, package, sent.append)
    assert sent[-1] == len(PACKAGE)
    centre.upload(name, package, sent.append)
    assert sent.count(len(PACKAGE)) <= 2, "what is there is not sent again"
    assert centre.has_blob(name)
    for offset in (0, 1, 1_234_567, len(PACKAGE) - 1, len(PACKAGE)):
        assert b"".join(centre.download(name, offset)) == PACKAGE[offset:]
    shelf = Shelf(tmp_path / "shelf")
    part = tmp_path / "shelf" / f"{name}.part"
    part.write_bytes(PACKAGE[:1_000_000])
    path = shelf.receive(name, lambda offset: centre.download(name, offset))
    assert path.read_bytes() == PACKAGE


def test_a_part_that_is_longer_than_the_package_is_dropped(centre: HttpCentre, package: Path, tmp_path: Path) -> None:
    name = digest(PACKAGE)
    centre.upload(name, package)
    shelf = Shelf(tmp_path / "shelf")
    (tmp_path / "shelf" / f"{name}.part").write_bytes(PACKAGE + b"more")
    with pytest.raises(DownloadDamaged):
        shelf.receive(name, lambda offset: centre.download(name, offset))
    assert shelf.receive(name, lambda offset: centre.download(name, offset)).read_bytes() == PACKAGE


def test_a_package_the_centre_does_not_hold_is_refused_in_words(centre: HttpCentre) -> None:
    with pytest.raises(CentreRefused, match="not hold"):
        list(centre.download(UNKNOWN))


def test_an_altered_upload_leaves_nothing(centre: HttpCentre, package: Path) -> None:
    name = digest(PACKAGE + b"x")
    with pytest.raises(CentreRefused, match="digest"):
        centre.upload(name, package)
    assert not centre.has_blob(name)


def test_a_bidder_uploads_and_reads_his_own_package_only(
    centre_process: CentreProcess, begun: Beginning, package: Path
) -> None:
    name = digest(PACKAGE)
    bidders = [Author("bidder:" + digest(key_of(one).certificate), begun.fingerprint, key=key_of(one)) for one in "ab"]
    readers = []
    for bidder in bidders:
        reader = centre_process.connect(begun)
        assert reader.submit([bidder.open_session()])[0].receipt is not None
        reader.log_in_as(bidder.login)
        readers.append(reader)
    readers[0].upload(name, package)
    bid = bidders[0].sign(BidSubmitted(package=name, seal=digest(b"seal"), size=len(PACKAGE)), (name,))
    assert readers[0].submit([bid])[0].receipt is not None
    assert b"".join(readers[0].download(name)) == PACKAGE
    with pytest.raises(CentreRefused):
        list(readers[1].download(name))
    copied = bidders[1].sign(BidSubmitted(package=name, seal=digest(b"seal"), size=len(PACKAGE)), (name,))
    readers[1].submit([copied])
    with pytest.raises(CentreRefused):
        list(readers[1].download(name))
    for reader in readers:
        reader.close()
