"""Which seals and reports an archive must have: by the bids and records that took effect, and exactly those."""

from __future__ import annotations

import io
import zipfile
from typing import BinaryIO

import pytest

from evalclient.archive import verify
from evalclient.archive.errors import ArchiveIncomplete
from evalclient.archive.layout import MANIFESTS, SEAL_PARTS, seal_part
from evalclient.core.records.act import Act
from evalclient.core.records.acts_bids import BidSubmitted, OpenedBid, OpeningRecorded
from evalclient.core.records.acts_ending import ReportRendered
from evalclient.core.records.envelope import digest, record_id
from evalclient.crypto.bid_package import SourceDocument, TenderKeys, write_package
from evalclient.crypto.records import found
from tests.builders.archives import AT, SignedEvening, archive_of, finished, parts_of, signed_at, tampered


class WithoutPackage(SignedEvening):
    """The last bidder's package is nowhere to be had; the opening says so unless ``pretended``."""

    pretended = False

    def open_package(self, name: str) -> BinaryIO | None:
        lost = self.desk("organiser").logged.bids[self.bidders[-1]].package
        return None if name == lost else super().open_package(name)

    def opening_line(self, bidder: str, name: str, price: str) -> OpenedBid:
        if self.pretended or bidder != self.bidders[-1]:
            return super().opening_line(bidder, name, price)
        package = self.evaluation.bids[bidder].package
        return OpenedBid(bidder=bidder, package=package, name=name, price="0", failure="revoked", note="文件无法读取")


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


def test_another_package_that_the_bidder_sealed_for_this_evaluation_does_not_stand_in_for_his_bid() -> None:
    evening = finished()
    bidder = evening.bidders[0]
    custodians = tuple(party.certificate for party in found(evening.genesis.record).founding.custodians)
    buffer = io.BytesIO()
    document = SourceDocument("technical", "plan.txt", "技术方案", "text/plain", io.BytesIO(b"another content"))
    tender = TenderKeys(evening.evaluation.fingerprint, custodians, 2, True)
    write_package(buffer, [document], {"price": {"price": "2"}}, tender, evening.keys[bidder], at=AT)
    package = evening.evaluation.bids[bidder].package
    with zipfile.ZipFile(buffer) as other:
        changed = {seal_part(package, part): other.read(part) for part in SEAL_PARTS}
    report = verify(io.BytesIO(tampered(archive_of(evening), changed)), evening.evaluation.fingerprint)
    assert [(problem.part, problem.text.en) for problem in report.problems] == [
        (seal_part(package, SEAL_PARTS[0]), "the seal is not the one that the bidder named when he handed in."),
        (seal_part(package, MANIFESTS["identity"]), "is not what the bidder's seal lists: it was changed."),
    ]


def past_the_gates(evening: SignedEvening, person: str, act: Act) -> None:
    """A record that a tampered client sends although it may not take effect."""
    desk = evening.desk(person)
    evening.write(desk._signed(desk._payload(act, ())))
    evening.share()
    assert evening.evaluation.without_effect[-1].author == person


def test_records_without_effect_neither_drop_a_seal_nor_ask_for_a_report_that_never_was() -> None:
    evening = signed_at("report")
    bidder = evening.bidders[0]
    nowhere = digest(b"never uploaded")
    package = evening.evaluation.bids[bidder].package
    opening = evening.evaluation.opening
    assert opening is not None
    past_the_gates(evening, bidder, BidSubmitted(package=nowhere, seal=nowhere, size=1))
    past_the_gates(evening, "m2", ReportRendered(document=nowhere, result=nowhere))
    past_the_gates(evening, "organiser", OpeningRecorded(bids=opening.bids[1:]))
    evening.finish()
    archive = archive_of(evening)
    assert {seal_part(package, part) for part in SEAL_PARTS} <= set(parts_of(archive))
    assert not any(nowhere in part for part in parts_of(archive))
    assert verify(io.BytesIO(archive), evening.evaluation.fingerprint).holds
    without: dict[str, bytes | None] = {seal_part(package, part): None for part in SEAL_PARTS}
    report = verify(io.BytesIO(tampered(archive, without)), evening.evaluation.fingerprint)
    assert [problem.text.en for problem in report.problems] == ["is missing."] * 3
