"""The group end of each stage: what must be there, who closes, and the ids it closes over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from evalclient.core.evaluation.results import group_digest, price_digest, result_digest
from evalclient.core.evaluation.state import Author, Evaluation, stage_index
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import (
    active_members,
    all_opened,
    has_access,
    standing_bids,
    standing_seals,
)
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import StageClosed
from evalclient.core.workflow.conditions import enough_to_evaluate, in_range, may_go_on, nobody_conflicted, settled
from evalclient.core.workflow.gates_draw import draw_first
from evalclient.core.workflow.patience import later

Condition = Callable[[Evaluation], Verdict]


def may_close(evaluation: Evaluation, act: StageClosed, author: Author) -> Verdict:
    """The leader, or where he does not, the organiser; over exactly the records that count and what this log concludes."""
    article = evaluation.rules.article("stage.closed")
    if act.stage != evaluation.stage:
        return no("该环节已结束或尚未开始。", "That stage is over, or has not begun.", article)
    if author.person not in (evaluation.leader, evaluation.founding.organiser.person):
        return no(
            "环节由组长结束；组长产生前或者不能办理时由组织方结束。",
            "The leader closes a stage; before there is one, or where he cannot, the organiser.",
            article,
        )
    ready = can_end(evaluation)
    if not ready.allowed:
        return ready
    if act.closes != closing_ids(evaluation) or act.conclusion != conclusion(evaluation):
        return no(
            "结束时又收到新的记录，请核对后再次结束本环节。",
            "New records came in meanwhile; look at them and close the stage again.",
            article,
        )
    return YES if author.person == evaluation.leader else _leaders_time_is_over(evaluation, author)


def _leaders_time_is_over(evaluation: Evaluation, author: Author) -> Verdict:
    """From the release on there is a leader, and the organiser ends a stage only after nothing has happened for a while."""
    minutes = evaluation.founding.patience_minutes
    if stage_index(evaluation.stage) <= stage_index("leader") or author.at >= later(evaluation.moved, minutes):
        return YES
    return no(
        f"环节由组长结束；所需记录齐备后 {minutes} 分钟内组长仍未结束的，组织方才能结束。",
        f"The leader ends the stage; the organiser may once all is there and nothing has happened for {minutes} min.",
        evaluation.rules.article("stage.closed"),
    )


def can_end(evaluation: Evaluation) -> Verdict:
    """Whether the present stage has all it needs, and if not, what is missing first.

    A result that cannot be worked out is missing too, with the reason why.
    """
    if evaluation.stage not in ("opening", "ready", "checkin"):
        clear = nobody_conflicted(evaluation)
        if not clear.allowed:
            return clear
    ready = draw_first(evaluation)
    if not ready.allowed:
        return ready
    try:
        return _CONDITIONS[evaluation.stage](evaluation)
    except EntriesRefused as error:
        return Verdict(error.sentence, evaluation.rules.article("stage.closed"))


def closing_ids(evaluation: Evaluation) -> tuple[str, ...]:
    """The ids of the records that the present stage's end closes over."""
    match evaluation.stage:
        case "opening":
            return tuple(bid.record for bid in standing_bids(evaluation))
        case "ready":
            return tuple(site.record for site in evaluation.sites.values())
        case "checkin":
            return tuple(member.arrival for member in active_members(evaluation))
        case "pledge":
            members = active_members(evaluation)
            return tuple(record for member in members for record in (member.pledge, member.recusal))
        case "preliminary":
            return tuple(seal.record for seal in standing_seals(evaluation, "review.sealed"))
        case "scoring":
            return tuple(seal.record for seal in standing_seals(evaluation, "sheet.sealed"))
        case "settlement":
            return tuple(entry.record for entry in evaluation.corrections)
        case _:
            return ()


