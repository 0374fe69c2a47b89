"""Write a demo tender and its bids into a folder, to look at: ``python -m evalclient.demo.documents --out FOLDER``."""

from __future__ import annotations

import argparse
from pathlib import Path

from evalclient.demo.documents.bid_documents import MEGABYTE, bid_documents, share_of
from evalclient.demo.documents.tender_files import tender_files
from evalclient.demo.documents.tender_texts import DEFAULT_BIDDERS, DEFAULT_SEED, demo_tender


def main(arguments: list[str] | None = None) -> int:
    """Parse the options, write the tree, print what was written."""
    parser = argparse.ArgumentParser(prog="python -m evalclient.demo.documents", description=__doc__)
    parser.add_argument("--kind", choices=("construction", "procurement"), default="construction")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--size", type=int, default=20, help="megabytes of all bids together")
    parser.add_argument("--bidders", type=int, default=DEFAULT_BIDDERS)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    tender = demo_tender(options.kind, options.lang, options.bidders, options.seed)
    for file in tender_files(tender):
        _write(options.out / "tender" / file.name, file.content)
    _write(options.out / "tender" / "pledge.txt", tender.pledge_text.text(tender.language).encode())
    for bidder in tender.bidders:
        for document in bid_documents(tender, bidder, share_of(options.size * MEGABYTE, tender)):
            _write(options.out / bidder.id / document.compartment / document.name, document.content)
    return 0


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{len(content):>12,}  {path}")


if __name__ == "__main__":
    raise SystemExit(main())
