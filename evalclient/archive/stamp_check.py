"""The time stamps that records bring, checked again: whose they are, when, and that they are not older than the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from evalclient.archive import layout
from evalclient.archive.findings import Finding, bad, good
from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.state import Evaluation, Timestamped
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_ending import LogTimestamped, ReportTimestamped
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.cms.cades_t import stamped_value, timestamp_token
from evalclient.crypto.records import stamped_imprint
from evalclient.crypto.trust.certificates import TrustStore, common_name
from evalclient.crypto.trust.timestamps import covers, verify_token
from evalclient.crypto.verdicts import SESSION_SIGNATURE


def check_stamps(evaluation: Evaluation, entries: Sequence[LogEntry], trust: TrustStore) -> tuple[Finding, ...]:
    """One finding for each time stamp that took effect; none where there is none."""
    findings = []
    if (stamp := evaluation.report_stamp) is not None:
        act = ReportTimestamped(document=stamp.covers, token=stamp.token)
        covers = Bilingual("签署完毕的评标报告", "the report with all its signatures")
        findings.append(_checked(layout.REPORT_STAMP, stamp, act, covers, evaluation, entries, trust))
    if (stamp := evaluation.log_stamp) is not None:
        log = LogTimestamped(size=stamp.size, root=stamp.covers, token=stamp.token)
        covers = Bilingual(f"前 {stamp.size} 条记录的日志", f"the log of {stamp.size} records")
        findings.append(_checked(layout.LOG_STAMP, stamp, log, covers, evaluation, entries, trust))
    return tuple(findings)


def check_signature_stamps(entries: Sequence[LogEntry], trust: TrustStore) -> tuple[Finding, ...]:
    """The time stamps inside signatures of records (CAdES-T): one finding for all that hold, one for each that does not.

    Nobody signs them and anybody can put one in: a bad one is told and takes nothing from the record.
    """
    findings: list[Finding] = []
    apart: list[timedelta] = []
    for entry in entries:
        if len(entry.record.signature) == SESSION_SIGNATURE:
            continue
        received = datetime.fromisoformat(entry.received)
        try:
            token = timestamp_token(entry.record.signature)
            if token is None:
                continue
            imprint, digest = covers(token, stamped_value(entry.record.signature))
            stamp = verify_token(token, imprint, digest, trust, not_after=received)
            apart.append(received - stamp.at)
        except EvalclientError as error:
            zh = f"签名中附带的时间戳不成立，不影响该签名：{error.zh}"
            en = f"the time stamp in the signature does not hold, which takes nothing from the signature: {error.en}"
            findings.append(good(layout.signature_part(entry.index), zh, en))
    if apart:
        longest = int(max(apart).total_seconds())
        zh = f"签名中的时间戳：{len(apart)} 个成立，比评标中心的收到时间最多早 {longest} 秒。"
        en = f"Time stamps in signatures: {len(apart)} hold, at most {longest} s before the centre's time of receipt."
        findings.insert(0, good("", zh, en))
    return tuple(findings)


def stamps_missing(evaluation: Evaluation) -> tuple[Bilingual, ...]:
    """What the reader is told where an evaluation that has ended has no time stamp over its report or log."""
    if evaluation.ending is None or (evaluation.report_stamp is not None and evaluation.log_stamp is not None):
        return ()
    if evaluation.report_stamp is None and evaluation.log_stamp is None:
        return (
            Bilingual(
                "没有时间戳服务机构的时间戳：时间以评标中心的收到时间和签名人声明的时间为准。",
                "No stamp of a time-stamping authority: times are those of receipt at the centre, and what signers claim.",
            ),
        )
    missing = Bilingual("评标报告", "report") if evaluation.report_stamp is None else Bilingual("评标日志", "log")
    return (Bilingual(f"{missing.zh}没有时间戳服务机构的时间戳。", f"The {missing.en} has no stamp of an authority."),)


def _checked(
    part: str,
    stamp: Timestamped,
    act: ReportTimestamped | LogTimestamped,
    covers: Bilingual,
    evaluation: Evaluation,
    entries: Sequence[LogEntry],
    trust: TrustStore,
) -> Finding:
    algorithm = evaluation.founding.hash
    ended = datetime.fromisoformat(entries[evaluation.ended_size - 1].received)
    try:
        found = verify_token(
            stamp.token,
            stamped_imprint(act, evaluation.fingerprint, algorithm),
            algorithm,
            trust,
            not_before=ended,
            not_after=datetime.fromisoformat(stamp.received),
        )
        who = common_name(found.authority)
    except EvalclientError as error:
        return bad(part, error.zh, error.en)
    when = f"{found.at.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}"
    zh = f"时间戳：由“{who}”于 {when} 签发，覆盖{covers.zh}，成立。"
    return good(part, zh, f"time stamp of “{who}”, {when}, over {covers.en}: it holds.")
