"""``evalclient sign FILE``: a detached signature beside a file, which ``openssl cms -verify -cades`` checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import OK, add_key_options, key_from, worded
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
    parser.add_argument(
        "--timestamps",
        metavar="URL",
        help=worded(
            "时间戳服务机构的地址，签名附带其时间戳（CAdES-T）",
            "a time-stamping authority, whose stamp goes into the signature (CAdES-T)",
        ),
    )
    add_key_options(parser)
    add_json_option(parser)


def run(arguments: Namespace) -> int:
    """Write the signature; a file that is there already is not written over."""
    from datetime import datetime

    from evalclient.core.records.fields import Bilingual
    from evalclient.crypto.certificates import common_name
    from evalclient.crypto.cms import sign_detached
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.plain_files import write_new

    output = arguments.output or arguments.file.with_name(arguments.file.name + SUFFIX)
    content = arguments.file.read_bytes()
    key = key_from(arguments)
    at = datetime.fromisoformat(SystemClock().now())
    signature = sign_detached(content, key, at)
    if arguments.timestamps:
        signature = _stamped(signature, arguments.timestamps)
    write_new(output, [signature], _READABLE)
    signer = common_name(key.certificate)
    told = Bilingual(f"{signer} 已签名：{output}", f"Signed by {signer}: {output}")
    found = {"signature": str(output), "signer": signer, "claimed_at": at.isoformat()}
    return answer(arguments, OK, found, [told])


def _stamped(signature: bytes, url: str) -> bytes:
    from evalclient.desk.timestamping import stamp_signature
    from evalclient.sync.timestamping import HttpTimestamping

    service = HttpTimestamping(url)
    try:
        return stamp_signature(service, signature)
    finally:
        service.close()
