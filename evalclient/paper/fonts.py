"""The bundled fonts, registered once with reportlab; subsets are embedded, so that a page looks the same everywhere."""

from __future__ import annotations

from functools import cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from evalclient.assets import asset

REGULAR: Final = "NotoSansSC"
BOLD: Final = "NotoSansSC-Bold"


@cache
def register_fonts() -> None:
    """Make the two fonts known; FileNotFoundError when the installation lacks them."""
    pdfmetrics.registerFont(TTFont(REGULAR, str(asset("fonts/NotoSansSC-Regular.ttf")), asciiReadable=False))
    pdfmetrics.registerFont(TTFont(BOLD, str(asset("fonts/NotoSansSC-Bold.ttf")), asciiReadable=False))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def text_width(text: str, font: str, size: float) -> float:
    """Width of ``text`` on one line, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))
