"""What happened on the way: corrections, flags and answers, roll-backs, records without effect, clarifications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evalclient.core.evaluation.results import tally_input
from evalclient.core.evaluation.views import active_members, replaced_scores
from evalclient.core.law_words import cited
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import TallyResult
from evalclient.core.method.flag import Flag
from evalclient.core.method.tally import checks
from evalclient.core.records.acts_committee import SealOpened
from evalclient.core.records.acts_ending import RollbackApproved, RollbackRequested
from evalclient.core.records.acts_recovery import RecoveryRequested
from evalclient.core.records.catalogue import KINDS
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import Block, Table, column, joined, paragraph, same
from evalclient.core.report.history import local_time
from evalclient.core.report.sources import Sources
from evalclient.core.workflow.stages import STAGE_TITLES

_CASES = {
    "sum": Bilingual("分值汇总计算错误", "error of addition"),
    "range": Bilingual("超出评分标准范围", "beyond the range"),
    "objective": Bilingual("客观分不一致", "objective item differs"),
    "abnormal": Bilingual("评分畸高、畸低", "abnormally high or low"),
    "maintained": Bilingual("维持原评分", "maintained"),
}


def flags_named(sources: Sources, result: TallyResult) -> tuple[Flag, ...]:
    """The flags on the result, with members and bidders called by their names."""
    people = {member.person: sources.person(member.person) for member in active_members(sources.evaluation)}
    bidders = {line.bidder: sources.bidder(line.bidder) for line in result.bidders}
    evaluation, names = sources.evaluation, {**people, **bidders}
    return checks.flags(evaluation.method, tally_input(evaluation), result, evaluation.rules.flag_articles, names)


def clarifications(_sources: Sources) -> tuple[Block, ...]:
    """Minutes of clarifications. The catalogue has no such record, so the log cannot say whether there were any."""
    return (
        paragraph(
            "本系统没有澄清、说明或者补正的记录；评标委员会在系统外要求投标人澄清、说明或者补正的，其书面材料另附。",
            "This system holds no record of any clarification, explanation or correction; where the committee asked for one "
            "outside the system, its papers are attached.",
        ),
    )


def corrections(sources: Sources) -> tuple[Block, ...]:
    """Corrected and maintained scores with their reasons; the old value stays readable."""
    entries = sources.evaluation.corrections
    heading = paragraph("评分更正与维持说明", "Scores corrected or maintained", "heading")
    if not entries:
        return (heading, paragraph("没有更正或者说明维持的评分。", "No score was corrected or explained."))
    titles = {item.id: item.title for item in items_of(sources.evaluation.method)}
    rows = tuple(
        (
            same(sources.person(entry.member)),
            same(sources.bidder(entry.bidder)),
            titles.get(entry.item, same(entry.item)),
            same(entry.old if entry.case == "maintained" else f"{entry.old} → {entry.new}"),
            _CASES.get(entry.case, same(entry.case)),
            same(entry.reason or "—"),
            same(sources.at(entry.record)),
        )
        for entry in entries
    )
    columns = (
        column("成员", "Member", 0.9),
        column("投标人", "Bidder", 1.4),
        column("评分项", "Item", 1.3),
        column("评分", "Score", 0.9, "center"),
        column("情形", "Case", 1.2),
        column("理由", "Reason", 1.8),
        column("时间", "Time", 1.2),
    )
    return (heading, Table(columns, rows))


def flags(sources: Sources, found: Sequence[Flag]) -> tuple[Block, ...]:
    """What the checks asked the committee to look at, and what the members answered."""
    heading = paragraph("复核提示与答复", "Flags of the re-check, with the answers", "heading")
    note = paragraph(
        "提示由规则计算得出，仅供评标委员会复核，不构成结论。",
        "Flags are computed from stated rules for the committee to look at; they decide nothing.",
        "small",
    )
    if not found:
        return (heading, paragraph("复核没有提示事项。", "The re-check raised no flag."))
    rows = tuple(
        (flag.sentence, cited(flag.article), _answers(sources, flag.id) or Bilingual("未答复", "not answered"))
        for flag in found
    )
    columns = (column("提示", "Flag", 2.8), column("依据", "Under", 1.5), column("成员答复", "Answers", 2.8))
    return (heading, Table(columns, rows), note)


def competition(sources: Sources) -> tuple[Block, ...]:
    """The members' views on whether too few valid bids still compete, and the rule (竞争性表决, 12号令 第二十七条)."""
    views = sources.evaluation.competition
    if not views:
        return ()
    rule = sources.evaluation.rules.too_few
    rows = tuple(
        (
            same(sources.person(person)),
            Bilingual("仍具竞争性", "they compete")
            if view.competitive
            else Bilingual("明显缺乏竞争", "plainly lacking"),
            same(view.reason or "—"),
        )
        for person, view in views.items()
    )
    columns = (column("成员", "Member", 1.0), column("意见", "View", 1.2), column("理由", "Reason", 4.0))
    text = paragraph(f"{rule.text.zh}（{rule.article}）", f"{rule.text.en} ({cited(rule.article).en})")
    return (text, Table(columns, rows))


