"""Gates of the committee's acts: votes, seals, corrections, confirmations, summary, candidates."""

from __future__ import annotations

from evalclient.core.evaluation.drawing import KIND as DRAW_SHARE
from evalclient.core.evaluation.results import bids_in_scoring, flags, price_digest, recommended, result_digest
from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import all_sealed, has_access, seal_by, some_opened, spoiled
from evalclient.core.records.acts_committee import (
    CandidatesRecommended,
    CompetitionJudged,
    DefectDeclared,
    LeaderNamed,
    PriceConfirmed,
    PriceCorrected,
    RecheckAnswered,
    ReviewSealed,
    SealOpened,
    SealWithdrawn,
    SheetSealed,
    SummaryRecorded,
    VoteSealed,
)
from evalclient.core.records.fields import decimal
from evalclient.core.workflow.conditions import enough_valid, in_range, reviewed, settled
from evalclient.core.workflow.gates_draw import draw_first, open_share
from evalclient.core.workflow.gates_recovery import open_recovered


def vote(evaluation: Evaluation, act: VoteSealed, author: Author) -> Verdict:
    """One secret vote per ballot, when the leader is elected."""
    rule = evaluation.rules.leader
    if "vote" not in rule.by:
        return no(
            "本项目组长由招标人确定，不投票。", "The leader is named in this evaluation, not elected.", rule.article
        )
    if evaluation.leader:
        return no("组长已经产生。", "There is a leader already.", rule.article)
    if act.ballot != evaluation.ballot:
        return no(
            f"当前为第 {evaluation.ballot} 次投票，请重新投票。",
            f"This is ballot {evaluation.ballot}; vote again.",
            rule.article,
        )
    return _one_seal(evaluation, author, "vote.sealed")


def name_leader(evaluation: Evaluation, act: LeaderNamed, _author: Author) -> Verdict:
    """Where the rules let the tenderer name the leader; a representative only where he may lead."""
    rule = evaluation.rules.leader
    if "named" not in rule.by:
        return no("组长须由评委推选产生，不能指定。", "The members elect the leader; nobody names one.", rule.article)
    if evaluation.leader:
        return no("组长已经产生，不能另行指定。", "There is a leader already; nobody names another.", rule.article)
    member = evaluation.members.get(act.member)
    if member is None or not member.active:
        return no("被指定者不是现任评委。", "The person named is not a present member.", rule.article)
    if member.kind == "representative" and not rule.representative_may_lead:
        return no("招标人（采购人）代表不得担任组长。", "A representative may not lead.", rule.article)
    if member.conflict:
        return no("该评委需要回避，不得担任组长。", "That member must withdraw and may not lead.", rule.article)
    return YES


def seal_review(evaluation: Evaluation, _act: ReviewSealed, author: Author) -> Verdict:
    """One review per member, with the bids before him."""
    return _seal_of_work(evaluation, author, "review.sealed")


def seal_sheet(evaluation: Evaluation, _act: SheetSealed, author: Author) -> Verdict:
    """One sheet per member, with the bids before him."""
    return _seal_of_work(evaluation, author, "sheet.sealed")


def withdraw_seal(evaluation: Evaluation, act: SealWithdrawn, author: Author) -> Verdict:
    """One's own seal, until all have sealed and none is open."""
    seal = evaluation.seals.get(act.seal)
    if seal is None or seal.author != author.person or seal.void or seal.opened:
        return no(
            "没有可撤回的封存内容。",
            "There is no such seal of yours to withdraw.",
            evaluation.rules.article("independence"),
        )
    if seal.kind == DRAW_SHARE:
        return no(
            "随机份额一经封存不能撤回。",
            "A share of a draw is not taken back.",
            evaluation.rules.article(DRAW_SHARE),
        )
    if all_sealed(evaluation, seal.kind) or some_opened(evaluation, seal.kind):
        return no(
            "封存内容已进入公开环节，不能再撤回；确有法定情形的请走更正或回退程序。",
            "The seals are being opened; none can be withdrawn any more, only corrected or rolled back as the law allows.",
            evaluation.rules.recheck.article,
        )
    return YES


