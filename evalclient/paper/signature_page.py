"""The last pages of the report: one box per member in roster order, where the visible signatures go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reportlab.platypus import Flowable

from evalclient.core.report.content import ReportContent, SignaturePlace
from evalclient.paper.fonts import REGULAR, text_width
from evalclient.paper.styles import BODY_WIDTH, INK, MARGIN, MUTED, PAGE_HEIGHT, RULE, TOP

COLUMNS: Final = 2
ROWS: Final = 4
PER_PAGE: Final = COLUMNS * ROWS
_GAP: Final = 14.0
_CAPTION: Final = 18.0
_WIDTH: Final = (BODY_WIDTH - _GAP * (COLUMNS - 1)) / COLUMNS
_HEIGHT: Final = 120.0
#: what is left above the boxes for the heading and its note
NOTE_HEIGHT: Final = 110.0


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """Where a visible signature goes: ``page`` counts from the end (-1 is the last), corners in points from below."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float


def signature_boxes(content: ReportContent) -> Mapping[str, SignatureBox]:
    """Person → the box of his visible signature, in roster order."""
    pages = -(-len(content.signatures) // PER_PAGE)
    boxes = {}
    for number, place in enumerate(content.signatures):
        page, slot = divmod(number, PER_PAGE)
        x, y = _corner(slot)
        box = SignatureBox(page - pages, x + 3, y + 3, x + _WIDTH - 3, y + _HEIGHT - _CAPTION)
        boxes[place.person] = box
    return boxes


class Boxes(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The boxes of one page, drawn at their fixed places; takes no room in the flow."""

    def __init__(self, places: tuple[SignaturePlace, ...], language: str) -> None:
        super().__init__()
        self._places = places
        self._language = language

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """No room in the flow."""
        return 0, 0

    def draw(self) -> None:
        """Frames and captions at absolute places."""
        canvas = self.canv
        canvas.saveState()
        x0, y0 = canvas.absolutePosition(0, 0)
        canvas.translate(-x0, -y0)
        for slot, place in enumerate(self._places):
            x, y = _corner(slot)
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.8)
            canvas.roundRect(x, y, _WIDTH, _HEIGHT, 4)
            canvas.line(x, y + _HEIGHT - _CAPTION, x + _WIDTH, y + _HEIGHT - _CAPTION)
            canvas.setFillColor(INK)
            canvas.setFont(REGULAR, 9)
            canvas.drawString(x + 6, y + _HEIGHT - 13, _fitted(place.caption.text(self._language), _WIDTH - 34))
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, 8)
            canvas.drawRightString(x + _WIDTH - 6, y + _HEIGHT - 13, place.person)
        canvas.restoreState()


def _corner(slot: int) -> tuple[float, float]:
    """Lower left corner of the box in ``slot`` (0 … PER_PAGE-1), row by row from above."""
    row, column = divmod(slot, COLUMNS)
    x = MARGIN + column * (_WIDTH + _GAP)
    y = PAGE_HEIGHT - TOP - NOTE_HEIGHT - _HEIGHT - row * (_HEIGHT + _GAP)
    return x, y


def _fitted(text: str, width: float) -> str:
    if text_width(text, REGULAR, 9) <= width:
        return text
    while text and text_width(text + "…", REGULAR, 9) > width:
        text = text[:-1]
    return text + "…"
