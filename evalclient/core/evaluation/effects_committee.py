"""What the committee's records change: seals, votes, stage ends, corrections, confirmations."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from evalclient.core.evaluation.resets import void_sheets_not_covering
from evalclient.core.evaluation.results import bids_in_scoring
from evalclient.core.evaluation.sealed_content import whole_content
from evalclient.core.evaluation.state import STAGES, Closed, Correction, Evaluation, Seal, stage_index
from evalclient.core.evaluation.views import all_opened, electable, replaced_scores, scores, votes
from evalclient.core.records.acts_committee import (
    AbnormalJudged,
    CandidatesRecommended,
    CompetitionJudged,
    DefectDeclared,
    LeaderNamed,
    PriceConfirmed,
    PriceCorrected,
    RecheckAnswered,
    ReviewSealed,
    ScoreCorrected,
    ScoreMaintained,
    SealOpened,
    SealWithdrawn,
    SheetSealed,
    StageClosed,
    SummaryRecorded,
    VoteSealed,
)
from evalclient.core.records.verified import VerifiedRecord


def seal(evaluation: Evaluation, act: VoteSealed | ReviewSealed | SheetSealed, record: VerifiedRecord) -> Evaluation:
    """A member has sealed."""
    entry = Seal(
        record=record.id,
        kind=record.payload.kind,
        author=record.payload.author,
        round=evaluation.round,
        ballot=act.ballot if isinstance(act, VoteSealed) else 1,
        bids=tuple(bid.bidder for bid in bids_in_scoring(evaluation)) if isinstance(act, SheetSealed) else (),
        at=record.received or record.payload.at,
    )
    return replace(evaluation, seals={**evaluation.seals, record.id: entry})


def withdraw_seal(evaluation: Evaluation, act: SealWithdrawn, _record: VerifiedRecord) -> Evaluation:
    """A member takes his own seal back."""
    void = replace(evaluation.seals[act.seal], void=True)
    return replace(evaluation, seals={**evaluation.seals, act.seal: void})


def open_seal(evaluation: Evaluation, act: SealOpened, record: VerifiedRecord) -> Evaluation:
    """A sealed body can be read; the last vote opened decides the ballot."""
    seal = evaluation.seals[act.seal]
    opened = replace(seal, opened=True, content=whole_content(evaluation, seal, record.opened))
    changed = replace(evaluation, seals={**evaluation.seals, act.seal: opened})
    if opened.kind == "vote.sealed" and all_opened(changed, "vote.sealed"):
        return _count_ballot(changed)
    return changed


def name_leader(evaluation: Evaluation, act: LeaderNamed, _record: VerifiedRecord) -> Evaluation:
    """The organiser has named the leader."""
    return replace(evaluation, leader=act.member)


def close_stage(evaluation: Evaluation, act: StageClosed, record: VerifiedRecord) -> Evaluation:
    """The group end of a stage: the next one begins."""
    end = Closed(
        stage=act.stage,
        round=evaluation.round,
        record=record.id,
        by=record.payload.author,
        at=record.received or record.payload.at,
        conclusion=act.conclusion,
    )
    if act.stage == "preliminary":
        evaluation = void_sheets_not_covering(evaluation, {bid.bidder for bid in bids_in_scoring(evaluation)})
    return replace(evaluation, closed=(*evaluation.closed, end), stage=STAGES[stage_index(act.stage) + 1])


def correct_score(evaluation: Evaluation, act: ScoreCorrected, record: VerifiedRecord) -> Evaluation:
    """A score changes in a lawful case; a summary made before it no longer holds."""
    entry = Correction(record.payload.author, act.bidder, act.item, act.old, act.new, act.case, act.reason, record.id)
    return replace(evaluation, corrections=(*evaluation.corrections, entry), summary="", rechecks={})


def maintain_score(evaluation: Evaluation, act: ScoreMaintained, record: VerifiedRecord) -> Evaluation:
    """A questioned score stays, with its reason."""
    author = record.payload.author
    value = scores(evaluation)[author][act.bidder][act.item]
    entry = Correction(author, act.bidder, act.item, value, value, "maintained", act.reason, record.id)
    return replace(evaluation, corrections=(*evaluation.corrections, entry))


def judge_competition(evaluation: Evaluation, act: CompetitionJudged, record: VerifiedRecord) -> Evaluation:
    """A member's view on whether too few bids still compete."""
    return replace(evaluation, competition={**evaluation.competition, record.payload.author: act})


def judge_abnormal(evaluation: Evaluation, act: AbnormalJudged, record: VerifiedRecord) -> Evaluation:
    """A member's view on another's scores of a bid; a summary made before the majority turned no longer holds."""
    views = {**evaluation.abnormal.get((act.member, act.bidder), {}), record.payload.author: act}
    judged = replace(evaluation, abnormal={**evaluation.abnormal, (act.member, act.bidder): views})
    if replaced_scores(judged) == replaced_scores(evaluation):
        return judged
    return replace(judged, summary="", rechecks={})


def declare_defect(evaluation: Evaluation, act: DefectDeclared, record: VerifiedRecord) -> Evaluation:
    """A member's view that the tender document cannot be evaluated by."""
    return replace(evaluation, defects={**evaluation.defects, record.payload.author: act.ground})


def correct_price(evaluation: Evaluation, act: PriceCorrected, _record: VerifiedRecord) -> Evaluation:
    """A bid's price is corrected; who had confirmed the calculation looks at it again."""
    return replace(evaluation, price_corrected={**evaluation.price_corrected, act.bidder: act}, price_confirmed={})


def confirm_price(evaluation: Evaluation, act: PriceConfirmed, record: VerifiedRecord) -> Evaluation:
    """A member has confirmed the price calculation."""
    confirmed = {**evaluation.price_confirmed, record.payload.author: act.calculation}
    return replace(evaluation, price_confirmed=confirmed)


def sum_up(evaluation: Evaluation, act: SummaryRecorded, _record: VerifiedRecord) -> Evaluation:
    """The leader has summed up."""
    return replace(evaluation, summary=act.result, rechecks={})


def answer_recheck(evaluation: Evaluation, act: RecheckAnswered, record: VerifiedRecord) -> Evaluation:
    """A member has re-checked."""
    return replace(evaluation, rechecks={**evaluation.rechecks, record.payload.author: act})


def recommend(evaluation: Evaluation, act: CandidatesRecommended, _record: VerifiedRecord) -> Evaluation:
    """The candidates stand."""
    return replace(evaluation, candidates=act.candidates)


def _count_ballot(evaluation: Evaluation) -> Evaluation:
    """Most votes lead; a tie asks for another ballot among the tied (多轮投票), no valid vote for the same once more."""
    counts = Counter(votes(evaluation).values())
    most = max(counts.values(), default=0)
    first = tuple(person for person in electable(evaluation) if counts[person] == most)
    if most and len(first) == 1:
        return replace(evaluation, leader=first[0])
    return replace(evaluation, ballot=evaluation.ballot + 1, runoff=first if most else evaluation.runoff)
