"""The documents of an archive against their digests, the seals of the bids, and every part that nothing asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from evalclient.archive import layout
from evalclient.archive.derived import certificate_signed, derived_parts
from evalclient.archive.documents import (
    named_documents,
    opened_packages,
    other_blobs,
    read_revisions,
    report_documents,
    standing_packages,
)
from evalclient.archive.findings import Finding, bad, good
from evalclient.core.errors import EvalclientError
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_founding import EvaluationCreated
from evalclient.core.records.envelope import HashName, digest
from evalclient.core.tender import Tender
from evalclient.crypto.bid_package import asic_manifest
from evalclient.crypto.bid_package.manifest import KEYS_LINE, KeyTable, decode
from evalclient.crypto.certificates import TrustStore
from evalclient.crypto.cms import verify_detached


@dataclass(frozen=True, slots=True)
class DocumentsRead:
    """Digest → bytes of every document and report revision that is there and right; the part names accounted for."""

    blobs: Mapping[str, bytes]
    accounted: frozenset[str]
    findings: tuple[Finding, ...]


def check_documents(
    entries: Sequence[LogEntry], founding: EvaluationCreated, tender: Tender, files: Mapping[str, bytes]
) -> DocumentsRead:
    """Compare every document that records name with its digest."""
    named = named_documents(founding, tender)
    reports = report_documents(entries)
    others = other_blobs(entries, (*named.values(), *reports))
    revisions = read_revisions(files.get(layout.REVISIONS, b""), files)
    expected = {**named, **{layout.blob_part(name): name for name in others}}
    blobs: dict[str, bytes] = {}
    findings: list[Finding] = []
    accounted = set(expected)
    for part, name in expected.items():
        if part not in files:
            findings.append(bad(part, "缺失。", "is missing."))
        elif digest(files[part], founding.hash) != name:
            zh, en = "与记录登记的摘要不一致，被改动过。", "is not what the records name: it was changed."
            findings.append(bad(part, zh, en))
        else:
            blobs[name] = files[part]
    for name in reports:
        part, data = revisions.get(name, (layout.REPORT, b""))
        if digest(data, founding.hash) != name:
            # a file that is itself a revision is whole: then the list points to the wrong place in it
            whole = digest(files.get(part, b""), founding.hash) in reports
            findings.append(_report_revision(layout.REVISIONS if whole else part, name))
        else:
            blobs[name] = data
    if reports:
        accounted |= {layout.REVISIONS, layout.REPORT}
        accounted |= {layout.blob_part(name) for name in reports if layout.blob_part(name) in files}
        findings += _revision_list(files, reports, founding.hash)
    if not findings:
        zh = f"文件：{len(expected)} 份与记录登记的摘要一致，评标报告版本 {len(reports)} 个。"
        en = f"Documents: {len(expected)} are what the records name, and {len(reports)} revisions of reports."
        findings.append(good("", zh, en))
    return DocumentsRead(blobs, frozenset(accounted), tuple(findings))


def check_derived(
    entries: Sequence[LogEntry], founding: EvaluationCreated, files: Mapping[str, bytes]
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Parts that follow from the records must be exactly that."""
    certificates = {
        person: verify_detached(entry.record.payload, entry.record.signature).certificate
        for person, entry in certificate_signed(entries)
    }
    wanted = derived_parts(founding, entries, certificates)
    findings = tuple(
        bad(part, "缺失。", "is missing.")
        if part not in files
        else bad(part, "与由记录得出的内容不一致，被改动过。", "is not what follows from the records: it was changed.")
        for part, data in wanted.items()
        if files.get(part) != data
    )
    return frozenset(wanted), findings


def check_seals(
    entries: Sequence[LogEntry],
    fingerprint: str,
    files: Mapping[str, bytes],
    trust: TrustStore,
    doubted: Collection[str],
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """The bidder's own signature over the seal of each bid, which must be there if the bid was opened; what ``doubted`` bidders handed in has no effect anyway."""
    times = {name: entry.received for name, entry in certificate_signed(entries)}
    opened = opened_packages(entries)
    accounted: set[str] = set()
    findings: list[Finding] = []
    signed = 0
    for bidder, package in standing_packages(entries).items():
        parts = [layout.seal_part(package, part) for part in layout.SEAL_PARTS]
        accounted |= set(parts)
        missing = [part for part in parts if part not in files]
        if missing and package in opened:
            findings += [bad(part, "缺失。", "is missing.") for part in missing]
        if missing:
            continue
        at = "" if bidder in doubted else times.get(bidder, "")
        problem = _seal_problem(bidder, fingerprint, [files[part] for part in parts], trust, at)
        if problem is not None and package in opened:
            findings.append(bad(parts[0], problem.zh, problem.en))
        signed += problem is None
    if signed and not findings:
        zh, en = f"投标文件封装：{signed} 份由投标人本人签名。", f"Bids: {signed} seals are signed by their bidders."
        findings.append(good("", zh, en))
    return frozenset(accounted), tuple(findings)


def _seal_problem(
    bidder: str, fingerprint: str, parts: Sequence[bytes], trust: TrustStore, at: str
) -> EvalclientError | None:
    manifest, signature, keys = parts
    try:
        signer = verify_detached(manifest, signature)
        if at:
            trust.check(signer.certificate, signer.chain, at)
        listed = asic_manifest.decode(manifest)
        table = decode(KEYS_LINE, keys, KeyTable, layout.SEAL_PARTS[2])
    except EvalclientError as error:
        return error
    if digest(signer.certificate) != bidder.removeprefix("bidder:"):
        return EvalclientError("封装清单不是由该投标人签名。", "the seal is not signed by that bidder.")
    if listed.get(layout.SEAL_PARTS[2]) != hashlib.sha256(keys).digest() or table.evaluation != fingerprint:
        return EvalclientError("封装清单不属于本项目。", "the seal does not belong to this evaluation.")
    return None


def _report_revision(part: str, name: str) -> Finding:
    return bad(
        part,
        f"评标报告的版本 {name[:16]}… 缺失或被改动过。",
        f"the revision {name[:16]}… of the report is missing or was changed.",
    )


def _revision_list(files: Mapping[str, bytes], reports: Sequence[str], algorithm: HashName) -> list[Finding]:
    """The list must name exactly the revisions there are, in log order."""
    lines = files.get(layout.REVISIONS, b"").decode("ascii", "replace").splitlines()
    whole = files.get(layout.REPORT, b"")
    complete = [line.split(" ")[0] for line in lines] == list(reports)
    if complete and digest(whole, algorithm) in reports:
        return []
    return [bad(layout.REVISIONS, "与记录不一致，被改动过。", "does not fit the records: it was changed.")]
