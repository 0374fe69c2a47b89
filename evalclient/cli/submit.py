"""``evalclient submit PKG``: hand a sealed bid package in at the centre."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.centre import unanswered, waiting
from evalclient.cli.console import (
    FAILED,
    OK,
    add_key_options,
    add_store_options,
    add_tender_option,
    add_timestamps_option,
    authority_from,
    key_from,
    say,
    seat_from,
    worded,
)

if TYPE_CHECKING:
    from argparse import Namespace

_NOT_HANDED_IN: Final = ("投标文件尚未递交", "the bid has not been handed in")
_UNCONFIRMED: Final = (
    "评标中心是否收到投标文件未得到确认，不能视为已递交",
    "whether it has the bid is not confirmed, so do not take it as handed in",
)


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("submit", help=worded("递交投标文件", "hand in a sealed bid package"))
    parser.add_argument("package", type=Path, metavar="PKG", help=worded("已封装的投标文件", "the sealed bid package"))
    add_tender_option(parser)
    add_store_options(parser, worded("投标人自己的数据文件夹", "the bidder's own store"))
    add_timestamps_option(parser)
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Check the seal, upload, and put ``bid.submitted`` in the log; the receipt stays in the store."""
    from evalclient.core.records.acts_bids import BidSubmitted
    from evalclient.desk.founding import read_genesis
    from evalclient.desk.outsiders import Bidder, require_own_package
    from evalclient.desk.places import bidder_place

    genesis = read_genesis(arguments.tender)
    key = key_from(arguments)
    with arguments.package.open("rb") as package:
        seal = require_own_package(package, genesis, key.certificate)
    seat = seat_from(arguments, genesis, bidder_place(genesis, key.certificate))
    try:
        with unanswered(*(_UNCONFIRMED if waiting(seat, BidSubmitted) else _NOT_HANDED_IN)):
            seat.enter(key, "submit")
            package = seat.hand_in_package(arguments.package)
        seat.desk.authority = authority_from(arguments)
        bidder = Bidder(seat.desk)
        record = bidder.submit(package, seal)
        with unanswered(*_UNCONFIRMED):
            seat.turn()
        if not bidder.received_in_time(record):
            say("投标文件未被接收。", "The bid was not accepted.")
            return FAILED
    finally:
        seat.close()
    say(f"已递交，投标文件摘要 {package}", f"Handed in. Package digest {package}")
    return OK
