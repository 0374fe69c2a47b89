"""The standards and the method (评标标准和评标方法) as numbered clauses, and the papers the members signed for."""

from __future__ import annotations

from evalclient.core.method.wording.words import clauses
from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import Block, Paragraph, Table, column, paragraph, same
from evalclient.core.report.money import grouped
from evalclient.core.report.sources import Sources


def method(sources: Sources) -> tuple[Block, ...]:
    """The whole method in words, as it was pinned when the evaluation was founded."""
    document = sources.evaluation.method
    intro = paragraph(
        f"本项目采用“{document.title.zh}”。下列评标标准、方法和因素由登记在首条记录中的评标办法文件生成。",
        f"The method is “{document.title.en}”. What follows is generated from the method document that record 0 pins.",
    )
    return (
        intro,
        *(
            Paragraph(
                Bilingual(f"{clause.number} {clause.text.zh}", f"{clause.number} {clause.text.en}"),
                "heading" if clause.heading else "plain",
            )
            for clause in clauses(document)
        ),
    )


def documents(sources: Sources) -> tuple[Block, ...]:
    """The documents the evaluation rests on, with their digests."""
    founding = sources.evaluation.founding
    rows = [
        (Bilingual("招标项目文件", "Tender data"), same(grouped(founding.tender))),
        (Bilingual("评标办法", "Method"), same(grouped(founding.method))),
        (Bilingual("规则包", "Rule pack"), same(grouped(founding.rules))),
        *((paper.title, same(grouped(paper.digest))) for paper in sources.evaluation.tender.papers),
    ]
    algorithm = "SHA-256" if founding.hash == "sha256" else "SM3"
    columns = (column("文件", "Document", 2.0), column(f"{algorithm} 摘要", f"{algorithm} digest", 5.0))
    return (
        Table(columns, tuple(rows), Bilingual("评标所依据的文件", "Documents the evaluation rests on")),
        paragraph(
            f"本报告依据评标日志的前 {sources.basis.size} 条记录，日志根 {grouped(sources.basis.root)}。",
            f"This report is drawn from the first {sources.basis.size} records of the log; root "
            f"{grouped(sources.basis.root)}.",
            "small",
        ),
    )