def open_seal(evaluation: Evaluation, act: SealOpened, author: Author) -> Verdict:
    """One's own seal, once all active members have sealed; the organiser opens what custodians have recovered."""
    if author.person == evaluation.founding.organiser.person:
        return open_recovered(evaluation, act.seal)
    seal = evaluation.seals.get(act.seal)
    if seal is None or seal.author != author.person or seal.void:
        return no(
            "没有可公开的封存内容。",
            "There is no such seal of yours to open.",
            evaluation.rules.article("independence"),
        )
    if seal.opened:
        return no("该封存内容已经公开。", "The seal is open already.", evaluation.rules.article("independence"))
    if seal.kind == DRAW_SHARE:
        return open_share(evaluation, seal)
    counting = seal_by(evaluation, author.person, seal.kind)
    if counting is None or counting.record != seal.record or not all_sealed(evaluation, seal.kind):
        return no(
            "尚有评委未封存，封存内容不得公开。",
            "Some members have not sealed yet; no sealed body is opened before.",
            evaluation.rules.article("independence"),
        )
    return YES


def judge_competition(evaluation: Evaluation, act: CompetitionJudged, _author: Author) -> Verdict:
    """Only where the review has left too few bids valid and the committee judges."""
    rule = evaluation.rules.too_few
    if rule.outcome != "committee_judges" or not reviewed(evaluation) or enough_valid(evaluation):
        return no("不需要进行竞争性表决。", "There is no competition to judge here.", rule.article)
    if not act.reason.strip():
        return no("竞争性表决须写明理由。", "The judgement needs its reason.", rule.article)
    return YES


def declare_defect(evaluation: Evaluation, act: DefectDeclared, _author: Author) -> Verdict:
    """With a ground."""
    if act.ground.strip():
        return YES
    return no(
        "认定文件缺陷须写明理由。",
        "A defect needs its ground.",
        evaluation.rules.ending_article("defective_document"),
    )


def correct_price(evaluation: Evaluation, act: PriceCorrected, author: Author) -> Verdict:
    """The leader, of a bid that is still in: an amount and a reason each, the bidder's confirmation, a price above zero."""
    leader = _leads(evaluation, author)
    if not leader.allowed:
        return leader
    article = evaluation.rules.article("price.corrected")
    line = next((bid.opened for bid in bids_in_scoring(evaluation) if bid.bidder == act.bidder), None)
    if line is None:
        return no("该投标不在评审范围内。", "This bid is not being evaluated.", article)
    if any(decimal(one.amount) == 0 or not one.reason.strip() for one in act.corrections):
        return no("每处修正须写明金额和理由。", "Each correction needs an amount and a reason.", article)
    if not act.statement.strip():
        return no(
            "须写明投标人如何书面确认（不确认的，由评标委员会依法否决其投标）。",
            "Say how the bidder confirmed it in writing; a bid whose correction is not confirmed is for the committee to reject.",
            article,
        )
    if decimal(line.price) + sum(decimal(one.amount) for one in act.corrections) <= 0:
        return no("修正后的报价应大于零。", "The corrected price must be above zero.", article)
    return YES


def confirm_price(evaluation: Evaluation, act: PriceConfirmed, _author: Author) -> Verdict:
    """Over the calculation that this log gives, once what it reads is drawn."""
    ready = draw_first(evaluation)
    if not ready.allowed:
        return ready
    if act.calculation == price_digest(evaluation):
        return YES
    return no(
        "您确认的报价计算与当前记录算出的不一致，请刷新后重新确认。",
        "The calculation you confirm is not the one this log gives; look again and confirm.",
        evaluation.rules.recheck.article,
    )


