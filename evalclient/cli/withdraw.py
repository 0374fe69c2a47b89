"""``evalclient withdraw``: take the standing bid back before the deadline (撤回, 招标投标法 第二十九条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.centre import unanswered
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

_UNCONFIRMED: Final = (
    "评标中心是否收到撤回未得到确认，不能视为已撤回",
    "whether it knows of the withdrawal is not confirmed, so do not take the bid as withdrawn",
)


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "withdraw", help=worded("投标截止前撤回已递交的投标文件", "take back the bid handed in, before the deadline")
    )
    add_tender_option(parser)
    add_store_options(parser, worded("递交时所用的数据文件夹", "the store it was handed in with"))
    parser.add_argument("--ground", default="", metavar="TEXT", help=worded("撤回原因，可不填", "why; may be left out"))
    add_timestamps_option(parser)
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Put ``bid.withdrawn`` in the log; the receipt stays in the store. Exit code 1 where it came too late."""
    from evalclient.desk.founding import read_genesis
    from evalclient.desk.outsiders import Bidder
    from evalclient.desk.places import bidder_place

    genesis = read_genesis(arguments.tender)
    key = key_from(arguments)
    seat = seat_from(arguments, genesis, bidder_place(genesis, key.certificate))
    try:
        with unanswered(*_UNCONFIRMED):
            seat.enter(key, "withdraw")
        seat.desk.authority = authority_from(arguments)
        bidder = Bidder(seat.desk)
        record = bidder.withdraw(arguments.ground)
        with unanswered(*_UNCONFIRMED):
            seat.turn()
        if not bidder.received_in_time(record):
            say("撤回未被接收，投标文件仍然有效。", "The withdrawal was not accepted; the bid stands.")
            return FAILED
    finally:
        seat.close()
    say("已撤回投标文件；截止前可重新递交。", "The bid is withdrawn; another may be handed in before the deadline.")
    return OK
