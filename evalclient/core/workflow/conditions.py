"""Conditions that both stage ends and single acts ask: who must withdraw, what is settled, whether enough bids are valid."""

from __future__ import annotations

from evalclient.core.evaluation.results import flags, unsettled, valid_bidders
from evalclient.core.evaluation.state import Evaluation, stage_index
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import active_members, all_opened, majority, reviewed_bids


def nobody_conflicted(evaluation: Evaluation) -> Verdict:
    """Whether no active member must withdraw (回避)."""
    conflicted = [member.person for member in active_members(evaluation) if member.conflict]
    if not conflicted:
        return YES
    return no(
        f"评委 {'、'.join(conflicted)} 需要回避，请先更换。",
        f"{', '.join(conflicted)} must withdraw; replace them first.",
        evaluation.rules.article("recusal.declared"),
    )


def settled(evaluation: Evaluation) -> Verdict:
    """Whether objective differences are corrected, or where the rules let them stand, explained (客观分一致)."""
    rule = evaluation.rules.settlement
    left = len(unsettled(evaluation))
    if not left:
        return YES
    if rule.unresolved_blocks:
        return no(
            f"还有 {left} 项客观分不一致未更正，组长不得汇总。",
            f"Objective differences not corrected: {left}; the leader cannot sum up.",
            rule.article,
        )
    return no(
        f"还有 {left} 项客观分不一致既未更正也未说明。",
        f"Objective differences neither corrected nor explained: {left}.",
        rule.article,
    )


def in_range(evaluation: Evaluation) -> Verdict:
    """Whether no score lies outside its item's range, step or values (超出评分标准范围): an answer does not mend that."""
    standing = [flag for flag in flags(evaluation) if flag.kind == "range"]
    if not standing:
        return YES
    return no(
        f"{standing[0].sentence.zh}；更正前不能结束复核，拒不更正的由组织方更换评委或申请回退。",
        f"{standing[0].sentence.en}; the re-check does not end before. Who does not correct it is replaced, or the "
        "committee goes back.",
        standing[0].article,
    )


def signed(evaluation: Evaluation) -> bool:
    """Whether a member has signed the report that lies before them."""
    return evaluation.report is not None and bool(evaluation.report.signed)


def signing_over(evaluation: Evaluation) -> bool:
    """Whether the report is signed and its stage is over: each member has signed, or his refusal is on record (拒签)."""
    return signed(evaluation) and stage_index(evaluation.stage) > stage_index("report")


def reviewed(evaluation: Evaluation) -> bool:
    """Whether it is known which bids are valid: the review is open, or the summary can be made."""
    if evaluation.stage == "preliminary":
        return all_opened(evaluation, "review.sealed")
    return evaluation.stage in ("summary", "recheck", "candidates")


def enough_valid(evaluation: Evaluation) -> bool:
    """Whether as many bids are valid as the rules ask for."""
    return len(valid_bidders(evaluation)) >= evaluation.rules.too_few.minimum


def may_go_on(evaluation: Evaluation) -> Verdict:
    """Whether the valid bids suffice to go on: enough of them, or judged to compete (12号令 第二十七条)."""
    rule = evaluation.rules.too_few
    valid = len(valid_bidders(evaluation))
    if valid == 0:
        return no(
            "全部投标被否决，应结束评标。",
            "Every bid is rejected; the evaluation must end.",
            evaluation.rules.ending_article("all_rejected"),
        )
    if valid >= rule.minimum:
        return YES
    if rule.outcome == "end":
        return no(
            f"有效投标不足 {rule.minimum} 家，应予废标。",
            f"Fewer than {rule.minimum} bids are valid; the tender is void.",
            rule.article,
        )
    if majority(sum(view.competitive for view in evaluation.competition.values()), len(active_members(evaluation))):
        return YES
    return no(
        f"有效投标不足 {rule.minimum} 家，须由评委会对竞争性表决。",
        f"Fewer than {rule.minimum} bids are valid; the committee must judge whether they compete.",
        rule.article,
    )


def enough_to_evaluate(evaluation: Evaluation) -> bool:
    """Whether enough bids were opened, and where the organiser reviews it, qualified (87号令 第四十四条)."""
    return len(reviewed_bids(evaluation)) >= evaluation.rules.too_few.minimum
