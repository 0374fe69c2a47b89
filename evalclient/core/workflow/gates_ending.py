"""Gates of report, roll-back and endings."""

from __future__ import annotations

from evalclient.core.evaluation.results import result_digest, valid_bidders
from evalclient.core.evaluation.state import Author, Evaluation, stage_index
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import active_members, majority, standing_bids
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_ending import (
    CommitteeDissolved,
    EvaluationEnded,
    PracticeFilled,
    ReportRefused,
    ReportRendered,
    ReportSigned,
    ReportStamped,
    RollbackApproved,
    RollbackRequested,
)
from evalclient.core.records.catalogue import COMMITTEE_WORK
from evalclient.core.workflow.conditions import enough_to_evaluate, enough_valid, reviewed, signed
from evalclient.core.workflow.patience import later


def render(evaluation: Evaluation, act: ReportRendered, author: Author) -> Verdict:
    """The leader, over the present result; not once somebody has signed."""
    article = evaluation.rules.ending_article("awarded")
    if author.person != evaluation.leader:
        return no("评标报告由组长生成。", "The leader makes the report.", article)
    if act.result != result_digest(evaluation):
        return no(
            "报告所依据的结果不是当前结果，请重新生成。",
            "The report rests on another result; make it again.",
            article,
        )
    if evaluation.report is not None and (evaluation.report.signed or evaluation.report.stamps):
        return no("报告已有成员签字，不能重新生成。", "A member has signed; the report cannot be made again.", article)
    return YES


def sign(evaluation: Evaluation, act: ReportSigned, author: Author) -> Verdict:
    """Each member, the report that lies before him."""
    rule = evaluation.rules.dissent
    if evaluation.report is None or evaluation.report.document != act.document:
        return no(
            "待签的评标报告不存在或已更新，请重新打开。",
            "There is no such report to sign; open it again.",
            rule.article,
        )
    if author.person in evaluation.report.signed:
        return no("您已签署本报告。", "You have signed this report.", rule.article)
    return YES


def refuse(evaluation: Evaluation, act: ReportRefused, author: Author) -> Verdict:
    """The organiser records a refusal to sign, or to stamp when it is his turn; with its ground, and not at once."""
    rule = evaluation.rules.dissent
    member = evaluation.members.get(act.member)
    if evaluation.report is None or member is None or not member.active:
        return no("没有待签的报告或该成员不在任。", "There is no report to sign, or no such member.", rule.article)
    signed_by_him = act.member in evaluation.report.signed
    if signed_by_him and next_to_stamp(evaluation) != act.member:
        return no("该成员已签署。", "The member has signed.", rule.article)
    if not act.ground.strip():
        return no("拒绝签字记录须写明情况。", "The refusal needs a note of what happened.", rule.article)
    minutes = evaluation.founding.patience_minutes
    if author.at < later(evaluation.moved if signed_by_him else evaluation.report.at, minutes):
        return no(
            f"报告提交签署（轮到盖章）后 {minutes} 分钟内由评委阅读签署，届时仍未签署再记录。",
            f"For {minutes} min after the report was laid before the members (or it was their turn to stamp) they may "
            "read and sign it; record a refusal then.",
            rule.article,
        )
    return YES


def stamp(evaluation: Evaluation, act: ReportStamped, author: Author) -> Verdict:
    """In roster order, each revision on the one before it."""
    article = evaluation.rules.article("report.stamped")
    report = evaluation.report
    if report is None or author.person not in report.signed:
        return no("请先签署报告再加盖签章。", "Sign the report first, then stamp it.", article)
    if author.person in {person for person, _ in report.stamps}:
        return no("您已加盖签章。", "You have stamped already.", article)
    if act.previous != final_document(evaluation):
        return no(
            "他人已先加盖签章，请在最新版本上重新加盖。",
            "Somebody stamped before you; stamp the newest revision again.",
            article,
        )
    waiting = next_to_stamp(evaluation)
    if waiting != author.person:
        return no("请按名册顺序加盖签章。", "Stamps follow the order of the roster.", article)
    return YES


def next_to_stamp(evaluation: Evaluation) -> str:
    """The member whose visible signature comes next, or ""."""
    report = evaluation.report
    if report is None:
        return ""
    stamped = {person for person, _ in report.stamps}
    for member in active_members(evaluation):
        if member.person not in report.refused and member.person not in stamped:
            return member.person
    return ""


def request_rollback(evaluation: Evaluation, act: RollbackRequested, author: Author) -> Verdict:
    """Leader or organiser, to a stage of the committee's own work, before the report is signed (回退、环节重评)."""
    rule = evaluation.rules.rollback
    if author.person not in (evaluation.leader, evaluation.founding.organiser.person):
        return no("回退由组长或组织方申请。", "The leader or the organiser asks for a roll-back.", rule.article)
    if not act.ground.strip():
        return no("申请回退须写明原因。", "A roll-back needs its ground.", rule.article)
    return _may_go_back(evaluation, act.to_stage)


