"""Which bids' seals an archive must have: those that were opened."""

from __future__ import annotations

import io
from typing import BinaryIO

import pytest

from evalclient.archive import verify
from evalclient.archive.errors import ArchiveIncomplete
from evalclient.core.records.acts_bids import OpenedBid, OpeningRecorded
from evalclient.core.records.envelope import record_id
from tests.builders.archives import SignedEvening, archive_of


class WithoutPackage(SignedEvening):
    """The last bidder's package is nowhere to be had; the opening says so unless ``pretended``."""

    pretended = False

    def open_package(self, name: str) -> BinaryIO | None:
        lost = self.desk("organiser").logged.bids[self.bidders[-1]].package
        return None if name == lost else super().open_package(name)

    def _record_opening(self) -> None:
        bids = self.desk("organiser").evaluation.bids
        lost = "" if self.pretended else "revoked"
        lines = tuple(
            OpenedBid(
                bidder=bidder,
                package=bids[bidder].package,
                name=name,
                price="0" if lost and bidder == self.bidders[-1] else price,
                failure=lost if bidder == self.bidders[-1] else "",  # type: ignore[arg-type]
                note="文件无法读取" if lost and bidder == self.bidders[-1] else "",
            )
            for bidder, name, price in zip(self.bidders, self.names, self.prices, strict=True)
        )
        self.desk("organiser").do(OpeningRecorded(bids=lines))


def test_the_seal_of_a_bid_that_could_not_be_opened_may_be_missing() -> None:
    evening = WithoutPackage().until("ready")
    fingerprint = record_id(evening.genesis.record.payload)
    report = verify(io.BytesIO(archive_of(evening)), fingerprint)
    assert [problem.part for problem in report.problems] == [""], "it has not ended, no more"
    assert any("Bids: 5 seals" in finding.text.en for finding in report.findings)


def test_that_of_a_bid_that_was_opened_may_not() -> None:
    class Pretended(WithoutPackage):
        pretended = True

    with pytest.raises(ArchiveIncomplete):
        archive_of(Pretended().until("ready"))