def abnormal(sources: Sources) -> tuple[Block, ...]:
    """Who found whose scores of which bid abnormal, and whether the others' mean stands there (畸高、畸低认定)."""
    evaluation = sources.evaluation
    rows = tuple(
        (
            same(sources.person(member)),
            same(sources.bidder(bidder)),
            same(sources.person(person)),
            Bilingual("异常", "abnormal") if view.abnormal else Bilingual("不异常", "not abnormal"),
            same(view.reason),
        )
        for (member, bidder), views in evaluation.abnormal.items()
        for person, view in views.items()
    )
    if not rows:
        return ()
    columns = (
        column("被评议成员", "Scores of", 1.0),
        column("投标人", "Bidder", 1.6),
        column("表决成员", "Judged by", 1.0),
        column("意见", "View", 0.8),
        column("理由", "Reason", 2.6),
    )
    replaced = [f"{sources.person(member)}—{sources.bidder(bidder)}" for member, bidder in replaced_scores(evaluation)]
    names = "、".join(replaced)
    outcome = (
        paragraph(f"以其他评委平均值替代：{names}。", f"Replaced by the others' mean: {names}.")
        if replaced
        else paragraph("未形成多数意见，评分均计入。", "No majority; all scores count.")
    )
    return (paragraph("评分畸高、畸低的认定", "Abnormal scores", "heading"), Table(columns, rows), outcome)


def rollbacks(sources: Sources) -> tuple[Block, ...]:
    """Roll-backs with who asked, why, and who approved."""
    requests = {event.record: (event, act) for event, act in sources.acts(RollbackRequested)}
    rows = []
    for event, act in sources.acts(RollbackApproved):
        asked, request = requests[act.request]
        rows.append(
            (
                STAGE_TITLES[request.to_stage],
                same(request.ground),
                sources.who(asked.author),
                sources.who(event.author),
                same(local_time(event.at)),
            )
        )
    if not rows:
        return ()
    columns = (
        column("回退至", "Back to", 1.0),
        column("原因", "Ground", 2.6),
        column("申请人", "Asked by", 1.4),
        column("批准人", "Approved by", 1.4),
        column("批准时间", "Approved", 1.4),
    )
    rule = sources.evaluation.rules.rollback
    return (
        paragraph("回退情况", "Roll-backs", "heading"),
        Table(columns, tuple(rows)),
        paragraph(f"{rule.text.zh}（{rule.article}）", f"{rule.text.en} ({cited(rule.article).en})", "small"),
    )


