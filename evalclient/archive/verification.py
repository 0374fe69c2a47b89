"""Independent verification of an archive: without the centre, without Qt, from nothing but the file and an anchor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from evalclient.archive import layout
from evalclient.archive.anchor import check_anchor
from evalclient.archive.document_check import DerivedRead, check_derived, check_documents, check_seals
from evalclient.archive.errors import unreadable
from evalclient.archive.findings import Finding, VerificationReport, bad
from evalclient.archive.kept_check import check_kept
from evalclient.archive.log_check import LogRead, check_log, check_views, read_log, receipts_told
from evalclient.archive.packing import Parts, read_parts
from evalclient.archive.people import called, names_of
from evalclient.archive.quote_check import check_quotes
from evalclient.archive.record_check import Replayed, check_records
from evalclient.archive.report_check import check_report
from evalclient.archive.stamp_check import check_signature_stamps, check_stamps, stamps_missing
from evalclient.core.counting import counted
from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.drawing import by_place, drawings
from evalclient.core.evaluation.results import tally_result
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.ports import LogEntry
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.records import Founded, found, trust_at, trust_of
from evalclient.crypto.trust.certificates import TrustStore


def verify(
    archive: Path | BinaryIO,
    genesis: str | None = None,
    roots: Sequence[bytes] | None = None,
    at: datetime | None = None,
    untrusted_kept: Mapping[str, bytes] | None = None,
) -> VerificationReport:
    """Check everything in an archive; ArchiveUnreadable where the file is none.

    ``genesis`` is the fingerprint as announced, ``roots`` certificates (DER) the checker trusts: one of them anchors the
    outcome. ``at`` (aware) is the time of the check: records may not come from after it. ``untrusted_kept``: receipts
    and checkpoints that somebody kept himself, by the names of their files; the log has to agree with each.
    """
    parts = read_parts(archive)
    files = parts.files
    first_damaged = layout.payload_part(0) in parts.damaged or layout.LOG in parts.damaged
    if not first_damaged and (layout.payload_part(0) not in files or layout.LOG not in files):
        raise unreadable("其中没有评标日志", "there is no evaluation log in it")
    damaged = [bad(name, "数据损坏（校验和不符）。", "is damaged (its checksum differs).") for name in parts.damaged]
    log = read_log(files, parts.damaged)
    findings = [*damaged, *log.findings]
    if not log.entries:
        return VerificationReport("", tuple(findings))
    try:
        founded = found(log.entries[0].record)
        trust = trust_of(founded.founding)
    except EvalclientError as error:
        return VerificationReport("", (*findings, bad(layout.payload_part(0), error.zh, error.en)))
    findings += check_anchor(founded.record.id, founded.founding, log.entries[0], genesis, roots)
    findings += check_kept(untrusted_kept or {}, log.entries, founded.founding, founded.record.id)
    return _verify_founded(parts, log, founded, trust, findings, at)


def _verify_founded(
    parts: Parts,
    log: LogRead,
    founded: Founded,
    trust: TrustStore,
    findings: Sequence[Finding],
    at: datetime | None,
) -> VerificationReport:
    founding, fingerprint, files = founded.founding, founded.record.id, parts.files
    every = [*findings, *(one for one in check_log(log, files, founding, fingerprint) if one.part not in parts.damaged)]
    replayed = check_records(log, founded, files, trust)
    every += replayed.findings
    every += _backwards(log.entries)
    if at is not None:
        every += _from_the_future(log.entries, at)
    if replayed.evaluation is None:
        return VerificationReport(fingerprint, tuple(every))
    every += check_views(log.entries, founding.hash, replayed.evaluation.roster)
    whole = replayed.evaluation
    derived = check_derived(log.entries, whole, files)
    every += _contents(parts, log, replayed, whole, trust, derived)
    told = (*derived.told, *receipts_told(files), *stamps_missing(whole), *one_day_told(whole), *_result(whole))
    return VerificationReport(fingerprint, tuple(every), told)


def _contents(
    parts: Parts, log: LogRead, replayed: Replayed, evaluation: Evaluation, trust: TrustStore, derived: DerivedRead
) -> list[Finding]:
    files, roster = parts.files, evaluation.roster
    documents = check_documents(log.entries, evaluation, files)
    seals, seal_findings = check_seals(evaluation, files, trust)
    quotes, quote_findings = check_quotes(evaluation, files)
    accounted = documents.accounted | derived.accounted | seals | quotes
    found_in_parts = [*documents.findings, *derived.findings, *seal_findings, *quote_findings]
    known = set(parts.damaged)
    return [
        *(finding for finding in found_in_parts if finding.part not in known),
        *_strange(files, accounted, len(log.entries)),
        # a list from after a visible signature does not undo it; who may sign for a day does not change with time
        *check_report(replayed, log.entries, documents.blobs, trust.seating(roster.one_day.values(), roster.algorithm)),
        *check_signature_stamps(log.entries, trust_at(roster, trust)),
        *check_stamps(evaluation, log.entries, trust_at(roster, trust)),
    ]


def one_day_told(evaluation: Evaluation) -> Iterator[Bilingual]:
    """Who signed by a certificate for one day, which whoever reads the result should know."""
    for member in evaluation.members.values():
        if member.one_day.issued:
            name = called(evaluation.roster, member.person)
            yield Bilingual(
                f"{name.zh}：本人证书当日不能使用，以当日证书签名，身份经场地管理员与组织方核验。",
                f"{name.en}: signed by a certificate for one day, since the own could not be used; administrator and organiser "
                "identified the member.",
            )


def _strange(files: Mapping[str, bytes], accounted: frozenset[str], records: int) -> list[Finding]:
    """Parts that no record accounts for."""
    own = {layout.payload_part(index) for index in range(records)}
    own |= {layout.signature_part(index) for index in range(records)}
    known = accounted | own | {layout.CHECKPOINT}
    return [
        bad(name, "档案中不应有此文件，没有记录与之对应。", "does not belong here: no record accounts for it.")
        for name in sorted(files)
        if name not in known and not name.startswith(layout.RECEIPTS)
    ]


def _backwards(entries: Sequence[LogEntry]) -> list[Finding]:
    """Times of receipt that run backwards: the centre never gives an entry an earlier time than the one before it."""
    zh, en = "收到时间早于前一条记录。", "it was received, so it says, before the record ahead of it."
    return [
        bad(f"{layout.LOG} {entry.index:06d}", zh, en)
        for before, entry in pairwise(entries)
        if entry.received < before.received
    ]


def _from_the_future(entries: Sequence[LogEntry], at: datetime) -> list[Finding]:
    late = [entry for entry in entries if datetime.fromisoformat(entry.received) > at]
    if not late:
        return []
    zh = f"自第 {late[0].index} 条起，记录的收到时间晚于核验时间。"
    return [bad(layout.LOG, zh, f"from record {late[0].index} on, times of receipt lie after the time of this check.")]


def _result(evaluation: Evaluation) -> tuple[Bilingual, ...]:
    """The result as recomputed, for the reader."""
    lines = []
    if evaluation.founding.practice:
        lines.append(Bilingual("演示项目，不具有法律效力。", "A practice evaluation, without legal effect."))
    if evaluation.roster.revocations:
        count = len(evaluation.roster.revocations)
        zh = f"评标过程中登记证书吊销列表 {count} 份，自登记起对其后的记录生效。"
        lines.append(Bilingual(zh, f"Revocation lists recorded on the way: {count}, each in force from its record on."))
    before = evaluation.founding.continued
    if before is not None:
        zh = f"接续项目 {before.evaluation}（日志 {before.size} 条，树根 {before.root}；请另行核验其档案），原因：{before.ground}"
        en = f"In place of {before.evaluation} ({counted(before.size, 'record')}, root {before.root}; verify its archive too): {before.ground}"
        lines.append(Bilingual(zh, en))
    if evaluation.report is not None:
        names = names_of(evaluation.roster)
        for person, ground in evaluation.report.refused.items():
            name = names.get(person, person)
            zh = f"  组织方记录 {name} 未签署或未盖章：{ground}"
            lines.append(Bilingual(zh, f"  Recorded by the organiser, not signed or stamped by {name}: {ground}"))
    lines += _drawn(evaluation)
    if not evaluation.candidates:
        return tuple(lines)
    result = tally_result(evaluation)
    for number, bidder in enumerate(evaluation.candidates, start=1):
        line = result.line(bidder)
        name = bidder_name(evaluation, bidder)
        zh = f"  第 {number} 中标候选人 {name}，总得分 {line.total}，报价 {line.price} 元"
        lines.append(Bilingual(zh, f"  Candidate {number}: {name}, total {line.total}, price CNY {line.price}"))
    return tuple(lines)


def _drawn(evaluation: Evaluation) -> list[Bilingual]:
    """What was drawn, as the published shares and the log give it."""
    lines = []
    for one in drawings(evaluation):
        if one.result is None:
            continue
        found = (
            one.result
            if isinstance(one.result, str)
            else " > ".join(bidder_name(evaluation, bidder) for bidder in by_place(one.result))
        )
        zh, en = one.draw.title.zh, one.draw.title.en
        lines.append(
            Bilingual(f"  由份额重新算出的抽取结果，{zh}：{found}", f"  Drawn again from the shares, {en}: {found}")
        )
    return lines
