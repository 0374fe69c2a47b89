"""The organiser's verbs: appointing, opening, qualification, endings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final

from evalclient.core.errors import EvalclientError, NotAtCentre
from evalclient.core.evaluation.state import Bid
from evalclient.core.evaluation.views import opened_bids, standing_bids
from evalclient.core.method.entry.stated import stated_problem
from evalclient.core.records.act import MemberKind
from evalclient.core.records.acts_bids import (
    READ_OUT,
    Compartment,
    Objection,
    OpenedBid,
    OpeningRecorded,
    Qualification,
    QualificationRecorded,
)
from evalclient.core.records.acts_committee import LeaderNamed
from evalclient.core.records.acts_ending import CommitteeDissolved, Ending, EvaluationEnded, ReportRefused
from evalclient.core.records.acts_founding import (
    LARGEST_LIST,
    AdministratorAppointed,
    CertificateIssued,
    MemberAppointed,
    RevocationListed,
)
from evalclient.core.records.acts_recovery import RecoveryRequested
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import MOST_TEXT
from evalclient.core.records.quote import quote_problem
from evalclient.crypto.bid_package import PackageReader, PackageRefused
from evalclient.crypto.errors import CertificateRefused, SharesRefused
from evalclient.crypto.event_authority import issue_doubt
from evalclient.crypto.trust.certificates import common_name, revocations_made_by
from evalclient.crypto.trust.revocation_evidence import without_armour
from evalclient.desk.authorities import known_authorities
from evalclient.desk.bid_keys import SharesMissing, TrueShares, join_shares, true_shares
from evalclient.desk.desk import Desk
from evalclient.desk.package_seal import require_seal_of

OpenPackage = Callable[[str], BinaryIO]


class CopyDamaged(EvalclientError):
    """The local copy of a package is not what the bidder handed in."""


#: no record's id
NEVER: Final = "0" * 64


class Organiser:
    """The tendering agent (招标代理) who runs the evaluation."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def appoint_administrator(self, person: str, site: str, certificate: bytes) -> str:
        """Name a site's administrator by his certificate (DER)."""
        act = AdministratorAppointed(person=person, site=site, certificate=self._digest(certificate))
        return self.desk.do(act)

    def list_revocations(self, untrusted_list: bytes) -> str:
        """Record a list or OCSP response (DER or PEM) of an authority known here; CertificateRefused where none signed it."""
        untrusted_list = without_armour(untrusted_list)
        if len(untrusted_list) > LARGEST_LIST:
            raise CertificateRefused(
                f"该吊销列表超过 {LARGEST_LIST >> 20} MB，一条记录放不下；请改用签发机构的分段列表或 OCSP 响应。",
                f"The revocation list is larger than the {LARGEST_LIST >> 20} MB that a record holds; use a partitioned list "
                "or an OCSP response of its issuer.",
            )
        for issuer in known_authorities(self.desk):
            if revocations_made_by(untrusted_list, issuer):
                return self.desk.do(RevocationListed(crl=untrusted_list, issuer=issuer))
        raise CertificateRefused(
            "该文件不是本项目认可的电子认证机构签发的吊销列表（.crl）或 OCSP 响应，请从签发机构重新下载。",
            "The file is not a revocation list (.crl) or OCSP response of an authority this evaluation recognises; fetch it "
            "from its issuer.",
        )

    def issue_certificate(self, member: str, certificate: bytes, factors: tuple[str, ...]) -> str:
        """Take a member's certificate for one day (DER) into the log, for what the administrator witnessed last.

        CertificateRefused where it would not count.
        """
        evaluation = self.desk.evaluation
        witnessed = evaluation.members[member].one_day.witnessed if member in evaluation.members else ""
        act = CertificateIssued(member=member, witnessed=witnessed or NEVER, certificate=certificate, factors=factors)
        self.desk.may(act).require()
        doubt = issue_doubt(act, evaluation.roster, self.desk.clock.now())
        if doubt is not None:
            raise CertificateRefused(doubt.zh, doubt.en)
        return self.desk.do(act)

    def appoint(
        self,
        person: str,
        kind: MemberKind,
        site: str,
        certificate: bytes,
        *,
        replaces: str = "",
        ground: str = "",
    ) -> str:
        """Give a place on the committee to the holder of a certificate (DER), perhaps in place of another member."""
        act = MemberAppointed(
            person=person,
            member_kind=kind,
            site=site,
            certificate=self._digest(certificate),
            replaces=replaces,
            ground=ground,
        )
        return self.desk.do(act)

    def read_bids(self, open_package: OpenPackage, failures: Mapping[str, str] | None = None) -> tuple[OpenedBid, ...]:
        """Open identity and price of every standing bid; a bid that does not open is listed with its failure.

        ``open_package`` gives the package file for a digest. ``failures`` maps bidder → note where the organiser
        already knows why a bid cannot be opened.
        """
        return tuple(
            self._read_bid(bid, open_package, (failures or {}).get(bid.bidder, ""))
            for bid in standing_bids(self.desk.evaluation)
        )

    def record_opening(self, bids: tuple[OpenedBid, ...], objections: tuple[Objection, ...] = ()) -> str:
        """Record names and prices as read out."""
        return self.desk.do(OpeningRecorded(bids=bids, objections=objections))

    def record_qualification(self, failed: Mapping[str, str]) -> str:
        """Record the qualification result; ``failed`` maps bidder → reason, the others qualify."""
        results = tuple(
            Qualification(bid.bidder, bid.bidder not in failed, failed.get(bid.bidder, ""))
            for bid in opened_bids(self.desk.evaluation)
        )
        return self.desk.do(QualificationRecorded(results=results))

    def name_leader(self, member: str, ground: str) -> str:
        """Name the leader where the rules allow it."""
        return self.desk.do(LeaderNamed(member=member, ground=ground))

    def request_recovery(self, seal: str, ground: str) -> str:
        """Ask the recovery custodians for a sealed body whose author does not open it."""
        return self.desk.do(RecoveryRequested(seal=seal, ground=ground))

    def record_refusal(self, member: str, ground: str) -> str:
        """Record that a member neither signs nor dissents in writing."""
        return self.desk.do(ReportRefused(member=member, ground=ground))

    def dissolve(self, ground: str) -> str:
        """Dissolve the committee."""
        return self.desk.do(CommitteeDissolved(ground=ground))

    def end(self, ending: Ending, ground: str, report: bytes) -> str:
        """End the evaluation, with its report (PDF)."""
        document = self.desk.add_blob(report)
        return self.desk.do(EvaluationEnded(ending=ending, ground=ground, document=document), [document])

    def _digest(self, certificate: bytes) -> str:
        return digest(certificate, self.desk.evaluation.founding.hash)

    def _read_bid(self, bid: Bid, open_package: OpenPackage, note: str) -> OpenedBid:
        if note:
            return _failed(bid, "withdrawn", note)
        try:
            package = open_package(bid.package)
        except NotAtCentre as error:
            return _failed(bid, "withdrawn", error.zh)
        with package as file:
            try:
                reader = PackageReader(file)
                require_seal_of(bid, self.desk.evaluation, reader)
                return self._open_bid(bid, reader)
            except (PackageRefused, SharesRefused) as error:
                self._require_as_handed_in(file, bid)
                return _failed(bid, "revoked", error.zh)

    def _open_bid(self, bid: Bid, reader: PackageReader) -> OpenedBid:
        """One line out of the package as the bidder sealed it; false shares are left out, their holders named."""
        released = true_shares(self.desk, bid, reader)
        founding = self.desk.evaluation.founding
        false = self._false_holders(bid, released)
        try:
            keys = join_shares(self.desk, bid, released.shares)
        except SharesMissing as error:
            own = bid.bidder in released.shares or not founding.bidder_share
            return _failed(bid, "withdrawn" if own else "revoked", error.zh + false)
        quote = _quote(reader, keys)
        unread = quote_problem(quote) or stated_problem(self.desk.evaluation.method, quote)
        if unread is not None:
            return _failed(bid, "revoked", f"投标文件{unread.zh}")
        name, price = quote.pop("name"), quote.pop("price")
        holders = tuple(holder for holder in released.shares if holder != bid.bidder)
        return OpenedBid(
            bidder=bid.bidder,
            package=bid.package,
            name=name,
            price=price,
            terms=quote,
            note=false,
            holders=holders,
            manifest_keys={part: reader.manifest_key(part, keys[part]) for part in READ_OUT if part in keys},
        )

    def _false_holders(self, bid: Bid, released: TrueShares) -> str:
        """Who has released a share that the bidder did not give him, for the opening record's note."""
        custodians = self.desk.evaluation.founding.custodians
        names = [common_name(party.certificate) for party in custodians if party.person in released.false]
        if bid.bidder in released.false:
            names.append("投标人本人")
        return f"{'、'.join(names)}提交的解密份额与投标人封装时的承诺不符，未予采用。" if names else ""

    def _require_as_handed_in(self, file: BinaryIO, bid: Bid) -> None:
        """CopyDamaged where the fault is this machine's: no bid may be revoked for it."""
        file.seek(0)
        hasher = hashlib.new(self.desk.evaluation.founding.hash)
        while chunk := file.read(1 << 20):
            hasher.update(chunk)
        if hasher.hexdigest() != bid.package:
            raise CopyDamaged(
                "本机存放的投标文件与递交时的摘要不符（磁盘损坏），请重新下载后再开标；再次出现请告知技术人员。",
                "This machine's copy of a package is not the one that was handed in (damaged disk): fetch it again, then open"
                " the bids; tell the technician if it happens twice.",
            )


def _quote(reader: PackageReader, keys: Mapping[Compartment, bytes]) -> dict[str, str]:
    """What is read out."""
    quote: dict[str, str] = {}
    for name in READ_OUT:
        if name in keys:
            quote.update(reader.manifest(name, keys[name]).quote)
    return quote


def _failed(bid: Bid, failure: str, note: str) -> OpenedBid:
    return OpenedBid(
        bidder=bid.bidder,
        package=bid.package,
        name=bid.bidder[-8:],
        price="0",
        failure="withdrawn" if failure == "withdrawn" else "revoked",
        note=note[:MOST_TEXT],
    )
