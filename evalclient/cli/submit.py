"""``evalclient submit PKG``: hand a sealed bid package in at the centre."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import FAILED, OK, add_key_options, add_store_options, key_from, say, seat_from

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("submit", help="递交投标文件 / hand in a sealed bid package")
    parser.add_argument("package", type=Path)
    parser.add_argument("--tender", type=Path, required=True, metavar="GENESIS", help="the announced genesis file")
    add_store_options(parser, "the bidder's own store")
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Check the seal, upload, and put ``bid.submitted`` in the log; the receipt stays in the store."""
    from evalclient.desk.founding import load_genesis
    from evalclient.desk.outsiders import Bidder, require_own_package
    from evalclient.desk.places import bidder_place

    genesis = load_genesis(arguments.tender.read_bytes())
    key = key_from(arguments)
    with arguments.package.open("rb") as package:
        seal = require_own_package(package, genesis, key.certificate)
    seat = seat_from(arguments, genesis, bidder_place(genesis, key.certificate))
    try:
        seat.enter(key, "submit")
        package = seat.hand_in_package(arguments.package)
        bidder = Bidder(seat.desk)
        record = bidder.submit(package, seal)
        seat.turn()
        if not bidder.handed_in(record):
            say("投标文件未被接收。", "The bid was not accepted.")
            return FAILED
    finally:
        seat.close()
    say(f"已递交，投标文件摘要 {package}", f"Handed in. Package digest {package}")
    return OK
