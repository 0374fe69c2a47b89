"""``evalclient check PKG``: is a bid package whole, and who sealed it? Needs no key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import FAILED, OK, complain, say, worded

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "check", help=worded("核验投标文件封装，不需要密钥", "check the seal of a bid package without any key")
    )
    parser.add_argument("package", type=Path, metavar="PKG", help=worded("已封装的投标文件", "the sealed bid package"))


def run(arguments: Namespace) -> int:
    """Exit code 0 holds, 1 does not hold (the sentence names the part)."""
    from evalclient.crypto.bid_package import PackageRefused, check_package
    from evalclient.crypto.certificates import common_name

    try:
        with arguments.package.open("rb") as file:
            seal = check_package(file)
    except PackageRefused as error:
        complain(error)
        return FAILED
    signer = common_name(seal.signer.certificate)
    say(
        f"封装完好，签名人 {signer}，共 {len(seal.parts)} 个部件。",
        f"The seal holds: {signer}; parts: {len(seal.parts)}.",
    )
    return OK
