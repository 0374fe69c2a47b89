"""The whole report: for construction the items of 12号令 第四十二条, for procurement those of 87号令 第五十八条."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.results import tally_result
from evalclient.core.evaluation.state import Evaluation, stage_index
from evalclient.core.evaluation.views import active_members
from evalclient.core.law_words import cited
from evalclient.core.method.entry.entries import TallyResult
from evalclient.core.records.acts_ending import Ending
from evalclient.core.records.fields import Bilingual
from evalclient.core.report import basics, bids, calculation, course, draws, scores, standards
from evalclient.core.report.content import Basis, Block, ReportContent, Section, SignaturePlace, paragraph
from evalclient.core.report.endings import ending_sections
from evalclient.core.report.history import Event
from evalclient.core.report.sources import Sources

_ITEMS: Final = "一二三四五六七八九十"


class ReportNotDue(EvalclientError):
    """The log does not yet hold what the report has to tell."""


def report_language(evaluation: Evaluation) -> Literal["zh", "en"]:
    """The language of the report, the same for every client: Chinese, but in practice that of the tender's papers."""
    return evaluation.tender.language if evaluation.founding.practice else "zh"


def report_content(
    evaluation: Evaluation,
    events: Sequence[Event],
    names: Mapping[str, str],
    root: str,
    *,
    ending: Ending = "awarded",
    ground: str = "",
) -> ReportContent:
    """The report on ``evaluation`` as its first ``evaluation.size`` records give it.

    ``events`` are exactly these records, ``root`` their Merkle root (hex), ``names`` maps person → name in his
    certificate. ``awarded`` gives the full report, which stands on the stage ``report``; any other ``ending`` the
    shorter one with the organiser's ``ground``. Everybody who folds the same records gets equal content. Raises
    ReportNotDue where the full report is asked of an evaluation that has not come so far.
    """
    if ending == "awarded" and stage_index(evaluation.stage) < stage_index("report"):
        raise ReportNotDue(
            "评标中心尚未收到推荐候选人为止的全部记录，请等待同步完成后再生成报告。",
            "The centre has not received every record up to the candidates yet; wait for it, then make the report.",
        )
    if len(events) != evaluation.size:
        raise ValueError(f"{len(events)} events for an evaluation of {evaluation.size} records")
    sources = Sources(evaluation, tuple(events), names, Basis(evaluation.size, root))
    if ending == "awarded":
        return _full(sources)
    return _content(
        sources,
        Bilingual("评标情况报告", "Report on an evaluation without award"),
        ending_sections(sources, ending, ground),
        Bilingual(
            "本报告由组织方以“评标结束”记录签署，报告摘要载于该记录。",
            "The organiser signs this report by the record that ends the evaluation; it holds the report's digest.",
        ),
        (),
    )


def _full(sources: Sources) -> ReportContent:
    result = tally_result(sources.evaluation)
    sections = _construction(sources, result) if sources.construction else _procurement(sources, result)
    rule = sources.evaluation.rules.dissent
    note = Bilingual(
        "评标委员会全体成员在下列位置签署。每个签章覆盖其之前的全部内容；同意与不同意见以签章及签署记录为准。"
        f"{rule.text.zh}（{rule.article}）",
        "All members sign below. Each signature covers everything before it; assent or dissent is what the signature "
        f"and the signing record say. {rule.text.en} ({cited(rule.article).en})",
    )
    return _content(sources, Bilingual("评标报告", "Evaluation report"), sections, note, tuple(_places(sources)))


def _content(
    sources: Sources,
    title: Bilingual,
    sections: tuple[Section, ...],
    note: Bilingual,
    places: tuple[SignaturePlace, ...],
) -> ReportContent:
    tender = sources.evaluation.tender
    return ReportContent(
        title=title,
        subject=Bilingual(f"{tender.title.zh} · {tender.lot.zh}", f"{tender.title.en} · {tender.lot.en}"),
        code=tender.code,
        fingerprint=sources.evaluation.fingerprint,
        practice=sources.evaluation.founding.practice,
        basis=sources.basis,
        sections=sections,
        signature_note=note,
        signatures=places,
    )


def _places(sources: Sources) -> list[SignaturePlace]:
    places = []
    for member in active_members(sources.evaluation):
        leads = member.person == sources.evaluation.leader
        name, kind = sources.person(member.person), sources.kind(member)
        zh = f"{name}（{kind.zh}{'，组长' if leads else ''}）"
        en = f"{name} ({kind.en}{', leader' if leads else ''})"
        places.append(SignaturePlace(member.person, Bilingual(zh, en)))
    return places


def _item(article: str, number: int) -> Bilingual:
    return cited(f"{article}第（{_ITEMS[number]}）项")


