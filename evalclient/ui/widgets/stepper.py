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
LABEL_PX = 14
HEIGHT_PX = 52
SIDE_PX = 16


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


class _Line(QWidget):
    """Draws the steps; condensed, only the current stage and its neighbours keep their names."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[Step, ...] = ()
        self.room = 0
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def current(self) -> int:
        return next((at for at, step in enumerate(self.steps) if step.state == "current"), 0)

    def places(self) -> tuple[list[_Place], int, int]:
        """Places, length of the joining lines, total width: the roomiest of three ways that fits."""
        everyone = range(len(self.steps))
        now = self.current()
        near = range(max(0, now - 1), min(len(self.steps), now + 2))
        ways = (
            (everyone, LINE_PX),
            (everyone, SHORT_LINE_PX),
            (near, SHORT_LINE_PX),
            (range(now, now + 1), SHORT_LINE_PX),
        )
        for named, line in ways:
            found = self._laid_out(named, theme().px(line))
            if found[2] <= self.room:
                break
        return found

    def sizeHint(self) -> QSize:
        return QSize(self.places()[2], theme().px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, line, total = self.places()
        shift = max(0, (self.width() - total) // 2)
        for at, (step, place) in enumerate(zip(self.steps, places, strict=True)):
            self._paint_step(painter, at, step, _Place(place.x + shift, place.label), line)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self.step_at(event.pos().x())
            if step is not None:
                QToolTip.showText(event.globalPos(), plain(said(step.title)), self)
            return True
        return super().event(event)

    def step_at(self, x: int) -> Step | None:
        places, _line, total = self.places()
        shift = max(0, (self.width() - total) // 2)
        circle = theme().px(CIRCLE_PX)
        for step, place in zip(self.steps, places, strict=True):
            if place.x + shift <= x <= place.x + shift + circle + place.label:
                return step
        return None

    def _laid_out(self, named: range, line: int) -> tuple[list[_Place], int, int]:
        look = theme()
        measure = QFontMetrics(look.font(LABEL_PX, bold=True))
        x = look.px(SIDE_PX)
        places = []
        for at, step in enumerate(self.steps):
            label = measure.horizontalAdvance(said(step.title)) + look.px(GAP_PX) if at in named else 0
            places.append(_Place(x, label))
            x += look.px(CIRCLE_PX) + label + line + 2 * look.px(GAP_PX)
        return places, line, x - line - 2 * look.px(GAP_PX) + look.px(SIDE_PX)

    def _paint_step(self, painter: QPainter, at: int, step: Step, place: _Place, line: int) -> None:
        look = theme()
        side, middle = look.px(CIRCLE_PX), self.height() / 2
        circle = QRectF(place.x, middle - side / 2, side, side)
        strong = {"done": "ok", "current": "primary", "todo": "text_3"}[step.state]
        painter.setPen(QPen(look.colour("input_border" if step.state == "todo" else strong), 1.5))
        painter.setBrush(look.colour("surface" if step.state == "todo" else strong))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        inner = look.colour("text_2" if step.state == "todo" else "on_primary")
        if step.state == "done":
            mark = look.pixmap("check", inner, 15, self.devicePixelRatioF())
            half = look.px(15) / 2
            painter.drawPixmap(QPointF(circle.center().x() - half, middle - half), mark)
        else:
            painter.setPen(inner)
            painter.setFont(look.font(13, bold=True))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(at + 1))
        if place.label:
            painter.setPen(look.colour({"done": "text_2", "current": "text", "todo": "text_3"}[step.state]))
            painter.setFont(look.font(LABEL_PX, bold=step.state == "current"))
            words = QRectF(circle.right() + look.px(GAP_PX), 0, place.label, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said(step.title))
        if at + 1 < len(self.steps):
            start = circle.right() + place.label + look.px(GAP_PX)
            painter.setPen(QPen(look.colour("ok" if step.state == "done" else "input_border"), 2))
            painter.drawLine(QPointF(start, middle), QPointF(start + line, middle))


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

    def sizeHint(self) -> QSize:
        return QSize(400, theme().px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme().px(HEIGHT_PX))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.height() != theme().px(HEIGHT_PX):
            self.setFixedHeight(theme().px(HEIGHT_PX))
        self._line.room = self.viewport().width()
        total = self._line.places()[2] if self._line.steps else 0
        self._line.resize(max(total, self._line.room), theme().px(HEIGHT_PX))
        self._line.update()
        steps = self._line.steps
        if steps:
            now = self._line.current()
            place = self._line.places()[0][now]
            self.ensureVisible(place.x + place.label // 2, 0, place.label // 2 + theme().px(80), 0)
            self.setAccessibleName(
                self.tr("环节 {at}/{of}：{title}").format(at=now + 1, of=len(steps), title=said(steps[now].title))
            )
