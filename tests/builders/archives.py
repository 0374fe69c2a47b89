"""A whole signed evening with certificates of demonstration authorities, real packages and a stamped report.

from tests.builders.archives import archive_of, finished

finished()                         # the evening at its end, made once
archive_of(finished())             # its archive, as bytes
tampered(archive, {name: data})    # the same archive with parts changed, added, or (None) left out
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import BinaryIO, Final, Self

import msgspec

from evalclient.archive import export
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.acts_bids import READ_OUT, Compartment, OpenedBid
from evalclient.core.records.acts_ending import Ending, ReportStamped
from evalclient.core.records.envelope import digest
from evalclient.core.report.compose import report_content
from evalclient.core.report.content import ReportContent
from evalclient.core.report.history import events_of_entries
from evalclient.core.report.stamp_words import signing_reason, stamp_lines
from evalclient.core.workflow.gates_ending import next_to_stamp
from evalclient.crypto.bid_package import PackageReader, SourceDocument, TenderKeys, write_package
from evalclient.crypto.custody import join_key
from evalclient.crypto.demo.pki import DemoPki
from evalclient.crypto.keys import Pkcs12Key
from evalclient.crypto.pdf import stamp
from evalclient.crypto.records import found
from evalclient.crypto.trust.certificates import common_name
from evalclient.desk.chair import Chair
from evalclient.desk.organiser import Organiser
from evalclient.paper.report_pdf import render_report
from evalclient.paper.signature_page import signature_boxes
from tests.builders.desks import Desks

AT: Final = datetime(2026, 11, 24, 1, tzinfo=UTC)
#: two of the three custodians, who open the bids
HOLDERS: Final = ("custodian-1", "custodian-2")
DISSENT: Final = "对滇中城建集团股份有限公司的类似业绩认定有不同意见：所附合同未注明竣工日期。"


@lru_cache
def pki() -> DemoPki:
    """The three demonstration authorities."""
    return DemoPki.create("archives", AT)


def certified_file(name: str, place: str) -> bytes:
    """A key file (PKCS#12, PIN "1") with a certificate of one of the authorities."""
    return pki().authorities[len(place) % 3].issue(name, place, pin="1").p12


@lru_cache(maxsize=64)
def certified_key(name: str, place: str) -> Pkcs12Key:
    """The key in it."""
    return Pkcs12Key.open(certified_file(name, place), "1")


class SignedEvening(Desks):
    """``Desks`` whose people hold certificates of recognised authorities and whose bids are real packages."""

    #: what is read out beside the price
    terms: Mapping[str, str] = MappingProxyType({})

    def __init__(self, trade: Trade = "construction", *, practice: bool = True) -> None:
        self.packages: dict[str, bytes] = {}
        super().__init__(trade, practice=practice)
        documents = self.documents
        self.blobs |= {digest(data): data for data in (documents.tender, documents.method, documents.rules)}

    def key(self, name: str, place: str) -> Pkcs12Key:
        return certified_key(name, place)

    def roots(self) -> tuple[bytes, ...]:
        return pki().roots

    def package(self, bidder: str) -> str:
        """A small real package that quotes what is read out; its digest."""
        founded = found(self.genesis.record)
        custodians = tuple(party.encryption_certificate for party in founded.founding.custodians)
        place = self.bidders.index(bidder)
        quotes: dict[Compartment, dict[str, str]] = {
            "identity": {"name": self.names[place]},
            "price": {"price": self.prices[place], **self.terms},
        }
        buffer = io.BytesIO()
        tender = TenderKeys(founded.record.id, custodians, 2, True)
        write_package(buffer, self.bid_documents(bidder), quotes, tender, self.keys[bidder], at=AT)
        name = digest(buffer.getvalue())
        self.packages[name] = buffer.getvalue()
        return name

    def bid_documents(self, bidder: str) -> list[SourceDocument]:
        """What a bidder seals."""
        return [SourceDocument("technical", "plan.txt", "技术方案", "text/plain", io.BytesIO(bidder.encode() * 100))]

    def seal(self, package: str) -> str:
        return PackageReader(io.BytesIO(self.packages[package])).seal_digest

    def open_package(self, name: str) -> BinaryIO | None:
        """The package as a file."""
        return io.BytesIO(self.packages[name]) if name in self.packages else None

    def manifest_keys(self, bidder: str) -> dict[Compartment, bytes]:
        """What the organiser tells at the opening, so that everybody can read what this bidder signed."""
        reader = PackageReader(io.BytesIO(self.packages[self.evaluation.bids[bidder].package]))
        own, *held = (reader.recover_shares(self.keys[person]) for person in (bidder, *HOLDERS))
        keys = {part: join_key([shares[part] for shares in held], own[part]) for part in READ_OUT}
        return {part: reader.manifest_key(part, key) for part, key in keys.items()}

    def opening_line(self, bidder: str, name: str, price: str) -> OpenedBid:
        line = super().opening_line(bidder, name, price)
        return msgspec.structs.replace(line, terms=dict(self.terms), manifest_keys=self.manifest_keys(bidder))

    def fork(self) -> Self:
        other = super().fork()
        other.blobs = dict(self.blobs)
        return other

    def finish(self, dissent: Mapping[str, str] | None = None) -> Self:
        """Report, signatures, stamps, end."""
        self.until("report")
        self.render()
        for person in self.members:
            self.sign(person, (dissent or {}).get(person, ""))
        self.share()
        while person := next_to_stamp(self.evaluation):
            self.stamp(person)
        Chair(self.desk(self.evaluation.leader)).close_stage()
        self.share()
        report = self.evaluation.report
        assert report is not None
        self.end("awarded", "评标完成", self.blobs[report.stamps[-1][1].document])
        return self

    def render(self) -> bytes:
        """The leader lays the report before the members."""
        pdf = render_report(self.content())
        self.blobs[digest(pdf)] = pdf
        Chair(self.desk(self.evaluation.leader)).present_report(pdf)
        self.share()
        return pdf

    def stamp(self, person: str) -> None:
        """A member's visible signature on the newest revision."""
        evaluation = self.evaluation
        report = evaluation.report
        assert report is not None
        before = self.blobs[report.stamps[-1][1].document if report.stamps else report.document]
        box = signature_boxes(self._signed_content(evaluation))[person]
        dissent = report.signed[person].dissent
        at = self.clock.now()
        after = stamp(
            before,
            self.keys[person],
            f"signature-{person}",
            (box.page, box.x1, box.y1, box.x2, box.y2),
            stamp_lines(common_name(self.keys[person].certificate), at, evaluation.fingerprint, dissent),
            datetime.fromisoformat(at),
            reason=signing_reason(dissent),
            trust=self.desk(person).trust,
            revocations=(*evaluation.founding.revocations, *evaluation.roster.revocations),
        )
        self.blobs[digest(after)] = after
        self.desk(person).do(
            ReportStamped(document=digest(after), previous=digest(before)), [self._kept(person, after)]
        )
        self.share()

    def end(self, ending: Ending, ground: str, report: bytes) -> None:
        """The organiser ends the evaluation."""
        self.blobs[digest(report)] = report
        Organiser(self.desk("organiser")).end(ending, ground, report)
        self.share()

    def content(self, ending: Ending = "awarded", ground: str = "") -> ReportContent:
        """The report on the log as it stands."""
        evaluation = self.evaluation
        entries = [entry for _, entry in self.tape]
        names = {person: common_name(self.keys[person].certificate) for person in evaluation.roster.current}
        events = events_of_entries(entries, "sha256")
        root = self.tree.root().hex()
        return report_content(evaluation, events, names, root, ending=ending, ground=ground)

    def _signed_content(self, evaluation: Evaluation) -> ReportContent:
        """Boxes depend on the committee alone."""
        events = events_of_entries([entry for _, entry in self.tape], "sha256")
        return report_content(evaluation, events, {}, "0" * 64)

    def _kept(self, person: str, data: bytes) -> str:
        return self.desk(person).add_blob(data)


@lru_cache
def _signed_at(stage: Stage, trade: Trade) -> SignedEvening:
    before: dict[Stage, Stage] = {"report": "preliminary"}
    return (
        _signed_at(before[stage], trade).fork().until(stage) if stage in before else SignedEvening(trade).until(stage)
    )


def signed_at(stage: Stage, trade: Trade = "construction") -> SignedEvening:
    """An evening at ``preliminary`` or ``report``: a fork, free to change."""
    return _signed_at(stage, trade).fork()


@lru_cache
def finished(trade: Trade = "construction") -> SignedEvening:
    """An evening to its end, one member dissenting."""
    return signed_at("report", trade).finish({"m3": DISSENT})


def archive_of(evening: SignedEvening) -> bytes:
    """The archive that the organiser's store gives."""
    buffer = io.BytesIO()
    export(
        buffer, evening.desk("organiser").log, evening.desk("organiser").logged, evening.blobs.get, evening.open_package
    )
    return buffer.getvalue()


def parts_of(archive: bytes) -> dict[str, bytes]:
    """Name → bytes of every part."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def tampered(archive: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The archive with parts changed or added; None leaves one out."""
    parts = {**parts_of(archive), **changes}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            if data is not None:
                file.writestr(name, data)
    return buffer.getvalue()
