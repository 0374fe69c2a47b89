"""A demo bidder as a process of his own: writes his bid, then seals, hands in and releases by the public commands."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import msgspec

from evalclient.cli.dispatch import run_command as command
from evalclient.core.records.acts_bids import Compartment
from evalclient.demo.documents.bid_documents import bid_documents
from evalclient.demo.documents.model import Bidder, BidDocument, DemoTender
from evalclient.demo.documents.tender_texts import demo_tender
from evalclient.demo.people import load_person
from evalclient.demo.person import tell
from evalclient.demo.scenario import load_scenario
from evalclient.desk.sealing import BidFolder, SourceFile


def main(argv: Sequence[str] | None = None) -> int:
    """Live through one bid; 0 when the own share is released."""
    parser = ArgumentParser(prog="evalclient.demo.bidder")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenario", type=Path, required=True)
    arguments = parser.parse_args(argv)
    scenario = load_scenario(arguments.scenario)
    person = load_person(arguments.folder)
    tender = demo_tender(scenario.kind, scenario.language, scenario.bidders, scenario.seed)
    bidder = tender.bidders[person.bid - 1]
    write_bid_folder(arguments.folder / "bid", tender, bidder, scenario.megabytes * 1_000_000 // scenario.bidders)
    tell("documents")
    while not scenario.genesis.exists() or not scenario.centre_file.exists():
        time.sleep(0.05)
    authority = scenario.timestamps_file.read_text("utf-8")
    return _bid(arguments.folder, scenario.genesis, scenario.centre_file.read_text("utf-8"), authority)


def write_bid_folder(folder: Path, tender: DemoTender, bidder: Bidder, size: int) -> None:
    """The bid's documents and ``bid.json``, as ``evalclient seal`` takes them."""
    folder.mkdir(parents=True)
    documents = bid_documents(tender, bidder, size)
    for document in documents:
        (folder / document.name).write_bytes(document.content)
    bid = BidFolder(files=tuple(_source(document) for document in documents), quote=quote_of(tender, bidder))
    (folder / "bid.json").write_bytes(msgspec.json.encode(bid))


def _source(document: BidDocument) -> SourceFile:
    links: dict[str, list[int]] = {}
    for link in document.links:
        links.setdefault(link.criterion, []).append(link.page)
    return SourceFile(
        file=document.name,
        compartment=document.compartment,
        title=document.title,
        media_type=document.media_type,
        links={criterion: tuple(pages) for criterion, pages in links.items()},
    )


def quote_of(tender: DemoTender, bidder: Bidder) -> dict[Compartment, dict[str, str]]:
    """What is read out at opening."""
    english = tender.language == "en"
    code = "Unified social credit code" if english else "统一社会信用代码"
    validity = "Bid validity (days)" if english else "投标有效期（日历天）"
    duration = (
        ("Duration (days)" if english else "工期（日历天）")
        if tender.kind == "construction"
        else ("Delivery (days)" if english else "交货期（日历天）")
    )
    return {
        "identity": {"name": bidder.name.text(tender.language), code: bidder.credit_code},
        "price": {
            "price": bidder.price,
            validity: str(bidder.validity_days),
            duration: str(bidder.duration_days),
        },
    }


def _bid(folder: Path, genesis: Path, url: str, authority: str) -> int:
    key = ["--key", str(folder / "key.p12"), "--password-file", str(folder / "pin")]
    there = ["--tender", str(genesis), "--centre", url, "--store", str(folder), *key]
    package = str(folder / "bid.asice")
    signer = ["--signer", *key[1:]]
    for name, arguments in (
        ("sealed", ["seal", str(folder / "bid"), "--tender", str(genesis), *signer, "-o", package]),
        ("submitted", ["submit", package, *there, "--timestamps", authority]),
        ("released", ["release-key", "--wait", *there]),
    ):
        code = command(arguments)
        if code:
            return code
        tell(name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
