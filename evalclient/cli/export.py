"""``evalclient export``: the archive and the stamped report of a finished evaluation, from one's own store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.centre import unanswered
from evalclient.cli.console import (
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
    parser = subparsers.add_parser("export", help=worded("导出评标档案", "write the archive of an evaluation"))
    add_tender_option(parser)
    add_store_options(parser, worded("自己的数据文件夹", "one's own store"))
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="ZIP", help=worded("档案文件", "the archive")
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="PDF",
        help=worded("同时导出签字的评标报告", "write the report with its signatures as well"),
    )
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Catch up with the centre, fetch what is missing, write the files; each appears when it is complete."""
    from evalclient.desk.founding import read_genesis
    from evalclient.desk.handover import Handover
    from evalclient.desk.places import find_place

    genesis = read_genesis(arguments.tender)
    key = key_from(arguments)
    with unanswered("导出未完成", "the export is not complete"):
        person = find_place(arguments.centre, genesis, key.certificate)
        seat = seat_from(arguments, genesis, person)
        try:
            seat.enter(key, "export")
            handover = Handover(seat)
            handover.save_archive(arguments.output)
            if arguments.report is not None:
                handover.save_report(arguments.report)
        finally:
            seat.close()
    say(f"已导出 {arguments.output}", f"Written {arguments.output}")
    return OK
