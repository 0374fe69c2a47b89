"""What a visible signature looks like: a one-page PDF the size of its box, with the bundled font as a subset."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph

from evalclient.assets import asset

_REGULAR: Final = "NotoSansSC-Stamp"
_BOLD: Final = "NotoSansSC-Stamp-Bold"
_SEAL: Final = HexColor(0xB4232A)
_INK: Final = HexColor(0x1C2430)
_MARGIN: Final = 7.0


def appearance(lines: Sequence[str], width: float, height: float) -> bytes:
    """A page of ``width`` × ``height`` points: a seal-red frame, the first line large, the others below; shrunk to fit."""
    _register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1, initialFontName=_REGULAR)
    canvas.setStrokeColor(_SEAL)
    canvas.setLineWidth(1.2)
    canvas.roundRect(1.5, 1.5, width - 3, height - 3, 4)
    first, *others = lines or ("",)
    flow = [Paragraph(escape(first), _style(_BOLD, 15, _SEAL, 20))]
    flow += [Paragraph(escape(line), _style(_REGULAR, 8.5, _INK, 12.5)) for line in others]
    text = KeepInFrame(width - 2 * _MARGIN, height - 2 * _MARGIN, flow, mode="shrink")
    _, used = text.wrapOn(canvas, width - 2 * _MARGIN, height - 2 * _MARGIN)
    text.drawOn(canvas, _MARGIN, (height - used) / 2)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _style(font: str, size: float, colour: HexColor, leading: float) -> ParagraphStyle:
    return ParagraphStyle("stamp", fontName=font, fontSize=size, leading=leading, textColor=colour, wordWrap="CJK")


def _register() -> None:
    if _REGULAR not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_REGULAR, str(asset("fonts/NotoSansSC-Regular.ttf")), asciiReadable=False))
        pdfmetrics.registerFont(TTFont(_BOLD, str(asset("fonts/NotoSansSC-Bold.ttf")), asciiReadable=False))
