"""The calculation sheet (报价计算表): every step of the price evaluation with its numbers."""

from __future__ import annotations

from evalclient.core.evaluation.results import tally_numbers
from evalclient.core.method.entry.entries import TallyResult
from evalclient.core.method.wording.sheet import StepResult, calculation_sheet, computed_sheet, total_sheet
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import Block, Paragraph, Table, column, paragraph, same
from evalclient.core.report.money import yuan
from evalclient.core.report.sources import Sources


def calculation(sources: Sources, result: TallyResult) -> tuple[Block, ...]:
    """Each step in order: its rule, its numbers put in, what it gave."""
    method, numbers = sources.evaluation.method, tally_numbers(sources.evaluation)
    computed = Bilingual("计算项得分计算表", "Computed items, step by step")
    blocks = _sheet(sources, computed, computed_sheet(method, result, numbers.computed))
    blocks += _corrections(sources)
    if method.price is None or result.price is None:
        blocks.append(paragraph("本评标办法不对报价评分。", "The method scores no price."))
    else:
        steps = calculation_sheet(method, result.price, numbers.price).steps
        blocks.append(paragraph("报价计算表", "Price calculation, step by step", "heading"))
        blocks += [block for number, step in enumerate(steps, start=1) for block in _step(sources, number, step)]
        confirmed = [
            sources.person(member) for member in result.members if member in sources.evaluation.price_confirmed
        ]
        names = "、".join(confirmed)
        blocks.append(
            paragraph(f"报价计算经下列成员逐一确认：{names}。", f"Each confirmed the calculation: {names}.", "small")
        )
    total = Bilingual("总得分计算表", "Total, step by step")
    return (*blocks, *_sheet(sources, total, total_sheet(method, result, numbers.total)))


def _corrections(sources: Sources) -> list[Block]:
    """Prices that the committee corrected, with the bidder's confirmation (算术性修正)."""
    evaluation = sources.evaluation
    read = {line.bidder: line.price for line in (evaluation.opening.bids if evaluation.opening else ())}
    rows = tuple(
        (
            same(sources.bidder(bidder)),
            same(yuan(read[bidder])),
            same(one.amount),
            same(one.reason),
            same(act.statement),
        )
        for bidder, act in evaluation.price_corrected.items()
        for one in act.corrections
    )
    if not rows:
        return []
    columns = (
        column("投标人", "Bidder", 1.6),
        column("开标报价（元）", "As opened (CNY)", 1.4, "right"),
        column("修正金额（元）", "Correction (CNY)", 1.2, "right"),
        column("原因", "Reason", 2.0),
        column("投标人确认", "Confirmed by the bidder", 2.0),
    )
    article = evaluation.rules.article("price.corrected")
    return [
        paragraph("算术性修正", "Arithmetic corrections", "heading"),
        Table(columns, rows),
        paragraph(f"依据：{article}。", f"Under: {article}.", "small"),
    ]


def _sheet(sources: Sources, heading: Bilingual, steps: tuple[StepResult, ...]) -> list[Block]:
    if not steps:
        return []
    blocks: list[Block] = [paragraph(heading.zh, heading.en, "heading")]
    return blocks + [block for number, step in enumerate(steps, start=1) for block in _step(sources, number, step)]


def _step(sources: Sources, number: int, step: StepResult) -> list[Block]:
    said = Bilingual(f"（{number}）{step.name.zh}：{step.formula.zh}", f"({number}) {step.name.en}: {step.formula.en}")
    if step.values:
        columns = (
            column("投标人", "Bidder", 1.8),
            column("计算过程", "Working", 4.4),
            column("结果", "Result", 1.0, "right"),
        )
        rows = tuple((same(sources.bidder(row.bidder)), same(row.working), same(row.value)) for row in step.values)
        return [Paragraph(said), Table(columns, rows)]
    if step.kept is not None:
        kept = "、".join(sources.bidder(bidder) for bidder in step.kept) or "—"
        out = "、".join(sources.bidder(bidder) for bidder in step.left_out)
        zh = f"计入：{kept}" + (f"；不计入：{out}" if out else "")
        en = f"counted: {kept}" + (f"; left out: {out}" if out else "")
        return [Paragraph(Bilingual(f"{said.zh}。{zh}。", f"{said.en}. {en}."))]
    return [Paragraph(said)]
