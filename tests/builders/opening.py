"""An evening whose bids are real packages with names and prices, up to the opening, in any state of it."""

from __future__ import annotations

import io
from collections.abc import Collection
from functools import lru_cache
from typing import BinaryIO, Final

from evalclient.core.evaluation.views import standing_bids
from evalclient.core.records.act import Trade
from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import SourceDocument, TenderKeys, write_package
from evalclient.crypto.records import found
from evalclient.desk.outsiders import ShareHolder
from tests.builders.archives import AT, SignedEvening

HOLDERS: Final = ("custodian-1", "custodian-2")


class OpeningEvening(SignedEvening):
    """``hand_in()``, then ``release_shares()``; the organiser opens at his own window."""

    def package(self, bidder: str) -> str:
        """A small real package that quotes what is read out; its digest."""
        founded = found(self.genesis.record)
        custodians = tuple(party.certificate for party in founded.founding.custodians)
        place = self.bidders.index(bidder)
        buffer = io.BytesIO()
        document = SourceDocument("technical", "plan.txt", "技术方案", "text/plain", io.BytesIO(bidder.encode() * 100))
        quotes = {
            "identity": {"name": self.names[place]},
            "price": {"price": self.prices[place], "工期": "300 日历天", "质量": "合格"},
        }
        tender = TenderKeys(founded.record.id, custodians, 2, True)
        write_package(buffer, [document], quotes, tender, self.keys[bidder], at=AT)  # type: ignore[arg-type]
        name = digest(buffer.getvalue())
        self.packages[name] = buffer.getvalue()
        return name

    def release_shares(self, missing: Collection[str] = ()) -> None:
        """Two custodians release their shares of every bid, and every bidder but ``missing`` his own."""
        bids = standing_bids(self.evaluation)
        for bid in bids:
            for person in (*HOLDERS, bid.bidder):
                if person not in missing:
                    ShareHolder(self.desk(person)).release(bid.bidder, bid.package, self.file)
        self.share()

    def file(self, package: str) -> BinaryIO:
        """A package that is there."""
        return io.BytesIO(self.packages[package])


@lru_cache
def _handed_in(trade: Trade) -> OpeningEvening:
    evening = OpeningEvening(trade)
    evening.appoint()
    evening.hand_in()
    return evening


@lru_cache
def _released(trade: Trade) -> OpeningEvening:
    evening = _handed_in(trade).fork()
    evening.release_shares((evening.bidders[5],))
    return evening


def handed_in(trade: Trade = "construction") -> OpeningEvening:
    """Everybody is appointed, six bids are in, the deadline has passed; no share is released. A fork."""
    return _handed_in(trade).fork()


def released(trade: Trade = "construction") -> OpeningEvening:
    """Then all shares are there but the sixth bidder's own. A fork."""
    return _released(trade).fork()
