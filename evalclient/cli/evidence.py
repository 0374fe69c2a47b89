"""Revocation lists that the checker brings himself: without them a lone file tells nothing of a certificate taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from evalclient.cli.console import worded

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_MOST: Final = 64 << 20


def add_crl_option(parser: ArgumentParser) -> None:
    """``--crl FILE``, several times."""
    parser.add_argument(
        "--crl",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=worded(
            "签发机构的吊销列表或 OCSP 响应（PEM 或 DER），可多次给出；已吊销的证书不成立",
            "an authority's revocation list or OCSP response (PEM or DER), may be given several times: who is revoked does not hold",
        ),
    )


def lists_from(arguments: Namespace) -> tuple[bytes, ...]:
    """The lists and answers (DER) in the files named; CertificateRefused where one holds none, FileUnusable, OSError."""
    from evalclient.crypto.errors import CertificateRefused
    from evalclient.crypto.trust.revocation_evidence import load_evidence, unarmoured
    from evalclient.desk.chosen_files import read_bounded

    found: list[bytes] = []
    for path in arguments.crl:
        for der in unarmoured(read_bounded(path, _MOST)):
            try:
                load_evidence(der)
            except CertificateRefused as error:
                raise CertificateRefused(f"{path}：{error.zh}", f"{path}: {error.en}") from error
            found.append(der)
    return tuple(found)
