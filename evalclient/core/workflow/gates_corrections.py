"""Gates of corrected and maintained scores: after reveal a score changes in the lawful cases only (87号令 第六十四条)."""

from __future__ import annotations

from evalclient.core.evaluation.results import differences, flags
from evalclient.core.evaluation.state import Author, Evaluation
from evalclient.core.evaluation.verdict import YES, Verdict, no
from evalclient.core.evaluation.views import scores
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.tally.checks import score_problem
from evalclient.core.records.acts_committee import AbnormalJudged, ScoreCorrected, ScoreMaintained


def correct_score(evaluation: Evaluation, act: ScoreCorrected, author: Author) -> Verdict:
    """One's own score, from its present value, to another value in range, where the facts of a lawful case are there."""
    rule = evaluation.rules.recheck
    present = scores(evaluation).get(author.person, {}).get(act.bidder, {}).get(act.item)
    if present is None or present != act.old:
        return no(
            "该评分不存在或已变更，请刷新后重试。",
            "There is no such score, or it has changed; look again.",
            rule.article,
        )
    lawful = _lawful_case(evaluation, act, author)
    if not lawful.allowed:
        return lawful
    if not act.reason.strip():
        return no("更正评分须写明理由。", "A correction needs its reason.", rule.article)
    if act.new == act.old:
        return no(
            "更正后的评分与原评分相同；不更正的请书面说明维持。",
            "The corrected score equals the old one; to keep a score, say why.",
            rule.article,
        )
    problem = score_problem(_item(evaluation, act.item), act.new, act.reason)
    if problem is not None:
        return Verdict(problem.sentence, rule.article)
    return YES


def maintain_score(evaluation: Evaluation, act: ScoreMaintained, author: Author) -> Verdict:
    """One's own score, with a reason."""
    rule = evaluation.rules.recheck
    if act.item not in scores(evaluation).get(author.person, {}).get(act.bidder, {}):
        return no("该评分不存在，请刷新后重试。", "There is no such score; look again.", rule.article)
    if not act.reason.strip():
        return no("维持评分须书面说明理由。", "Keeping the score needs a written reason.", rule.article)
    return YES


def _lawful_case(evaluation: Evaluation, act: ScoreCorrected, author: Author) -> Verdict:
    rule = evaluation.rules.recheck
    if act.case not in rule.cases:
        return no("只能在法定情形下更正评分。", "A score is corrected in the lawful cases only.", rule.article)
    match act.case:
        case "sum":
            return no(
                "分值由系统汇总，汇总错误由组长重新汇总，不涉及更正评分。",
                "Sums are computed; a wrong sum is summed up anew by the leader and changes no score.",
                rule.article,
            )
        case "range":
            holds = score_problem(_item(evaluation, act.item), act.old, act.reason) is not None
            zh, en = "该评分没有超出评分标准范围。", "The score is within what the method allows."
        case "objective":
            holds = any((entry.bidder, entry.item) == (act.bidder, act.item) for entry in differences(evaluation))
            zh, en = "该项不是评分不一致的客观评审因素。", "This is not an objective item on which members differ."
        case _:
            if evaluation.stage == "settlement":
                return no(
                    "畸高畸低在汇总后的复核环节认定。", "Abnormal scores are settled at the re-check.", rule.article
                )
            holds = _flagged_abnormal(evaluation, act, author)
            zh, en = "复核未提示您对该投标人的评分畸高、畸低。", "The re-check does not flag this score as abnormal."
    return YES if holds else no(zh, en, rule.article)


def _flagged_abnormal(evaluation: Evaluation, act: ScoreCorrected, author: Author) -> bool:
    """Whether a deviation flag names this member's score of this bidder, at the level at which the method measures."""
    section = next(
        section.id for section in evaluation.method.sections if act.item in {item.id for item in section.items}
    )
    about = {"/".join(("deviation", author.person, act.bidder, *label)) for label in ((), (section,), (act.item,))}
    return any(flag.id in about for flag in flags(evaluation))


def judge_abnormal(evaluation: Evaluation, act: AbnormalJudged, author: Author) -> Verdict:
    """Where the method replaces abnormal scores and the re-check flags these; nobody judges his own, a reason is asked."""
    rule = evaluation.rules.recheck
    if not evaluation.method.aggregation.replace_abnormal:
        return no(
            "评标办法未规定以其他评委平均值替代异常评分。", "The method does not replace abnormal scores.", rule.article
        )
    if act.member == author.person:
        return no(
            "本人的评分由其他评委认定；您可以更正或说明维持。",
            "The others judge your scores; you may correct them or keep them with a reason.",
            rule.article,
        )
    about = f"deviation/{act.member}/{act.bidder}"
    if not any(flag.id == about or flag.id.startswith(f"{about}/") for flag in flags(evaluation)):
        return no(
            "复核未提示该评委对该投标人的评分畸高、畸低。",
            "The re-check does not flag these scores as abnormal.",
            rule.article,
        )
    if not act.reason.strip():
        return no("认定评分是否异常须写明理由。", "The judgement needs its reason.", rule.article)
    return YES


def _item(evaluation: Evaluation, name: str) -> ScoredItem:
    return next(item for item in items_of(evaluation.method) if item.id == name)
