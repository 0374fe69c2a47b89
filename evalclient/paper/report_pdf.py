"""The report as PDF: A4, embedded font subsets, the same bytes for the same content on every machine.

Streams are left uncompressed: two builds of zlib may deflate differently, and every client compares bytes. The archive
compresses them anyway.
"""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Any, Final, Literal

from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    KeepInFrame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Flowing

from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import Block, Facts, Paragraph, ReportContent, Section
from evalclient.core.report.money import grouped
from evalclient.paper.fonts import REGULAR, register_fonts
from evalclient.paper.page import NumberedCanvas, practice_mark
from evalclient.paper.signature_page import NOTE_HEIGHT, PER_PAGE, Boxes
from evalclient.paper.styles import (
    ACCENT,
    BODY_HEIGHT,
    BODY_WIDTH,
    BOTTOM,
    CAPTION,
    ITEM,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PARAGRAPHS,
    SECTION,
    SUBJECT,
    TITLE,
)
from evalclient.paper.tables import facts, grid, words

Language = Literal["zh", "en"]
_KEYWORDS: Final = "evalclient-report/1 size={size}"
_CLAIMED: Final = re.compile(rb"/Keywords \(evalclient-report/1 size=([0-9]{1,9})\)")
_DIGITS: Final = "零一二三四五六七八九十"


def render_report(content: ReportContent, language: Language = "zh") -> bytes:
    """The report as PDF; deterministic, so that everybody who folds the same log can compare the bytes."""
    register_fonts()
    buffer = io.BytesIO()
    document = _document(buffer, content, language)
    document.build(
        _story(content, language),
        canvasmaker=partial(NumberedCanvas, content=content, language=language),
    )
    return buffer.getvalue()


def claimed_basis(untrusted_pdf: bytes) -> int | None:
    """How many records of the log a report says it is drawn from; None if it is no such report.

    Only a claim: whoever reads it renders the report from that many records and compares.
    """
    found = _CLAIMED.search(untrusted_pdf)
    return int(found[1]) if found is not None else None


def _document(buffer: io.BytesIO, content: ReportContent, language: Language) -> BaseDocTemplate:
    def furnish(canvas: Any, _document: Any) -> None:
        canvas.setKeywords(_KEYWORDS.format(size=content.basis.size))
        practice_mark(canvas, content, language)

    frame = Frame(MARGIN, BOTTOM, BODY_WIDTH, BODY_HEIGHT, 0, 0, 0, 0, id="body")
    return BaseDocTemplate(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageTemplates=[PageTemplate("body", [frame], onPage=furnish)],
        title=f"{content.title.text(language)} {content.code}",
        subject=content.subject.text(language),
        author="evalclient",
        invariant=1,
        pageCompression=0,
        initialFontName=REGULAR,
        lang="zh-CN" if language == "zh" else "en",
    )


def _story(content: ReportContent, language: Language) -> list[Flowable]:
    story: list[Flowable] = [*_title_block(content, language)]
    for number, section in enumerate(content.sections, start=1):
        story += _section(number, section, language)
    story += _signature_pages(content, language)
    return story


def _title_block(content: ReportContent, language: Language) -> list[Flowable]:
    pairs = Facts(
        (
            (Bilingual("项目指纹", "Fingerprint"), Bilingual(*(grouped(content.fingerprint),) * 2)),
            (
                Bilingual("依据", "Drawn from"),
                Bilingual(
                    f"评标日志前 {content.basis.size} 条记录", f"the first {content.basis.size} records of the log"
                ),
            ),
        )
    )
    return [
        Spacer(0, 6),
        Flowing(words(content.title, language), TITLE),
        Flowing(words(content.subject, language), SUBJECT),
        Flowing(words(Bilingual(f"项目编号 {content.code}", f"Project {content.code}"), language), SUBJECT),
        Spacer(0, 8),
        HRFlowable(width="100%", thickness=1.2, color=ACCENT, spaceBefore=0, spaceAfter=6),
        facts(pairs, language),
    ]


def _section(number: int, section: Section, language: Language) -> list[Flowable]:
    heading = Bilingual(f"{chinese_number(number)}、{section.heading.zh}", f"{number}. {section.heading.en}")
    flow: list[Flowable] = [
        CondPageBreak(90),
        Flowing(words(heading, language), SECTION),
    ]
    if section.item is not None:
        flow.append(Flowing(words(section.item, language), ITEM))
    for block in section.blocks:
        flow += _block(block, language)
    return flow


def _block(block: Block, language: Language) -> list[Flowable]:
    if isinstance(block, Paragraph):
        return [Flowing(words(block.text, language), PARAGRAPHS[block.emphasis])]
    if isinstance(block, Facts):
        return [facts(block, language)]
    caption = [Flowing(words(block.caption, language), CAPTION)] if block.caption else []
    return [*caption, grid(block, language)]


def _signature_pages(content: ReportContent, language: Language) -> list[Flowable]:
    if not content.signatures:
        return [Spacer(0, 18), Flowing(words(content.signature_note, language), PARAGRAPHS["plain"])]
    flow: list[Flowable] = []
    heading = Bilingual("评标委员会成员签署", "Signatures of the committee")
    for start in range(0, len(content.signatures), PER_PAGE):
        note = [
            Flowing(words(heading, language), SECTION),
            Flowing(words(content.signature_note, language), PARAGRAPHS["plain"]),
        ]
        flow += [
            NextPageTemplate("body"),
            PageBreak(),
            Boxes(content.signatures[start : start + PER_PAGE], language),
            KeepInFrame(BODY_WIDTH, NOTE_HEIGHT, note, mode="shrink"),
        ]
    return flow


def chinese_number(number: int) -> str:
    """1…99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _DIGITS[number]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
