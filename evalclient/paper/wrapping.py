"""Breaking a cell's text into lines that fit: words, numbers and closing marks stay whole, nothing hangs over the edge.

The layout library lets a closing mark hang into the margin (行末悬挂), which in a narrow right-aligned cell pushes the
text over the border.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from evalclient.paper.fonts import text_width

#: blanks, or a unit that is not broken: a short bracket, a run of other letters or one Chinese character, with the marks around it
_UNIT: Final = re.compile(
    r"\s+|（[^（）\s]{1,8}）[，。、；：]*|[（“《【「]*(?:[^\s\u2e80-\uffff]+|[\u2e80-\uffff])[）”》】」，。、；：！？]*|.",
    re.DOTALL,
)


def units(text: str) -> list[str]:
    """The unbreakable units of ``text``, without the blanks between them."""
    return [unit for unit in _UNIT.findall(text) if not unit.isspace()]


def wrapped(text: str, width: float, font: str, size: float) -> str:
    """``text`` with line breaks, so that no line is wider than ``width`` points unless one character is."""
    return "\n".join(line for part in text.split("\n") for line in _lines(part, width, font, size))


def _lines(text: str, width: float, font: str, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for unit in _UNIT.findall(text):
        if text_width(line + unit.rstrip(), font, size) <= width:
            line += unit
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = ""
        if unit.isspace():
            continue
        *full, line = _pieces(unit, width, font, size)
        lines += full
    return [*lines, line.rstrip()]


def _pieces(unit: str, width: float, font: str, size: float) -> Iterator[str]:
    """A unit that may be wider than a line, cut where it must be."""
    piece = ""
    for character in unit:
        if piece and text_width(piece + character, font, size) > width:
            yield piece
            piece = ""
        piece += character
    yield piece
