"""Gates of acts around bids: submission, shares, opening, qualification, grants."""

from __future__ import annotations

from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import opened_bids, shares_suffice, standing_bids
from evalclient.core.method.entry.stated import stated_problem
from evalclient.core.records.acts_bids import (
    AccessGranted,
    BidSubmitted,
    BidWithdrawn,
    OpenedBid,
    OpeningRecorded,
    QualificationRecorded,
    ShareReleased,
)
from evalclient.core.records.fields import MOST_TEXT
from evalclient.core.records.quote import cut, quote_problem
from evalclient.core.records.roster import BIDDER_PREFIX


def submit(evaluation: Evaluation, _act: BidSubmitted, author: Author) -> Verdict:
    """Before the deadline, by the centre's time; by nobody who has a part in the evaluation (利害关系)."""
    held = {place.certificate for place in evaluation.roster.places.values()}
    if author.person.removeprefix(BIDDER_PREFIX) in held:
        return no(
            "该证书持有人已在本项目中担任其他角色或者曾被更换，不得参加投标。",
            "The holder of that certificate has another part in this evaluation, or was replaced, and may not bid.",
            evaluation.rules.article("one_part"),
        )
    if author.at >= evaluation.founding.deadline:
        return no(
            "已过投标截止时间，投标文件不予接收。",
            "The deadline has passed; the bid is not accepted.",
            evaluation.rules.article("bid.submitted"),
        )
    return YES


def withdraw(evaluation: Evaluation, act: BidWithdrawn, author: Author) -> Verdict:
    """The own standing bid, before the deadline."""
    bid = evaluation.bids.get(author.person)
    if bid is None or bid.withdrawn or bid.package != act.package:
        return no(
            "没有可撤回的投标文件。", "There is no such bid to withdraw.", evaluation.rules.article("bid.withdrawn")
        )
    if author.at >= evaluation.founding.deadline:
        return no(
            "已过投标截止时间，不能撤回投标文件。",
            "The deadline has passed; the bid cannot be withdrawn.",
            evaluation.rules.article("bid.withdrawn"),
        )
    return YES


def release_share(evaluation: Evaluation, act: ShareReleased, author: Author) -> Verdict:
    """Not before the deadline; custodians for any bid, a bidder for his own; with which a bid was opened stays."""
    if author.at < evaluation.founding.deadline:
        return no(
            "未到投标截止时间，不得提交解密份额。",
            "No share may be released before the deadline.",
            evaluation.rules.article("early"),
        )
    enough = _enough_to_open(evaluation)
    if not enough.allowed:
        return enough
    bid = evaluation.bids.get(act.bidder)
    if bid is None or bid.withdrawn or bid.package != act.package:
        return no(
            "该投标文件不存在或已撤回、已替换。",
            "There is no such standing bid.",
            evaluation.rules.article("opening.recorded"),
        )
    opening_custodians = {party.person for party in evaluation.founding.custodians}
    if author.person != act.bidder and author.person not in opening_custodians:
        return no(
            "只有开标密钥保管方或投标人本人可以提交该份额。",
            "Only an opening custodian or the bidder himself releases this share.",
            evaluation.rules.article("opening.recorded"),
        )
    if author.person in bid.shares and bid.opened is not None and not bid.opened.failure:
        return no(
            "该投标文件已用您提交的份额开标，份额不得更换。",
            "The bid was opened with the share you released; it is not replaced any more.",
            evaluation.rules.article("opening.recorded"),
        )
    return YES


def record_opening(evaluation: Evaluation, act: OpeningRecorded, author: Author) -> Verdict:
    """After the deadline, enough bids being there, over every standing bid exactly once."""
    if author.at < evaluation.founding.deadline:
        return no(
            "未到投标截止时间，不得开标。",
            "Bids are not opened before the deadline.",
            evaluation.rules.article("early"),
        )
    enough = _enough_to_open(evaluation)
    if not enough.allowed:
        return enough
    listed = [line.bidder for line in act.bids]
    if sorted(listed) != sorted(bid.bidder for bid in standing_bids(evaluation)):
        return no(
            "开标记录须逐一列明截止时间前收到的全部投标文件。",
            "The opening record must list every bid received before the deadline, once.",
            evaluation.rules.article("opening.recorded"),
        )
    for line in act.bids:
        verdict = _line(evaluation, line)
        if not verdict.allowed:
            return verdict
    return YES


def _line(evaluation: Evaluation, line: OpenedBid) -> Verdict:
    """One line: the package as handed in, opened with enough shares, with a price."""
    bid = evaluation.bids[line.bidder]
    if line.package != bid.package:
        return no(
            "开标记录与递交的投标文件不符。",
            "The opening record names another package.",
            evaluation.rules.article("opening.recorded"),
        )
    if line.failure and not line.note.strip():
        return no(
            f"“{line.name}”开标失败，须写明情况和原因。",
            f"The bid of {line.name} counts as failed: say what happened and why.",
            evaluation.rules.article("opening_failure"),
        )
    if len(line.note) > MOST_TEXT:
        return no(
            f"“{line.name}”的情况说明超过 {MOST_TEXT} 字，请缩短。",
            f"The note on {line.name} has more than {MOST_TEXT} characters; make it shorter.",
            evaluation.rules.article("opening.recorded"),
        )
    if line.failure:
        return YES
    if not shares_suffice(evaluation, bid):
        return no(
            f"“{line.name}”的解密份额不足，不能记为已开标。",
            f"Too few shares are released to have opened the bid of {line.name}.",
            evaluation.rules.article("opening.recorded"),
        )
    unfit = quote_problem({**line.terms, "name": line.name, "price": line.price})
    if unfit is not None:
        return no(
            f"“{cut(line.name)}”{unfit.zh}；应记为开标失败并说明。",
            f"{cut(line.name)}: {unfit.en}; such a bid is recorded as failed, with a note.",
            evaluation.rules.article("opening.recorded"),
        )
    unread = stated_problem(evaluation.method, line.terms)
    if unread is not None:
        return no(
            f"“{line.name}”{unread.zh}；评标办法无法计算的，应记为开标失败并说明。",
            f"{line.name}: {unread.en}; a bid that the method cannot read is recorded as failed, with a note.",
            evaluation.rules.article("opening.recorded"),
        )
    return YES


def _enough_to_open(evaluation: Evaluation) -> Verdict:
    """With fewer bidders than the law asks for there is no opening (投标人少于三个的，不得开标)."""
    minimum = evaluation.rules.too_few.minimum
    if len(standing_bids(evaluation)) >= minimum:
        return YES
    return no(
        f"投标人不足 {minimum} 个，不得开标，应结束并重新招标。",
        f"Fewer than {minimum} bids were received: they stay shut, and the tender is repeated.",
        evaluation.rules.ending_article("too_few"),
    )


def record_qualification(evaluation: Evaluation, act: QualificationRecorded, _author: Author) -> Verdict:
    """Where the organiser reviews qualification: every opened bid, a reason for each that fails."""
    rule = evaluation.rules.qualification
    if rule.by != "organiser":
        return no(
            "本项目由评标委员会进行资格审查。",
            "In this evaluation the committee reviews qualification.",
            rule.article,
        )
    if evaluation.opening is None:
        return no("尚未形成开标记录。", "There is no opening record yet.", evaluation.rules.article("opening.recorded"))
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
    article = evaluation.rules.article("access.granted")
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
            evaluation.rules.article("recusal.declared"),
        )
    return YES
