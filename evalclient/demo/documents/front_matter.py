"""What stands before a document's text: the cover and the table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from evalclient.demo.documents.flow import ACCENT, INK, MUTED, RULE, TextStyle, text_flow
from evalclient.demo.documents.model import Language
from evalclient.demo.documents.typeface import BOLD, REGULAR, widths


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: a kicker, the title, lines of particulars."""

    kicker: str
    title: str
    subtitle: str
    particulars: tuple[tuple[str, str], ...]


class CoverPage(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The cover, drawn over the whole frame."""

    def __init__(self, cover: Cover, language: Language) -> None:
        super().__init__()
        self._cover, self._language = cover, language

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, height
        return width, height

    def draw(self) -> None:
        canvas, cover = self.canv, self._cover
        canvas.setFillColor(HexColor(ACCENT))
        canvas.rect(0, self.height - 92 * mm, self.width, 1.2 * mm, stroke=0, fill=1)
        kicker = TextStyle(size=13, leading=20, align="center", colour=MUTED)
        below = self._text(cover.kicker, kicker, self.height - 32 * mm)
        title = TextStyle(size=27, leading=40, bold=True, align="center", colour=ACCENT)
        below = self._text(cover.title, title, min(below - 14, self.height - 44 * mm))
        self._text(
            cover.subtitle, TextStyle(size=14, leading=22, align="center"), min(below, self.height - 98 * mm) - 6
        )
        y = 92 * mm
        canvas.setStrokeColor(HexColor(RULE))
        label, value = TextStyle(size=11, colour=MUTED, align="left"), TextStyle(size=11, leading=17, align="left")
        for name, text in cover.particulars:
            self._text(name, label, y, 12 * mm, 40 * mm)
            y = min(self._text(text, value, y, 54 * mm, self.width - 66 * mm), y - 20) - 5
            canvas.line(12 * mm, y, self.width - 12 * mm, y)
            y -= 5

    def _text(self, text: str, style: TextStyle, top: float, x: float = 0.0, width: float | None = None) -> float:
        flow = text_flow(text, style, self._language)
        _, height = flow.wrap(width or self.width, self.height)
        flow.drawOn(self.canv, x, top - height)
        return float(top - height)


class ContentsPage(Flowable):  # type: ignore[misc]  # reportlab has no types
    """One page of the table of contents; the page numbers come as a form when the rest is laid out."""

    def __init__(self, entries: Sequence[tuple[int, str, str]], form: str, heading: str) -> None:
        super().__init__()
        self._entries, self._form, self._heading = entries, form, heading

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, height
        return width, height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(HexColor(ACCENT))
        canvas.setFont(BOLD, 17)
        canvas.drawString(0, self.height - 20, self._heading)
        for row, (level, title, key) in enumerate(self._entries):
            y = contents_y(self.height, row)
            canvas.setFillColor(HexColor(INK))
            name = BOLD if level == 0 else REGULAR
            canvas.setFont(name, 10.5)
            x = 14.0 * level
            shown = fitted(title, name, 10.5, self.width - x - 46)
            canvas.drawString(x, y, shown)
            end = x + 10.5 * sum(map(widths(name).__getitem__, shown)) + 6
            canvas.setStrokeColor(HexColor(RULE))
            canvas.setDash(0.6, 2.6)
            canvas.line(end, y + 1, self.width - 30, y + 1)
            canvas.setDash()
            canvas.linkRect("", key, (x, y - 4, self.width, y + 12), relative=1, thickness=0)
        canvas.doForm(self._form)


def contents_y(height: float, row: int) -> float:
    """The base line of one row of the contents."""
    return height - 50 - row * 18.6


def fitted(text: str, name: str, size: float, room: float) -> str:
    """``text`` or as much of it as fits, with an ellipsis."""
    advance = widths(name)
    if size * sum(map(advance.__getitem__, text)) <= room:
        return text
    while text and size * sum(map(advance.__getitem__, text + "…")) > room:
        text = text[:-1]
    return text.rstrip() + "…"
