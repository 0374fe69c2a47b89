"""Who may read whose work, and when (独立评审)."""

from __future__ import annotations

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import all_sealed, has_access, seal_by
from evalclient.core.workflow.conditions import signing_over


def may_read(evaluation: Evaluation, reader: str, author: str, kind: str) -> Verdict:
    """Whether ``reader`` may see ``author``'s sealed body of ``kind``: his own always, others' after all have sealed.

    A successor seals his own before he may read any; administrators never see scores.
    """
    if reader == author:
        return YES
    role = evaluation.roster.role(reader)
    if role not in ("member", "organiser", "supervisor"):
        return no(
            "您的岗位无权查看评委的评审内容。",
            "Your office may not see what members concluded.",
            evaluation.rules.article("confidentiality"),
        )
    member = evaluation.members.get(reader)
    if role == "member" and (member is None or not member.active or member.conflict):
        return _not_a_member(evaluation)
    if role == "member" and seal_by(evaluation, reader, kind) is None:
        return no(
            "您尚未封存自己的评审内容，不能查看其他评委的评审内容。",
            "You have not sealed your own work yet; you may not see a colleague's.",
            evaluation.rules.article("independence"),
        )
    if not all_sealed(evaluation, kind):
        return no(
            "全体评委封存之前，任何人不得查看他人的评审内容。",
            "Until all members have sealed, nobody may see another's work.",
            evaluation.rules.article("independence"),
        )
    return YES


def may_read_bids(evaluation: Evaluation, reader: str) -> Verdict:
    """Whether a member may see bid content: only after pledge, recusal and grant, and while the committee works."""
    member = evaluation.members.get(reader)
    if member is None or not member.active or member.conflict:
        return _not_a_member(evaluation)
    if evaluation.dissolved:
        return no(
            "评标委员会已停止工作，投标文件已封存。",
            "The committee has been dissolved and the bids are sealed again.",
            evaluation.rules.ending_article("new_committee"),
        )
    if not has_access(evaluation, reader):
        return no(
            "投标文件尚未向您开放，请等候组织方开放。",
            "The bids have not been released to you yet; wait for the organiser.",
            evaluation.rules.article("confidentiality"),
        )
    return YES


def may_read_robustness(evaluation: Evaluation, reader: str) -> Verdict:
    """Whether ``reader`` may see how firmly the result stands (稳健性分析): the supervisor alone, after the signatures.

    Nobody works on it before: it would tell members which of their scores decides.
    """
    article = evaluation.rules.article("independence")
    if evaluation.roster.role(reader) != "supervisor":
        return no(
            "稳健性分析只向行政监督开放，签署后随评标档案归档；评委和组织方不在评标中查看。",
            "The robustness analysis is open to the supervisor alone and goes into the archive after the signatures; "
            "members and organiser do not see it during the evaluation.",
            article,
        )
    if not signing_over(evaluation):
        return no(
            "评标报告签署结束之前，任何人不得查看稳健性分析。",
            "Until the signing of the report is over, nobody may see the robustness analysis.",
            article,
        )
    return YES


def _not_a_member(evaluation: Evaluation) -> Verdict:
    return no(
        "您不是本项目的现任评委，或者需要回避。",
        "You are not a present member of this committee, or have to withdraw from it.",
        evaluation.rules.article("confidentiality"),
    )
