"""Verbs of those who come for keys alone: bidders, opening custodians, recovery custodians."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from evalclient.core.checkpoint import parse_proof
from evalclient.core.errors import EvalclientError, NotAtCentre
from evalclient.core.evaluation.drawing import shut_shares
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name, standing_bids
from evalclient.core.records.acts_bids import BidSubmitted, BidWithdrawn, ShareReleased
from evalclient.core.records.acts_recovery import RecoveryReleased
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.bid_package import PackageReader, PackageRefused, PackageSeal, check_package
from evalclient.crypto.cms import envelop, open_envelope
from evalclient.crypto.errors import CryptoError, EnvelopeRefused
from evalclient.crypto.primitives.public_keys import PARSER_ERRORS
from evalclient.crypto.records import found
from evalclient.desk.desk import Desk, Genesis
from evalclient.store.shelf import DownloadDamaged


class ShareUnreadable(EvalclientError):
    """One package, or one sealed body, gives this holder no share; the others are not affected."""


class NoBidHere(EvalclientError):
    """There is no bid to withdraw."""


class OrganiserAbsent(EvalclientError):
    """The organiser has not signed in, so there is no session to release shares to."""


def require_own_package(untrusted: BinaryIO, genesis: Genesis, certificate: bytes) -> PackageSeal:
    """The package's seal; PackageRefused unless the package is whole, for this tender, and sealed by the holder of ``certificate`` (DER)."""
    seal = check_package(untrusted)
    founded = found(genesis.record)
    if seal.evaluation != founded.record.id:
        raise PackageRefused(
            "该投标文件是为另一个项目封装的，请用本项目的公告文件（--tender）重新封装。",
            "This package was sealed for another tender; seal it again with this tender's announcement (--tender).",
        )
    if seal.suite != founded.founding.suite:
        raise PackageRefused(
            "该投标文件所用的密码算法与本项目的要求不同，请用本项目的公告文件（--tender）重新封装。",
            "This package is sealed by other algorithms than this tender asks for; seal it again with this tender's "
            "announcement (--tender).",
        )
    if seal.bidder_certificate != certificate:
        raise PackageRefused(
            "该投标文件由另一份证书封装，请用本次递交所用的证书重新封装。",
            "This package was sealed with another certificate; seal it again with the one you hand it in with.",
        )
    return seal


class Bidder:
    """A bidder (投标人)."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def submit(self, package: str, seal: PackageSeal) -> str:
        """Hand in a package (by its digest) that the centre already keeps, with the seal that was checked here."""
        return self.desk.do(BidSubmitted(package=package, seal=seal.seal_digest, size=seal.size), [package])

    def received_in_time(self, record: str) -> bool:
        """Whether the centre's receipt says that it took this bid, or its withdrawal, in before the deadline.

        The receipt is enough: until the deadline the centre shows no bidder the log.
        """
        receipt = next((kept for kept in self.desk.log.receipts() if kept.record_id == record), None)
        received = parse_proof(receipt.proof).extra.decode() if receipt else ""
        return bool(received) and received < self.desk.evaluation.founding.deadline

    def withdraw(self, ground: str) -> str:
        """Take the standing bid back; NoBidHere where this store knows of none."""
        bid = self.desk.evaluation.bids.get(self.desk.person)
        if bid is None or bid.withdrawn:
            raise NoBidHere(
                "本数据文件夹中没有可撤回的投标文件，请用递交时所用的 --store 和证书。",
                "This store knows of no bid that could be withdrawn; use the --store and certificate it was handed in with.",
            )
        return self.desk.do(BidWithdrawn(package=bid.package, ground=ground))


def shares_wanted(evaluation: Evaluation) -> tuple[Bilingual, ...]:
    """What the holders' shares are wanted of now, one record of each holder for each; as ``ShareHolder.to_sign`` says it."""
    if evaluation.stage == "opening":
        return tuple(_share_of_bid(evaluation, bid.bidder, bid.package) for bid in standing_bids(evaluation))
    shut = {record for record, seal in evaluation.seals.items() if not seal.opened}
    shut |= {share.record for share in shut_shares(evaluation)}
    return tuple(_share_of_body(seal) for seal in evaluation.recovery if seal in shut)


