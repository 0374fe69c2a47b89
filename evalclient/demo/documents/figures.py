"""Simple drawn figures: bar chart of the programme, organisation, flow, plans, network, histogram."""

from __future__ import annotations

import random
from collections.abc import Sequence

from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import STATE_DEFAULTS, Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import HexColor

from evalclient.demo.documents.flow import ACCENT, INK, MUTED, RULE, TINT
from evalclient.demo.documents.model import Language
from evalclient.demo.documents.typeface import REGULAR, load_typefaces, widths

FIGURE_WIDTH = 452.0
_BARS = ("#1f4e79", "#2f7d6b", "#a8702a", "#6b4c8a", "#4a6b2f")


class _Renderer(_PDFRenderer):  # type: ignore[misc]  # reportlab has no types
    """Draws with the bundled typeface from the first state on, so that no font stays outside the file."""

    def applyStateChanges(self, delta: dict[str, object], state: dict[str, object]) -> None:  # noqa: N802
        if delta.get("fontName") == STATE_DEFAULTS["fontName"]:
            delta = delta | {"fontName": REGULAR}
        super().applyStateChanges(delta, state)


class _Figure(Drawing):  # type: ignore[misc]  # reportlab has no types
    """A drawing that flows."""

    def draw(self) -> None:
        _Renderer().draw(self, self.canv, 0, 0)


