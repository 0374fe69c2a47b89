"""The shorter reports of the endings without candidates, each with the rule behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from evalclient.core.evaluation.views import active_members
from evalclient.core.law_words import cited
from evalclient.core.records.acts_ending import CommitteeDissolved, Ending, ReportRefused
from evalclient.core.records.fields import Bilingual
from evalclient.core.report import basics, bids, course, draws, standards
from evalclient.core.report.content import Block, Facts, Section, Table, column, paragraph, same
from evalclient.core.report.history import local_time
from evalclient.core.report.money import grouped
from evalclient.core.report.sources import Sources

ENDING_TITLES: Final[dict[Ending, Bilingual]] = {
    "awarded": Bilingual("评标完成，推荐中标候选人", "Completed with candidates"),
    "too_few": Bilingual("投标人不足或者有效投标不足", "Too few bids"),
    "all_rejected": Bilingual("否决全部投标", "All bids rejected"),
    "defective_document": Bilingual("招标（采购）文件存在缺陷，停止评标", "Defective tender document"),
    "new_committee": Bilingual("重新组建评标委员会", "A new committee is needed"),
    "unsigned": Bilingual("评标报告无成员签署", "Nobody signed the report"),
}


def ending_sections(sources: Sources, ending: Ending, ground: str) -> tuple[Section, ...]:
    """The sections of a shorter report."""
    sections = [
        Section(Bilingual("结束情形及依据", "How it ended, and under which rule"), _rule(sources, ending, ground)),
        Section(Bilingual("基本情况", "Basic data"), (*basics.basic_data(sources), *standards.documents(sources))),
        Section(Bilingual("评标委员会", "The committee"), basics.committee(sources)),
        Section(Bilingual("开标记录", "Opening record"), basics.opening(sources)),
        *_FACTS[ending](sources),
    ]
    other = (
        *draws.draws(sources),
        *course.rollbacks(sources),
        *course.recoveries(sources),
        *course.without_effect(sources),
        *course.practice(sources),
    )
    if other:
        sections.append(Section(Bilingual("其他需要说明的事项", "Other matters"), other))
    return tuple(sections)


def _rule(sources: Sources, ending: Ending, ground: str) -> tuple[Block, ...]:
    rule = sources.evaluation.rules.endings[ending]
    return (
        Facts(
            (
                (Bilingual("结束情形", "Ending"), ENDING_TITLES[ending]),
                (Bilingual("法律依据", "Under"), cited(rule.article)),
                (Bilingual("规则", "Rule"), rule.text),
                (Bilingual("具体情况", "Ground"), same(ground)),
            )
        ),
    )


def _rejections(sources: Sources) -> tuple[Section, ...]:
    if sources.evaluation.opening is None:
        return ()
    sections = [
        Section(
            Bilingual("被否决（无效）的投标及原因", "Bids that are out, and why"),
            (*bids.rejected(sources, None), *bids.preliminary(sources)),
        )
    ]
    if bids.reviewed(sources):
        sections.append(Section(Bilingual("符合要求的投标", "Conforming bids"), bids.conforming(sources)))
    return tuple(sections)


def _too_few(sources: Sources) -> tuple[Section, ...]:
    found: tuple[Section, ...] = _rejections(sources)
    if sources.evaluation.opening is None:
        found = (Section(Bilingual("收到的投标文件", "Bids received"), basics.received(sources)),)
    judged = course.competition(sources)
    if judged:
        return (*found, Section(Bilingual("竞争性表决", "Judgement on competition"), judged))
    rule = sources.evaluation.rules.too_few
    text = paragraph(f"{rule.text.zh}（{rule.article}）", f"{rule.text.en} ({cited(rule.article).en})")
    return (*found, Section(Bilingual("投标数量规则", "Rule on the number of bids"), (text,)))


def _defective(sources: Sources) -> tuple[Section, ...]:
    rows = tuple((same(sources.person(person)), same(ground)) for person, ground in sources.evaluation.defects.items())
    columns = (column("成员", "Member", 1.0), column("认定的缺陷", "Defect found", 5.0))
    total = len(active_members(sources.evaluation))
    counted = paragraph(
        f"评标委员会 {total} 名成员中 {len(rows)} 名认定文件存在缺陷导致评标无法继续。",
        f"{len(rows)} of {total} members find that the document cannot be evaluated by.",
    )
    return (Section(Bilingual("成员认定", "The members' findings"), (counted, Table(columns, rows))),)


def _new_committee(sources: Sources) -> tuple[Section, ...]:
    dissolved = sources.acts(CommitteeDissolved)
    pairs = [
        (Bilingual(f"{local_time(event.at)} 组织方记录", f"Recorded {local_time(event.at)}"), same(act.ground))
        for event, act in dissolved
    ]
    note = paragraph(
        "本委员会的评审资料随日志封存，不作为新评标委员会的评审依据。",
        "This committee's material is sealed with the log; the new committee does not rest on it.",
    )
    return (Section(Bilingual("解散评标委员会的记录", "The committee's dissolution"), (Facts(tuple(pairs)), note)),)


def _unsigned(sources: Sources) -> tuple[Section, ...]:
    rows = tuple(
        (same(sources.person(act.member)), same(act.ground), same(local_time(event.at)))
        for event, act in sources.acts(ReportRefused)
    )
    columns = (column("成员", "Member", 1.0), column("情况", "What happened", 4.0), column("时间", "Time", 1.4))
    report = sources.evaluation.report
    blocks: list[Block] = [Table(columns, rows)]
    if report is not None:
        blocks.append(
            paragraph(
                f"未获签署的评标报告摘要：{grouped(report.document)}。",
                f"Digest of the report that nobody signed: {grouped(report.document)}.",
            )
        )
    return (Section(Bilingual("拒绝签署的记录", "Refusals to sign"), tuple(blocks)),)


_FACTS: Final[dict[Ending, Callable[[Sources], tuple[Section, ...]]]] = {
    "too_few": _too_few,
    "all_rejected": _rejections,
    "defective_document": _defective,
    "new_committee": _new_committee,
    "unsigned": _unsigned,
}