def conclusion(evaluation: Evaluation) -> str:
    """The digest of the group result with which the present stage ends, or ""."""
    match evaluation.stage:
        case "preliminary":
            return group_digest(evaluation)
        case "price":
            return price_digest(evaluation)
        case "summary" | "recheck" | "candidates" | "report":
            return result_digest(evaluation)
        case _:
            return ""


def _opening(evaluation: Evaluation) -> Verdict:
    if evaluation.opening is None:
        return no("尚未形成开标记录。", "There is no opening record yet.", evaluation.rules.article("opening.recorded"))
    if not enough_to_evaluate(evaluation):
        return _too_few_to_evaluate(evaluation)
    if evaluation.rules.qualification.by == "organiser" and not evaluation.qualification:
        return no(
            "采购人或代理机构尚未提交资格审查结果。",
            "The organiser has not recorded the qualification result.",
            evaluation.rules.qualification.article,
        )
    return YES


def _too_few_to_evaluate(evaluation: Evaluation) -> Verdict:
    minimum = evaluation.rules.too_few.minimum
    return no(
        f"有效开标且资格合格的投标人不足 {minimum} 个，不得评标，应结束并重新招标。",
        f"Fewer than {minimum} bids were opened and qualified; they are not evaluated, the evaluation must end.",
        evaluation.rules.ending_article("too_few"),
    )


def _ready(evaluation: Evaluation) -> Verdict:
    waiting = [site.name for site in evaluation.founding.sites if site.id not in evaluation.sites]
    if waiting:
        return no(
            f"等待场地确认就绪：{'、'.join(waiting)}。",
            f"Waiting for sites to confirm: {', '.join(waiting)}.",
            evaluation.rules.article("site.confirmed"),
        )
    return YES


def _checkin(evaluation: Evaluation) -> Verdict:
    composed = composition(evaluation)
    if not composed.allowed:
        return composed
    waiting = [member.person for member in active_members(evaluation) if not member.arrival]
    if waiting:
        return _wait("签到", "check-in", waiting, evaluation.rules.article("arrival.recorded"))
    return YES


def composition(evaluation: Evaluation) -> Verdict:
    """Whether the committee is made up as law and tender ask."""
    rule, least = evaluation.rules.composition, evaluation.rules.composition.size_rule(evaluation.tender)
    members = active_members(evaluation)
    size = len(members)
    representatives = sum(member.kind == "representative" for member in members)
    if size != evaluation.tender.committee.size or size < least.minimum or (rule.odd and size % 2 == 0):
        return no(
            f"评标委员会应为 {evaluation.tender.committee.size} 人（{least.minimum} 人以上单数），现有 {size} 人。",
            f"The committee must have {evaluation.tender.committee.size} members, {least.minimum} or more and odd; "
            f"it has {size}.",
            least.article,
        )
    if representatives * rule.representatives_one_in > size:
        return no(
            "招标人（采购人）代表超过成员总数的三分之一。",
            "More than a third of the members are representatives.",
            rule.article,
        )
    return YES


def _pledge(evaluation: Evaluation) -> Verdict:
    waiting = [member.person for member in active_members(evaluation) if not (member.pledge and member.recusal)]
    if waiting:
        return _wait("承诺与回避声明", "pledge and recusal", waiting, evaluation.rules.article("pledge.signed"))
    return YES


def _leader(evaluation: Evaluation) -> Verdict:
    if evaluation.leader:
        return YES
    return no("组长尚未产生。", "There is no leader yet.", evaluation.rules.leader.article)


def _release(evaluation: Evaluation) -> Verdict:
    waiting = [member.person for member in active_members(evaluation) if not has_access(evaluation, member.person)]
    if waiting:
        return _wait("文件开放", "access to the bids", waiting, evaluation.rules.article("access.granted"))
    return YES


def _preliminary(evaluation: Evaluation) -> Verdict:
    sealed = _all_opened(evaluation, "review.sealed", "初步评审", "the preliminary review")
    if not sealed.allowed:
        return sealed
    return may_go_on(evaluation)


