"""``evalclient check PKG``: is a bid package whole, and who sealed it? Needs no key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import FAILED, OK, complain, meter, worded
from evalclient.cli.evidence import add_crl_option, lists_from
from evalclient.cli.machine import add_json_option, answer, answer_refused, asked_for

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.crypto.bid_package import PackageSeal
    from evalclient.crypto.signature_verdict import SignatureVerdict


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "check", help=worded("核验投标文件封装，不需要密钥", "check the seal of a bid package without any key")
    )
    parser.add_argument("package", type=Path, metavar="PKG", help=worded("已封装的投标文件", "the sealed bid package"))
    add_crl_option(parser)
    add_json_option(parser)


def run(arguments: Namespace) -> int:
    """Exit code 0 holds, 1 does not hold (the sentence names the part, or what a list says of the signer)."""
    from evalclient.core.records.fields import Bilingual
    from evalclient.crypto.bid_package import PackageRefused, check_package
    from evalclient.crypto.trust.certificates import common_name

    lists = lists_from(arguments)
    try:
        with arguments.package.open("rb") as file:
            seal = check_package(file, meter(arguments.package.stat().st_size))
    except PackageRefused as error:
        complain(error)
        if asked_for(arguments):
            answer_refused(error, FAILED)
        return FAILED
    signer, parts = common_name(seal.signer.certificate), len(seal.parts)
    told = Bilingual(f"封装完好，签名人 {signer}，共 {parts} 个部件。", f"The seal holds: {signer}; parts: {parts}.")
    if not lists:
        return answer(arguments, OK, seal_facts(seal), [told])
    verdict = _standing(seal, lists)
    stands = Bilingual(verdict.line("zh"), verdict.line("en"))
    found = {**seal_facts(seal), "signature": verdict.plain()}
    return answer(arguments, OK if verdict.holds else FAILED, found, [told, stands])


def _standing(seal: PackageSeal, lists: tuple[bytes, ...]) -> SignatureVerdict:
    """How the signer's certificate stands by these lists, under the authorities that came with it, whoever they are."""
    from datetime import datetime

    from evalclient.crypto.trust.certificates import TrustStore
    from evalclient.crypto.verdicts import seal_verdict
    from evalclient.desk.clock import SystemClock

    trust = TrustStore(seal.signer.chain).with_lists(lists)
    return seal_verdict(seal, trust, datetime.fromisoformat(SystemClock().now()))


def seal_facts(seal: PackageSeal) -> dict[str, Any]:
    """What a seal says, for machines."""
    from evalclient.crypto.trust.certificates import common_name, fingerprint

    return {
        "signer": common_name(seal.signer.certificate),
        "certificate": fingerprint(seal.signer.certificate),
        "claimed_at": seal.signer.claimed_at.isoformat(),
        "evaluation": seal.evaluation,
        "suite": seal.suite,
        "digest": seal.digest,
        "seal": seal.seal_digest,
        "size": seal.size,
        "parts": [{"name": part.name, "size": part.size, "digest": part.digest} for part in seal.parts],
    }
