"""An evening whose bids are real packages with names and prices, up to the opening, in any state of it."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import BinaryIO

from evalclient.core.evaluation.views import standing_bids
from evalclient.core.records.act import Trade
from evalclient.desk.outsiders import ShareHolder
from tests.builders.archives import HOLDERS, SignedEvening


class OpeningEvening(SignedEvening):
    """``hand_in()``, then ``release_shares()``; the organiser opens at his own window."""

    terms: Mapping[str, str] = MappingProxyType({"工期": "300 日历天", "质量": "合格"})

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
