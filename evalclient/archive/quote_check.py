"""Names and prices of the opening record against what the bidders signed (开标一览表), by the keys that the record tells."""

from __future__ import annotations

from collections.abc import Mapping

from evalclient.archive import layout
from evalclient.archive.documents import manifests_of
from evalclient.archive.findings import Finding, bad, good
from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.evaluation.views import opened_bids
from evalclient.core.records.acts_bids import Compartment, OpenedBid
from evalclient.core.records.fields import decimal, is_decimal
from evalclient.crypto.bid_package import asic_manifest
from evalclient.crypto.bid_package.manifest import signed_manifest
from evalclient.crypto.bid_package.suites import open_with_content_key
from evalclient.crypto.cms import verify_detached


def check_quotes(evaluation: Evaluation, files: Mapping[str, bytes]) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Each line of the opening against the signed quote of its bidder; the parts this accounts for.

    The seal in the archive, which is the one that the bidder named when he handed in, lists the digest of each sealed
    manifest: nobody can put another statement of the same bidder in its place.
    """
    bids = opened_bids(evaluation)
    accounted = {layout.seal_part(bid.package, part) for bid in bids for part in manifests_of(bid)}
    problems = [problem for bid in bids if (problem := _problem(bid, evaluation.fingerprint, files)) is not None]
    if bids and not problems:
        zh = f"开标：{len(bids)} 家的名称、报价与投标人封装时签名的开标一览表一致。"
        en = f"Opening: {len(bids)} names and prices are what the bidders signed inside their packages."
        return frozenset(accounted), (good("", zh, en),)
    return frozenset(accounted), tuple(problems)


def _problem(bid: Bid, fingerprint: str, files: Mapping[str, bytes]) -> Finding | None:
    line = bid.opened
    if line is None or any(layout.seal_part(bid.package, part) not in files for part in layout.SEAL_PARTS):
        return None  # what is missing of the seal is said elsewhere
    quote: dict[str, str] = {}
    where = layout.seal_part(bid.package, layout.SEAL_PARTS[0])
    try:
        for compartment, key in line.manifest_keys.items():
            if compartment in layout.MANIFESTS:
                where = layout.seal_part(bid.package, layout.MANIFESTS[compartment])
                if where not in files:
                    return bad(where, "缺失。", "is missing.")
                quote |= _quote(bid, compartment, key, fingerprint, files)
    except EvalclientError as error:
        return bad(where, error.zh, error.en)
    if not quote:
        zh = f"开标记录没有给出查验“{line.name}”报价的密钥，无从核对。"
        en = f'the opening record tells no key to compare the price of "{line.name}" with what was signed.'
        return bad(where, zh, en)
    if _read_out(quote, line):
        return None
    name, price = quote.get("name", ""), quote.get("price", "")
    return bad(
        where,
        f"开标记录（{line.name}，{line.price}）与投标人签名的开标一览表（{name}，{price}）不一致。",
        f"the opening record ({line.name}, {line.price}) is not what the bidder signed ({name}, {price}).",
    )


def _quote(
    bid: Bid, compartment: Compartment, key: bytes, fingerprint: str, files: Mapping[str, bytes]
) -> dict[str, str]:
    """What the bidder signed in one compartment; EvalclientError where it does not open or is not part of his seal."""
    seal, signature, _keys = (files[layout.seal_part(bid.package, part)] for part in layout.SEAL_PARTS)
    sealed = files[layout.seal_part(bid.package, layout.MANIFESTS[compartment])]
    listed, part = asic_manifest.decode(seal), layout.MANIFESTS[compartment]
    if not listed.fits(part, sealed):
        raise EvalclientError(
            "与投标人的封装清单不符，被改动过。", "is not what the bidder's seal lists: it was changed."
        )
    signer = verify_detached(seal, signature)
    content = open_with_content_key(listed.suite, sealed, key, listed.parts[part])
    return signed_manifest(content, fingerprint, compartment, signer.certificate).quote


def _read_out(quote: Mapping[str, str], line: OpenedBid) -> bool:
    """Whether a line is just what was signed: the same name and terms, the same amount."""
    terms = {name: text for name, text in quote.items() if name not in ("name", "price")}
    price = quote.get("price", "")
    same = is_decimal(price) and decimal(price) == decimal(line.price)
    return same and quote.get("name") == line.name and terms == line.terms