class Sketch:
    """A drawing of fixed width in points, origin bottom left."""

    def __init__(self, height: float) -> None:
        load_typefaces()
        self.height = height
        self.drawing = _Figure(FIGURE_WIDTH, height)

    def box(self, x: float, y: float, w: float, h: float, fill: str = TINT, stroke: str = ACCENT) -> None:
        """A rectangle."""
        self.drawing.add(
            Rect(x, y, w, h, fillColor=HexColor(fill), strokeColor=HexColor(stroke), strokeWidth=0.8, rx=2, ry=2)
        )

    def label(
        self, x: float, y: float, text: str, size: float = 8.5, colour: str = INK, anchor: str = "middle"
    ) -> None:
        """One line of text; ``anchor`` is start, middle or end."""
        self.drawing.add(
            String(x, y, text, fontName=REGULAR, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)
        )

    def note(self, x: float, y: float, w: float, h: float, text: str, fill: str = TINT) -> None:
        """A rectangle with its text inside, on up to three lines."""
        self.box(x, y, w, h, fill)
        size = 8.5
        lines = _wrapped(text, w - 6, size)
        top = y + h / 2 + (len(lines) * 10.5) / 2 - 8.5
        for number, line in enumerate(lines):
            self.label(x + w / 2, top - number * 10.5, line, size)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = MUTED, width: float = 0.8) -> None:
        """A straight line."""
        self.drawing.add(Line(x1, y1, x2, y2, strokeColor=HexColor(colour), strokeWidth=width))

    def arrow(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A horizontal or vertical line with a head at the end."""
        self.line(x1, y1, x2, y2, ACCENT, 1.0)
        d = 4.0
        if x1 == x2:
            s = 1 if y2 > y1 else -1
            points = [x2, y2, x2 - d * 0.7, y2 - s * d, x2 + d * 0.7, y2 - s * d]
        else:
            s = 1 if x2 > x1 else -1
            points = [x2, y2, x2 - s * d, y2 - d * 0.7, x2 - s * d, y2 + d * 0.7]
        self.drawing.add(Polygon(points, fillColor=HexColor(ACCENT), strokeColor=None))

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """A filled circle."""
        self.drawing.add(Circle(x, y, radius, fillColor=HexColor(fill), strokeColor=HexColor(ACCENT), strokeWidth=0.8))

    def path(self, points: Sequence[float], colour: str = ACCENT) -> None:
        """A line through points."""
        self.drawing.add(PolyLine(list(points), strokeColor=HexColor(colour), strokeWidth=1.4))


def gantt(rows: Sequence[tuple[str, float, float]], total: float, language: Language) -> Drawing:
    """Activities with start and end day, over ``total`` days."""
    step, left = 19.0, 118.0
    sketch = Sketch(step * len(rows) + 34)
    scale = (FIGURE_WIDTH - left - 12) / total
    top = sketch.height - 22
    for tick in range(11):
        x = left + scale * total * tick / 10
        sketch.line(x, 6, x, top, RULE, 0.4)
        sketch.label(x, top + 6, str(round(total * tick / 10)), 7.5, MUTED)
    sketch.label(left - 8, top + 6, "day" if language == "en" else "日历天", 7.5, MUTED, "end")
    for row, (name, start, end) in enumerate(rows):
        y = top - (row + 1) * step + 4
        sketch.label(left - 8, y + 3, name, 8.5, INK, "end")
        sketch.box(left + start * scale, y, (end - start) * scale, 10.5, _BARS[row % len(_BARS)], "#ffffff")
    return sketch.drawing


def flow(steps: Sequence[str]) -> Drawing:
    """Steps from left to right with arrows, and a return line below."""
    sketch = Sketch(86)
    count = len(steps)
    gap = 14.0
    width = (FIGURE_WIDTH - gap * (count - 1)) / count
    for number, step in enumerate(steps):
        x = number * (width + gap)
        sketch.note(x, 36, width, 40, step, "#ffffff" if number % 2 else TINT)
        if number:
            sketch.arrow(x - gap + 1, 56, x - 1, 56)
    last, first = FIGURE_WIDTH - width / 2, width / 2
    sketch.line(last, 36, last, 14)
    sketch.line(last, 14, first, 14)
    sketch.arrow(first, 14, first, 35)
    return sketch.drawing


def organisation(top: str, second: str, below: Sequence[str]) -> Drawing:
    """A three-level chart."""
    sketch = Sketch(176)
    middle = FIGURE_WIDTH / 2
    sketch.note(middle - 60, 136, 120, 32, top)
    sketch.note(middle - 60, 82, 120, 32, second, "#ffffff")
    sketch.line(middle, 136, middle, 114)
    width = (FIGURE_WIDTH - 10 * (len(below) - 1)) / len(below)
    sketch.line(middle, 82, middle, 62)
    sketch.line(width / 2, 62, FIGURE_WIDTH - width / 2, 62)
    for number, name in enumerate(below):
        x = number * (width + 10)
        sketch.line(x + width / 2, 62, x + width / 2, 46)
        sketch.note(x, 8, width, 38, name)
    return sketch.drawing


def histogram(values: Sequence[int], language: Language) -> Drawing:
    """Labour by period with the running curve."""
    sketch = Sketch(190)
    left, bottom = 34.0, 26.0
    high = max(values) * 1.12
    height = sketch.height - bottom - 16
    for tick in range(0, 301, 50):
        y = bottom + height * tick / high
        if y > sketch.height - 8:
            break
        sketch.line(left, y, FIGURE_WIDTH - 6, y, RULE, 0.4)
        sketch.label(left - 5, y - 3, str(tick), 7.5, MUTED, "end")
    step = (FIGURE_WIDTH - left - 12) / len(values)
    points: list[float] = []
    for number, value in enumerate(values):
        x, tall = left + number * step + 6, height * value / high
        sketch.box(x, bottom, step - 10, tall, "#c8d8e8", "#8fa9c2")
        sketch.label(x + (step - 10) / 2, bottom + tall + 3, str(value), 7)
        sketch.label(
            x + (step - 10) / 2, bottom - 12, f"Q{number + 1}" if len(values) < 8 else str(number + 1), 7.5, MUTED
        )
        points += [x + (step - 10) / 2, bottom + tall * 0.86]
    sketch.path(points)
    sketch.label(FIGURE_WIDTH - 6, 2, "period of 45 days" if language == "en" else "每期45日历天", 7.5, MUTED, "end")
    return sketch.drawing


def site_plan(rng: random.Random, language: Language) -> Drawing:
    """The construction site: building, cranes, yards, gates, ring road."""
    en = language == "en"
    sketch = Sketch(268)
    sketch.box(6, 6, FIGURE_WIDTH - 12, 256, "#f7f9f4", MUTED)
    sketch.box(22, 22, FIGURE_WIDTH - 44, 224, "#e9e9e4", RULE)
    sketch.box(40, 40, FIGURE_WIDTH - 80, 188, "#f7f9f4", RULE)
    sketch.note(150, 92, 176, 96, "Outpatient building" if en else "门诊综合楼（在建）", "#d5e2ee")
    sketch.note(52, 48, 88, 62, "Reinforcement yard" if en else "钢筋加工场", "#f1e6d6")
    sketch.note(52, 150, 88, 60, "Material storage" if en else "材料堆场", "#f1e6d6")
    sketch.note(336, 48, 72, 66, "Offices" if en else "办公区", "#e1ecdf")
    sketch.note(336, 150, 72, 58, "Existing clinic" if en else "既有门诊楼", "#e6e0ea")
    for number, x in enumerate((164 + rng.randint(0, 18), 296 + rng.randint(0, 16))):
        y = 196 if number else 84
        sketch.disc(x, y, 9, "#ffd27d")
        sketch.label(x, y - 3, f"T{number + 1}", 7.5)
    sketch.label(FIGURE_WIDTH / 2, 28, "Ring road" if en else "场内环路", 8, MUTED)
    sketch.note(214, 234, 60, 20, "North gate" if en else "北门", "#ffffff")
    sketch.note(8, 122, 34, 24, "West gate" if en else "西门", "#ffffff")
    sketch.arrow(430, 206, 430, 238)
    sketch.label(430, 242, "N", 8)
    sketch.label(380, 238, "Ambulance route" if en else "急救通道", 7.5, "#b3261e")
    sketch.line(340, 230, 420, 230, "#b3261e", 1.6)
    return sketch.drawing


def lab_plan(rng: random.Random, language: Language) -> Drawing:
    """A laboratory: benches, fume cupboards, demonstration bench, emergency equipment."""
    en = language == "en"
    sketch = Sketch(252)
    sketch.box(20, 10, FIGURE_WIDTH - 40, 232, "#fbfcfd", INK)
    sketch.note(190, 214, 72, 22, "Demonstration" if en else "演示台", "#d5e2ee")
    columns, rows = 4, 5
    for column in range(columns):
        for row in range(rows):
            sketch.box(70 + column * 82, 30 + row * 34, 58, 20, "#e8eef4")
            sketch.disc(99 + column * 82, 40 + row * 34, 3, "#9bb8d3")
    for number in range(4):
        sketch.note(24, 32 + number * 42, 26, 34, f"F{number + 1}", "#f1e6d6")
    sketch.note(404, 196, 26, 40, "ES", "#f8d7d4")
    sketch.note(404, 30 + 10 * rng.randint(0, 4), 26, 40, "SW", "#e1ecdf")
    key = (
        "F: fume cupboard   ES: emergency shower   SW: sorted waste"
        if en
        else "F：通风柜   ES：紧急喷淋洗眼   SW：废液分类收集"
    )
    sketch.label(FIGURE_WIDTH / 2, 16, key, 7.5, MUTED)
    return sketch.drawing


def network(language: Language) -> Drawing:
    """The teaching platform: server, core switch, classrooms."""
    en = language == "en"
    sketch = Sketch(178)
    middle = FIGURE_WIDTH / 2
    sketch.note(middle - 150, 132, 110, 34, "Campus sign-on" if en else "统一身份认证")
    sketch.note(middle + 40, 132, 110, 34, "Platform server" if en else "教学管理平台服务器")
    sketch.note(middle - 55, 78, 110, 30, "Core switch" if en else "核心交换机", "#d5e2ee")
    sketch.line(middle - 95, 132, middle - 20, 108)
    sketch.line(middle + 95, 132, middle + 20, 108)
    rooms = (
        ("Smart classrooms", "Laboratories", "Recording rooms", "Workshops", "Preparation rooms")
        if en
        else ("智慧教室 24 间", "理化生实验室 12 间", "录播教室 6 间", "通用技术教室 2 间", "准备室 12 间")
    )
    width = (FIGURE_WIDTH - 40) / len(rooms)
    for number, name in enumerate(rooms):
        x = number * (width + 10)
        sketch.note(x, 10, width, 36, name, "#ffffff")
        sketch.line(x + width / 2, 46, middle, 78, RULE, 1.0)
    return sketch.drawing


def _wrapped(text: str, room: float, size: float) -> list[str]:
    advance = widths(REGULAR)
    words = text.split(" ") if " " in text and text.isascii() else list(text)
    glue = " " if len(words) > 1 and text.isascii() and " " in text else ""
    lines = [""]
    for word in words:
        longer = lines[-1] + (glue if lines[-1] else "") + word
        if lines[-1] and size * sum(map(advance.__getitem__, longer)) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
