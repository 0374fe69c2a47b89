"""The calculation sheet (报价计算表): every step of the price evaluation with its numbers."""

from __future__ import annotations

from evalclient.core.method.entries import TallyResult
from evalclient.core.method.sheet import StepResult, calculation_sheet
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import Block, Paragraph, Table, column, paragraph, same
from evalclient.core.report.sources import Sources


def calculation(sources: Sources, result: TallyResult) -> tuple[Block, ...]:
    """Each step in order: its rule, its numbers put in, what it gave."""
    if result.price is None:
        return (paragraph("本评标办法不对报价评分。", "The method scores no price."),)
    sheet = calculation_sheet(sources.evaluation.method, result.price)
    blocks: list[Block] = [paragraph("报价计算表", "Price calculation, step by step", "heading")]
    for number, step in enumerate(sheet.steps, start=1):
        blocks += _step(sources, number, step)
    confirmed = [sources.person(member) for member in result.members if member in sources.evaluation.price_confirmed]
    names = "、".join(confirmed)
    blocks.append(
        paragraph(f"报价计算经下列成员逐一确认：{names}。", f"Each confirmed the calculation: {names}.", "small")
    )
    return tuple(blocks)


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
