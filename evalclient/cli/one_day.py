"""``evalclient one-day``: a certificate for a day, for a member whose own cannot be used (当日证书).

At the member's seat ``request`` makes a key; the authority that record 0 names certifies it with ``issue``, once
administrator and organiser have identified the member; ``accept`` makes a key file of both at the seat.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import OK, add_key_options, key_from, pin_from, say, worded

if TYPE_CHECKING:
    from argparse import Namespace

KEY: Final = "one-day.key"
REQUEST: Final = "one-day.csr"
KEY_FILE: Final = "one-day.p12"
_MOST: Final = 64 << 10


def add(subparsers: Any) -> None:
    """Describe the command and its three steps."""
    parser = subparsers.add_parser(
        "one-day", help=worded("当日证书：申请、签发、领取", "a certificate for a day: request, issue, accept")
    )
    steps = parser.add_subparsers(dest="step", metavar=worded("步骤", "STEP"), required=True)
    request = steps.add_parser("request", help=worded("评委在本席位生成密钥和申请", "the member makes key and request"))
    request.add_argument("folder", type=Path, metavar="FOLDER", help=worded("存放密钥和申请的文件夹", "where they go"))
    request.add_argument("--name", required=True, help=worded("姓名", "name"))
    request.add_argument("--organisation", default="", help=worded("单位", "organisation"))
    _pin_option(request)
    issue = steps.add_parser("issue", help=worded("当日证书机构签发", "the event authority issues"))
    issue.add_argument("request", type=Path, metavar="REQUEST", help=worded("申请文件", "the request"))
    issue.add_argument(
        "-o", "--output", type=Path, required=True, metavar="CERT", help=worded("证书文件", "certificate")
    )
    issue.add_argument(
        "--hours",
        type=int,
        choices=range(1, 25),
        default=12,
        metavar="HOURS",
        help=worded("有效小时数，至多 24", "hours it is valid, 24 at most"),
    )
    add_key_options(issue)
    accept = steps.add_parser("accept", help=worded("评委领取当日证书", "the member takes his certificate"))
    accept.add_argument(
        "folder", type=Path, metavar="FOLDER", help=worded("申请时的文件夹", "the folder of the request")
    )
    accept.add_argument("certificate", type=Path, metavar="CERT", help=worded("签发的证书", "what was issued"))
    accept.add_argument(
        "authority", type=Path, metavar="AUTHORITY", help=worded("签发机构的证书", "its authority's certificate")
    )
    _pin_option(accept)


def run(arguments: Namespace) -> int:
    """One step; whatever is wrong is said in a sentence."""
    {"request": _request, "issue": _issue, "accept": _accept}[arguments.step](arguments)
    return OK


def _request(arguments: Namespace) -> None:
    from evalclient.core.records.envelope import digest
    from evalclient.crypto.event_authority import new_request, read_request

    locked, request = new_request(arguments.name, arguments.organisation, pin_from(arguments.password_file))
    arguments.folder.mkdir(parents=True, exist_ok=True)
    _keep_first(arguments.folder / KEY, locked)
    (arguments.folder / REQUEST).write_bytes(request)
    name = digest(read_request(request).spki)[:16]
    say(
        f"密钥已生成（公钥摘要 {name}…）。请把 {arguments.folder / REQUEST} 交场地管理员核验身份。",
        f"The key is made (digest of its public half {name}…). Give {arguments.folder / REQUEST} to the administrator.",
    )


def _keep_first(path: Path, locked: bytes) -> None:
    """A key that is there may be the one that was identified, or is being certified: it is never written over."""
    from evalclient.core.errors import FileUnusable

    try:
        with path.open("xb") as file:
            file.write(locked)
    except FileExistsError as error:
        raise FileUnusable(
            f"{path} 已存在，未重新生成：请沿用已有的申请，或换一个文件夹。",
            f"{path} is there already and is left as it is: go on with the request beside it, or name another folder.",
        ) from error


def _issue(arguments: Namespace) -> None:
    from evalclient.crypto.event_authority import issue, read_request
    from evalclient.crypto.keys import release_key
    from evalclient.desk.chosen_files import read_bounded
    from evalclient.desk.clock import SystemClock

    request = read_request(read_bounded(arguments.request, _MOST))
    key = key_from(arguments)
    try:
        certificate = issue(request, key, datetime.fromisoformat(SystemClock().now()), timedelta(hours=arguments.hours))
    finally:
        release_key(key)
    arguments.output.write_bytes(certificate)
    say(
        f"已为 {request.name} 签发当日证书：{arguments.output}。请由组织方登记后再使用。",
        f"Issued for {request.name}: {arguments.output}. The organiser records it before it counts.",
    )


def _accept(arguments: Namespace) -> None:
    from evalclient.crypto.event_authority import key_file
    from evalclient.desk.certificate_files import open_certificate
    from evalclient.desk.chosen_files import read_bounded

    certificate, authority = open_certificate(arguments.certificate), open_certificate(arguments.authority)
    locked = read_bounded(arguments.folder / KEY, _MOST)
    made = key_file(locked, certificate.der, authority.der, pin_from(arguments.password_file))
    (arguments.folder / KEY_FILE).write_bytes(made)
    (arguments.folder / KEY).unlink()
    say(
        f"当日证书文件：{arguments.folder / KEY_FILE}，登录时选择它，口令不变。",
        f"The key file for the day is {arguments.folder / KEY_FILE}; choose it when signing in, the PIN is the same.",
    )


def _pin_option(parser: Any) -> None:
    words = worded("口令文件；不指定则询问", "a file with the PIN; asked for otherwise")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help=words)