def recoveries(sources: Sources) -> tuple[Block, ...]:
    """Sealed bodies that custodians opened because their authors did not."""
    asked = {act.seal: (event, act) for event, act in sources.acts(RecoveryRequested)}
    rows = []
    for event, act in sources.acts(SealOpened):
        seal = sources.evaluation.seals.get(act.seal)
        if seal is None or event.author == seal.author or act.seal not in asked:
            continue
        shares = sources.evaluation.recovery[act.seal].shares
        keepers = [sources.who(keeper) for keeper in shares]
        rows.append(
            (
                KINDS[seal.kind].title,
                sources.who(seal.author),
                same(asked[act.seal][1].ground),
                Bilingual("、".join(name.zh for name in keepers), ", ".join(name.en for name in keepers)),
                same(local_time(event.at)),
            )
        )
    if not rows:
        return ()
    columns = (
        column("封存内容", "Sealed body", 1.4),
        column("评委", "Member", 1.2),
        column("原因", "Ground", 2.4),
        column("提交份额的保管方", "Shares released by", 1.8),
        column("公开时间", "Opened", 1.4),
    )
    return (
        paragraph("由保管方恢复公开的封存内容", "Sealed bodies opened by custodians", "heading"),
        Table(columns, tuple(rows)),
    )


def without_effect(sources: Sources) -> tuple[Block, ...]:
    """Records that stand in the log and changed nothing, with the reason; alike ones are counted together."""
    entries = sources.evaluation.without_effect
    if not entries and not sources.evaluation.unknown:
        return ()
    counted = Counter((entry.kind, entry.author, entry.reason, entry.article) for entry in entries)
    rows = tuple(
        (KINDS[kind].title, sources.who(author), same(str(count)), reason, cited(article or "—"))
        for (kind, author, reason, article), count in counted.items()
    )
    unknown = tuple(
        (
            same(kind),
            same("—"),
            same(str(count)),
            Bilingual("本版本不识别该类记录", "unknown to this version"),
            same("—"),
        )
        for kind, count in Counter(sources.evaluation.unknown).items()
    )
    columns = (
        column("记录", "Record", 1.2),
        column("作者", "Author", 1.4),
        column("数量", "Number", 0.5, "center"),
        column("不生效的原因", "Why it has no effect", 3.2),
        column("依据", "Under", 1.6),
    )
    return (
        paragraph("未生效的记录", "Records without effect", "heading"),
        Table(columns, (*rows, *unknown)),
        paragraph(
            "上述记录保留在日志中，未改变评标结果。", "They stay in the log and did not change the result.", "small"
        ),
    )


def practice(sources: Sources) -> tuple[Block, ...]:
    """Practice only: for whom the client filled in."""
    fills = sources.evaluation.practice_fills
    if not fills:
        return ()
    names = "、".join(dict.fromkeys(sources.person(person) for person, _topic in fills))
    return (
        paragraph(
            f"练习项目：客户端曾代下列人员填写部分内容：{names}。",
            f"Practice: the client filled in for {names}.",
            "warning",
        ),
    )


def dissent_note(sources: Sources) -> tuple[Block, ...]:
    """How a differing opinion on the report itself enters it: with the signature."""
    rule = sources.evaluation.rules.dissent
    return (
        paragraph("对评标结论的不同意见", "Differing opinions on the result", "heading"),
        paragraph(
            f"成员对评标结论有不同意见的，在签署时以书面说明，载于其签章和签署记录。{rule.text.zh}（{rule.article}）",
            "A member who disagrees says so in writing when signing; it stands in the signature and in the signing "
            f"record. {rule.text.en} ({cited(rule.article).en})",
        ),
    )


def _answers(sources: Sources, flag: str) -> Bilingual | None:
    said: dict[str, list[str]] = {}
    for person, recheck in sources.evaluation.rechecks.items():
        for answer in recheck.answers:
            if answer.flag == flag and answer.answer:
                said.setdefault(answer.answer, []).append(sources.person(person))
    everybody = len(active_members(sources.evaluation))
    lines = [
        Bilingual(f"全体成员：{text}", f"All members: {text}")
        if len(people) == everybody
        else Bilingual(f"{'、'.join(people)}：{text}", f"{', '.join(people)}: {text}")
        for text, people in said.items()
    ]
    return joined(lines) if lines else None
