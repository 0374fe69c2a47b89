"""Scanned pages: a sheet drawn in grey, slightly turned, with paper noise, as JPEG of a wanted size."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Literal

from PIL import Image, ImageChops, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from evalclient.demo.documents.chinese_lines import break_lines
from evalclient.demo.documents.model import Language
from evalclient.demo.documents.typeface import BOLD, REGULAR, raster_font, widths

PAPER_MM = (210.0, 297.0)
_BACKGROUND = 243
_NOISE = 6.5
_BITS_PER_PIXEL = 1.75
_DPI = (96.0, 230.0)
_LARGE = 1400
_PAGE_BYTES = 1_450_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet; ``frame`` draws the double border of a certificate."""

    title: str
    fields: tuple[tuple[str, str], ...] = ()
    body: tuple[str, ...] = ()
    number: str = ""
    issuer: str = ""
    date: str = ""
    look: Literal["certificate", "contract"] = "certificate"


class Scanner:
    """Turns sheets into JPEG bytes so that ``pages`` of them come to about ``budget`` bytes together."""

    def __init__(self, budget: int, pages: int, language: Language) -> None:
        self._left, self._pages, self._language = max(budget, 0), max(pages, 1), language
        per_page = self._left / self._pages
        dots = math.sqrt(per_page * 8 / _BITS_PER_PIXEL / (PAPER_MM[0] * PAPER_MM[1] / 25.4**2))
        self._dpi = min(max(dots, _DPI[0]), _DPI[1])
        self._quality = 75.0

    def scan(self, sheet: Sheet, rng: random.Random) -> bytes:
        """The next page; size follows what is left of the budget."""
        image = _photographed(_drawn(sheet, self._dpi, self._language), rng)
        target = max(self._left / max(self._pages, 1), 1.0)
        data = _jpeg(image, self._quality)
        for _ in range(3):
            if 0.94 < len(data) / target < 1.06:
                break
            wanted = self._quality + 22 * math.log(target / len(data))
            if round(min(max(wanted, 12.0), 94.0)) == round(self._quality):
                break
            self._quality = min(max(wanted, 12.0), 94.0)
            data = _jpeg(image, self._quality)
        self._left -= len(data)
        self._pages -= 1
        return data


def pages_for(budget: int, at_least: int) -> int:
    """How many scanned pages to spread ``budget`` bytes over."""
    return max(at_least, math.ceil(budget / _PAGE_BYTES))


class ScanImage(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A scanned page on the paper, ``height`` points tall, in the middle."""

    def __init__(self, jpeg: bytes, height: float) -> None:
        super().__init__()
        self._jpeg = jpeg
        self.height = height
        self.width = height * PAPER_MM[0] / PAPER_MM[1]
        self.hAlign = "CENTER"

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._room = width
        return width, self.height

    def draw(self) -> None:
        x = (self._room - self.width) / 2
        self.canv.drawImage(ImageReader(io.BytesIO(self._jpeg)), x, 0, self.width, self.height)


def _jpeg(image: Image.Image, quality: float) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=round(quality))
    return out.getvalue()


def _photographed(page: Image.Image, rng: random.Random) -> Image.Image:
    # On large pages the steps of the cheap filter are finer than the grain, and it is four times as fast.
    smooth = Image.Resampling.BILINEAR if page.width < _LARGE else Image.Resampling.NEAREST
    turned = page.rotate(rng.uniform(-0.8, 0.8), smooth, fillcolor=_BACKGROUND - 14)
    grain = Image.frombytes("L", turned.size, rng.randbytes(turned.width * turned.height)).point(_grain_table())
    return ImageChops.add(turned, grain, 1.0, -128)


@lru_cache(maxsize=1)
def _grain_table() -> list[int]:
    """Uniform bytes to normally distributed grey steps around 128."""
    normal = NormalDist(128, _NOISE)
    return [round(normal.inv_cdf((value + 0.5) / 256)) for value in range(256)]


def _drawn(sheet: Sheet, dpi: float, language: Language) -> Image.Image:
    scale = dpi / 25.4
    page = Image.new("L", (round(PAPER_MM[0] * scale), round(PAPER_MM[1] * scale)), _BACKGROUND)
    pen = _Pen(ImageDraw.Draw(page), scale, language)
    if sheet.look == "certificate":
        pen.frame(12, 1.0)
        pen.frame(15, 0.35)
    y = pen.line(105, 34 if sheet.look == "certificate" else 22, sheet.title, 8.2, bold=True, anchor="ma") + 6
    if sheet.number:
        y = pen.line(186, y, sheet.number, 3.4, anchor="ra") + 5
    for name, value in sheet.fields:
        y = max(pen.line(30, y, name, 4.0), pen.block(78, y, value, 4.2, 104)) + 3.2
    y += 4
    for paragraph in sheet.body:
        y = pen.block(26, y, paragraph, 3.9, 158) + 2.2
    foot = min(max(y + 10, 205), 244)
    if sheet.issuer:
        pen.line(182, foot, sheet.issuer, 4.4, anchor="ra")
        pen.line(182, foot + 8, sheet.date, 4.2, anchor="ra")
        pen.stamp(152, foot + 2, 17, sheet.issuer)
    return page


class _Pen:
    """Draws in millimetres."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float, language: Language) -> None:
        self._draw, self._scale, self._language = draw, scale, language

    def frame(self, inset: float, width: float) -> None:
        s = self._scale
        box = (inset * s, inset * s, (PAPER_MM[0] - inset) * s, (PAPER_MM[1] - inset) * s)
        self._draw.rectangle(box, outline=110, width=max(1, round(width * s)))

    def line(self, x: float, y: float, text: str, size: float, bold: bool = False, anchor: str = "la") -> float:
        longest = 172.0
        advance = widths(BOLD if bold else REGULAR)
        wide = size * sum(map(advance.__getitem__, text))
        size = size * min(1.0, longest / wide) if wide else size
        font = raster_font(max(6, round(size * self._scale)), bold)
        self._draw.text((x * self._scale, y * self._scale), text, fill=38, font=font, anchor=anchor)
        return y + size * 1.5

    def block(self, x: float, y: float, text: str, size: float, room: float) -> float:
        for line in self._broken(text, size, room):
            y = self.line(x, y, line, size)
        return y

    def stamp(self, x: float, y: float, radius: float, text: str) -> None:
        s = self._scale
        box = ((x - radius) * s, (y - radius) * s, (x + radius) * s, (y + radius) * s)
        self._draw.ellipse(box, outline=128, width=max(2, round(1.1 * s)))
        points: list[tuple[float, float]] = []
        for corner in range(10):
            reach = radius * (0.36 if corner % 2 == 0 else 0.15)
            angle = math.pi / 5 * corner - math.pi / 2
            points.append(((x + reach * math.cos(angle)) * s, (y + reach * math.sin(angle)) * s))
        self._draw.polygon(points, fill=150)
        font = raster_font(max(6, round(2.4 * s)), False)
        for row, part in enumerate(self._broken(text, 2.4, radius * 1.5)[:2]):
            self._draw.text((x * s, (y + radius * (0.42 + 0.2 * row)) * s), part, fill=135, font=font, anchor="ma")

    def _broken(self, text: str, size: float, room: float) -> Sequence[str]:
        if self._language == "zh":
            return [line.text for line in break_lines(text, room, room, size, widths(REGULAR))]
        advance, lines = widths(REGULAR), [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and size * sum(map(advance.__getitem__, longer)) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
