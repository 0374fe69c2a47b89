"""The press: a story of headings, text, tables, figures and scans becomes one PDF with outline and links."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    LongTable,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)

from evalclient.demo.documents.flow import (
    ANSWERS,
    BODY,
    CAPTION,
    CELL,
    CELL_HEAD,
    CHAPTER,
    MUTED,
    POINT,
    RULE,
    SECTION,
    TINT,
    TextStyle,
    text_flow,
)
from evalclient.demo.documents.front_matter import ContentsPage, Cover, CoverPage, contents_y, fitted
from evalclient.demo.documents.model import EvidenceLink, Language
from evalclient.demo.documents.typeface import REGULAR, load_typefaces, widths

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 22 * mm, 27 * mm, 24 * mm
TEXT_WIDTH = WIDTH - LEFT - RIGHT
TEXT_HEIGHT = HEIGHT - TOP - BOTTOM
_CONTENTS_LINES = 34
_FOOT = 8.5


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on every page: document title left of the head, the note and the issuer in the foot."""

    title: str
    issuer: str
    note: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF: its bytes, page count and where criteria are answered."""

    content: bytes
    pages: int
    links: tuple[EvidenceLink, ...]


class _Mark(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Invisible: notes on which page a heading or an answer came to stand."""

    def __init__(self, press: Press, title: str | None, level: int, criteria: Iterable[str]) -> None:
        super().__init__()
        self._press, self._title, self._level, self._criteria = press, title, level, tuple(criteria)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self._press.arrived(self.canv, self._title, self._level, self._criteria)


class _Canvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that lets the press fill in what is known only at the end."""

    press: Press

    def save(self) -> None:
        self.press.finish(self)
        super().save()


class _Template(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Two page shapes: cover without running head, pages with it."""


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    key: str
    page: int = 0


