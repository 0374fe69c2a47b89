"""Measures, colours and paragraph styles of the printed report; lengths in points."""

from __future__ import annotations

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from evalclient.core.report.content import Align, Emphasis
from evalclient.paper.fonts import BOLD, REGULAR

PAGE_WIDTH: Final = float(A4[0])
PAGE_HEIGHT: Final = float(A4[1])
MARGIN: Final = 54.0
TOP: Final = 66.0
BOTTOM: Final = 62.0
BODY_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
BODY_HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM

INK: Final = HexColor(0x1C2430)
MUTED: Final = HexColor(0x5C6675)
ACCENT: Final = HexColor(0x1F4E79)
RULE: Final = HexColor(0xB9C2CE)
HEAD_FILL: Final = HexColor(0xE8EEF5)
STRIPE: Final = HexColor(0xF7F9FB)
STRONG_FILL: Final = HexColor(0xF0F4F9)
WARNING: Final = HexColor(0x9A3412)
WATERMARK: Final = HexColor(0xEEF0F3)

CELL_SIZE: Final = 8.5
_ALIGN: Final[dict[Align, int]] = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}


def _style(name: str, font: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=more.pop("color", INK), wordWrap="CJK", **more
    )


TITLE: Final = _style("title", BOLD, 24, 32, alignment=TA_CENTER, spaceAfter=6)
SUBJECT: Final = _style("subject", REGULAR, 12, 18, alignment=TA_CENTER, color=MUTED)
SECTION: Final = _style("section", BOLD, 13, 20, color=ACCENT, spaceBefore=16, spaceAfter=1, keepWithNext=1)
ITEM: Final = _style("item", REGULAR, 8, 12, color=MUTED, spaceAfter=3, keepWithNext=1)
CAPTION: Final = _style("caption", BOLD, 9, 14, spaceBefore=7, spaceAfter=3, keepWithNext=1)
TITLE_FACT: Final = _style("title-fact", REGULAR, 9, 14)
PARAGRAPHS: Final[dict[Emphasis, ParagraphStyle]] = {
    "plain": _style("plain", REGULAR, 9.5, 15, spaceBefore=2, spaceAfter=2),
    "small": _style("small", REGULAR, 8, 12, color=MUTED, spaceBefore=3, spaceAfter=3),
    "heading": _style("heading", BOLD, 10, 16, spaceBefore=9, spaceAfter=2, keepWithNext=1),
    "warning": _style("warning", BOLD, 9.5, 15, color=WARNING, spaceBefore=3, spaceAfter=3),
}
CELLS: Final[dict[Align, ParagraphStyle]] = {
    align: _style(f"cell-{align}", REGULAR, CELL_SIZE, 12, alignment=value) for align, value in _ALIGN.items()
}
STRONG_CELLS: Final[dict[Align, ParagraphStyle]] = {
    align: _style(f"strong-{align}", BOLD, CELL_SIZE, 12, alignment=value) for align, value in _ALIGN.items()
}
HEAD_CELLS: Final[dict[Align, ParagraphStyle]] = {
    align: _style(f"head-{align}", BOLD, 8, 11.5, alignment=value, color=ACCENT) for align, value in _ALIGN.items()
}
FACT_NAME: Final = _style("fact-name", REGULAR, CELL_SIZE, 12.5, color=MUTED)
FACT_VALUE: Final = _style("fact-value", REGULAR, 9, 13)
