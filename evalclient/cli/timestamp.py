"""``evalclient timestamp``: have a finished evaluation's report and log stamped, where no window did so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evalclient.cli.centre import unanswered
from evalclient.cli.console import (
    FAILED,
    OK,
    add_key_options,
    add_store_options,
    add_tender_option,
    key_from,
    say,
    seat_from,
    worded,
)

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "timestamp",
        help=worded(
            "为已结束的评标的报告和日志取得时间戳", "have report and log of a finished evaluation time-stamped"
        ),
    )
    add_tender_option(parser)
    add_store_options(parser, worded("组织方或者组长自己的数据文件夹", "the organiser's or the leader's own store"))
    parser.add_argument(
        "--timestamps",
        required=True,
        metavar="URL",
        help=worded("时间戳服务机构的地址", "the time-stamping authority"),
    )
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Ask the authority for what is still to be stamped and record it; exit code 1 where the evaluation has not ended."""
    from evalclient.desk.founding import read_genesis
    from evalclient.desk.places import find_place
    from evalclient.desk.timestamping import ask, record, stamps_due
    from evalclient.sync.timestamping import HttpTimestamping

    genesis = read_genesis(arguments.tender)
    key = key_from(arguments)
    service = HttpTimestamping(arguments.timestamps)
    with unanswered("时间戳未登记", "the stamps are not recorded"):
        seat = seat_from(arguments, genesis, find_place(arguments.centre, genesis, key.certificate))
        try:
            seat.enter(key, "timestamp")
            seat.turn()  # the record of this sign-in has to stand in the log before anything is due
            if seat.desk.logged.ending is None:
                say(
                    "评标尚未结束，没有可盖时间戳的报告。",
                    "The evaluation has not ended: there is nothing to stamp yet.",
                )
                return FAILED
            stamps = [ask(service, due) for due in stamps_due(seat.desk)]
            count = len([one for stamp in stamps if (one := record(seat.desk, stamp))])
            seat.turn()
        finally:
            service.close()
            seat.close()
    say(f"已登记时间戳 {count} 个。", f"Time stamps recorded: {count}.")
    return OK
