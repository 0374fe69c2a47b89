"""What ties an archive to the world: the announced fingerprint, or authorities the checker trusts himself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography.x509.oid import NameOID

from evalclient.archive.findings import Finding, bad, good
from evalclient.core.errors import EvalclientError
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.crypto.cms import verify_detached
from evalclient.crypto.demo.pki import MARK
from evalclient.crypto.primitives.public_keys import load_certificate
from evalclient.crypto.trust.certificates import TrustStore, common_name


def check_anchor(
    fingerprint: str,
    founding: EvaluationCreated,
    first: LogEntry,
    genesis: str | None,
    roots: Sequence[bytes] | None,
) -> tuple[Finding, ...]:
    """Whether record 0 is the announced one, or it and every authority in it are vouched for by ``roots``.

    With ``roots`` everybody who has a certificate of theirs can found an evaluation: who founded this one is told.
    """
    findings = [*_by_fingerprint(fingerprint, genesis), *_demo(founding, roots or ())]
    if roots is not None:
        findings += [*_by_signer(first, roots), *_foreign(founding, roots)]
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


def _by_signer(first: LogEntry, roots: Sequence[bytes]) -> list[Finding]:
    try:
        signer = verify_detached(first.record.payload, first.record.signature)
        verdict = TrustStore(roots).validate(
            signer.certificate, signer.chain, datetime.fromisoformat(first.received), "sign"
        )
        verdict.require()
        who = common_name(signer.certificate)
    except EvalclientError as error:
        return [bad("records/000000", error.zh, error.en)]
    zh = f"锚定：首条记录由“{who}”签署，其证书由给出的认证机构签发，请确认这就是组织方。"
    en = f"Anchored: record 0 is signed by “{who}”, certified by an authority given; make sure that this is the organiser."
    return [good("", zh, en)]


def _foreign(founding: EvaluationCreated, roots: Sequence[bytes]) -> list[Finding]:
    """Authorities that record 0 recognises and the checker does not trust: they could certify anybody as anybody."""
    findings = []
    for root in founding.roots:
        if root in roots:
            continue
        try:
            name = common_name(root)
        except EvalclientError as error:
            findings.append(bad("records/000000", error.zh, error.en))
            continue
        zh = f"首条记录认可的认证机构“{name}”不在给出的根证书之内，其签发的人员身份无从信任。"
        en = f"record 0 recognises the authority “{name}”, which is not among the roots given: whom it certifies is open."
        findings.append(bad("records/000000", zh, en))
    return findings


def _demo(founding: EvaluationCreated, roots: Sequence[bytes]) -> list[Finding]:
    try:
        day = (founding.event_authority,) if founding.event_authority else ()
        demo = any(is_demo(root) for root in (*founding.roots, *day, *roots))
    except EvalclientError as error:
        return [bad("records/000000", error.zh, error.en)]
    if demo and not founding.practice:
        zh = "使用了演示认证机构，但项目未标明为演示，不予认可。"
        en = "demonstration authorities are used, but record 0 does not say practice: not accepted."
        return [bad("records/000000", zh, en)]
    return []
