"""Releasing at a real centre: two of three custodians are enough, and each refusal says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.core.errors import Refused
from evalclient.core.records.act import Party
from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.clock import SystemClock
from evalclient.desk.key_release import NoShare, Release, release_here
from evalclient.desk.organiser import Organiser
from evalclient.desk.outsiders import Bidder, require_own_package
from evalclient.desk.places import bidder_place
from evalclient.desk.sealing import seal_bid
from evalclient.desk.seat import Seat
from tests.builders.centre import PIN, CentreProcess, authorities, centre_process, key_of
from tests.builders.real_seats import SECRET_PRICE, Place, TooLate, bids_in_time

__all__ = ["centre_process"]
CUSTODIANS = ("custodian-agency", "custodian-platform", "custodian-witness")
BIDDERS = ("bidder-one", "bidder-two", "bidder-three")


@pytest.fixture(scope="module")
def place(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Three bids for three custodians, two of whom are needed; the deadline has passed."""
    parties = tuple(Party(person, key_of(person).certificate) for person in CUSTODIANS)
    folder = tmp_path_factory.mktemp("place")
    return bids_in_time(centre_process, folder, hand_in, {"custodians": parties, "threshold": 2})


def hand_in(place: Place) -> None:
    for name in BIDDERS:
        key = key_of(name)
        package = place.folder / f"{name}.asice"
        seal_bid(place.bid_folder(f"bid of {name}"), place.genesis, key, package, SystemClock())
        person = bidder_place(place.genesis, key.certificate)
        seat = Seat(place.home(name), place.process.url, place.genesis, person, SystemClock())
        try:
            seat.enter(key, "submit")
            with package.open("rb") as file:
                seal = require_own_package(file, place.genesis, key.certificate)
            record = Bidder(seat.desk).submit(seat.hand_in_package(package), seal)
            seat.turn()
            if not Bidder(seat.desk).received_in_time(record):
                raise TooLate
        finally:
            seat.close()


def release(place: Place, folder: Path, key: Pkcs12Key) -> Release:
    folder.mkdir(parents=True, exist_ok=True)
    return release_here(place.genesis, place.process.url, folder, key, SystemClock())


def test_a_lost_key_and_a_renewed_certificate_are_what_the_third_custodian_is_for(place: Place, tmp_path: Path) -> None:
    renewed = Pkcs12Key.open(authorities().authorities[2].issue("custodian-witness", "测试单位", pin=PIN).p12, PIN)
    with pytest.raises(NoShare, match="it takes 2 of the custodians, and the others will do"):
        release(place, tmp_path / "renewed", renewed)
    with pytest.raises(NoShare, match="another office"):
        release(place, tmp_path / "organiser", key_of("organiser"))
    for person in (*CUSTODIANS[:2], *BIDDERS):
        due = 1 if person in BIDDERS else 3
        done = release(place, tmp_path / person, key_of(person))
        assert (done.name, done.released, done.failures, done.receipts) == (person, due, (), due)
    assert release(place, tmp_path / CUSTODIANS[0], key_of(CUSTODIANS[0])).released == 0, "nothing is owed twice"
    organiser = place.sit("organiser")
    lines = Organiser(organiser.desk).read_bids(organiser.open_package)
    assert [(line.failure, line.price) for line in lines] == [("", SECRET_PRICE)] * 3
    assert {line.holders for line in lines} == {CUSTODIANS[:2]}
    organiser.close()


def test_nothing_leaves_a_holder_before_the_deadline(centre_process: CentreProcess, tmp_path: Path) -> None:
    place = Place(centre_process, tmp_path)
    with pytest.raises(Refused, match="before the deadline") as caught:
        release(place, tmp_path / "holder", key_of(CUSTODIANS[0]))
    assert caught.value.article == "招标投标法实施条例 第四十一条"
