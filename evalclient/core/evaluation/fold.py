"""The fold: the state of an evaluation is what its verified records say, one after the other.

A record that its gate refuses stays in the log without effect, and the state says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from evalclient.core.errors import DocumentMalformed
from evalclient.core.evaluation import effects_bids as bids
from evalclient.core.evaluation import effects_committee as committee
from evalclient.core.evaluation import effects_draw as draw
from evalclient.core.evaluation import effects_ending as ending
from evalclient.core.evaluation import effects_people as people
from evalclient.core.evaluation import effects_recovery as recovery
from evalclient.core.evaluation.founding_checks import check_founding
from evalclient.core.evaluation.state import Author, Evaluation, WithoutEffect
from evalclient.core.evaluation.verdict import Verdict
from evalclient.core.method.document.document import load_method
from evalclient.core.records import acts_bids, acts_committee, acts_draw, acts_ending, acts_founding, acts_recovery
from evalclient.core.records.act import Act
from evalclient.core.records.envelope import digest
from evalclient.core.records.roster import found_roster
from evalclient.core.records.verified import VerifiedRecord
from evalclient.core.rules import in_force, load_rules
from evalclient.core.tender import load_tender

Gate = Callable[[Evaluation, Act, Author], Verdict]
Effect = Callable[[Evaluation, Any, VerifiedRecord], Evaluation]


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that record 0 pins, as exact bytes."""

    tender: bytes
    method: bytes
    rules: bytes


def _nothing(evaluation: Evaluation, _act: Act, _record: VerifiedRecord) -> Evaluation:
    return evaluation


EFFECTS: Final[dict[type[Act], Effect]] = {
    acts_founding.SessionOpened: _nothing,
    acts_founding.RevocationListed: _nothing,
    acts_founding.AdministratorAppointed: _nothing,
    acts_founding.MemberAppointed: people.appoint,
    acts_founding.SiteConfirmed: people.confirm_site,
    acts_founding.ArrivalRecorded: people.record_arrival,
    acts_founding.IdentityWitnessed: people.witness_identity,
    acts_founding.CertificateIssued: people.issue_certificate,
    acts_founding.ReplacementRequested: people.request_replacement,
    acts_founding.PledgeSigned: people.sign_pledge,
    acts_founding.RecusalDeclared: people.declare_recusal,
    acts_bids.BidSubmitted: bids.submit,
    acts_bids.BidWithdrawn: bids.withdraw,
    acts_bids.ShareReleased: bids.release_share,
    acts_bids.OpeningRecorded: bids.record_opening,
    acts_bids.QualificationRecorded: bids.record_qualification,
    acts_bids.AccessGranted: bids.grant_access,
    acts_committee.VoteSealed: committee.seal,
    acts_committee.ReviewSealed: committee.seal,
    acts_committee.SheetSealed: committee.seal,
    acts_committee.SealWithdrawn: committee.withdraw_seal,
    acts_draw.DrawSealed: draw.seal_share,
    acts_committee.SealOpened: committee.open_seal,
    acts_recovery.RecoveryRequested: recovery.request,
    acts_recovery.RecoveryReleased: recovery.release,
    acts_committee.LeaderNamed: committee.name_leader,
    acts_committee.StageClosed: committee.close_stage,
    acts_committee.ScoreCorrected: committee.correct_score,
    acts_committee.ScoreMaintained: committee.maintain_score,
    acts_committee.CompetitionJudged: committee.judge_competition,
    acts_committee.AbnormalJudged: committee.judge_abnormal,
    acts_committee.DefectDeclared: committee.declare_defect,
    acts_committee.PriceCorrected: committee.correct_price,
    acts_committee.PriceConfirmed: committee.confirm_price,
    acts_committee.SummaryRecorded: committee.sum_up,
    acts_committee.RecheckAnswered: committee.answer_recheck,
    acts_committee.CandidatesRecommended: committee.recommend,
    acts_ending.ReportRendered: ending.render_report,
    acts_ending.ReportSigned: ending.sign_report,
    acts_ending.ReportRefused: ending.refuse_report,
    acts_ending.ReportStamped: ending.stamp_report,
    acts_ending.EvaluationEnded: ending.end,
    acts_ending.RollbackRequested: ending.request_rollback,
    acts_ending.RollbackApproved: ending.approve_rollback,
    acts_ending.CommitteeDissolved: ending.dissolve,
    acts_ending.DraftSaved: ending.save_draft,
    acts_ending.PracticeFilled: ending.fill_practice,
    acts_ending.CheckpointCosigned: ending.cosign,
    acts_ending.ReportTimestamped: ending.stamp_report_time,
    acts_ending.LogTimestamped: ending.stamp_log_time,
}


#: kinds that go on beside the procedure and do not carry it on
_BESIDE: Final = frozenset(
    {
        "session.opened",
        "revocation.listed",
        "draft.saved",
        "practice.filled",
        "checkpoint.cosigned",
        "report.timestamped",
        "log.timestamped",
    }
)


def found_evaluation(genesis: VerifiedRecord, documents: Documents) -> Evaluation:
    """The evaluation right after record 0; DocumentMalformed if a document is not the one that record 0 pins.

    Also if record 0 and its documents contradict one another; see ``check_founding``.
    """
    founding = genesis.act
    if not isinstance(founding, acts_founding.EvaluationCreated):
        raise DocumentMalformed(
            "日志的第一条不是“创建评标项目”记录，请核对档案来源。",
            "The log does not begin with the creation of an evaluation; check where it comes from.",
        )
    for name, data, pinned in (
        ("tender", documents.tender, founding.tender),
        ("method", documents.method, founding.method),
        ("rules", documents.rules, founding.rules),
    ):
        if digest(data, founding.hash) != pinned:
            raise DocumentMalformed(
                f"{name} 文件与首条记录登记的摘要不一致，请向组织方索取原文件。",
                f"The {name} document is not the one that record 0 pins; ask the organiser for the original.",
            )
    tender, method = load_tender(documents.tender), load_method(documents.method)
    rules = in_force(load_rules(documents.rules), founding.deadline[:10])
    check_founding(founding, tender, method, rules)
    return Evaluation(
        fingerprint=genesis.id,
        founding=founding,
        tender=tender,
        method=method,
        rules=rules,
        roster=found_roster(genesis.id, founding),
        size=1,
    )


def fold(evaluation: Evaluation, records: Iterable[VerifiedRecord], gate: Gate) -> Evaluation:
    """``evaluation`` after ``records`` in order."""
    for record in records:
        evaluation = _apply(evaluation, record, gate)
    return evaluation


def author_of(record: VerifiedRecord) -> Author:
    """The author of a record, as a gate wants to know him."""
    payload = record.payload
    at = record.received or payload.at
    return Author(payload.author, payload.session, record.id, payload.round, at, record.doubt)


def _apply(evaluation: Evaluation, record: VerifiedRecord, gate: Gate) -> Evaluation:
    counted = replace(evaluation, size=evaluation.size + 1)
    if record.act is None:
        return replace(
            counted, roster=evaluation.roster.after(record), unknown=(*evaluation.unknown, record.payload.kind)
        )
    verdict = gate(evaluation, record.act, author_of(record))
    followed = replace(counted, roster=evaluation.roster.after(record))
    if verdict.reason is not None:
        refused = WithoutEffect(record.id, record.payload.kind, record.payload.author, verdict.reason, verdict.article)
        return replace(followed, without_effect=(*evaluation.without_effect, refused))
    changed = EFFECTS[type(record.act)](followed, record.act, record)
    if record.payload.kind in _BESIDE:
        return changed
    return replace(changed, moved=record.received or record.payload.at)
