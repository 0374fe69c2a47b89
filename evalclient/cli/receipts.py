"""``evalclient receipts``: the centre's receipts (回执) out of one's own store, as files to keep elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import OK, add_tender_option, say, worded

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "receipts",
        help=worded("取出本人的回执，日后核验档案", "take one's receipts out, to check an archive with later"),
    )
    add_tender_option(parser)
    parser.add_argument(
        "--store",
        type=Path,
        required=True,
        metavar="FOLDER",
        help=worded("自己的数据文件夹，须先关闭窗口", "one's own store, its window closed"),
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FOLDER",
        help=worded("写到哪个文件夹", "where to write them"),
    )


def run(arguments: Namespace) -> int:
    """Write each receipt, and the last checkpoint; neither the centre nor a key is needed."""
    from evalclient.desk.founding import read_genesis
    from evalclient.desk.kept_receipts import save_receipts

    genesis = read_genesis(arguments.tender)
    written = save_receipts(arguments.store, genesis, arguments.output)
    say(
        f"已写入 {len(written)} 个文件到 {arguments.output}。核验：evalclient verify 档案 --receipt 文件",
        f"Files written to {arguments.output}: {len(written)}. To check: evalclient verify ARCHIVE --receipt FILE",
    )
    return OK
