"""A bid is replaced, withdrawn and handed in anew while it is no record of the opening yet; afterwards none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalclient.__main__ import main as command
from evalclient.core.evaluation.views import standing_bids
from evalclient.core.records.envelope import digest
from tests.builders.centre import CentreProcess
from tests.builders.real_seats import Place, TooLate, bids_in_time
from tests.cli.bidding import Folder


def test_the_last_package_handed_in_and_not_withdrawn_stands(
    centre_process: CentreProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    packages: dict[str, Path] = {}

    def there(place: Place, person: str) -> list[str]:
        home = place.home(person)
        pin = ["--key", home / "key.p12", "--password-file", home / "pin"]
        return [
            str(one) for one in ("--tender", place.announcement, "--centre", place.process.url, "--store", home, *pin)
        ]

    def submit(place: Place, person: str, name: str) -> None:
        home = place.home(person)
        packages[name] = home / f"{name}.asice"
        key = ["--signer", home / "key.p12", "--password-file", home / "pin"]
        sealed = ["seal", place.bid_folder(name), "--tender", place.announcement, "-o", packages[name], *key]
        assert command([str(one) for one in sealed]) == 0
        if command(["submit", str(packages[name]), *there(place, person)]) != 0:
            raise TooLate

    def hand_in(place: Place) -> None:
        submit(place, "bidder-one", "first")
        submit(place, "bidder-one", "second")
        submit(place, "bidder-two", "regretted")
        for code in (0, 2):
            if command(["withdraw", "--ground", "报价有误", *there(place, "bidder-two")]) != code:
                raise TooLate
        submit(place, "third", "other")
        if command(["withdraw", *there(place, "third")]) != 0:
            raise TooLate
        submit(place, "third", "renewed")

    place = bids_in_time(centre_process, tmp_path, hand_in)
    organiser = place.sit("organiser")
    standing = {bid.package for bid in standing_bids(organiser.desk.logged)}
    organiser.close()
    assert standing == {digest(packages[name].read_bytes()) for name in ("second", "renewed")}
    folder = Folder(tmp_path, capsys, monkeypatch)
    for person in ("bidder-one", "third"):
        late = folder.run("withdraw", *there(place, person), code=2, language="zh")
        assert "已过投标截止时间，不能撤回投标文件" in late
    assert "no bid that could be withdrawn" in folder.run("withdraw", *there(place, "bidder-two"), code=2)
