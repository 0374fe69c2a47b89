"""Scores compared: the summary table, the members' totals and sheets, the ranking and the candidates."""

from __future__ import annotations

from collections.abc import Sequence

from evalclient.core.evaluation.views import active_members, correction_of, scores, sheets_as_sealed
from evalclient.core.law_words import cited
from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.entry.entries import BidderResult, TallyResult
from evalclient.core.method.flag import Flag
from evalclient.core.method.marking.scoring import said_score
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.bids import chunks
from evalclient.core.report.content import DASH, Block, Column, Paragraph, Table, column, paragraph, same
from evalclient.core.report.money import yuan
from evalclient.core.report.sources import Sources

_BEFORE_CONTRACT = ("low_price", "cost_warning", "equal", "undecided", "too_few")


def comparison(sources: Sources, result: TallyResult) -> tuple[Block, ...]:
    """One line per valid bid: price, each section, price score, total, place (评分比较一览表)."""
    method = sources.evaluation.method
    columns = [column("投标人", "Bidder", 2.2), column("投标报价\n（元）", "Price\n(CNY)", 1.7, "right")]
    columns += [
        Column(Bilingual(f"{part.title.zh}\n（{part.weight}）", f"{part.title.en}\n({part.weight})"), 1.1, "right")
        for part in method.sections
    ]
    if method.price is not None:
        most = method.price.maximum
        columns.append(column(f"报价得分\n（{most}）", f"Price score\n({most})", 1.1, "right"))
    columns += [column("总得分", "Total", 1.0, "right"), column("名次", "Place", 0.7, "center")]
    lines = sorted((line for line in result.bidders if line.total is not None), key=_by_place)
    rows = tuple(
        (
            same(sources.bidder(line.bidder)),
            same(yuan(line.price)),
            *(same(line.sections.get(part.id, "—")) for part in method.sections),
            *((same(line.price_score or "—"),) if method.price is not None else ()),
            same(line.total or "—"),
            same(str(line.place) if line.place else "—"),
        )
        for line in lines
    )
    return (Table(tuple(columns), rows),)


def member_totals(sources: Sources, result: TallyResult) -> tuple[Block, ...]:
    """What each member gave each bid, per section and in all."""
    method = sources.evaluation.method
    if not method.sections:
        return ()
    lines = [line for line in result.bidders if line.members]
    intro = paragraph("各成员评分汇总（不含报价得分）", "The members' scores, without the price score", "heading")
    blocks: list[Block] = [intro]
    for run in chunks(result.members, 7):
        columns = (
            column("投标人", "Bidder", 1.8),
            column("部分", "Section", 1.2),
            *(column(sources.person(member), sources.person(member), 0.9, "right") for member in run),
            column("小组得分", "Group", 1.0, "right"),
        )
        rows: list[tuple[Bilingual, ...]] = []
        strong: set[int] = set()
        for line in lines:
            rows += _section_rows(sources, line, run)
            strong.add(len(rows) - 1)
        blocks.append(Table(columns, tuple(rows), strong=frozenset(strong)))
    return tuple(blocks)


def ranking(sources: Sources, result: TallyResult) -> tuple[Block, ...]:
    """The bidders in order (经评审的投标人排序)."""
    if not result.ranking:
        return (paragraph("没有可以排序的投标人。", "There is no bidder to rank."),)
    rows = tuple(
        (
            same(str(place.place)),
            same(sources.bidder(bidder)),
            same(result.line(bidder).total or "—"),
            same(yuan(result.line(bidder).price)),
            Bilingual("并列", "equal") if len(place.bidders) > 1 else DASH,
        )
        for place in result.ranking
        for bidder in place.bidders
    )
    columns = (
        column("名次", "Place", 0.6, "center"),
        column("投标人", "Bidder", 3.2),
        column("总得分", "Total", 1.0, "right"),
        column("投标报价\n（元）", "Price\n(CNY)", 1.6, "right"),
        column("备注", "Note", 0.8, "center"),
    )
    return (Table(columns, rows),)


def candidates(sources: Sources, result: TallyResult) -> tuple[Block, ...]:
    """The candidates in order (中标候选人)."""
    chosen = sources.evaluation.candidates or ()
    if not chosen:
        return (paragraph("未推荐中标候选人。", "No candidate is recommended."),)
    rows = tuple(
        (
            Bilingual(f"第 {number} 名", str(number)),
            same(sources.bidder(bidder)),
            same(yuan(result.line(bidder).price)),
            same(result.line(bidder).total or "—"),
        )
        for number, bidder in enumerate(chosen, start=1)
    )
    columns = (
        column("中标候选人", "Candidate", 1.0, "center"),
        column("投标人", "Bidder", 3.4),
        column("投标报价\n（元）", "Price\n(CNY)", 1.6, "right"),
        column("总得分", "Total", 1.0, "right"),
    )
    rule = sources.evaluation.rules.candidates
    return (
        Table(columns, rows, strong=frozenset({0})),
        paragraph(f"{rule.text.zh}（{rule.article}）", f"{rule.text.en} ({cited(rule.article).en})", "small"),
    )