def _construction(sources: Sources, result: TallyResult) -> tuple[Section, ...]:
    found = course.flags_named(sources, result)
    parts: tuple[tuple[Bilingual, tuple[Block, ...]], ...] = (
        (
            Bilingual("基本情况和数据表", "Basic data"),
            (*basics.basic_data(sources), *standards.documents(sources)),
        ),
        (Bilingual("评标委员会成员名单", "The committee"), basics.committee(sources)),
        (Bilingual("开标记录", "Opening record"), basics.opening(sources)),
        (Bilingual("符合要求的投标一览表", "Conforming bids"), bids.conforming(sources)),
        (
            Bilingual("否决投标的情况说明", "Rejected bids"),
            (*bids.rejected(sources, result), *bids.preliminary(sources), *_competition(sources)),
        ),
        (Bilingual("评标标准、评标方法和评标因素一览表", "Standards, method and criteria"), standards.method(sources)),
        (
            Bilingual("经评审的价格和评分比较一览表", "Prices and scores compared"),
            (
                *scores.comparison(sources, result),
                *draws.draws(sources),
                *calculation.calculation(sources, result),
                *scores.member_totals(sources, result),
            ),
        ),
        (Bilingual("经评审的投标人排序", "Ranking"), scores.ranking(sources, result)),
        (
            Bilingual("推荐的中标候选人名单与签订合同前要处理的事宜", "Candidates, and matters before the contract"),
            (*scores.candidates(sources, result), *scores.before_contract(sources, result, found)),
        ),
        (Bilingual("澄清、说明、补正事项纪要", "Minutes of clarifications"), course.clarifications(sources)),
    )
    cited = tuple(
        Section(heading, blocks, _item("12号令 第四十二条", number)) for number, (heading, blocks) in enumerate(parts)
    )
    other = (
        *course.corrections(sources),
        *course.flags(sources, found),
        *course.abnormal(sources),
        *course.dissent_note(sources),
        *course.rollbacks(sources),
        *course.recoveries(sources),
        *course.without_effect(sources),
        *course.practice(sources),
    )
    return (
        *cited,
        Section(Bilingual("评审过程中需要说明的其他事项", "Other matters"), other),
        Section(Bilingual("附表：评标委员会成员评分表", "Annex: the members' score sheets"), scores.sheets(sources)),
    )


def _competition(sources: Sources) -> tuple[Block, ...]:
    judged = course.competition(sources)
    return (paragraph("竞争性表决", "Judgement on competition", "heading"), *judged) if judged else ()


def _procurement(sources: Sources, result: TallyResult) -> tuple[Section, ...]:
    found = course.flags_named(sources, result)
    parts: tuple[tuple[Bilingual, tuple[Block, ...]], ...] = (
        (
            Bilingual("招标公告刊登的媒体名称、开标日期和地点", "Notice, date and place of opening"),
            (*basics.notice(sources), *basics.basic_data(sources), *standards.documents(sources)),
        ),
        (
            Bilingual("投标人名单和评标委员会成员名单", "Bidders and committee"),
            (
                *basics.bidders(sources),
                paragraph("评标委员会成员名单", "The committee", "heading"),
                *basics.committee(sources),
            ),
        ),
        (Bilingual("评标方法和标准", "Method and standards"), standards.method(sources)),
        (
            Bilingual(
                "开标记录和评标情况及说明，包括无效投标人名单及原因",
                "Opening record and evaluation, with invalid bidders and the reasons",
            ),
            (
                paragraph("开标记录", "Opening record", "heading"),
                *basics.opening(sources),
                paragraph("无效投标人名单及原因", "Invalid bidders and the reasons", "heading"),
                *bids.rejected(sources, result),
                *bids.preliminary(sources),
                paragraph("评分比较", "Prices and scores compared", "heading"),
                *scores.comparison(sources, result),
                *draws.draws(sources),
                *calculation.calculation(sources, result),
                *scores.member_totals(sources, result),
            ),
        ),
        (
            Bilingual("评标结果和中标候选人名单", "Result and candidates"),
            (
                *scores.ranking(sources, result),
                paragraph("中标候选人", "Candidates", "heading"),
                *scores.candidates(sources, result),
                *scores.before_contract(sources, result, found),
            ),
        ),
        (
            Bilingual(
                "其他需要说明的情况（澄清、说明、补正，成员更换，不同意见等）",
                "Other matters (clarifications, replacements, differing opinions)",
            ),
            (
                paragraph("澄清、说明或者补正", "Clarifications", "heading"),
                *course.clarifications(sources),
                *course.corrections(sources),
                *course.flags(sources, found),
                *course.abnormal(sources),
                *course.abnormal(sources),
                *course.dissent_note(sources),
                *course.rollbacks(sources),
                *course.recoveries(sources),
                *course.without_effect(sources),
                *course.practice(sources),
            ),
        ),
    )
    cited = tuple(
        Section(heading, blocks, _item("87号令 第五十八条", number)) for number, (heading, blocks) in enumerate(parts)
    )
    annex = Section(Bilingual("附表：评标委员会成员评分表", "Annex: the members' score sheets"), scores.sheets(sources))
    return (*cited, annex)