def _scoring(evaluation: Evaluation) -> Verdict:
    return _all_opened(evaluation, "sheet.sealed", "评分", "scoring")


def _price(evaluation: Evaluation) -> Verdict:
    right = price_digest(evaluation)
    waiting = [
        member.person for member in active_members(evaluation) if evaluation.price_confirmed.get(member.person) != right
    ]
    if waiting:
        return _wait(
            "确认报价评审", "confirming the price calculation", waiting, evaluation.rules.article("price.confirmed")
        )
    return YES


def _summary(evaluation: Evaluation) -> Verdict:
    if evaluation.summary != result_digest(evaluation):
        return no("组长尚未汇总。", "The leader has not summed up yet.", evaluation.rules.article("summary.recorded"))
    return may_go_on(evaluation)


def _recheck(evaluation: Evaluation) -> Verdict:
    summed = _summary(evaluation)
    if not summed.allowed:
        return summed
    clear = in_range(evaluation)
    if not clear.allowed:
        return clear
    waiting = [
        member.person
        for member in active_members(evaluation)
        if member.person not in evaluation.rechecks or evaluation.rechecks[member.person].result != evaluation.summary
    ]
    if waiting:
        return _wait("复核", "the re-check", waiting, evaluation.rules.recheck.article)
    return YES


def _candidates(evaluation: Evaluation) -> Verdict:
    if evaluation.candidates is not None:
        return YES
    return no("组长尚未记录中标候选人。", "The candidates are not recorded yet.", evaluation.rules.candidates.article)


def _report(evaluation: Evaluation) -> Verdict:
    rule = evaluation.rules.dissent
    report = evaluation.report
    if report is None:
        return no("组长尚未生成评标报告。", "The leader has not made the report yet.", rule.article)
    stamped = {person for person, _ in report.stamps}
    consenting = report.refused if rule.refusal_is_consent else {}
    waiting = [
        member.person
        for member in active_members(evaluation)
        if member.person not in consenting and not (member.person in report.signed and member.person in stamped)
    ]
    if waiting:
        return _wait("签署报告", "signing the report", waiting, rule.article)
    if not report.signed:
        return no("无成员签署报告，不能归档。", "No member has signed the report.", rule.article)
    return YES


def _last(evaluation: Evaluation) -> Verdict:
    return no(
        "本环节由组织方记录评标结束。",
        "The organiser ends the evaluation here.",
        evaluation.rules.article("evaluation.ended"),
    )


def _over(evaluation: Evaluation) -> Verdict:
    return no("评标已结束。", "The evaluation is over.", evaluation.rules.article("evaluation.ended"))


def _all_opened(evaluation: Evaluation, kind: str, zh: str, en: str) -> Verdict:
    sealed = {seal.author for seal in standing_seals(evaluation, kind)}
    waiting = [member.person for member in active_members(evaluation) if member.person not in sealed]
    if waiting:
        return _wait(f"{zh}个人封存", f"{en} to be sealed", waiting, evaluation.rules.article("independence"))
    if not all_opened(evaluation, kind):
        opened = {seal.author for seal in standing_seals(evaluation, kind) if seal.opened}
        return _wait(
            f"{zh}公开", f"{en} to be opened", sorted(sealed - opened), evaluation.rules.article("independence")
        )
    return YES


def _wait(zh: str, en: str, people: list[str], article: str) -> Verdict:
    return no(f"等待评委{zh}：{'、'.join(people)}。", f"Waiting for {en}: {', '.join(people)}.", article)


_CONDITIONS: Final[dict[Stage, Condition]] = {
    "opening": _opening,
    "ready": _ready,
    "checkin": _checkin,
    "pledge": _pledge,
    "leader": _leader,
    "release": _release,
    "preliminary": _preliminary,
    "scoring": _scoring,
    "settlement": settled,
    "price": _price,
    "summary": _summary,
    "recheck": _recheck,
    "candidates": _candidates,
    "report": _report,
    "archive": _last,
    "ended": _over,
}