def _share_of_bid(evaluation: Evaluation, bidder: str, package: str) -> Bilingual:
    name = bidder_name(evaluation, bidder)
    return Bilingual(f"提交解密份额：投标人 {name}，投标文件 {package}", f"key share: bidder {name}, package {package}")


def _share_of_body(seal: str) -> Bilingual:
    return Bilingual(f"提交恢复份额：封存内容 {seal}", f"share of a sealed body: {seal}")


class ShareHolder:
    """A custodian of the bids' or of sealed bodies' keys (密钥保管方), or the bidder for his own share."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def owed(self) -> tuple[tuple[str, str], ...]:
        """(bidder, package digest) of every share this person still owes."""
        return tuple(
            (bid.bidder, bid.package)
            for bid in standing_bids(self.desk.evaluation)
            if self.desk.person not in bid.shares
            and self.desk.person in (bid.bidder, *(party.person for party in self.desk.evaluation.founding.custodians))
        )

    def to_sign(self) -> tuple[Bilingual, ...]:
        """What ``release`` and ``release_recovery`` of all that is owed will sign, one record each: what it is about, whole digest."""
        evaluation = self.desk.evaluation
        return (
            *(_share_of_bid(evaluation, bidder, package) for bidder, package in self.owed()),
            *(_share_of_body(seal) for seal in self.recovery_owed()),
        )

    def release(self, bidder: str, package: str, open_package: Callable[[str], BinaryIO]) -> str:
        """Release this person's share of one package's keys to the organiser's session: one key operation.

        ShareUnreadable where the package is damaged, irregular, not at the centre, not to be read from the disk or not
        made for this holder; OrganiserAbsent.
        """
        bid = self.desk.evaluation.bids[bidder]
        organiser = self._organiser_key()
        try:
            with open_package(package) as file:
                shares = PackageReader(file).recover_shares(self.desk.handle)
        except (CryptoError, DownloadDamaged, NotAtCentre) as error:
            raise ShareUnreadable(
                f"投标文件 {package[:16]}… 的份额无法取出：{error.zh}",
                f"Package {package[:16]}… gives no share: {error.en}",
            ) from error
        except (OSError, *PARSER_ERRORS) as error:  # whatever a file provokes, it is this package's alone
            raise ShareUnreadable(
                f"投标文件 {package[:16]}… 的份额无法取出：文件无法读取，请报告监督人员。",
                f"Package {package[:16]}… gives no share: its file cannot be read; tell the supervisor.",
            ) from error
        act = ShareReleased(
            bidder=bidder,
            package=bid.package,
            shares={name: envelop(share, [organiser]) for name, share in shares.items()},
        )
        return self.desk.do(act)

    def recovery_owed(self) -> tuple[str, ...]:
        """The sealed bodies that the organiser has asked for and whose share this person still owes."""
        evaluation = self.desk.evaluation
        return tuple(
            seal
            for seal in evaluation.recovery
            if self.desk.person in evaluation.roster.sealed[seal].sealed.recovery
            and self.desk.may(RecoveryReleased(seal=seal, share=b"")).allowed
        )

    def release_recovery(self, seal: str) -> str:
        """Release this person's share of a sealed body's key to the organiser's session: one key operation.

        OrganiserAbsent; ShareUnreadable where the author's client has enveloped garbage.
        """
        sealed = self.desk.evaluation.roster.sealed[seal].sealed
        try:
            share = open_envelope(sealed.recovery[self.desk.person], self.desk.handle)
        except EnvelopeRefused as error:
            raise ShareUnreadable(
                f"封存内容 {seal[:16]}… 的恢复份额无法取出：{error.zh}",
                f"Sealed content {seal[:16]}… gives no share: {error.en}",
            ) from error
        return self.desk.do(RecoveryReleased(seal=seal, share=envelop(share, [self._organiser_key()])))

    def _organiser_key(self) -> bytes:
        organiser = self.desk.evaluation.roster.session_of(self.desk.evaluation.founding.organiser.person)
        if organiser is None:
            raise OrganiserAbsent(
                "组织方尚未登录，没有可接收份额的会话，请通知组织方登录后重试。",
                "The organiser has not signed in, nobody can take the share; ask him to sign in and try again.",
            )
        return organiser.encryption_key
