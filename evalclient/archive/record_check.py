"""Every record of an archive: signature, author, chain and certificate; then the whole evaluation folded from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalclient.archive import layout
from evalclient.archive.findings import Finding, bad, good
from evalclient.archive.log_check import LogRead
from evalclient.archive.people import called
from evalclient.core.counting import counted
from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.fold import Documents, found_evaluation
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.merkle import leaf_bytes, leaf_hash
from evalclient.core.ports import LogEntry
from evalclient.core.records.acts_ending import LogTimestamped, ReportTimestamped
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.envelope import HashName, decode_payload
from evalclient.core.records.fields import Bilingual
from evalclient.core.records.roster import Roster
from evalclient.core.records.verified import VerifiedRecord
from evalclient.core.workflow.gates import replay
from evalclient.crypto.cms import verify_detached
from evalclient.crypto.records import Founded, verify_record
from evalclient.crypto.trust.certificates import TrustStore


@dataclass(frozen=True, slots=True)
class Replayed:
    """The evaluation as the log gives it; None where a record does not hold. ``start`` is it right after record 0."""

    start: Evaluation | None
    evaluation: Evaluation | None
    records: tuple[VerifiedRecord, ...]
    findings: tuple[Finding, ...]

    def at(self, size: int) -> Evaluation:
        """The evaluation after the first ``size`` records."""
        if self.start is None:
            raise ValueError("no evaluation was founded")
        return replay(self.start, self.records[1:size])


def check_records(log: LogRead, founded: Founded, files: Mapping[str, bytes], trust: TrustStore) -> Replayed:
    """Verify and fold record by record; the first that does not hold is named and ends it.

    A certificate that was not acceptable takes a record's effect, no more; but where the entry is not the leaf listed
    for it, the doubt comes from the change, and the record does not hold.
    """
    entries = log.entries
    first = entries[0]
    try:
        signer = verify_detached(first.record.payload, first.record.signature)
        trust.check(signer.certificate, signer.chain, first.received)
    except EvalclientError as error:
        return Replayed(None, None, (), (_refused(first, error, founded.roster),))
    try:
        start = found_evaluation(founded.record, Documents(*(files.get(part, b"") for part in layout.DOCUMENTS)))
    except EvalclientError as error:
        return Replayed(None, None, (), (bad("documents/", error.zh, error.en),))
    records = [founded.record]
    evaluation = start
    for entry in entries[1:]:
        try:
            verified = verify_record(entry.record, evaluation.roster, trust, index=entry.index, received=entry.received)
            if verified.doubt is not None and _changed(log, entry, founded.founding.hash):
                raise EvalclientError(verified.doubt.zh, verified.doubt.en)
            evaluation = replay(evaluation, [verified])
        except EvalclientError as error:
            return Replayed(
                start, None, tuple(records), (_refused(entry, error, evaluation.roster), *_unjudged(entries, entry))
            )
        records.append(verified)
    findings = (_all_hold(records), *_uncleared(records), *_doubted(records, evaluation.roster))
    return Replayed(start, evaluation, tuple(records), findings)


def _changed(log: LogRead, entry: LogEntry, algorithm: HashName) -> bool:
    return leaf_hash(leaf_bytes(entry.received, entry.record), algorithm) != log.listed[entry.index]


def _all_hold(records: Sequence[VerifiedRecord]) -> Finding:
    zh = f"记录：{len(records)} 条的签名、作者与次序全部成立，证书按收到时间逐条判断。"
    en = f"Records: signature, author and order of all {len(records)} hold; certificates judged at the time of receipt."
    return good("", zh, en)


def _uncleared(records: Sequence[VerifiedRecord]) -> tuple[Finding, ...]:
    """How many were signed by certificates that count, though nothing current cleared them of revocation then."""
    cautions = [record.caution for record in records if record.caution is not None]
    if not cautions:
        return ()
    zh = f"其中 {len(cautions)} 条的签名证书，收到时没有未过期的吊销列表或 OCSP 响应可依，按本项目规定予以认可；首条：{cautions[0].zh}"
    en = (
        f"Of these, {len(cautions)} were signed by certificates that no current list or OCSP answer cleared of revocation when "
        f"received; by the rule of this evaluation they count. The first: {cautions[0].en}"
    )
    return (good("", zh, en),)


def _doubted(records: Sequence[VerifiedRecord], roster: Roster) -> tuple[Finding, ...]:
    """What a certificate signed that was not acceptable then: in the log, without effect, and nothing wrong with it."""
    return tuple(
        _without_effect(record, record.doubt, called(roster, record.payload.author))
        for record in records
        if record.doubt is not None
    )


def _without_effect(record: VerifiedRecord, doubt: Bilingual, who: Bilingual) -> Finding:
    if isinstance(record.act, ReportTimestamped | LogTimestamped):
        zh, en = (
            f"{who.zh}登记的时间戳不成立，该记录不生效：{doubt.zh}",
            f"the time stamp that {who.en} brought does not hold, the record has no effect: {doubt.en}",
        )
        return good(layout.payload_part(record.index or 0), zh, en)
    zh = f"{who.zh}的签名证书当时不被认可，该记录不生效：{doubt.zh}"
    en = f"the certificate of {who.en} did not count then, the record has no effect: {doubt.en}"
    return good(layout.payload_part(record.index or 0), zh, en)


def _refused(entry: LogEntry, error: EvalclientError, roster: Roster) -> Finding:
    """The finding names author and kind, where these can still be read."""
    try:
        payload = decode_payload(entry.record.payload)
    except EvalclientError:
        return bad(layout.payload_part(entry.index), error.zh, error.en)
    kind = KINDS.get(payload.kind)
    title = kind.title if kind else Bilingual(payload.kind, payload.kind)
    who = called(roster, payload.author)
    zh = f"第 {entry.index} 条记录（{who.zh}：{title.zh}）不成立：{error.zh}"
    en = f"record {entry.index} ({who.en}: {title.en}) does not hold: {error.en}"
    return bad(layout.payload_part(entry.index), zh, en)


def _unjudged(entries: Sequence[LogEntry], entry: LogEntry) -> tuple[Finding, ...]:
    left = len(entries) - entry.index - 1
    if not left:
        return ()
    zh = f"其后 {left} 条记录以及评标结果因此无法判断。"
    return (bad("", zh, f"The {counted(left, 'record')} after it, and the result, cannot be judged because of it."),)
