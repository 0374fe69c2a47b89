"""Bid packages that are wrong, at a member's seat: what is said, what is kept, and that trying again helps.

Real store, real centre, the product's own packages; the page is the real one over packages held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace as replace_struct
from pytestqt.qtbot import QtBot

from evalclient.app import packages
from evalclient.core.evaluation.state import Bid
from evalclient.core.records.acts_bids import Compartment, OpenedBid
from evalclient.crypto.bid_package import (
    Manifest,
    PackageReader,
    SourceDocument,
    TenderKeys,
    check_package,
    write_package,
)
from evalclient.crypto.custody import join_key
from evalclient.desk.clock import SystemClock
from evalclient.desk.package_seal import misread
from evalclient.desk.places import bidder_place
from evalclient.desk.seat import Seat
from evalclient.ui.jobs import CancelToken
from evalclient.ui.live import Refusal
from evalclient.ui.pages.room import PackageState
from evalclient.ui.texts import fault
from tests.builders.centre import PIN, CentreProcess, centre_process, key_of
from tests.builders.desks import desks_at
from tests.builders.real_seats import SECRET_PRICE, Place
from tests.gui.conftest import Sit
from tests.gui.member_room import MemoryPackages, in_both_languages

__all__ = ["centre_process"]
PATIENCE = 20_000


@pytest.fixture(scope="module")
def place(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(centre_process, tmp_path_factory.mktemp("place"))


# -- the packages ----------------------------------------------------------------------------------------------------


@dataclass
class Fetching:
    """m1's seat, and a bid at the centre whose keys have been granted to him."""

    place: Place
    seat: Seat
    bid: Bid
    keys: dict[Compartment, bytes]
    blob: Path

    def fetch(self, keys: dict[Compartment, bytes] | None = None) -> object:
        """What the packages' lane does once: fetch, check, open."""
        work = packages._Work(self.bid, keys or self.keys, self.seat.desk.evaluation, CancelToken())
        return packages._prepare(self.seat, self.seat.courier, work, lambda _progress: None)

    def refused(self, zh: str, en: str, keys: dict[Compartment, bytes] | None = None) -> None:
        outcome = self.fetch(keys)
        assert isinstance(outcome, packages._Failed)
        said = fault(outcome.error)
        assert zh in said.zh
        assert en in said.en
        for secret in (PIN, SECRET_PRICE, *(key.hex() for key in self.keys.values())):
            assert secret not in said.zh + said.en

    def opens(self) -> None:
        outcome = self.fetch()
        assert isinstance(outcome, packages._Ready)
        assert {manifest.compartment for manifest in outcome.manifests} == set(self.keys)
        outcome.forget()


def submitted(place: Place, name: str, evaluation: str) -> tuple[Bid, dict[Compartment, bytes]]:
    """A package at the centre that no record names yet, so that it is handed out; the keys as custodians and bidder give them."""
    home, key = place.home(name), key_of(name)
    folder, package = place.bid_folder(f"bid of {name}"), home / "bid.asice"
    custodians = [key_of(person) for person in ("custodian-agency", "custodian-platform")]
    compartments: tuple[Compartment, ...] = ("identity", "technical", "price")
    documents = [
        SourceDocument(compartment=part, name=f"{part}.pdf", title=part, media_type="application/pdf",
                       path=folder / f"{part}.pdf", links={})
        for part in compartments
    ]  # fmt: skip
    quote: dict[Compartment, dict[str, str]] = {"identity": {"name": name}, "price": {"price": SECRET_PRICE}}
    keys = TenderKeys(evaluation, tuple(one.certificate for one in custodians), 2, True)
    with package.open("wb") as file:
        write_package(file, documents, quote, keys, key, None, at=datetime.fromisoformat(SystemClock().now()))
    seat = Seat(home, place.process.url, place.genesis, bidder_place(place.genesis, key.certificate), SystemClock())
    seat.enter(key, "submit")
    handed_in = seat.hand_in_package(package)
    with package.open("rb") as file:
        seal = check_package(file)
    bid = Bid(seat.desk.person, handed_in, seal.seal_digest, seal.size, "0" * 64)
    seat.close()
    with package.open("rb") as file:
        reader = PackageReader(file)
        shares = [reader.recover_shares(one) for one in (*custodians, key)]
    return bid, {part: join_key([shares[0][part], shares[1][part]], shares[2][part], 2) for part in compartments}


@pytest.fixture
def fetching(place: Place, request: pytest.FixtureRequest) -> Iterator[Fetching]:
    name = f"bidder-{abs(hash(request.node.name)) % 10**8}"
    bid, keys = submitted(place, name, place.fingerprint)
    seat = place.sit("m3")
    blob = place.process.data / "blobs" / place.fingerprint / bid.package
    yield Fetching(place, seat, bid, keys, blob)
    seat.close()


def flipped(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]


