"""A bid package compared with the log: whose seal it carries, and whether what was read out is what it quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.records.acts_bids import READ_OUT, OpenedBid
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual, decimal, is_decimal
from evalclient.crypto.bid_package import Manifest, PackageReader, PackageRefused


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


def misread(bid: Bid, manifests: Iterable[Manifest]) -> Bilingual | None:
    """An alarm where the opening record is not the bidder's signed quote (name, price, terms); None where they agree.

    It decides nothing. What a package does not quote to this reader is not compared.
    """
    quote: dict[str, str] = {}
    for manifest in manifests:
        if manifest.compartment in READ_OUT:
            quote.update(manifest.quote)
    line = bid.opened
    if line is None:
        return None
    name, price = quote.get("name", line.name), quote.get("price", line.price)
    if name == line.name and _amount(price) == decimal(line.price):
        return _misread_terms(line, quote)
    return Bilingual(
        f"开标记录（{line.name}，{line.price} 元）与该投标人签名的开标一览表（{name}，{price} 元）不一致，"
        "请暂停评审该投标文件并报告监督人员。",
        f"The opening record ({line.name}, {line.price} CNY) is not what the bidder signed ({name}, {price} CNY): leave this"
        " bid for now and tell the supervisor.",
    )


def _misread_terms(line: OpenedBid, quote: Mapping[str, str]) -> Bilingual | None:
    for term, value in quote.items():
        if term not in ("name", "price") and line.terms.get(term) != value:
            read = line.terms.get(term, "—")
            return Bilingual(
                f"开标记录（{line.name}，{term}：{read}）与该投标人签名的开标一览表（{term}：{value}）不一致，"
                "请暂停评审该投标文件并报告监督人员。",
                f"The opening record ({line.name}, {term}: {read}) is not what the bidder signed ({term}: {value}): leave this"
                " bid for now and tell the supervisor.",
            )
    return None


def _amount(untrusted: str) -> Decimal | None:
    return decimal(untrusted) if is_decimal(untrusted) else None
