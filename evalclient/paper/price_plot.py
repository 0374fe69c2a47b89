"""A plot of prices and the scores they got on random bids, as SVG or PNG: one drawing, two renderers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.charts.lineplots import LinePlot
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import Color, HexColor

from evalclient.core.method.document.parts import Method
from evalclient.paper.fonts import BOLD, REGULAR, register_fonts

WIDTH, HEIGHT = 720, 440
_LEFT, _RIGHT, _BOTTOM, _TOP = 62, 24, 58, 82
#: pixels per point of the PNG
_SCALE: Final = 2
#: per cent of the mean price that one point of the line averages
_BAND: Final = 1
#: fewer points than these have no mean worth a line
_FEWEST: Final = 5
#: more dots than these say nothing more and make the SVG large
_MOST_DOTS: Final = 4000
_INK, _FAINT, _GRID = HexColor("#1f2933"), HexColor("#52606d"), HexColor("#d9dee4")
_DOT, _MEAN = Color(0.16, 0.40, 0.72, alpha=0.35), HexColor("#c2410c")

Points = Sequence[tuple[Fraction, Fraction]]


def price_plot(method: Method, points: Points, samples: int, seed: int, language: str, kind: str) -> bytes:
    """``points`` (price in per cent of the mean valid price, price score) as ``svg`` or ``png``, 720 × 440 points."""
    register_fonts()
    english = language == "en"
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.add(Rect(0, 0, WIDTH, HEIGHT, fillColor=HexColor("#ffffff"), strokeColor=None))
    title = "".join(sign for sign in f"{method.title.text(language)} ({method.id})" if sign.isprintable())
    drawing.add(String(_LEFT, HEIGHT - 28, title, fontName=BOLD, fontSize=14, fillColor=_INK))
    about = (
        f"{samples} random tenders, seed {seed}, {len(points)} valid bids"
        if english
        else f"随机试算 {samples} 次，种子 {seed}，有效投标 {len(points)} 份"
    )
    drawing.add(String(_LEFT, HEIGHT - 46, about, fontName=REGULAR, fontSize=10, fillColor=_FAINT))
    if points:
        drawing.add(_chart(method, points))
    _label(drawing, english)
    return _svg(drawing) if kind == "svg" else _png(drawing)


def _chart(method: Method, points: Points) -> LinePlot:
    every = max(1, -(-len(points) // _MOST_DOTS))
    dots = [(float(percent), float(score)) for percent, score in points[::every]]
    chart = LinePlot()
    chart.x, chart.y = _LEFT, _BOTTOM
    chart.width, chart.height = WIDTH - _LEFT - _RIGHT, HEIGHT - _BOTTOM - _TOP
    means = _means(points)
    chart.data = [dots, means] if means else [dots]
    chart.lines[0].strokeColor = None
    chart.lines[0].symbol = makeMarker("FilledCircle", size=3.2, fillColor=_DOT, strokeColor=None)
    if means:
        chart.lines[1].strokeColor, chart.lines[1].strokeWidth = _MEAN, 1.6
    scores = [score for _, score in dots]
    full = float(Fraction(method.price.maximum)) if method.price is not None else max(scores)
    _axis(chart.xValueAxis, min(percent for percent, _ in dots), max(percent for percent, _ in dots))
    _axis(chart.yValueAxis, min(scores), max([full, *scores]))
    return chart


def _axis(axis: Any, low: float, high: float) -> None:
    """An axis over ``low`` to ``high`` with some air, steps of 1, 2 or 5 times a power of ten, and a grid."""
    room = max(high - low, 1.0)
    step = next(
        size * power for power in (0.1, 1.0, 10.0, 100.0, 1e3, 1e6) for size in (1, 2, 5) if room / (size * power) <= 8
    )
    axis.valueMin, axis.valueMax = (low // step) * step, -(-high // step) * step
    if axis.valueMin == axis.valueMax:
        axis.valueMax += step
    axis.valueStep = step
    axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = REGULAR, 9, _FAINT
    axis.labelTextFormat = "%g"
    axis.visibleGrid, axis.gridStrokeColor, axis.gridStrokeWidth = True, _GRID, 0.5
    axis.strokeColor, axis.strokeWidth = _FAINT, 0.6


def _means(points: Points) -> list[tuple[float, float]]:
    bands: dict[int, list[tuple[Fraction, Fraction]]] = {}
    for point in points:
        bands.setdefault(int(point[0] // _BAND), []).append(point)
    return [
        (float(sum(p for p, _ in inside) / len(inside)), float(sum(s for _, s in inside) / len(inside)))
        for _, inside in sorted(bands.items())
        if len(inside) >= _FEWEST
    ]


def _label(drawing: Drawing, english: bool) -> None:
    across = "price in % of the mean valid price" if english else "报价占有效报价平均值的百分比（%）"
    up = "price score" if english else "报价得分"
    mean = "mean" if english else "平均"
    drawing.add(String(WIDTH - _RIGHT, 20, across, fontName=REGULAR, fontSize=10, fillColor=_INK, textAnchor="end"))
    drawing.add(String(_LEFT, HEIGHT - _TOP + 8, up, fontName=REGULAR, fontSize=10, fillColor=_INK, textAnchor="start"))
    drawing.add(
        Line(WIDTH - _RIGHT - 60, HEIGHT - 43, WIDTH - _RIGHT - 34, HEIGHT - 43, strokeColor=_MEAN, strokeWidth=1.6)
    )
    drawing.add(
        String(WIDTH - _RIGHT, HEIGHT - 46, mean, fontName=REGULAR, fontSize=10, fillColor=_FAINT, textAnchor="end")
    )


def _svg(drawing: Drawing) -> bytes:
    """The viewer's own fonts are used where the bundled one is not installed; ``None`` as a fill is black to some viewers."""
    text = str(renderSVG.drawToString(drawing)).replace("fill: None", "fill: none")
    families = f"{REGULAR}, 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
    bold = f"font-family: {families}; font-weight: 700"
    text = text.replace(f"font-family: {BOLD}", bold).replace(f"font-family: {REGULAR};", f"font-family: {families};")
    return text.encode("utf-8")


def _png(drawing: Drawing) -> bytes:
    """By way of a PDF, since reportlab's own renderer of pixels needs a library that is not shipped."""
    import pypdfium2

    document = pypdfium2.PdfDocument(renderPDF.drawToString(drawing))
    try:
        picture = document[0].render(scale=_SCALE).to_pil()
    finally:
        document.close()
    written = io.BytesIO()
    picture.save(written, format="PNG")
    return written.getvalue()
