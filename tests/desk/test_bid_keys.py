"""Shares that are garbage or false: they count as not released, are named, and hold up no bid."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest

from evalclient.core.errors import Refused
from evalclient.core.records.acts_bids import ShareReleased
from evalclient.crypto.bid_package import PackageReader
from evalclient.crypto.cms import envelop
from evalclient.crypto.errors import SharesRefused
from evalclient.crypto.trust.certificates import common_name
from evalclient.desk.bid_keys import SharesMissing, compartment_keys
from evalclient.desk.organiser import Organiser
from tests.builders.desks import Desks
from tests.builders.opening import OpeningEvening, handed_in


class HostileShares(Desks):
    """The third custodian releases garbage for every bid; for the first bid everybody does."""

    def _release_shares(self) -> None:
        everybody = self.bidders
        for bidder in everybody:
            self.release_garbage("custodian-3", bidder)
        for holder in ("custodian-1", "custodian-2", everybody[0]):
            self.release_garbage(holder, everybody[0])
        self.bidders = everybody[1:]
        super()._release_shares()
        self.bidders = everybody

    def release_garbage(self, holder: str, bidder: str) -> None:
        package = self.desk("organiser").evaluation.bids[bidder].package
        shares = dict.fromkeys(self.tender.compartments, b"no envelope at all")
        self.desk(holder).do(ShareReleased(bidder=bidder, package=package, shares=shares))


def test_garbage_among_the_shares_holds_up_no_other_bid() -> None:
    desks = HostileShares()
    desks.step()
    organiser = desks.desk("organiser")
    bids = organiser.evaluation.bids
    with pytest.raises(SharesMissing) as caught:
        compartment_keys(organiser, bids[desks.bidders[0]])
    assert "0/2" in caught.value.zh
    assert "the bidder has not released his own" in caught.value.en
    for bidder in desks.bidders[1:]:
        assert set(bids[bidder].shares) == {"custodian-1", "custodian-2", "custodian-3", bidder}
        assert set(compartment_keys(organiser, bids[bidder])) == set(desks.tender.compartments)


CUSTODIANS = ("custodian-1", "custodian-2", "custodian-3")


def release(evening: OpeningEvening, bidder: str, holder: str, *, false: bool = False) -> None:
    """A holder releases his shares of one bid, or well-formed ones that the bidder did not give him."""
    organiser = evening.desk("organiser").evaluation
    session = organiser.roster.session_of("organiser")
    assert session is not None
    package = organiser.bids[bidder].package
    shares = PackageReader(io.BytesIO(evening.packages[package])).recover_shares(evening.keys[holder])
    sent = {name: share[:-1] + bytes([share[-1] ^ false]) for name, share in shares.items()}
    enveloped = {name: envelop(share, [session.encryption_key]) for name, share in sent.items()}
    evening.desk(holder).do(ShareReleased(bidder=bidder, package=package, shares=enveloped))


def with_shares(liars: Mapping[int, str]) -> OpeningEvening:
    """Everybody releases; for the bidders numbered in ``liars`` that holder ("own" for the bidder) a false share."""
    evening = handed_in()
    for number, bidder in enumerate(evening.bidders):
        for holder in (*CUSTODIANS, bidder):
            release(evening, bidder, holder, false=liars.get(number) == ("own" if holder == bidder else holder))
    evening.share()
    return evening


def test_one_lying_custodian_excludes_no_bid_and_is_named() -> None:
    evening = with_shares({0: "custodian-1", 1: "custodian-3", 2: "own"})
    desk = evening.desk("organiser")
    lines = Organiser(desk).read_bids(evening.file)
    assert [line.failure for line in lines] == ["", "", "revoked", "", "", ""]
    assert [line.price for line in lines][:2] == list(evening.prices[:2])
    assert [line.holders for line in lines][:2] == [CUSTODIANS[1:], CUSTODIANS[:2]]
    liar = common_name(evening.keys["custodian-1"].certificate)
    assert lines[0].note == f"{liar}提交的解密份额与投标人封装时的承诺不符，未予采用。"
    assert "投标人本人提交的解密份额与投标人封装时的承诺不符" in lines[2].note
    assert lines[3].note == ""
    with pytest.raises(SharesRefused):  # all shares together give no key at all
        compartment_keys(desk, desk.evaluation.bids[evening.bidders[0]])
    Organiser(desk).record_opening(lines)
    evening.share()
    for line in lines[:2]:
        keys = compartment_keys(desk, desk.evaluation.bids[line.bidder])
        reader = PackageReader(io.BytesIO(evening.packages[line.package]))
        assert all(reader.manifest(name, key).compartment == name for name, key in keys.items())
        assert keys.keys() == set(reader.compartments)
    with pytest.raises(Refused, match="is not replaced any more"):
        release(evening, evening.bidders[0], "custodian-2", false=True)


def test_two_lying_custodians_of_three_are_both_named_as_the_reason() -> None:
    evening = handed_in()
    bidder = evening.bidders[0]
    for holder in (*CUSTODIANS, bidder):
        release(evening, bidder, holder, false=holder in CUSTODIANS[:2])
    evening.share()
    line = Organiser(evening.desk("organiser")).read_bids(evening.file)[0]
    assert line.failure == "withdrawn", "not the bidder's fault"
    assert "保管方 1/2" in line.note
    assert "保管人、保管人提交的解密份额" in line.note
