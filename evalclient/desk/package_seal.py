"""Whose seal a bid package carries, compared with the bid that was handed in."""

from __future__ import annotations

from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.records.envelope import digest
from evalclient.crypto.bid_package import PackageReader, PackageRefused


def require_seal_of(bid: Bid, evaluation: Evaluation, reader: PackageReader) -> None:
    """PackageRefused unless it has the seal that its bidder's record names, made by himself and for this evaluation."""
    if reader.evaluation != evaluation.fingerprint:
        raise PackageRefused(
            "该投标文件包是为另一个项目封装的，不能在本项目中打开，请报告监督人员。",
            "This package was sealed for another evaluation and cannot be opened here; tell the supervisor.",
        )
    if bid.bidder != f"bidder:{digest(reader.signer.certificate, evaluation.founding.hash)}":
        raise PackageRefused(
            "该投标文件包不是由递交它的投标人封装的（封装证书不同），请报告监督人员。",
            "This package was not sealed by the bidder who handed it in (another certificate); tell the supervisor.",
        )
    if bid.seal != reader.seal_digest:
        raise PackageRefused(
            "该投标文件包的封装清单与投标人递交时登记的摘要不符，请报告监督人员。",
            "The seal of this package is not the one that its bidder named when he handed it in; tell the supervisor.",
        )
