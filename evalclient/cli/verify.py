"""``evalclient verify FILE``: check an archive, or one signed file, without the centre."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import FAILED, OK, complain, meter, worded
from evalclient.cli.evidence import add_crl_option, lists_from
from evalclient.cli.machine import add_json_option, answer, answer_refused, asked_for
from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime


_MOST_RECEIPT: Final = 1 << 20
_MOST_ROOTS: Final = 16 << 20
#: a digest, whichever of the suites made it, has 256 bits
_FINGERPRINT: Final = re.compile("[0-9a-f]{64}", re.ASCII)


class FingerprintRefused(EvalclientError):
    """What stands after ``--genesis`` cannot be the fingerprint of an evaluation."""


class ListsRefused(EvalclientError):
    """Revocation lists were brought to an archive, which has its own."""


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "verify",
        help=worded(
            "核验评标档案、记录、投标文件包、PDF 或签名；退出码 0 成立，1 不成立，2 无法读取",
            "check an archive, a record, a package, a PDF or a signature; exit 0 holds, 1 not, 2 unreadable",
        ),
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=worded(
            "要核验的文件，自动识别：档案、投标文件包、PDF、记录，或者旁有 .p7s 的任何文件",
            "what to check, told apart by its content: archive, package, PDF, record, or any file with a .p7s beside it",
        ),
    )
    parser.add_argument(
        "--signature",
        type=Path,
        metavar="P7S",
        help=worded("分离式签名文件，默认在旁边找", "the detached signature, looked for beside it by default"),
    )
    parser.add_argument(
        "--genesis",
        type=_fingerprint,
        metavar="FINGERPRINT",
        help=worded("公告中的项目指纹，64 位十六进制数字", "the fingerprint as announced, 64 hex digits"),
    )
    parser.add_argument(
        "--tender",
        type=Path,
        metavar="GENESIS",
        help=worded(
            "项目公告文件：其指纹和认可的根证书作准", "the announced genesis file: its fingerprint and roots count"
        ),
    )
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        metavar="ROOTS",
        help=worded("信任的根证书（PEM 或 DER）", "root certificates you trust (PEM or DER)"),
    )
    parser.add_argument(
        "--receipt",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=worded(
            "自己保存的回执或检查点，须与档案的日志一致", "a receipt or checkpoint you kept; the log must agree with it"
        ),
    )
    add_crl_option(parser)
    add_json_option(parser)


def run(arguments: Namespace) -> int:
    """Print every finding and the verdict; the exit code says whether it holds."""
    from datetime import datetime

    from evalclient.archive.lone_files import kind_of
    from evalclient.desk.clock import SystemClock

    now = datetime.fromisoformat(SystemClock().now())
    roots = _roots(arguments.trust) if arguments.trust else None
    if kind_of(arguments.file) == "archive" and arguments.signature is None:
        if arguments.crl:
            raise ListsRefused(
                "评标档案的签名按日志中登记的吊销列表核验，不用 --crl。",
                "The signatures of an archive are judged by the revocation lists in its log; leave --crl out.",
            )
        return _archive(arguments, roots, now)
    return _lone_file(arguments, roots, now)


def _archive(arguments: Namespace, roots: list[bytes] | None, now: datetime) -> int:
    from evalclient.archive import verify
    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.chosen_files import read_bounded

    genesis = arguments.genesis
    if genesis is None and arguments.tender is not None:
        from evalclient.desk.founding import MAX_GENESIS, fingerprint_of

        genesis = fingerprint_of(read_bounded(arguments.tender, MAX_GENESIS))
    kept = {str(file): read_bounded(file, _MOST_RECEIPT) for file in arguments.receipt}
    report = verify(arguments.file, genesis, roots, now, kept)
    lines = (Bilingual(zh, en) for zh, en in zip(report.lines("zh"), report.lines("en"), strict=True))
    return answer(arguments, report.exit_code, report.plain(), lines)


def _lone_file(arguments: Namespace, roots: list[bytes] | None, now: datetime) -> int:
    from evalclient.archive.lone_files import Anchor, verify_file
    from evalclient.crypto.bid_package import PackageRefused
    from evalclient.crypto.records import found, trust_of
    from evalclient.crypto.trust.certificates import TrustStore

    anchor = Anchor(TrustStore(roots) if roots is not None else None, arguments.genesis)
    if arguments.tender is not None:
        from evalclient.desk.founding import read_genesis

        founded = found(read_genesis(arguments.tender).record)
        # without the log nobody can say which lists it has brought: what none clears is told, and refused in the archive
        trust = trust_of(founded.founding).forgiving
        anchor = Anchor(anchor.trust or trust, arguments.genesis or founded.record.id)
    if anchor.trust is not None:
        anchor = Anchor(anchor.trust.with_lists(lists_from(arguments)), anchor.fingerprint)
    tell = meter(arguments.file.stat().st_size)
    try:
        report = verify_file(arguments.file, anchor, now, arguments.signature, tell)
    except PackageRefused as error:
        complain(error)
        if asked_for(arguments):
            answer_refused(error, FAILED)
        return FAILED
    return answer(arguments, OK if report.holds else FAILED, report.plain(), report.lines)


def _fingerprint(text: str) -> str:
    """The 64 hex digits in ``text``, which may be printed in groups; FingerprintRefused."""
    digits = "".join(text.split()).lower()
    if _FINGERPRINT.fullmatch(digits) is None:
        raise FingerprintRefused(
            f"“{text}”不是完整的项目指纹（64 位十六进制数字），请从公告完整抄录 --genesis。",
            f"“{text}” is not a whole fingerprint (64 hex digits); copy all of it from the announcement to --genesis.",
        )
    return digits


def _roots(files: list[Path]) -> list[bytes]:
    """Certificates (DER) from PEM or DER files; CertificateRefused when a file holds none."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from evalclient.crypto.errors import CertificateRefused
    from evalclient.desk.chosen_files import read_bounded

    found: list[bytes] = []
    for file in files:
        try:
            data = read_bounded(file, _MOST_ROOTS)
            pem = b"-----BEGIN" in data
            loaded = x509.load_pem_x509_certificates(data) if pem else [x509.load_der_x509_certificate(data)]
        except (OSError, ValueError) as error:
            raise CertificateRefused(
                f"{file} 不是证书文件（PEM 或 DER），请核对 --trust 的文件。",
                f"{file} holds no certificate (PEM or DER); check the file given to --trust.",
            ) from error
        found += [certificate.public_bytes(Encoding.DER) for certificate in loaded]
    return found