@pytest.mark.parametrize("harm", [flipped, lambda data: data[: len(data) // 3]], ids=["one flipped byte", "truncated"])
def test_a_package_that_comes_damaged_from_the_centre(fetching: Fetching, harm: Callable[[bytes], bytes]) -> None:
    whole = fetching.blob.read_bytes()
    fetching.blob.write_bytes(harm(whole))
    fetching.refused("请重新下载；再次出现请报告监督人员", "download it again, and tell the supervisor")
    assert fetching.seat.shelf.path(fetching.bid.package) is None
    fetching.blob.write_bytes(whole)
    fetching.opens()


def test_a_package_that_decays_on_this_machine_is_kept_aside_and_fetched_again(fetching: Fetching) -> None:
    fetching.opens()
    kept = fetching.seat.shelf.path(fetching.bid.package)
    assert kept is not None
    damaged = flipped(kept.read_bytes())
    kept.write_bytes(damaged)
    fetching.refused("请点“重试”重新下载", "press “Try again” to fetch it again")
    assert kept.with_name(f"{kept.name}.damaged-1").read_bytes() == damaged
    fetching.opens()


def test_keys_that_are_not_this_packages(fetching: Fetching) -> None:
    wrong = dict.fromkeys(fetching.keys, b"\x07" * 32)
    fetching.refused("请各保管人核对后重新提交", "Ask the holders to release theirs again", wrong)
    assert fetching.seat.shelf.path(fetching.bid.package) is not None, "the ciphertext is kept"
    fetching.opens()


def test_a_package_sealed_by_somebody_else(fetching: Fetching) -> None:
    fetching.bid = replace(fetching.bid, bidder="bidder:" + "0" * 64)
    fetching.refused("不是由递交它的投标人封装的", "not sealed by the bidder who handed it in")


def test_a_package_with_another_seal_than_its_record_names(fetching: Fetching) -> None:
    fetching.bid = replace(fetching.bid, seal="0" * 64)
    fetching.refused("与投标人递交时登记的摘要不符", "not the one that its bidder named")


@pytest.mark.parametrize(("price", "name"), [("1", ""), ("", "另一家公司"), ("", "")])
def test_what_was_read_out_is_compared_with_the_signed_quote(fetching: Fetching, price: str, name: str) -> None:
    outcome = fetching.fetch()
    assert isinstance(outcome, packages._Ready)
    quoted = {key: value for manifest in outcome.manifests for key, value in manifest.quote.items()}
    outcome.forget()
    line = OpenedBid(
        bidder=fetching.bid.bidder,
        package=fetching.bid.package,
        name=name or quoted["name"],
        price=price or f"{quoted['price']}.00",
    )
    fetching.bid = replace(fetching.bid, opened=line)
    outcome = fetching.fetch()
    assert isinstance(outcome, packages._Ready)
    if price or name:
        assert outcome.alarm is not None
        assert "请暂停评审该投标文件并报告监督人员" in outcome.alarm.zh
        assert f"{line.name}, {line.price} CNY" in outcome.alarm.en
        assert f"{quoted['name']}, {quoted['price']} CNY" in outcome.alarm.en
    else:
        assert outcome.alarm is None, "900.00 is 900"
    outcome.forget()


def test_a_package_for_another_evaluation(place: Place) -> None:
    bid, keys = submitted(place, "bidder-elsewhere", "ab" * 32)
    seat = place.sit("m3")
    fetching = Fetching(place, seat, bid, keys, place.process.data / "blobs" / place.fingerprint / bid.package)
    fetching.refused("请报告监督人员", "tell the supervisor")
    assert seat.shelf.path(bid.package) is not None
    seat.close()


def test_a_failed_package_says_so_on_its_line_and_can_be_tried_again(sit: Sit, qtbot: QtBot) -> None:
    desks, held = desks_at("release"), MemoryPackages()
    bidder = desks.bidders[0]
    error = packages._decayed()
    held.states[bidder] = PackageState("failed", size=20 << 20, problem=Refusal(error.sentence))
    sat = sit(desks, "m1", held)
    in_both_languages(qtbot, lambda: " ".join(sat.texts()), "请点“重试”重新下载", 'press "Try again" to fetch it again')
    assert "重试" in sat.says(f"package-retry-{bidder[-8:]}")
    sat.click(qtbot, f"package-retry-{bidder[-8:]}")
    assert held.calls == [("fetch", bidder)]


def test_an_opening_record_that_a_package_belies_is_an_alarm_on_every_page(sit: Sit, qtbot: QtBot) -> None:
    desks, held = desks_at("preliminary"), MemoryPackages()
    bid = desks.evaluation.bids[desks.bidders[0]]
    assert bid.opened is not None
    line = replace_struct(bid.opened, price="1.00")
    manifest = Manifest("", "price", (), {"price": bid.opened.price})
    alarm = misread(replace(bid, opened=line), [manifest])
    assert misread(bid, [manifest]) is None
    sat = sit(desks, "m1", held)
    held.states[bid.bidder] = PackageState("ready", 1, 1, alarm=alarm)
    held.changed.emit(bid.bidder)
    assert sat.find(f"misread-{bid.bidder[-8:]}").isVisible()
    in_both_languages(qtbot, lambda: " ".join(sat.texts()), "请暂停评审该投标文件并报告监督人员", "tell the supervisor")
