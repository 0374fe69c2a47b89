"""Gates of acts around bids: submission, shares, opening, qualification, grants."""

from __future__ import annotations

from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import opened_bids, standing_bids
from evalclient.core.records.acts_bids import (
    AccessGranted,
    BidSubmitted,
    BidWithdrawn,
    OpeningRecorded,
    QualificationRecorded,
    ShareReleased,
)

DEADLINE = "招标投标法 第二十八条"
OPENING = "招标投标法 第三十六条"
EARLY = "招标投标法实施条例 第四十一条"


def submit(evaluation: Evaluation, _act: BidSubmitted, author: Author) -> Verdict:
    """Before the deadline, by the centre's time."""
    if author.at >= evaluation.founding.deadline:
        return no(
            "已过投标截止时间，投标文件不予接收。",
            "The deadline has passed; the bid is not accepted.",
            DEADLINE,
        )
    return YES


def withdraw(evaluation: Evaluation, act: BidWithdrawn, author: Author) -> Verdict:
    """The own standing bid, before the deadline."""
    bid = evaluation.bids.get(author.person)
    if bid is None or bid.withdrawn or bid.package != act.package:
        return no("没有可撤回的投标文件。", "There is no such bid to withdraw.", "招标投标法 第二十九条")
    if author.at >= evaluation.founding.deadline:
        return no(
            "已过投标截止时间，不能撤回投标文件。",
            "The deadline has passed; the bid cannot be withdrawn.",
            "招标投标法 第二十九条",
        )
    return YES


def release_share(evaluation: Evaluation, act: ShareReleased, author: Author) -> Verdict:
    """Not before the deadline; custodians for any bid, a bidder for his own."""
    if author.at < evaluation.founding.deadline:
        return no(
            "未到投标截止时间，不得提交解密份额。",
            "No share may be released before the deadline.",
            EARLY,
        )
    bid = evaluation.bids.get(act.bidder)
    if bid is None or bid.withdrawn or bid.package != act.package:
        return no("该投标文件不存在或已撤回、已替换。", "There is no such standing bid.", OPENING)
    opening_custodians = {party.person for party in evaluation.founding.custodians}
    if author.person != act.bidder and author.person not in opening_custodians:
        return no(
            "只有开标密钥保管方或投标人本人可以提交该份额。",
            "Only an opening custodian or the bidder himself releases this share.",
            OPENING,
        )
    return YES


def record_opening(evaluation: Evaluation, act: OpeningRecorded, author: Author) -> Verdict:
    """After the deadline, over every standing bid exactly once."""
    if author.at < evaluation.founding.deadline:
        return no("未到投标截止时间，不得开标。", "Bids are not opened before the deadline.", EARLY)
    listed = [line.bidder for line in act.bids]
    if sorted(listed) != sorted(bid.bidder for bid in standing_bids(evaluation)):
        return no(
            "开标记录须逐一列明截止时间前收到的全部投标文件。",
            "The opening record must list every bid received before the deadline, once.",
            OPENING,
        )
    for line in act.bids:
        if line.package != evaluation.bids[line.bidder].package:
            return no("开标记录与递交的投标文件不符。", "The opening record names another package.", OPENING)
    return YES


def record_qualification(evaluation: Evaluation, act: QualificationRecorded, _author: Author) -> Verdict:
    """Where the organiser reviews qualification: every opened bid, a reason for each that fails."""
    rule = evaluation.rules.qualification
    if rule.by != "organiser":
        return no(
            "本项目由评标委员会进行资格审查。",
            "In this evaluation the committee reviews qualification.",
            rule.article,
        )
    if sorted(result.bidder for result in act.results) != sorted(bid.bidder for bid in opened_bids(evaluation)):
        return no(
            "资格审查结果须覆盖全部已开标的投标人。",
            "The qualification result must cover every bid opened.",
            rule.article,
        )
    if any(not result.qualified and not result.reason.strip() for result in act.results):
        return no("资格审查不合格须写明原因。", "Each unqualified bidder needs a reason.", rule.article)
    return YES


def grant_access(evaluation: Evaluation, act: AccessGranted, _author: Author) -> Verdict:
    """Only to an active member's own present session, after pledge and recusal."""
    article = "招标投标法 第三十八条"
    member = evaluation.members.get(act.member)
    session = evaluation.roster.session_of(act.member)
    if member is None or not member.active or session is None or session.id != act.session:
        return no(
            "只能向现任评委当前登录的席位开放投标文件。",
            "Access is granted to a present member's active session only.",
            article,
        )
    if not member.pledge or not member.recusal or member.conflict:
        return no(
            "该评委尚未完成承诺与回避声明，不能开放投标文件。",
            "The member has not pledged and declared no conflict; access is not granted.",
            "招标投标法 第三十七条",
        )
    return YES
