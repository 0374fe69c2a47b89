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
    from evalclient.core.errors import CentreRefused
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.founding import create, dump_genesis
    from evalclient.sync.register import Register

    key = key_from(arguments)
    clock = SystemClock()
    register = Register(arguments.centre)
    try:
        genesis = create(arguments.folder, key, register.log_key(), clock)
        documents = genesis.documents
        fingerprint, _ = register.publish(genesis.record, documents.tender, documents.method, documents.rules)
    finally:
        register.close()
    seat = seat_from(arguments, genesis, _organiser(genesis))
    try:
        if seat.fingerprint != fingerprint:
            raise CentreRefused("中心登记的项目指纹与本机不符。", "The centre registered another fingerprint.")
        seat.enter(key, "publish")
        for paper in seat.desk.evaluation.tender.papers:
            seat.publish_paper((arguments.folder / "papers" / paper.digest).read_bytes())
    finally:
        seat.close()
    arguments.output.write_bytes(dump_genesis(genesis))
    say(
        f"已发布，项目指纹 {fingerprint}，公告文件 {arguments.output}",
        f"Published. Genesis fingerprint {fingerprint}, file {arguments.output}",
    )
    return OK


def _organiser(genesis: Any) -> str:
    from evalclient.crypto.records import found

    return found(genesis.record).founding.organiser.person