def before_contract(sources: Sources, result: TallyResult, flags: Sequence[Flag]) -> tuple[Block, ...]:
    """What has to be dealt with before the contract: ties left open and what the price checks ask for."""
    matters: list[Paragraph] = []
    if result.undecided:
        names = "、".join(sources.bidder(bidder) for bidder in result.undecided)
        owner = Bilingual("招标人", "the tenderer") if sources.construction else Bilingual("采购人", "the purchaser")
        matters.append(
            paragraph(
                f"{names} 并列且名额不足，由{owner.zh}按招标文件确定。",
                f"{names} are equal and not all can be candidates; {owner.en} decides by the tender document.",
                "warning",
            )
        )
    matters += [
        Paragraph(Bilingual(f"{flag.sentence.zh}（{flag.article}）", f"{flag.sentence.en} ({cited(flag.article).en})"))
        for flag in flags
        if flag.kind in _BEFORE_CONTRACT and not (flag.kind == "undecided" and result.undecided)
    ]
    heading = paragraph("签订合同前要处理的事宜", "To be dealt with before the contract", "heading")
    if not matters:
        none = "评标记录中没有需要在签订合同前处理的事宜。"
        return (heading, paragraph(none, "The log holds no matter to be dealt with before the contract."))
    return (heading, *matters)


def sheets(sources: Sources) -> tuple[Block, ...]:
    """Annex: every member's score of every item, one table per bid, with the reasons given."""
    evaluation = sources.evaluation
    members = [member.person for member in active_members(evaluation)]
    table, sealed = scores(evaluation), sheets_as_sealed(evaluation)
    blocks: list[Block] = []
    bidders = list(dict.fromkeys(bidder for sheet in sealed.values() for bidder in sheet.scores))
    for bidder in bidders:
        blocks.append(paragraph(sources.bidder(bidder), sources.bidder(bidder), "heading"))
        blocks += [_sheet(sources, table, bidder, run) for run in chunks(members, 7)]
        reasons = _reasons(sources, bidder, members)
        if reasons:
            blocks.append(reasons)
    return tuple(blocks)


def _by_place(line: BidderResult) -> tuple[int, str]:
    return (line.place or 10_000, line.bidder)


def _section_rows(sources: Sources, line: BidderResult, members: Sequence[str]) -> list[tuple[Bilingual, ...]]:
    name = same(sources.bidder(line.bidder))
    rows: list[tuple[Bilingual, ...]] = []
    for number, part in enumerate(sources.evaluation.method.sections):
        given = (same(line.members[member].sections.get(part.id, "—")) for member in members)
        rows.append((name if number == 0 else same(""), part.title, *given, same(line.sections.get(part.id, "—"))))
    totals = (same(line.members[member].total) for member in members)
    rows.append((same(""), Bilingual("合计", "Sum"), *totals, same(line.technical or "—")))
    return rows


def _sheet(sources: Sources, table: dict[str, dict[str, dict[str, str]]], bidder: str, members: Sequence[str]) -> Table:
    columns = (
        column("评分项", "Item", 2.6),
        column("满分", "Most", 0.6, "right"),
        *(column(sources.person(member), sources.person(member), 0.9, "right") for member in members),
    )
    rows = tuple(
        (item.title, same(item.maximum), *(_score(sources, table, member, bidder, item) for member in members))
        for item in items_of(sources.evaluation.method)
    )
    return Table(columns, rows)


def _score(
    sources: Sources, table: dict[str, dict[str, dict[str, str]]], member: str, bidder: str, item: ScoredItem
) -> Bilingual:
    value = said_score(item, table.get(member, {}).get(bidder, {}).get(item.id, "—"))
    changed = correction_of(sources.evaluation, member, bidder, item.id)
    return same(f"{changed.old} → {value}" if changed and changed.case != "maintained" else value)


def _reasons(sources: Sources, bidder: str, members: Sequence[str]) -> Table | None:
    sealed = sheets_as_sealed(sources.evaluation)
    rows = tuple(
        (
            same(sources.person(member)),
            item.title,
            same(score.value),
            same(score.reason or "—"),
            same("、".join(str(page) for page in score.pages) or "—"),
        )
        for member in members
        if member in sealed
        for item in items_of(sources.evaluation.method)
        if (score := sealed[member].scores.get(bidder, {}).get(item.id)) is not None and (score.reason or score.pages)
    )
    if not rows:
        return None
    columns = (
        column("成员", "Member", 1.0),
        column("评分项", "Item", 1.8),
        column("评分", "Score", 0.6, "right"),
        column("评分理由", "Reason", 3.0),
        column("页码", "Pages", 0.7),
    )
    return Table(columns, rows)
