"""Opening the bids over a package that is damaged: no bid is revoked for a fault of the organiser's own disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalclient.core.records.envelope import digest
from evalclient.desk.clock import SystemClock
from evalclient.desk.organiser import CopyDamaged, Organiser
from evalclient.desk.outsiders import Bidder, ShareHolder, ShareUnreadable, require_own_package
from evalclient.desk.places import bidder_place
from evalclient.desk.sealing import seal_bid
from evalclient.desk.seat import Seat
from tests.builders.centre import CentreProcess, centre_process, key_of
from tests.builders.real_seats import SECRET_PRICE, Place, TooLate, bids_in_time

__all__ = ["centre_process"]


def damage_manifest(data: bytes) -> bytes:
    at = data.index(b"META-INF/manifest.price.p7m") + 200
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def truncate(data: bytes) -> bytes:
    return data[: len(data) // 2]


BIDDERS = ("bidder-one", "bidder-two", "bidder-three")


@pytest.fixture(scope="module")
def released(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Three bids, handed in, the deadline past, every share released."""
    place = bids_in_time(centre_process, tmp_path_factory.mktemp("place"), hand_in)
    names = [(name, bidder_place(place.genesis, key_of(name).certificate)) for name in BIDDERS]
    for person, named in (*names, *((one, one) for one in ("custodian-agency", "custodian-platform"))):
        seat = seat_of(place, person, named)
        holder = ShareHolder(seat.desk)
        for bidder, package in holder.owed():
            holder.release(bidder, package, seat.open_package)
        seat.turn()
        seat.close()
    return place


def hand_in(place: Place) -> None:
    for name in BIDDERS:
        key, package = key_of(name), place.home(name) / "bid.asice"
        seal_bid(place.bid_folder(f"bid of {name}"), place.genesis, key, package, SystemClock())
        seat = seat_of(place, name, bidder_place(place.genesis, key.certificate))
        try:
            with package.open("rb") as file:
                seal = require_own_package(file, place.genesis, key.certificate)
            Bidder(seat.desk).submit(seat.hand_in_package(package), seal)
            seat.turn()
            if seat.desk.logged.without_effect:
                raise TooLate
        finally:
            seat.close()


def seat_of(place: Place, person: str, named: str) -> Seat:
    seat = Seat(place.home(person), place.process.url, place.genesis, named, SystemClock())
    seat.enter(key_of(person), person)
    return seat


@pytest.mark.parametrize("harm", [damage_manifest, truncate])
def test_a_copy_that_decayed_here_revokes_no_bid(released: Place, harm: Callable[[bytes], bytes]) -> None:
    seat = released.sit("organiser")
    organiser = Organiser(seat.desk)
    lines = organiser.read_bids(seat.open_package)
    assert [(line.failure, line.price) for line in lines] == [("", SECRET_PRICE)] * 3
    line = lines[1]
    kept = seat.shelf.path(line.package)
    assert isinstance(kept, Path)
    damaged = harm(kept.read_bytes())
    kept.write_bytes(damaged)
    with pytest.raises(CopyDamaged) as caught:
        organiser.read_bids(seat.open_package)
    assert "请重新下载后再开标" in caught.value.zh
    assert "fetch it again, then open the bids" in caught.value.en
    assert SECRET_PRICE not in caught.value.zh + caught.value.en
    assert not seat.shelf.still_whole(line.package)
    assert any(path.read_bytes() == damaged for path in kept.parent.glob("*.damaged-*")), "it is kept aside"
    assert organiser.read_bids(seat.open_package) == lines, "fetched anew it opens"
    seat.close()


def test_a_package_that_the_centre_lost_keeps_no_other_bid_shut(released: Place) -> None:
    seat, custodian = released.sit("organiser"), seat_of(released, "custodian-agency", "custodian-agency")
    organiser = Organiser(seat.desk)
    lost = seat.desk.evaluation.bids[seat_bidder("bidder-one")].package
    blob = released.process.data / "blobs" / released.fingerprint / lost
    whole = blob.read_bytes()
    try:
        for gone in (blob, seat.shelf.path(lost), custodian.shelf.path(lost)):
            if gone is not None:
                gone.unlink()
        with pytest.raises(ShareUnreadable, match="does not hold this file"):
            ShareHolder(custodian.desk).release(seat_bidder("bidder-one"), lost, custodian.open_package)
        lines = organiser.read_bids(seat.open_package)
    finally:
        blob.write_bytes(whole)
    assert [line.failure for line in lines] == ["withdrawn", "", ""]
    assert "中心还没有这份文件" in lines[0].note
    seat.close()
    custodian.close()


def seat_bidder(name: str) -> str:
    return f"bidder:{digest(key_of(name).certificate)}"