def approve_rollback(evaluation: Evaluation, act: RollbackApproved, _author: Author) -> Verdict:
    """An open request that could still be made."""
    if act.request not in evaluation.rollback:
        return no("没有该回退申请。", "There is no such request.", evaluation.rules.rollback.article)
    stage, _ground = evaluation.rollback[act.request]
    return _may_go_back(evaluation, stage)


def _may_go_back(evaluation: Evaluation, stage: Stage) -> Verdict:
    article = evaluation.rules.rollback.article
    if not stage_index("leader") <= stage_index(stage) <= stage_index(evaluation.stage):
        return no(
            "只能回退到评委会正在进行或者已完成的环节。",
            "Only to a stage of the committee's work that it is in or has been through.",
            article,
        )
    if signed(evaluation):
        return no(
            "评标报告已有签字，须走重新评审程序。",
            "The report has been signed; that needs a re-evaluation, not a roll-back.",
            article,
        )
    return YES


def dissolve(evaluation: Evaluation, act: CommitteeDissolved, _author: Author) -> Verdict:
    """With a ground, before anybody has signed the report."""
    article = evaluation.rules.ending_article("new_committee")
    if not act.ground.strip():
        return no("重新组建评标委员会须写明原因。", "A new committee needs its ground.", article)
    if signed(evaluation):
        return no(
            "评标报告已有签字，不能解散评标委员会。", "The report has been signed; the committee stands.", article
        )
    return YES


def practise(evaluation: Evaluation, _act: PracticeFilled, _author: Author) -> Verdict:
    """Practice evaluations only."""
    if evaluation.founding.practice:
        return YES
    return no(
        "代填仅限练习项目。",
        "Filling in is for practice evaluations only.",
        evaluation.rules.article("practice.filled"),
    )


def end(evaluation: Evaluation, act: EvaluationEnded, author: Author) -> Verdict:
    """Each lawful ending has its own condition."""
    rule = evaluation.rules.endings.get(act.ending)
    if rule is None:
        return no(
            "规则包不允许以此方式结束。",
            "The rule pack knows no such ending.",
            evaluation.rules.article("evaluation.ended"),
        )
    if not act.ground.strip():
        return no("结束评标须写明依据。", "An ending needs its ground.", rule.article)
    if not act.document:
        return no("结束评标须附报告。", "An ending needs its report.", rule.article)
    if evaluation.opening is None and author.at < evaluation.founding.deadline:
        return no(
            "未到投标截止时间，不能以投标人不足结束。",
            "The deadline has not passed; more bids may come.",
            rule.article,
        )
    if not holds(evaluation, act.ending):
        return no(
            f"不具备该结束情形的条件：{rule.text.zh}",
            f"The condition of this ending is not met: {rule.text.en}",
            rule.article,
        )
    if act.ending == "awarded" and act.document != final_document(evaluation):
        return no(
            "须附经成员签章的最终评标报告。",
            "The report that ends it must be the last revision, with the members' signatures.",
            rule.article,
        )
    return YES


def holds(evaluation: Evaluation, ending: str) -> bool:
    """Whether the condition of a lawful ending is met now."""
    if evaluation.dissolved:
        return ending == "new_committee"
    match ending:
        case "awarded":
            return evaluation.stage == "archive"
        case "too_few":
            return _too_few(evaluation)
        case "all_rejected":
            return reviewed(evaluation) and not valid_bidders(evaluation)
        case "defective_document":
            stopped = majority(len(evaluation.defects), len(active_members(evaluation)))
            return stopped and evaluation.stage in COMMITTEE_WORK and not signed(evaluation)
        case "new_committee":
            return False
        case _:
            return _nobody_signs(evaluation)


def final_document(evaluation: Evaluation) -> str:
    """Digest of the report's last revision, or ""."""
    report = evaluation.report
    if report is None:
        return ""
    return report.stamps[-1][1].document if report.stamps else report.document


def _too_few(evaluation: Evaluation) -> bool:
    rule = evaluation.rules.too_few
    if evaluation.stage == "opening":
        if evaluation.opening is None:
            return len(standing_bids(evaluation)) < rule.minimum
        return not enough_to_evaluate(evaluation)
    if not reviewed(evaluation) or enough_valid(evaluation):
        return False
    if rule.outcome == "end":
        return True
    against = sum(not view.competitive for view in evaluation.competition.values())
    return majority(against, len(active_members(evaluation)))


def _nobody_signs(evaluation: Evaluation) -> bool:
    report = evaluation.report
    members = active_members(evaluation)
    return report is not None and not report.signed and all(member.person in report.refused for member in members)
