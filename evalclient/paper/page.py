"""The page itself: header, footer with fingerprint and number, the practice mark."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import ReportContent
from evalclient.core.report.money import grouped
from evalclient.paper.fonts import BOLD, REGULAR
from evalclient.paper.styles import ACCENT, MARGIN, MUTED, PAGE_HEIGHT, PAGE_WIDTH, RULE, WARNING, WATERMARK

PRACTICE = Bilingual("演示 PRACTICE", "PRACTICE 演示")


class NumberedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that draws header and footer when the number of pages is known."""

    def __init__(self, *args: Any, content: ReportContent, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._content = content
        self._language = language
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - the library's name
        """Keep the page until all are there."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Number the pages and write them."""
        pages = self._pages
        for number, state in enumerate(pages, start=1):
            self.__dict__.update(state)
            self._pages = pages
            self._furnish(number, len(pages))
            super().showPage()
        super().save()

    def _furnish(self, number: int, pages: int) -> None:
        content, language = self._content, self._language
        self.setStrokeColor(RULE)
        self.setLineWidth(0.5)
        self.line(MARGIN, PAGE_HEIGHT - 50, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - 50)
        self.line(MARGIN, 46, PAGE_WIDTH - MARGIN, 46)
        self.setFont(REGULAR, 8)
        self.setFillColor(MUTED)
        code = Bilingual(f"项目编号 {content.code}", f"Project {content.code}").text(language)
        self.drawString(MARGIN, PAGE_HEIGHT - 44, code)
        self.drawRightString(PAGE_WIDTH - MARGIN, PAGE_HEIGHT - 44, content.title.text(language))
        if content.practice:
            self.setFont(BOLD, 8)
            self.setFillColor(WARNING)
            self.drawCentredString(PAGE_WIDTH / 2, PAGE_HEIGHT - 44, PRACTICE.text(language))
            self.setFillColor(MUTED)
        self.setFont(REGULAR, 6.5)
        mark = Bilingual("项目指纹", "Fingerprint").text(language)
        self.drawString(MARGIN, 34, f"{mark} {grouped(content.fingerprint)}")
        self.setFont(REGULAR, 8)
        page = Bilingual(f"第 {number} 页 / 共 {pages} 页", f"Page {number} of {pages}").text(language)
        self.drawRightString(PAGE_WIDTH - MARGIN, 33, page)
        self.setFillColor(ACCENT)


def practice_mark(canvas: Canvas, content: ReportContent, language: str) -> None:
    """The mark across a page of a practice evaluation, under everything else."""
    if not content.practice:
        return
    canvas.saveState()
    canvas.setFillColor(WATERMARK)
    canvas.setFont(BOLD, 64)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(40)
    canvas.drawCentredString(0, 0, PRACTICE.text(language))
    canvas.restoreState()