def sum_up(evaluation: Evaluation, act: SummaryRecorded, author: Author) -> Verdict:
    """The leader, over the result that this log gives, objective differences being settled."""
    for verdict in (_leads(evaluation, author), settled(evaluation)):
        if not verdict.allowed:
            return verdict
    return _same_result(evaluation, act.result)


def answer_recheck(evaluation: Evaluation, act: RecheckAnswered, _author: Author) -> Verdict:
    """Over the summary, no score out of range, each other flag answered."""
    rule = evaluation.rules.recheck
    if not evaluation.summary:
        return no("组长尚未（重新）汇总。", "The leader has not summed up (again) yet.", rule.article)
    same = _same_result(evaluation, act.result)
    if not same.allowed:
        return same
    clear = in_range(evaluation)
    if not clear.allowed:
        return clear
    answered = {answer.flag for answer in act.answers if answer.answer.strip()}
    missing = [flag for flag in flags(evaluation) if flag.id not in answered]
    if missing:
        return no(
            f"还有 {len(missing)} 条提示未答复，如：{missing[0].sentence.zh}",
            f"Flags not answered yet: {len(missing)}, such as: {missing[0].sentence.en}",
            rule.article,
        )
    return YES


def recommend(evaluation: Evaluation, act: CandidatesRecommended, author: Author) -> Verdict:
    """The leader, in the order of the result, at most as many as the rules allow."""
    leader = _leads(evaluation, author)
    if not leader.allowed:
        return leader
    rule = evaluation.rules.candidates
    if len(act.candidates) > rule.maximum:
        return no(
            f"中标候选人不得超过 {rule.maximum} 个。",
            f"At most {rule.maximum} candidates may be recommended.",
            rule.article,
        )
    if act.candidates != recommended(evaluation):
        return no(
            "推荐的候选人与评审结果的排序不一致。",
            "The candidates do not follow the ranking of the result.",
            rule.article,
        )
    return _same_result(evaluation, act.result)


def _seal_of_work(evaluation: Evaluation, author: Author, kind: str) -> Verdict:
    """Once, with access to the bids, and not after having seen the others' work without handing in one's own."""
    if not has_access(evaluation, author.person):
        return no(
            "投标文件尚未向您当前的席位开放，不能封存评审内容，请等候组织方开放。",
            "The bids have not been released to your present seat; wait for the organiser before you seal.",
            evaluation.rules.article("confidentiality"),
        )
    mine = (seal for seal in evaluation.seals.values() if seal.author == author.person and seal.kind == kind)
    if any(spoiled(seal) and not seal.void for seal in mine) and some_opened(evaluation, kind):
        return no(
            "您封存的内容无效、视为未提交，而他人内容已公开；请由组织方更换评委或申请回退。",
            "Your seal held no valid work and counts as not submitted, and others' work is open by now; the organiser "
            "has to replace you or ask for a roll-back.",
            evaluation.rules.article("independence"),
        )
    return _one_seal(evaluation, author, kind)


def _one_seal(evaluation: Evaluation, author: Author, kind: str) -> Verdict:
    if seal_by(evaluation, author.person, kind) is None:
        return YES
    return no(
        "您已封存本环节内容；在全体封存前可撤回后重新封存。",
        "You have sealed already; until all have, you may withdraw and seal anew.",
        evaluation.rules.article("independence"),
    )


def _leads(evaluation: Evaluation, author: Author) -> Verdict:
    if author.person == evaluation.leader:
        return YES
    return no("该事项由组长办理。", "This is for the leader.", evaluation.rules.leader.article)


def _same_result(evaluation: Evaluation, digest: str) -> Verdict:
    if digest == result_digest(evaluation):
        return YES
    return no(
        "该结果与当前记录算出的结果不一致，请刷新后重试。",
        "The result is not the one this log gives; look again.",
        evaluation.rules.recheck.article,
    )
