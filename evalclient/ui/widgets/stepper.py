"""The stages of the evening in one line: done, now, to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QWidget

from evalclient.ui.texts import Say, plain, said
from evalclient.ui.theme import theme

StepState = Literal["done", "current", "todo"]
CIRCLE_PX = 26
GAP_PX = 8
LINE_PX = 26
SHORT_LINE_PX = 12
STUB_PX, STUB_GAP_PX = 4, 3
LABEL_PX = 14
HEIGHT_PX = 52
LOW_PX = 36
"""Height where the window is low: no names below their circles."""
LOW_WINDOW_PX = 600
SIDE_PX = 16
BELOW_PX = 13
"""Names below their circles are a little smaller."""
BELOW_CIRCLE_PX = 22


@dataclass(frozen=True, slots=True)
class Step:
    """One stage; its number is its place in the line."""

    title: Say
    state: StepState


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a step stands: left edge of its circle, and the width of its label (0 while condensed)."""

    x: int
    label: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """Places, length of the joining lines and the gaps at their ends, total width; ``below``: every name stands under its circle."""

    places: tuple[_Place, ...]
    line: int
    gap: int
    total: int
    below: bool = False


class _Line(QWidget):
    """Draws the steps; condensed, only the current stage and its neighbours keep their names."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[Step, ...] = ()
        self.room = 0
        self.low = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def current(self) -> int:
        """The first stage that is not done, or when all are, the last."""
        return next((at for at, step in enumerate(self.steps) if step.state != "done"), max(0, len(self.steps) - 1))

    def plan(self) -> _Plan:
        """The roomiest way that fits: names beside their circles, below them, or only those near the current stage."""
        everyone = range(len(self.steps))
        now = self.current()
        near = range(max(0, now - 1), min(len(self.steps), now + 2))
        for line in (LINE_PX, SHORT_LINE_PX):
            plan = self._beside(everyone, theme().px(line))
            if plan.total <= self.room:
                return plan
        plan = self._below()
        if plan.total <= self.room and not self.low:
            return plan
        alone = range(now, now + 1)
        for named in (near, alone):
            plan = self._beside(named, theme().px(SHORT_LINE_PX))
            if plan.total <= self.room:
                return plan
        return self._beside(alone, theme().px(STUB_PX), STUB_GAP_PX)

    def needed_height(self) -> int:
        """In pixels."""
        return theme().px(LOW_PX if self.low else HEIGHT_PX)

    def sizeHint(self) -> QSize:
        return QSize(self.plan().total, self.needed_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plan = self.plan()
        shift = max(0, (self.width() - plan.total) // 2)
        for at, (step, place) in enumerate(zip(self.steps, plan.places, strict=True)):
            self._paint_step(painter, at, step, _Place(place.x + shift, place.label), plan)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self.step_at(event.pos().x())
            if step is not None:
                QToolTip.showText(event.globalPos(), plain(said(step.title)), self)
            return True
        return super().event(event)

    def step_at(self, x: int) -> Step | None:
        plan = self.plan()
        shift = max(0, (self.width() - plan.total) // 2)
        circle = theme().px(BELOW_CIRCLE_PX if plan.below else CIRCLE_PX)
        for step, place in zip(self.steps, plan.places, strict=True):
            left = place.x + shift - (max(0, place.label - circle) // 2 if plan.below else 0)
            width = max(circle, place.label) if plan.below else circle + place.label
            if left <= x <= left + width:
                return step
        return None

    def _beside(self, named: range, line: int, gap_px: int = GAP_PX) -> _Plan:
        look = theme()
        gap = look.px(gap_px)
        measure = QFontMetrics(look.font(LABEL_PX, bold=True))
        x = look.px(SIDE_PX)
        places = []
        for at, step in enumerate(self.steps):
            label = measure.horizontalAdvance(said(step.title)) + look.px(GAP_PX) if at in named else 0
            places.append(_Place(x, label))
            x += look.px(CIRCLE_PX) + label + line + 2 * gap
        return _Plan(tuple(places), line, gap, x - line - 2 * gap + look.px(SIDE_PX))

    def _below(self) -> _Plan:
        """Circles at equal distances, as far apart as the room gives; their names below."""
        look = theme()
        measure = QFontMetrics(look.font(BELOW_PX, bold=True))
        labels = [measure.horizontalAdvance(said(step.title)) for step in self.steps]
        circle, side = look.px(BELOW_CIRCLE_PX), look.px(SIDE_PX)
        widest = max(labels, default=0)
        least = widest + look.px(GAP_PX)
        pitch = max(least, min((self.room - 2 * side) // max(1, len(labels)), least + look.px(LINE_PX)))
        places = tuple(_Place(side + pitch * at + (pitch - circle) // 2, label) for at, label in enumerate(labels))
        gap = look.px(GAP_PX)
        return _Plan(places, pitch - circle - 2 * gap, gap, 2 * side + pitch * len(labels), below=True)

    def _paint_step(self, painter: QPainter, at: int, step: Step, place: _Place, plan: _Plan) -> None:
        look = theme()
        side = look.px(BELOW_CIRCLE_PX if plan.below else CIRCLE_PX)
        middle = look.px(5) + side / 2 if plan.below else self.height() / 2
        circle = QRectF(place.x, middle - side / 2, side, side)
        self._paint_circle(painter, at, step, circle)
        if place.label:
            painter.setPen(look.colour({"done": "text_2", "current": "text", "todo": "text_3"}[step.state]))
            painter.setFont(look.font(BELOW_PX if plan.below else LABEL_PX, bold=step.state == "current"))
            align = Qt.AlignmentFlag.AlignHCenter if plan.below else Qt.AlignmentFlag.AlignLeft
            painter.drawText(self._words(circle, place, plan), Qt.AlignmentFlag.AlignVCenter | align, said(step.title))
        if at + 1 < len(self.steps):
            start = circle.right() + plan.gap + (0 if plan.below else place.label)
            painter.setPen(QPen(look.colour("ok" if step.state == "done" else "input_border"), 2))
            painter.drawLine(QPointF(start, middle), QPointF(start + plan.line, middle))

    def _words(self, circle: QRectF, place: _Place, plan: _Plan) -> QRectF:
        if not plan.below:
            return QRectF(circle.right() + theme().px(GAP_PX), 0, place.label, self.height())
        width, top = place.label + theme().px(GAP_PX), circle.bottom() + 1
        return QRectF(circle.center().x() - width / 2, top, width, self.height() - top - 1)

    def _paint_circle(self, painter: QPainter, at: int, step: Step, circle: QRectF) -> None:
        look = theme()
        strong = {"done": "ok", "current": "primary", "todo": "text_3"}[step.state]
        painter.setPen(QPen(look.colour("input_border" if step.state == "todo" else strong), 1.5))
        painter.setBrush(look.colour("surface" if step.state == "todo" else strong))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        inner = look.colour("text_2" if step.state == "todo" else "on_primary")
        if step.state == "done":
            mark = look.pixmap("check", inner, 15, self.devicePixelRatioF())
            half = look.px(15) / 2
            painter.drawPixmap(QPointF(circle.center().x() - half, circle.center().y() - half), mark)
        else:
            painter.setPen(inner)
            painter.setFont(look.font(13, bold=True))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(at + 1))


class Stepper(QScrollArea):
    """Shows ``set_steps``; condenses when the window is narrow, and scrolls to the current stage as a last resort."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = _Line()
        self.setWidget(self._line)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._line.setAutoFillBackground(False)
        theme().changed.connect(self._fit)
        self._fit()

    def set_steps(self, steps: Sequence[Step]) -> None:
        if tuple(steps) != self._line.steps:
            self._line.steps = tuple(steps)
            self._fit()

    def follow_window(self, height: int) -> None:
        """Take less room below LOW_WINDOW_PX (at normal text size) of window height."""
        low = height < theme().px(LOW_WINDOW_PX)
        if low != self._line.low:
            self._line.low = low
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, self._line.needed_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._line.needed_height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self._line.needed_height()
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
        self._line.room = self.viewport().width()
        total = self._line.plan().total if self._line.steps else 0
        self._line.resize(max(total, self._line.room), height)
        self._line.update()
        steps = self._line.steps
        if steps:
            now = self._line.current()
            place = self._line.plan().places[now]
            self.ensureVisible(place.x + place.label // 2, 0, place.label // 2 + theme().px(80), 0)
            self.setAccessibleName(
                self.tr("环节 {at}/{of}：{title}").format(at=now + 1, of=len(steps), title=said(steps[now].title))
            )