class Press:
    """Collects a story and prints it once; every call adds at the end.

    ``contents`` prints a table of contents after the cover. Same calls, same bytes.
    """

    def __init__(self, language: Language, running: Running, cover: Cover | None = None, contents: str = "") -> None:
        load_typefaces()
        self.language = language
        self._running, self._cover, self._contents = running, cover, contents
        self._story: list[Flowable] = []
        self._headings: list[_Heading] = []
        self._links: list[EvidenceLink] = []
        self._arrived = 0
        self._chapter = ""
        self._rows: list[list[_Heading]] = []
        self._pages = 0

    def chapter(self, title: str, criteria: Iterable[str] = (), answers: str = "") -> None:
        """A heading of the first level on a new page; ``answers`` names the items it answers."""
        if self._story:
            self._story.append(PageBreak())
        self._heading(title, 0, CHAPTER, criteria, answers)

    def section(self, title: str, criteria: Iterable[str] = (), answers: str = "") -> None:
        """A heading of the second level."""
        self._story.append(CondPageBreak(42 * mm))
        self._heading(title, 1, SECTION, criteria, answers)

    def point(self, title: str) -> None:
        """A run-in heading without outline entry."""
        self._story.append(CondPageBreak(24 * mm))
        self._story.append(text_flow(title, POINT, self.language))

    def text(self, text: str, style: TextStyle = BODY) -> None:
        """A paragraph."""
        self._story.append(text_flow(text, style, self.language))

    def space(self, height: float) -> None:
        """Vertical space in points."""
        self._story.append(Spacer(1, height))

    def page_break(self) -> None:
        """Go on at a new page."""
        self._story.append(PageBreak())

    def evidence(self, criteria: Iterable[str]) -> None:
        """Link criteria to the place of what comes next."""
        self._story.append(_Mark(self, None, 0, criteria))

    def figure(self, drawing: Flowable, caption: str) -> None:
        """A drawing with its caption, kept together."""
        drawing.hAlign = "CENTER"
        self._story.append(KeepTogether([Spacer(1, 4), drawing, text_flow(caption, CAPTION, self.language)]))

    def flowable(self, flowable: Flowable) -> None:
        """Anything else that flows."""
        self._story.append(flowable)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        styles: Sequence[TextStyle] | None = None,
        caption: str = "",
        strong: Iterable[int] = (),
    ) -> None:
        """A table over the full width with a repeated head; ``shares`` are column widths, ``strong`` row numbers."""
        columns = styles or [CELL] * len(head)
        cells = [[text_flow(text, CELL_HEAD, self.language) for text in head]]
        cells += [
            [text_flow(text, style, self.language) for text, style in zip(row, columns, strict=True)] for row in rows
        ]
        whole = sum(shares)
        looks = [
            ("FONT", (0, 0), (-1, -1), REGULAR, CELL.size),
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor(RULE)),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(TINT)),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
            *(("BACKGROUND", (0, row + 1), (-1, row + 1), HexColor("#f6f8fa")) for row in strong),
        ]
        if caption:
            self._story.append(text_flow(caption, _above(CAPTION), self.language))
        self._story.append(
            LongTable(cells, [TEXT_WIDTH * share / whole for share in shares], repeatRows=1, style=TableStyle(looks))
        )
        self._story.append(Spacer(1, 8))

    def print(self) -> Printed:
        """Lay everything out; call once."""
        out = io.BytesIO()
        template = _Template(
            out, pagesize=A4, invariant=1, title=self._running.title, author="", creator="", subject=""
        )
        frame = Frame(LEFT, BOTTOM, TEXT_WIDTH, TEXT_HEIGHT, 0, 0, 0, 0, id="text")
        template.addPageTemplates(
            [
                *([PageTemplate("cover", [frame], autoNextPageTemplate="page")] if self._cover else []),
                PageTemplate("page", [frame], onPageEnd=self._furniture),
            ]
        )
        template.build([*self._front(), *self._story], canvasmaker=self._canvas)
        return Printed(out.getvalue(), self._pages, tuple(dict.fromkeys(self._links)))

    def arrived(self, canvas: Canvas, title: str | None, level: int, criteria: tuple[str, ...]) -> None:
        """A mark was drawn: note its page (called while the pages are laid out, in order)."""
        page = canvas.getPageNumber()
        self._links += [EvidenceLink(criterion, page) for criterion in criteria]
        if title is None:
            return
        heading = self._headings[self._arrived]
        self._arrived += 1
        heading.page = page
        if level == 0:
            self._chapter = title
        canvas.bookmarkHorizontal(heading.key, 0, TEXT_HEIGHT)
        canvas.addOutlineEntry(title, heading.key, level, closed=level == 0)

    def finish(self, canvas: Canvas) -> None:
        """Fill in the number of pages and the contents (called just before the file is written)."""
        self._pages = canvas.getPageNumber() - 1
        if self._headings:
            canvas.showOutline()
        canvas.beginForm("total", -10, -10, 120, 20)
        canvas.setFont(REGULAR, _FOOT)
        canvas.setFillColor(HexColor(MUTED))
        canvas.drawString(0, 0, self._of(str(self._pages)))
        canvas.endForm()
        for number, rows in enumerate(self._rows):
            canvas.beginForm(f"contents{number}", 0, 0, TEXT_WIDTH, TEXT_HEIGHT)
            canvas.setFont(REGULAR, 10.5)
            for row, heading in enumerate(rows):
                canvas.drawRightString(TEXT_WIDTH, contents_y(TEXT_HEIGHT, row), str(heading.page))
            canvas.endForm()

    def _canvas(self, *arguments: object, **options: object) -> _Canvas:
        canvas = _Canvas(*arguments, **(options | {"initialFontName": REGULAR}))
        canvas.press = self
        return canvas

    def _heading(self, title: str, level: int, style: TextStyle, criteria: Iterable[str], answers: str) -> None:
        self._headings.append(_Heading(level, title, f"h{len(self._headings)}"))
        self._story.append(_Mark(self, title, level, criteria))
        self._story.append(text_flow(title, style, self.language))
        if answers:
            self._story.append(text_flow(answers, ANSWERS, self.language))

    def _front(self) -> list[Flowable]:
        front: list[Flowable] = []
        if self._cover:
            front += [CoverPage(self._cover, self.language), PageBreak()]
        if self._contents:
            entries = self._headings
            self._rows = [entries[i : i + _CONTENTS_LINES] for i in range(0, len(entries), _CONTENTS_LINES)]
            for number, rows in enumerate(self._rows):
                listed = [(heading.level, heading.title, heading.key) for heading in rows]
                front += [ContentsPage(listed, f"contents{number}", self._contents), PageBreak()]
        return front

    def _furniture(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, HEIGHT - 19 * mm, WIDTH - RIGHT, HEIGHT - 19 * mm)
        canvas.line(LEFT, 17 * mm, WIDTH - RIGHT, 17 * mm)
        canvas.setFont(REGULAR, _FOOT)
        canvas.setFillColor(HexColor(MUTED))
        chapter = fitted(self._chapter, REGULAR, _FOOT, TEXT_WIDTH * 0.6)
        room = TEXT_WIDTH - _wide(chapter) - 14
        canvas.drawString(LEFT, HEIGHT - 17 * mm, fitted(self._running.title, REGULAR, _FOOT, room))
        canvas.drawRightString(WIDTH - RIGHT, HEIGHT - 17 * mm, chapter)
        canvas.drawString(LEFT, 13 * mm, self._running.issuer)
        self._page_number(canvas)
        canvas.restoreState()
        canvas.saveState()
        canvas.setFillColor(HexColor(MUTED))
        canvas.setFont(REGULAR, 7)
        canvas.drawString(LEFT, 9.5 * mm, self._running.note)
        canvas.restoreState()

    def _page_number(self, canvas: Canvas) -> None:
        """Page and total, as one left-aligned text whose end is the form that is filled in last."""
        page = canvas.getPageNumber()
        shown = f"Page {page}" if self.language == "en" else f"第 {page} 页"
        x, y = WIDTH - RIGHT - _wide(shown[: -len(str(page))] + "0000" + self._of("000")) + _wide("00"), 13 * mm
        canvas.drawString(x, y, shown)
        canvas.translate(x + _wide(shown), y)
        canvas.doForm("total")

    def _of(self, total: str) -> str:
        return f" of {total}" if self.language == "en" else f" / 共 {total} 页"


def _wide(text: str) -> float:
    return _FOOT * sum(map(widths(REGULAR).__getitem__, text))


def _above(style: TextStyle) -> TextStyle:
    return TextStyle(
        size=style.size,
        leading=style.leading,
        align="center",
        colour=style.colour,
        before=6.0,
        after=3.0,
        keep_with_next=True,
    )
