"""``evalclient publish FOLDER``: found an evaluation at a centre from a tender folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.centre import unanswered
from evalclient.cli.console import OK, add_key_options, add_store_options, key_from, say, seat_from, worded

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.core.records.acts_founding import Continuation


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("publish", help=worded("发布评标项目", "found an evaluation at a centre"))
    parser.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help=worded(
            "招标项目文件夹：evaluation.json tender.json method.json rules.json papers/ …",
            "the tender folder: evaluation.json tender.json method.json rules.json papers/ …",
        ),
    )
    add_store_options(parser, worded("组织方自己的数据文件夹", "the organiser's own store"))
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help=worded("要公布的公告文件", "the genesis file to announce"),
    )
    add_key_options(parser)
    parser.add_argument(
        "--continues",
        type=Path,
        nargs=2,
        metavar=("GENESIS", "STORE"),
        help=worded(
            "重新组建评标委员会：原项目的公告文件和组织方的数据文件夹",
            "the evaluation that ended for a new committee: its announcement and the organiser's store",
        ),
    )


def run(arguments: Namespace) -> int:
    """Publish, hand in the papers, and write the genesis file that bidders and members start from."""
    from evalclient.desk.chosen_files import write_chosen
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.founding import dump_genesis
    from evalclient.desk.publishing import Publishing
    from evalclient.desk.tender_folder import read_tender_folder

    clock = SystemClock()
    folder = read_tender_folder(arguments.folder, clock.now())
    publishing = Publishing(folder, arguments.centre, clock, _continued(arguments))
    key = key_from(arguments)
    with unanswered("项目发布未完成", "the evaluation is not published completely"):
        announced = publishing.run(
            key, lambda genesis, person: seat_from(arguments, genesis, person), lambda _text: None
        )
    write_chosen(arguments.output, dump_genesis(announced.genesis))
    continued = publishing.continues
    if continued is not None:
        say(
            f"接续项目 {continued.evaluation}，原因：{continued.ground}",
            f"It takes the place of {continued.evaluation}: {continued.ground}",
        )
    say(
        f"已发布，项目指纹 {announced.fingerprint}，公告文件 {arguments.output}",
        f"Published. Genesis fingerprint {announced.fingerprint}, file {arguments.output}",
    )
    return OK


def _continued(arguments: Namespace) -> Continuation | None:
    """What record 0 says of the old evaluation; Refused where that did not end for a new committee."""
    from evalclient.desk.continuing import continuation_in
    from evalclient.desk.founding import read_genesis

    if arguments.continues is None:
        return None
    genesis, store = arguments.continues
    return continuation_in(store, read_genesis(genesis))
