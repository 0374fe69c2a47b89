"""``evalclient export``: the archive and the stamped report of a finished evaluation, from one's own store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import OK, add_key_options, add_store_options, key_from, say, seat_from

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("export", help="导出评标档案 / write the archive of an evaluation")
    parser.add_argument("--tender", type=Path, required=True, metavar="GENESIS", help="the announced genesis file")
    add_store_options(parser, "one's own store")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="ZIP")
    parser.add_argument("--report", type=Path, metavar="PDF", help="write the report with its signatures as well")
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Catch up with the centre, fetch what is missing, write the files; each appears when it is complete."""
    from evalclient.desk.founding import load_genesis
    from evalclient.desk.handover import Handover
    from evalclient.desk.places import find_place

    genesis = load_genesis(arguments.tender.read_bytes())
    key = key_from(arguments)
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
