"""``may``: the one question before any act, and the one verdict on any record in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from evalclient.core.evaluation.fold import fold
from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.records import acts_bids, acts_committee, acts_draw, acts_ending, acts_founding, acts_recovery
from evalclient.core.records.act import Act
from evalclient.core.records.catalogue import kind_of
from evalclient.core.records.verified import VerifiedRecord
from evalclient.core.workflow import gates_bids as bids
from evalclient.core.workflow import gates_committee as committee
from evalclient.core.workflow import gates_corrections as corrections
from evalclient.core.workflow import gates_draw as draw
from evalclient.core.workflow import gates_ending as ending
from evalclient.core.workflow import gates_people as people
from evalclient.core.workflow import gates_recovery as recovery
from evalclient.core.workflow import gates_timestamps as timestamps
from evalclient.core.workflow.authority import has_authority
from evalclient.core.workflow.stage_ends import may_close

SpecificGate = Callable[[Evaluation, Any, Author], Verdict]

_GATES: Final[dict[type[Act], SpecificGate]] = {
    acts_founding.AdministratorAppointed: people.appoint_administrator,
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
    acts_committee.VoteSealed: committee.vote,
    acts_committee.ReviewSealed: committee.seal_review,
    acts_committee.SheetSealed: committee.seal_sheet,
    acts_committee.SealWithdrawn: committee.withdraw_seal,
    acts_draw.DrawSealed: draw.seal_share,
    acts_committee.SealOpened: committee.open_seal,
    acts_recovery.RecoveryRequested: recovery.request,
    acts_recovery.RecoveryReleased: recovery.release,
    acts_committee.LeaderNamed: committee.name_leader,
    acts_committee.StageClosed: may_close,
    acts_committee.ScoreCorrected: corrections.correct_score,
    acts_committee.ScoreMaintained: corrections.maintain_score,
    acts_committee.CompetitionJudged: committee.judge_competition,
    acts_committee.AbnormalJudged: corrections.judge_abnormal,
    acts_committee.DefectDeclared: committee.declare_defect,
    acts_committee.PriceCorrected: committee.correct_price,
    acts_committee.PriceConfirmed: committee.confirm_price,
    acts_committee.SummaryRecorded: committee.sum_up,
    acts_committee.RecheckAnswered: committee.answer_recheck,
    acts_committee.CandidatesRecommended: committee.recommend,
    acts_ending.ReportRendered: ending.render,
    acts_ending.ReportSigned: ending.sign,
    acts_ending.ReportRefused: ending.refuse,
    acts_ending.ReportStamped: ending.stamp,
    acts_ending.EvaluationEnded: ending.end,
    acts_ending.RollbackRequested: ending.request_rollback,
    acts_ending.RollbackApproved: ending.approve_rollback,
    acts_ending.CommitteeDissolved: ending.dissolve,
    acts_ending.PracticeFilled: ending.practise,
    acts_ending.ReportTimestamped: timestamps.stamp_report,
    acts_ending.LogTimestamped: timestamps.stamp_log,
}


def may(evaluation: Evaluation, act: Act, author: Author) -> Verdict:
    """Whether ``author`` may do ``act`` now; a refusal names its reason and the article behind it.

    An act that rests on a result which cannot be worked out is refused with the reason why it cannot.
    """
    if isinstance(act, acts_founding.EvaluationCreated):
        return no(
            "项目已经创建。", "The evaluation has been created already.", evaluation.rules.article("evaluation.created")
        )
    verdict = has_authority(evaluation, act, author)
    if not verdict.allowed:
        return verdict
    gate = _GATES.get(type(act))
    if gate is None:
        return YES
    try:
        return gate(evaluation, act, author)
    except EntriesRefused as error:
        return Verdict(error.sentence, evaluation.rules.article(kind_of(act).name))


def replay(evaluation: Evaluation, records: Iterable[VerifiedRecord]) -> Evaluation:
    """``evaluation`` after ``records``, each judged by ``may``."""
    return fold(evaluation, records, may)
