"""The documents of an archive against their digests, the seals of the bids, and every part that nothing asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalclient.archive import layout
from evalclient.archive.derived import certificate_signed, derived_parts, robustness_of, stamp_parts
from evalclient.archive.documents import (
    named_documents,
    opened_packages,
    other_blobs,
    read_revisions,
    report_documents,
)
from evalclient.archive.findings import Finding, bad, good
from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.state import Bid, Evaluation
from evalclient.core.evaluation.views import standing_bids
from evalclient.core.ports import LogEntry
from evalclient.core.records.envelope import HashName, digest
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.bid_package import asic_manifest
from evalclient.crypto.bid_package.manifest import KEYS_LINE, KeyTable, decode
from evalclient.crypto.cms import verify_detached
from evalclient.crypto.trust.certificates import TrustStore


@dataclass(frozen=True, slots=True)
class DerivedRead:
    """What follows from the records: the part names accounted for, what is wrong, and what a reader should know."""

    accounted: frozenset[str]
    findings: tuple[Finding, ...]
    told: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class DocumentsRead:
    """Digest → bytes of every document and report revision that is there and right; the part names accounted for."""

    blobs: Mapping[str, bytes]
    accounted: frozenset[str]
    findings: tuple[Finding, ...]


def check_documents(entries: Sequence[LogEntry], evaluation: Evaluation, files: Mapping[str, bytes]) -> DocumentsRead:
    """Compare every document that records name with its digest."""
    founding = evaluation.founding
    named = named_documents(founding, evaluation.tender)
    reports = report_documents(entries, evaluation)
    others = other_blobs(entries, evaluation, (*named.values(), *reports))
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


def check_derived(entries: Sequence[LogEntry], evaluation: Evaluation, files: Mapping[str, bytes]) -> DerivedRead:
    """Parts that follow from the records must be exactly that; of the robustness, where the archive says it has it.

    The read-me alone may be worded otherwise, since each version of the program words it: that is told.
    """
    told = layout.ROBUSTNESS in files or b'"robustness":' in files.get(layout.SUMMARY, b"")
    robustness = robustness_of(evaluation) if told else None
    certificates = {
        person: verify_detached(entry.record.payload, entry.record.signature).certificate
        for person, entry in certificate_signed(entries)
    }
    wanted = derived_parts(evaluation.founding, entries, certificates, robustness, stamp_parts(evaluation))
    findings = [
        bad(part, "缺失。", "is missing.")
        if part not in files
        else bad(part, "与由记录得出的内容不一致，被改动过。", "is not what follows from the records: it was changed.")
        for part, data in wanted.items()
        if files.get(part) != data and not (part == layout.README and part in files)
    ]
    if robustness is not None and files.get(layout.ROBUSTNESS) == robustness:
        zh, en = "稳健性分析：重新计算，逐字节一致。", "Robustness: worked out again, byte by byte the same."
        findings.append(good(layout.ROBUSTNESS, zh, en))
    as_worded_here = files.get(layout.README) in (None, wanted[layout.README])
    return DerivedRead(frozenset(wanted), tuple(findings), () if as_worded_here else (_worded_otherwise(),))


def _worded_otherwise() -> Bilingual:
    return Bilingual(
        "README.txt 的文字不是本版本所写：可能由其他版本导出，也可能被改动过。它只供阅读，不是证据，请以本核验结果为准。",
        "README.txt is not worded as by this version: another version wrote it, or it was changed. It is no evidence; go by "
        "what is said here.",
    )


def check_seals(
    evaluation: Evaluation, files: Mapping[str, bytes], trust: TrustStore
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """The bidder's own signature over the seal that his record names; of each bid that was opened it must be there."""
    opened = opened_packages(evaluation)
    accounted: set[str] = set()
    findings: list[Finding] = []
    signed = 0
    for bid in standing_bids(evaluation):
        parts = [layout.seal_part(bid.package, part) for part in layout.SEAL_PARTS]
        accounted |= set(parts)
        missing = [part for part in parts if part not in files]
        if missing and bid.package in opened:
            findings += [bad(part, "缺失。", "is missing.") for part in missing]
        if missing:
            continue
        problem = _seal_problem(bid, evaluation, [files[part] for part in parts], trust)
        if problem is not None and bid.package in opened:
            findings.append(bad(parts[0], problem.zh, problem.en))
        signed += problem is None
    if signed and not findings:
        zh, en = f"投标文件封装：{signed} 份由投标人本人签名。", f"Bids: {signed} seals are signed by their bidders."
        findings.append(good("", zh, en))
    return frozenset(accounted), tuple(findings)


def _seal_problem(
    bid: Bid, evaluation: Evaluation, parts: Sequence[bytes], trust: TrustStore
) -> EvalclientError | None:
    manifest, signature, keys = parts
    try:
        signer = verify_detached(manifest, signature)
        trust.forgiving.check(signer.certificate, signer.chain, bid.received)
        listed = asic_manifest.decode(manifest)
        table = decode(KEYS_LINE, keys, KeyTable, layout.SEAL_PARTS[2])
    except EvalclientError as error:
        return error
    if digest(signer.certificate, evaluation.founding.hash) != bid.bidder.removeprefix("bidder:"):
        return EvalclientError("封装清单不是由该投标人签名。", "the seal is not signed by that bidder.")
    if listed.suite.digest(manifest).hex() != bid.seal:
        zh, en = (
            "封装清单不是投标人递交时登记的那一份。",
            "the seal is not the one that the bidder named when he handed in.",
        )
        return EvalclientError(zh, en)
    if not listed.fits(layout.SEAL_PARTS[2], keys) or table.evaluation != evaluation.fingerprint:
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
