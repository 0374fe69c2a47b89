"""Tables of the report: widths from content, headings repeated on every page, long cells wrapped and split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as Flowing
from reportlab.platypus import Table as Grid
from reportlab.platypus import TableStyle

from evalclient.core.records.fields import Bilingual
from evalclient.core.report.content import Column, Facts, Table
from evalclient.paper.fonts import BOLD, REGULAR, text_width
from evalclient.paper.styles import (
    BODY_WIDTH,
    CELL_SIZE,
    CELLS,
    FACT_NAME,
    FACT_VALUE,
    HEAD_CELLS,
    HEAD_FILL,
    RULE,
    STRIPE,
    STRONG_CELLS,
    STRONG_FILL,
)
from evalclient.paper.wrapping import units, wrapped

_PADDING: Final = 4.0
#: no column is narrower than this many points, whatever its weight
_LEAST: Final = 22.0
_FACT_NAME_WIDTH: Final = 112.0
#: the font's curly quotes are as wide as a Chinese character
_STRAIGHT: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def words(text: Bilingual, language: str) -> str:
    """The text in ``language`` for a flowing paragraph: escaped, control characters out, line breaks kept."""
    return _markup(_said(text, language))


def grid(table: Table, language: str) -> Grid:
    """The table as a flowable of full width."""
    columns = widths(table, language)

    def cell(text: Bilingual, style: ParagraphStyle, width: float) -> Flowing:
        fitting = wrapped(_said(text, language), width - 2 * _PADDING - 0.1, style.fontName, style.fontSize)
        return Flowing(_markup(fitting), style)

    head = [
        cell(entry.heading, HEAD_CELLS[entry.align], width) for entry, width in zip(table.columns, columns, strict=True)
    ]
    rows = [
        [
            cell(text, (STRONG_CELLS if number in table.strong else CELLS)[entry.align], width)
            for text, entry, width in zip(row, table.columns, columns, strict=True)
        ]
        for number, row in enumerate(table.rows)
    ]
    made = Grid([head, *rows], colWidths=columns, repeatRows=1, splitInRow=1, hAlign="LEFT")
    made.setStyle(TableStyle([*_COMMON, *_stripes(table)]))
    made.spaceBefore, made.spaceAfter = 3, 6
    return made


def facts(block: Facts, language: str) -> Grid:
    """Names on the left, values on the right."""
    rows = [
        [Flowing(words(name, language), FACT_NAME), Flowing(words(value, language), FACT_VALUE)]
        for name, value in block.pairs
    ]
    made = Grid(rows, colWidths=[_FACT_NAME_WIDTH, BODY_WIDTH - _FACT_NAME_WIDTH], splitInRow=1, hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                ("LINEBELOW", (0, 0), (-1, -1), 0.25, RULE),
            ]
        )
    )
    made.spaceBefore, made.spaceAfter = 3, 6
    return made


def widths(table: Table, language: str) -> list[float]:
    """Column widths in points, together the full width: shares by weight, but no word or number is broken in two.

    Where not even the unbreakable parts fit, the columns are narrowed in proportion and long words wrap.
    """
    least = [
        _least_width(entry, [row[number].text(language) for row in table.rows], language)
        for number, entry in enumerate(table.columns)
    ]
    if sum(least) >= BODY_WIDTH:
        return [width * BODY_WIDTH / sum(least) for width in least]
    fixed: set[int] = set()
    while True:
        free = BODY_WIDTH - sum(least[number] for number in fixed)
        weight = sum(entry.weight for number, entry in enumerate(table.columns) if number not in fixed)
        shares = {
            number: free * entry.weight / weight for number, entry in enumerate(table.columns) if number not in fixed
        }
        short = {number for number, share in shares.items() if share < least[number]}
        if not short:
            return [shares.get(number, least[number]) for number in range(len(table.columns))]
        fixed |= short


def _least_width(entry: Column, texts: Sequence[str], language: str) -> float:
    cells = (text_width(part, BOLD, CELL_SIZE) for text in texts for part in units(text))
    heads = (text_width(part, BOLD, 8) for part in units(entry.heading.text(language)))
    wanted = max((*cells, *heads, _LEAST - 2 * _PADDING)) + 2 * _PADDING + 1
    return min(wanted, BODY_WIDTH * 0.4)


def _said(text: Bilingual, language: str) -> str:
    said = text.text(language)
    if language == "en":
        said = said.translate(_STRAIGHT)
    return "".join(character for character in said if character >= " " or character == "\n")


def _markup(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _stripes(table: Table) -> list[tuple[Any, ...]]:
    commands: list[tuple[Any, ...]] = []
    for number in range(len(table.rows)):
        if number in table.strong:
            commands.append(("BACKGROUND", (0, number + 1), (-1, number + 1), STRONG_FILL))
        elif number % 2:
            commands.append(("BACKGROUND", (0, number + 1), (-1, number + 1), STRIPE))
    return commands


_COMMON: Final[list[tuple[Any, ...]]] = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("BACKGROUND", (0, 0), (-1, 0), HEAD_FILL),
    ("LINEABOVE", (0, 0), (-1, 0), 0.8, RULE),
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, RULE),
    ("LINEBELOW", (0, 1), (-1, -1), 0.25, RULE),
    ("LINEAFTER", (0, 0), (-2, -1), 0.25, RULE),
]
