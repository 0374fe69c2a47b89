"""``evalclient publish FOLDER``: found an evaluation at a centre from a tender folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import OK, add_key_options, add_store_options, key_from, say, seat_from

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("publish", help="发布评标项目 / found an evaluation at a centre")
    parser.add_argument("folder", type=Path, help="evaluation.json tender.json method.json rules.json papers/ …")
    add_store_options(parser, "the organiser's own store")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the genesis file to announce")
    add_key_options(parser)


def run(arguments: Namespace) -> int:
    """Publish, hand in the papers, and write the genesis file that bidders and members start from."""
    from evalclient.desk.chosen_files import write_chosen
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.founding import dump_genesis
    from evalclient.desk.publishing import Publishing
    from evalclient.desk.tender_folder import read_tender_folder

    clock = SystemClock()
    folder = read_tender_folder(arguments.folder, clock.now())
    publishing = Publishing(folder, arguments.centre, clock)
    announced = publishing.run(
        key_from(arguments), lambda genesis, person: seat_from(arguments, genesis, person), lambda _text: None
    )
    write_chosen(arguments.output, dump_genesis(announced.genesis))
    say(
        f"已发布，项目指纹 {announced.fingerprint}，公告文件 {arguments.output}",
        f"Published. Genesis fingerprint {announced.fingerprint}, file {arguments.output}",
    )
    return OK
