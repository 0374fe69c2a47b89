"""What records of report, roll-back, ending and housekeeping change."""

from __future__ import annotations

from dataclasses import replace

from evalclient.core.evaluation.resets import reset_from, void_seals_from, void_shares_from
from evalclient.core.evaluation.state import Draft, Evaluation, Report, Timestamped
from evalclient.core.records.acts_ending import (
    CheckpointCosigned,
    CommitteeDissolved,
    DraftSaved,
    EvaluationEnded,
    LogTimestamped,
    PracticeFilled,
    ReportRefused,
    ReportRendered,
    ReportSigned,
    ReportStamped,
    ReportTimestamped,
    RollbackApproved,
    RollbackRequested,
)
from evalclient.core.records.verified import VerifiedRecord


def render_report(evaluation: Evaluation, act: ReportRendered, record: VerifiedRecord) -> Evaluation:
    """A report lies before the members; an earlier one and its signatures fall away."""
    at = record.received or record.payload.at
    return replace(evaluation, report=Report(act.document, act.result, record.id, at=at))


def sign_report(evaluation: Evaluation, act: ReportSigned, record: VerifiedRecord) -> Evaluation:
    """A member has signed, perhaps with a dissent."""
    report = _report(evaluation)
    author, at = record.payload.author, record.received or record.payload.at
    refused = {key: value for key, value in report.refused.items() if key != author}
    signed, signed_at = {**report.signed, author: act}, {**report.signed_at, author: at}
    return replace(evaluation, report=replace(report, signed=signed, signed_at=signed_at, refused=refused))


def refuse_report(evaluation: Evaluation, act: ReportRefused, _record: VerifiedRecord) -> Evaluation:
    """A member neither signs nor dissents in writing, or does not stamp what he has signed."""
    report = _report(evaluation)
    return replace(evaluation, report=replace(report, refused={**report.refused, act.member: act.ground}))


def stamp_report(evaluation: Evaluation, act: ReportStamped, record: VerifiedRecord) -> Evaluation:
    """A visible signature makes a new revision of the PDF."""
    report = _report(evaluation)
    return replace(evaluation, report=replace(report, stamps=(*report.stamps, (record.payload.author, act))))


def end(evaluation: Evaluation, act: EvaluationEnded, _record: VerifiedRecord) -> Evaluation:
    """The evaluation is over."""
    return replace(evaluation, ending=act, stage="ended", ended_size=evaluation.size)


def request_rollback(evaluation: Evaluation, act: RollbackRequested, record: VerifiedRecord) -> Evaluation:
    """Somebody asks to go back."""
    return replace(evaluation, rollback={**evaluation.rollback, record.id: (act.to_stage, act.ground)})


def approve_rollback(evaluation: Evaluation, act: RollbackApproved, _record: VerifiedRecord) -> Evaluation:
    """A new round begins at the stage asked for."""
    stage, _ground = evaluation.rollback[act.request]
    back = void_shares_from(void_seals_from(reset_from(evaluation, stage), stage), stage)
    return replace(back, stage=stage, round=evaluation.round + 1, rollback={})


def dissolve(evaluation: Evaluation, act: CommitteeDissolved, _record: VerifiedRecord) -> Evaluation:
    """The committee does not go on."""
    return replace(evaluation, dissolved=act.ground)


def save_draft(evaluation: Evaluation, act: DraftSaved, record: VerifiedRecord) -> Evaluation:
    """The author's latest draft on a topic."""
    draft = Draft(record.id, record.payload.session, act.cipher, record.payload.at)
    return replace(evaluation, drafts={**evaluation.drafts, (record.payload.author, act.topic): draft})


def fill_practice(evaluation: Evaluation, act: PracticeFilled, record: VerifiedRecord) -> Evaluation:
    """Practice: the client filled in for a person."""
    return replace(evaluation, practice_fills=(*evaluation.practice_fills, (record.payload.author, act.topic)))


def cosign(evaluation: Evaluation, act: CheckpointCosigned, record: VerifiedRecord) -> Evaluation:
    """A room vouches for a checkpoint."""
    return replace(evaluation, cosigned=(*evaluation.cosigned, (record.payload.author, act.stage, act.size)))


def stamp_report_time(evaluation: Evaluation, act: ReportTimestamped, record: VerifiedRecord) -> Evaluation:
    """The final report has a time stamp."""
    return replace(evaluation, report_stamp=_stamped(act.token, act.document, 0, record))


def stamp_log_time(evaluation: Evaluation, act: LogTimestamped, record: VerifiedRecord) -> Evaluation:
    """The log to its end has a time stamp."""
    return replace(evaluation, log_stamp=_stamped(act.token, act.root, act.size, record))


def _stamped(token: bytes, covers: str, size: int, record: VerifiedRecord) -> Timestamped:
    return Timestamped(token, covers, size, record.payload.author, record.received or record.payload.at)


def _report(evaluation: Evaluation) -> Report:
    if evaluation.report is None:
        raise ValueError("the gate lets nobody sign a report that is not there")
    return evaluation.report
