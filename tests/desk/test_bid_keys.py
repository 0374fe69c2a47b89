"""Shares of keys that are garbage: they count as not released, and hold up no other bid."""

from __future__ import annotations

import pytest

from evalclient.core.records.acts_bids import ShareReleased
from evalclient.desk.bid_keys import SharesMissing, compartment_keys
from tests.builders.desks import Desks


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
