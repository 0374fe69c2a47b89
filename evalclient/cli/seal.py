"""``evalclient seal FOLDER``: a sealed bid package from a folder of documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import OK, add_key_options, add_tender_option, key_from, say, worded

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("seal", help=worded("封装投标文件", "seal a bid package"))
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help=worded("投标文件各部分和 bid.json", "documents and bid.json")
    )
    add_tender_option(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="PKG",
        help=worded("封装后的投标文件", "the sealed package"),
    )
    add_key_options(parser, "--signer", "--key")


def run(arguments: Namespace) -> int:
    """Write the package; it appears under its name only when it is complete."""
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.founding import load_genesis
    from evalclient.desk.sealing import seal_bid

    genesis = load_genesis(arguments.tender.read_bytes())
    size = seal_bid(arguments.folder, genesis, key_from(arguments), arguments.output, SystemClock())
    say(f"已封装 {arguments.output}（{size} 字节）", f"Sealed {arguments.output} ({size} bytes)")
    return OK
