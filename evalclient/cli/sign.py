"""``evalclient sign FILE``: a detached signature beside a file, which ``openssl cms -verify -cades`` checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import OK, add_key_options, add_timestamps_option, authority_from, key_from, worded
from evalclient.cli.machine import add_json_option, answer

if TYPE_CHECKING:
    from argparse import Namespace

SUFFIX: Final = ".p7s"
_READABLE: Final = 0o644


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "sign", help=worded("对文件作分离式电子签名（CAdES）", "sign a file, the signature in a file beside it (CAdES)")
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=worded("要签名的文件", "the file to sign"))
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="P7S",
        help=worded("签名文件，默认为 FILE.p7s", "the signature's file, FILE.p7s by default"),
    )
    add_timestamps_option(parser)
    add_key_options(parser)
    add_json_option(parser)


def run(arguments: Namespace) -> int:
    """Write the signature; a file that is there already is not written over."""
    from datetime import datetime

    from evalclient.archive.lone_files import MAX_SIGNED
    from evalclient.core.records.fields import Bilingual
    from evalclient.crypto.cms import sign_detached
    from evalclient.crypto.trust.certificates import common_name
    from evalclient.desk.chosen_files import read_bounded
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.plain_files import write_new
    from evalclient.desk.stamped_signatures import stamp_signature

    output = arguments.output or arguments.file.with_name(arguments.file.name + SUFFIX)
    content = read_bounded(arguments.file, MAX_SIGNED)  # no more than "verify" takes
    key = key_from(arguments)
    at = datetime.fromisoformat(SystemClock().now())
    signature = sign_detached(content, key, at)
    if (authority := authority_from(arguments)) is not None:
        signature = stamp_signature(authority, signature)
    write_new(output, [signature], _READABLE)
    signer = common_name(key.certificate)
    told = Bilingual(f"{signer} 已签名：{output}", f"Signed by {signer}: {output}")
    found = {"signature": str(output), "signer": signer, "claimed_at": at.isoformat()}
    return answer(arguments, OK, found, [told])
