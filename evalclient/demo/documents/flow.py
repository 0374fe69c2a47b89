"""Text that flows over pages: Chinese by the rules of Chinese typesetting, English by reportlab's paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from evalclient.demo.documents.chinese_lines import Line, break_lines
from evalclient.demo.documents.model import Language
from evalclient.demo.documents.typeface import BOLD, REGULAR, load_typefaces, widths

INK, ACCENT, MUTED, RULE, TINT = "#1d2733", "#1f4e79", "#66727f", "#b9c3cd", "#eef3f8"
Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph looks; sizes in points, ``indent`` in ems of the first line."""

    size: float = 11.5
    leading: float = 20.0
    bold: bool = False
    align: Align = "justify"
    indent: float = 0.0
    left: float = 0.0
    colour: str = INK
    before: float = 0.0
    after: float = 4.0
    keep_with_next: bool = False

    @property
    def font(self) -> str:
        """The registered name of the weight."""
        return BOLD if self.bold else REGULAR


BODY = TextStyle(indent=2.0)
PLAIN = TextStyle()
CELL = TextStyle(size=9.5, leading=14.0, align="left", after=0.0)
CELL_HEAD = replace(CELL, bold=True, align="center")
CELL_RIGHT = replace(CELL, align="right")
CELL_CENTRE = replace(CELL, align="center")
CHAPTER = TextStyle(size=17, leading=25, bold=True, align="left", colour=ACCENT, after=8.0)
SECTION = TextStyle(size=13, leading=20, bold=True, align="left", before=10.0, after=4.0)
POINT = TextStyle(size=11.5, leading=19, bold=True, align="left", before=4.0, after=2.0)
CAPTION = TextStyle(size=9.5, leading=14, align="center", colour=MUTED, before=3.0, after=8.0)
ANSWERS = TextStyle(size=9.0, leading=13, align="left", colour=ACCENT, after=6.0)
_ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}


class ChineseText(Flowable):  # type: ignore[misc]  # reportlab has no types
    """One Chinese paragraph, justified, first line indented, split between lines."""

    def __init__(
        self, text: str, style: TextStyle, lines: list[Line] | None = None, opening: bool = True, closing: bool = True
    ) -> None:
        super().__init__()
        self._text, self._style, self._lines = text, style, lines
        self._opening, self._closing = opening, closing
        self.keepWithNext = style.keep_with_next

    def getSpaceBefore(self) -> float:  # noqa: N802  # reportlab's name
        return self._style.before if self._opening else 0.0

    def getSpaceAfter(self) -> float:  # noqa: N802  # reportlab's name
        return self._style.after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        style = self._style
        self.width = width
        room = width - style.left
        if self._lines is None:
            first = room - style.indent * style.size
            self._lines = break_lines(self._text, first, room, style.size, widths(style.font))
        self.height = len(self._lines) * style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        if self._lines is None:
            self.wrap(width, height)
        lines = self._lines or []
        fitting = int((height + 0.01) // self._style.leading)
        if len(lines) - fitting == 1:
            fitting -= 1
        if fitting < 2 or fitting >= len(lines):
            return []
        return [
            ChineseText("", replace(self._style, after=0.0), lines[:fitting], self._opening, closing=False),
            ChineseText("", self._style, lines[fitting:], opening=False, closing=self._closing),
        ]

    def draw(self) -> None:
        style, canvas = self._style, self.canv
        text = canvas.beginText()
        text.setFont(style.font, style.size, style.leading)
        text.setFillColor(HexColor(style.colour))
        lines = self._lines or []
        y = self.height - style.leading + (style.leading - style.size) / 2 + style.size * 0.12
        for number, line in enumerate(lines):
            indent = style.indent * style.size if number == 0 and self._opening else 0.0
            slack = self.width - style.left - indent - line.width
            text.setTextOrigin(style.left + indent + self._offset(slack), y)
            text.setCharSpace(self._spacing(line, slack, self._closing and number == len(lines) - 1))
            text.textOut(line.text)
            y -= style.leading
        canvas.drawText(text)

    def _offset(self, slack: float) -> float:
        return {"center": slack / 2, "right": slack}.get(self._style.align, 0.0)

    def _spacing(self, line: Line, slack: float, last: bool) -> float:
        gaps = len(line.text) - 1
        if self._style.align != "justify" or last or gaps < 1 or slack <= 0 or slack > 4 * self._style.size:
            return 0.0
        return slack / gaps


def text_flow(text: str, style: TextStyle, language: Language) -> Flowable:
    """A paragraph in the given language."""
    load_typefaces()
    if language == "zh":
        return ChineseText(text, style)
    return Paragraph(escape(text), _english(style))


@lru_cache(maxsize=64)
def _english(style: TextStyle) -> Any:
    return ParagraphStyle(
        "english",
        fontName=style.font,
        fontSize=style.size * 0.95,
        leading=style.leading * 0.9,
        alignment=_ALIGN[style.align],
        firstLineIndent=0,
        leftIndent=style.left,
        textColor=HexColor(style.colour),
        spaceBefore=style.before,
        spaceAfter=style.after + (3.0 if style.indent else 0.0),
        keepWithNext=style.keep_with_next,
    )
