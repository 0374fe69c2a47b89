"""Verbs of those who come only for the bids: bidders and opening custodians."""

from __future__ import annotations

from typing import BinaryIO

from evalclient.core.evaluation.views import standing_bids
from evalclient.core.records.acts_bids import BidSubmitted, BidWithdrawn, ShareReleased
from evalclient.crypto.bid_package import PackageReader
from evalclient.crypto.cms import envelop
from evalclient.desk.desk import Desk


class Bidder:
    """A bidder (投标人)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def submit(self, package: str, size: int) -> str:
        """Hand in a sealed package that the centre already keeps."""
        return self.desk.do(BidSubmitted(package=package, size=size), [package])

    def withdraw(self, ground: str) -> str:
        """Take the standing bid back."""
        bid = self.desk.evaluation.bids[self.desk.person]
        return self.desk.do(BidWithdrawn(package=bid.package, ground=ground))


class ShareHolder:
    """A custodian of the bids' keys, or the bidder for his own share (开标密钥保管方)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def owed(self) -> tuple[tuple[str, str], ...]:
        """(bidder, package digest) of every share this person still owes."""
        return tuple(
            (bid.bidder, bid.package)
            for bid in standing_bids(self.desk.evaluation)
            if self.desk.person not in bid.shares
            and (self.desk.person == bid.bidder or not self.desk.person.startswith("bidder:"))
        )

    def release(self, bidder: str, package: BinaryIO) -> str:
        """Release this person's share of one package's keys to the organiser's session: one key operation."""
        bid = self.desk.evaluation.bids[bidder]
        shares = PackageReader(package).recover_shares(self.desk.handle)
        organiser = self.desk.evaluation.roster.session_of(self.desk.evaluation.founding.organiser.person)
        if organiser is None:
            raise LookupError("the organiser has no session to release to")
        act = ShareReleased(
            bidder=bidder,
            package=bid.package,
            shares={name: envelop(share, [organiser.encryption_key]) for name, share in shares.items()},
        )
        return self.desk.do(act)
