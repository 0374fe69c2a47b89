"""From the first package to the opening, by the public commands at a real centre: three custodians, two of whom are needed.

Bids are replaced, withdrawn and handed in anew until the deadline. Then nothing of that, but shares: one custodian has
lost his key, and the bids open all the same. Everybody takes receipts home.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.errors import Refused
from evalclient.core.evaluation.views import standing_bids
from evalclient.core.records.act import Party
from evalclient.core.records.envelope import digest
from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.clock import SystemClock
from evalclient.desk.key_release import NoShare, Release, release_here
from evalclient.desk.organiser import Organiser
from tests.builders.centre import PIN, CentreProcess, authorities, key_of
from tests.builders.real_seats import SECRET_PRICE, Place, TooLate, bids_in_time
from tests.cli.bidding import CUSTODIANS, Folder

#: bidder → the package that stands at the deadline
STANDING = {"bidder-one": "second", "bidder-two": "only", "bidder-three": "renewed"}


@pytest.fixture(scope="module")
def place(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Three bids stand, the deadline has passed."""
    parties = tuple(Party(person, key_of(person).certificate) for person in CUSTODIANS)
    folder = tmp_path_factory.mktemp("place")
    return bids_in_time(centre_process, folder, hand_in, {"custodians": parties, "threshold": 2})


def hand_in(place: Place) -> None:
    submit(place, "bidder-one", "first")
    submit(place, "bidder-one", "second")
    submit(place, "bidder-two", "only")
    submit(place, "bidder-three", "other")
    if command(["withdraw", "--ground", "报价有误", *there(place, "bidder-three")]) != 0:
        raise TooLate
    submit(place, "bidder-three", "renewed")


def submit(place: Place, person: str, name: str) -> None:
    home = place.home(person)
    key = ["--signer", home / "key.p12", "--password-file", home / "pin"]
    sealed = ["seal", place.bid_folder(name), "--tender", place.announcement, "-o", package(place, person, name), *key]
    assert command([str(one) for one in sealed]) == 0
    if command(["submit", str(package(place, person, name)), *there(place, person)]) != 0:
        raise TooLate


def package(place: Place, person: str, name: str) -> Path:
    return place.home(person) / f"{name}.asice"


def there(place: Place, person: str) -> list[str]:
    home = place.home(person)
    pin = ["--key", home / "key.p12", "--password-file", home / "pin"]
    return [str(one) for one in ("--tender", place.announcement, "--centre", place.process.url, "--store", home, *pin)]


def release(place: Place, folder: Path, key: Pkcs12Key) -> Release:
    folder.mkdir(parents=True, exist_ok=True)
    return release_here(place.genesis, place.process.url, folder, key, SystemClock())


def test_the_last_package_not_withdrawn_opens_with_two_of_three(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Folder(tmp_path, capsys, monkeypatch)
    organiser = place.sit("organiser")
    packages = {person: digest(package(place, person, name).read_bytes()) for person, name in STANDING.items()}
    assert {bid.package for bid in standing_bids(organiser.desk.logged)} == set(packages.values())
    late = bench.run("withdraw", *there(place, "bidder-one"), code=2, language="zh")
    assert "已过投标截止时间，不能撤回投标文件" in late
    assert "no bid that could be withdrawn" in bench.run("withdraw", *there(place, "nobody"), code=2)

    renewed = Pkcs12Key.open(authorities().authorities[2].issue(CUSTODIANS[2], "测试单位", pin=PIN).p12, PIN)
    with pytest.raises(NoShare, match="it takes 2 of the custodians, and the others will do"):
        release(place, tmp_path / "renewed", renewed)
    with pytest.raises(NoShare, match="another office"):
        release(place, tmp_path / "organiser", key_of("organiser"))
    done = release(place, tmp_path / "agency", key_of(CUSTODIANS[0]))
    assert (done.name, done.released, done.failures, done.receipts) == (CUSTODIANS[0], 3, (), 3)
    assert release(place, tmp_path / "agency", key_of(CUSTODIANS[0])).released == 0, "nothing is owed twice"
    said = bench.run("release-key", *there(place, CUSTODIANS[1]))
    shown, _, after = said.partition("Key shares released: 3.")
    assert after
    assert "To be signed, one by one: 3 records" in shown, "each before the first is signed"
    assert all(f", package {package}\n" in shown for package in packages.values())
    again = bench.run("release-key", *there(place, CUSTODIANS[1]), code=1)
    assert "To be signed" not in again
    for person in STANDING:
        assert "Key shares released: 1." in bench.run("release-key", *there(place, person))

    organiser.turn()
    lines = Organiser(organiser.desk).read_bids(organiser.open_package)
    assert {line.package for line in lines} == set(packages.values())
    assert [(line.failure, line.price, line.holders) for line in lines] == [("", SECRET_PRICE, CUSTODIANS[:2])] * 3
    organiser.close()
    for store, least in ((tmp_path / "agency", 4), (place.home("bidder-one"), 4), (place.home(CUSTODIANS[1]), 4)):
        out = tmp_path / f"receipts of {store.name}"
        bench.run("receipts", "--tender", place.announcement, "--store", store, "-o", out)
        assert len(list(out.glob("receipt-*.txt"))) >= least, "session and what was handed in or released"


def test_nothing_leaves_a_holder_before_the_deadline(centre_process: CentreProcess, tmp_path: Path) -> None:
    place = Place(centre_process, tmp_path)
    with pytest.raises(Refused, match="before the deadline") as caught:
        release(place, tmp_path / "holder", key_of("custodian-agency"))
    assert caught.value.article == "招标投标法实施条例 第四十一条"
