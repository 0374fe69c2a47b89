"""The report of an archive: rendered again from the log, its visible signatures, and how the evaluation ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC

from evalclient.archive import layout
from evalclient.archive.findings import Finding, bad, good
from evalclient.archive.log_check import tree_of
from evalclient.archive.people import names_of
from evalclient.archive.record_check import Replayed
from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.results import result_digest
from evalclient.core.evaluation.state import Evaluation, Report
from evalclient.core.law_words import cited
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_ending import Ending
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.compose import report_content, report_language
from evalclient.core.report.endings import ENDING_TITLES
from evalclient.core.report.history import events_of_records
from evalclient.core.workflow.gates_ending import holds
from evalclient.crypto.pdf import verify_pdf
from evalclient.crypto.pdf.signature import PdfSignature
from evalclient.crypto.signature_verdict import SignatureVerdict
from evalclient.crypto.trust.certificates import TrustStore
from evalclient.paper.report_pdf import claimed_basis, render_report


def check_report(
    replayed: Replayed, entries: Sequence[LogEntry], blobs: Mapping[str, bytes], trust: TrustStore
) -> tuple[Finding, ...]:
    """The report that stands at the end, and that of the ending, against what the log gives."""
    evaluation = replayed.evaluation
    if evaluation is None:
        return ()
    findings: list[Finding] = []
    if evaluation.report is not None:
        findings += _rendered(replayed, entries, blobs, evaluation.report.document, "awarded", "")
        findings += _signatures(evaluation, evaluation.report, blobs, trust)
    findings += _ending(replayed, entries, blobs)
    return tuple(findings)


def _rendered(
    replayed: Replayed,
    entries: Sequence[LogEntry],
    blobs: Mapping[str, bytes],
    document: str,
    ending: Ending,
    ground: str,
) -> list[Finding]:
    """Render the report again from as many records as it says, and compare the bytes."""
    pdf = blobs.get(document)
    if pdf is None:
        return []  # its absence is a finding of the documents' check
    size = claimed_basis(pdf)
    if size is None or not 0 < size <= len(replayed.records):
        return [_not_reproduced()]
    before = replayed.at(size)
    if not _far_enough(before, replayed, ending):
        return [_not_reproduced()]
    root = tree_of(entries[:size], before.founding.hash).root().hex()
    records = replayed.records[:size]
    try:
        content = report_content(
            before, events_of_records(records), names_of(before.roster), root, ending=ending, ground=ground
        )
    except EvalclientError as error:
        return [bad(layout.REPORT, error.zh, error.en)]
    if render_report(content, report_language(before)) != pdf:
        return [_not_reproduced()]
    zh = f"评标报告：由前 {size} 条记录重新生成，逐字节一致。"
    return [good(layout.REPORT, zh, f"Report: rendered again from the first {size} records, byte by byte the same.")]


def _far_enough(before: Evaluation, replayed: Replayed, ending: Ending) -> bool:
    """Whether the records the report is drawn from are all that it has to tell: it may not stop short of them."""
    end = replayed.evaluation
    if end is None or before.round != end.round:
        return False
    if ending == "awarded":
        return before.stage == "report"
    return holds(before, ending) and dict(before.bids) == dict(end.bids)


def _not_reproduced() -> Finding:
    return bad(
        layout.REPORT,
        "评标报告与由记录重新生成的报告不一致。",
        "the report is not the one that the records give.",
    )


def _signatures(evaluation: Evaluation, report: Report, blobs: Mapping[str, bytes], trust: TrustStore) -> list[Finding]:
    """Each stamp's revision must end with a signature of the member's own registered certificate."""
    if not report.stamps and evaluation.ending is not None and evaluation.ending.ending != "awarded":
        return []
    if not report.stamps:
        return [bad(layout.REPORT, "没有成员加盖签章。", "no member has put a visible signature.")]
    last = blobs.get(report.stamps[-1][1].document)
    if last is None:
        return []
    try:
        signatures = verify_pdf(last, trust)
    except EvalclientError as error:
        return [bad(layout.REPORT, error.zh, error.en)]
    if len(signatures) != len(report.stamps):
        zh = f"签章 {len(signatures)} 个，记录 {len(report.stamps)} 个。"
        return [bad(layout.REPORT, zh, f"{len(signatures)} visible signatures, {len(report.stamps)} in the records.")]
    findings = []
    for (person, act), signature in zip(report.stamps, signatures, strict=True):
        if not _fits(evaluation, person, act.document, signature, last):
            findings.append(_does_not_fit(person, signature.verdict))
    if not signatures[-1].whole_file:
        zh, en = "最后一个签章之后还有内容。", "something follows the last visible signature."
        findings.append(bad(layout.REPORT, zh, en))
    if findings:
        return findings
    zh = f"签章：{len(signatures)} 个全部成立，最后一个覆盖全文。"
    told = [good(layout.REPORT, *_told(signature.verdict)) for signature in signatures]
    return [*told, good(layout.REPORT, zh, f"Signatures: all {len(signatures)} hold, the last covers the whole file.")]


def _told(verdict: SignatureVerdict) -> tuple[str, str]:
    when = verdict.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ") if verdict.at else ""
    return (
        f"签章 {verdict.name}：{verdict.who}，{when}，成立。",
        f"the signature {verdict.name} of {verdict.who}, {when}, holds.",
    )


def _does_not_fit(person: str, verdict: SignatureVerdict) -> Finding:
    why = (
        verdict.why if not verdict.holds else Bilingual("不是记录所登记的那一次。", "it is not the one in the records.")
    )
    zh = f"{person} 的签章（{verdict.name}）不成立：{why.zh}"
    return bad(layout.REPORT, zh, f"the visible signature of {person} ({verdict.name}) does not hold: {why.en}")


def _fits(evaluation: Evaluation, person: str, document: str, signature: PdfSignature, whole: bytes) -> bool:
    """Whether this is the signature of the record. The log has judged its certificate at the time of receipt: a list that
    came to light later revokes nothing that stands before it.
    """
    algorithm = evaluation.founding.hash
    return (
        (signature.bottom_line or signature.verdict.reason == "revoked")
        and signature.revision > 0
        and digest(signature.certificate, algorithm) in evaluation.roster.certificate_digests(person)
        and digest(whole[: signature.revision], algorithm) == document
    )


def _ending(replayed: Replayed, entries: Sequence[LogEntry], blobs: Mapping[str, bytes]) -> list[Finding]:
    evaluation = replayed.evaluation
    if evaluation is None or evaluation.ending is None:
        return [bad("", "评标尚未结束，没有结束记录。", "The evaluation has not ended: there is no record of its end.")]
    act = evaluation.ending
    title, article = ENDING_TITLES[act.ending], evaluation.rules.endings[act.ending].article
    found = good(
        "", f"结束：{title.zh}。{article}；{act.ground}", f"Ended: {title.en}. {cited(article).en}; {act.ground}"
    )
    if act.ending != "awarded":
        return [found, *_rendered(replayed, entries, blobs, act.document, act.ending, act.ground)]
    report = evaluation.report
    last = report.stamps[-1][1].document if report and report.stamps else ""
    if act.document != last:
        zh, en = "结束记录所附报告不是最后签章的版本。", "The end names another report than the one last signed."
        return [bad(layout.REPORT, zh, en)]
    if evaluation.summary != result_digest(evaluation):
        zh, en = "重新计算的结果与汇总记录不一致。", "The result computed again is not the one that was summed up."
        return [bad("", zh, en)]
    zh, en = "得分与排序：由记录重新计算，与汇总一致。", "Scores and ranking: computed again, the same as summed up."
    return [good("", zh, en), found]
