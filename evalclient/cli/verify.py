"""``evalclient verify ARCHIVE``: check an archive without the centre."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import UNREADABLE, complain, language, say, worded
from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from argparse import Namespace


#: a digest, whichever of the suites made it, has 256 bits
_FINGERPRINT: Final = re.compile("[0-9a-f]{64}", re.ASCII)


class FingerprintRefused(EvalclientError):
    """What stands after ``--genesis`` cannot be the fingerprint of an evaluation."""


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "verify",
        help=worded(
            "核验评标档案；退出码 0 成立，1 不成立，2 无法读取", "check an archive; exit 0 holds, 1 not, 2 unreadable"
        ),
    )
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help=worded("档案文件", "the archive"))
    parser.add_argument(
        "--genesis",
        type=_fingerprint,
        metavar="FINGERPRINT",
        help=worded("公告中的项目指纹，64 位十六进制数字", "the fingerprint as announced, 64 hex digits"),
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


def run(arguments: Namespace) -> int:
    """Print every finding and the verdict; the exit code says whether it holds."""
    from datetime import datetime

    from evalclient.archive import verify
    from evalclient.desk.clock import SystemClock

    now = datetime.fromisoformat(SystemClock().now())
    try:
        roots = _roots(arguments.trust) if arguments.trust else None
        kept = {str(file): file.read_bytes() for file in arguments.receipt}
        report = verify(arguments.archive, arguments.genesis, roots, now, kept)
    except EvalclientError as error:
        complain(error)
        return UNREADABLE
    for line in report.lines(language()):
        say(line, line)
    return report.exit_code


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

    found: list[bytes] = []
    for file in files:
        try:
            data = file.read_bytes()
            pem = b"-----BEGIN" in data
            loaded = x509.load_pem_x509_certificates(data) if pem else [x509.load_der_x509_certificate(data)]
        except (OSError, ValueError) as error:
            raise CertificateRefused(
                f"{file} 不是证书文件（PEM 或 DER），请核对 --trust 的文件。",
                f"{file} holds no certificate (PEM or DER); check the file given to --trust.",
            ) from error
        found += [certificate.public_bytes(Encoding.DER) for certificate in loaded]
    return found
