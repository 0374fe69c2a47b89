"""What ties an archive to the world: the announced fingerprint, or authorities the checker trusts himself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography.x509.oid import NameOID

from evalclient.archive.findings import Finding, bad, good
from evalclient.core.errors import EvalclientError
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.crypto.certificates import TrustStore
from evalclient.crypto.cms import verify_detached
from evalclient.crypto.demo_pki import MARK
from evalclient.crypto.public_keys import load_certificate


def check_anchor(
    fingerprint: str,
    founding: EvaluationCreated,
    first: LogEntry,
    genesis: str | None,
    roots: Sequence[bytes] | None,
) -> tuple[Finding, ...]:
    """Whether record 0 is the announced one, or signed under an authority that the checker trusts."""
    findings = [*_by_fingerprint(fingerprint, genesis), *_by_roots(first, roots), *_demo(founding, roots or ())]
    if genesis is None and roots is None:
        findings.append(
            bad(
                "",
                "档案自洽，但未锚定：请用 --genesis 给出公告中的项目指纹，或用 --trust 给出信任的根证书。",
                "Consistent, not anchored: give the announced fingerprint with --genesis, or roots with --trust.",
            )
        )
    return tuple(findings)


def is_demo(certificate: bytes) -> bool:
    """Whether a certificate is one of the demonstration authorities, whose keys everybody can make."""
    units = load_certificate(certificate).subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(MARK in str(unit.value) for unit in units)


def _by_fingerprint(fingerprint: str, genesis: str | None) -> list[Finding]:
    if genesis is None:
        return []
    if "".join(genesis.split()).lower() == fingerprint:
        return [good("", "锚定：项目指纹与公告一致。", "Anchored: the fingerprint is the one given.")]
    return [
        bad(
            "records/000000",
            f"项目指纹为 {fingerprint}，不是给出的指纹，这是另一个项目的档案或首条记录被替换。",
            f"the fingerprint is {fingerprint}, not the one given: another evaluation, or record 0 was replaced.",
        )
    ]


def _by_roots(first: LogEntry, roots: Sequence[bytes] | None) -> list[Finding]:
    if roots is None:
        return []
    try:
        signer = verify_detached(first.record.payload, first.record.signature)
        verdict = TrustStore(roots).validate(
            signer.certificate, signer.chain, datetime.fromisoformat(first.received), "sign"
        )
        verdict.require()
    except EvalclientError as error:
        return [bad("records/000000", error.zh, error.en)]
    zh = "锚定：首条记录的签名人由给出的认证机构认证。"
    return [good("", zh, "Anchored: an authority given certifies who signed record 0.")]


def _demo(founding: EvaluationCreated, roots: Sequence[bytes]) -> list[Finding]:
    try:
        demo = any(is_demo(root) for root in (*founding.roots, *roots))
    except EvalclientError as error:
        return [bad("records/000000", error.zh, error.en)]
    if demo and not founding.practice:
        zh = "使用了演示认证机构，但项目未标明为演示，不予认可。"
        en = "demonstration authorities are used, but record 0 does not say practice: not accepted."
        return [bad("records/000000", zh, en)]
    return []
