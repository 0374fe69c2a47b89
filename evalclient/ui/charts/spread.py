"""How far apart the members' totals lie, bidder by bidder: one dot per member, a bar for the mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from evalclient.ui.charts import plotting
from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import column

DOT_PX = 9
SPREAD_WIDTH = 0.36
NAME_LINES = 3
NAME_PX = 12


@dataclass(frozen=True, slots=True)
class SpreadColumn:
    """One bidder: the members' totals and the mean, as Decimal texts (never computed here)."""

    name: str
    totals: tuple[str, ...]
    mean: str


class SpreadChart(QWidget):
    """``show_columns``; drawn once it becomes visible. ``silent``: the caption is only its accessible name."""

    def __init__(self, caption: Say = "", *, silent: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[SpreadColumn, ...] = ()
        self._plot: Any = None
        self._dots: Any = None
        self._means: Any = None
        self._caption = Label(caption or self._default_caption, "caption", wrap=True)
        if silent:
            self._caption.hide()
        self._body = column(self._caption, gap=4)
        self.setLayout(self._body)
        theme().changed.connect(self._draw)

    def show_columns(self, columns: Sequence[SpreadColumn]) -> None:
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            self._plot, self._dots, self._means = _new_plot()
            self._body.addWidget(self._plot, 1)
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._plot is not None:
            self._name_columns()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._draw()
        super().changeEvent(event)

    def _default_caption(self) -> str:
        return self.tr("圆点为各成员的评分合计，横线为平均值。")

    def _draw(self) -> None:
        """Numbers become floats here, for drawing only."""
        if self._plot is None:
            return
        look = theme()
        plot = self._plot.getPlotItem()
        self._plot.setBackground(look.colour("surface"))
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(look.colour("input_border"))
            axis.setTextPen(look.colour("text_2"))
            axis.setStyle(tickFont=look.font(NAME_PX), autoExpandTextSpace=True)
        self._name_columns()
        self._draw_dots()
        self._draw_means()
        plot.setXRange(-0.6, max(0.6, len(self._columns) - 0.4), padding=0)
        self.setAccessibleName(said(self._caption.text()))

    def _name_columns(self) -> None:
        """Names under the columns, broken into lines that do not touch."""
        room = max(1, self.width() - theme().px(60)) / max(1, len(self._columns))
        characters = max(2, int(room / theme().px(NAME_PX)) - 1)
        names = [(at, broken(column_.name, characters)) for at, column_ in enumerate(self._columns)]
        axis = self._plot.getPlotItem().getAxis("bottom")
        axis.setTicks([names])
        lines = max((text.count("\n") + 1 for _, text in names), default=1)
        axis.setHeight(theme().px(NAME_PX * 1.5 * lines + 10))

    def _draw_dots(self) -> None:
        look = theme()
        dots = [dot for at, column_ in enumerate(self._columns) for dot in _dots(at, column_)]
        self._dots.setData(
            [across for across, _ in dots],
            [height for _, height in dots],
            size=look.px(DOT_PX),
            pen=look.colour("surface"),
            brush=look.colour("primary"),
        )

    def _draw_means(self) -> None:
        means = [(at, float(column_.mean)) for at, column_ in enumerate(self._columns) if column_.mean]
        self._means.setData(
            [end for at, _ in means for end in (at - 0.3, at + 0.3)],
            [mean for _, mean in means for _end in range(2)],
        )
        self._means.setPen(theme().colour("warn"), width=2, style=Qt.PenStyle.SolidLine)


def _dots(at: int, spread: SpreadColumn) -> list[tuple[float, float]]:
    """The members' totals of one column side by side: (across, height)."""
    width = SPREAD_WIDTH / max(1, len(spread.totals) - 1)
    return [(at - SPREAD_WIDTH / 2 + number * width, float(total)) for number, total in enumerate(spread.totals)]


def broken(name: str, characters: int) -> str:
    """A company's name in up to NAME_LINES lines; the whole name stands in the table beside the chart."""
    if name.isascii():
        lines = wrap(name, characters * 2) or [""]
    else:
        lines = [name[at : at + characters] for at in range(0, len(name), characters)]
    if len(lines) > NAME_LINES:
        lines = [*lines[: NAME_LINES - 1], lines[NAME_LINES - 1][:-1] + "…"]
    return "\n".join(lines)


def _new_plot() -> tuple[Any, Any, Any]:
    """The plot with its two items, all dots and all means.

    They stay and take new data: an item taken out of its scene and collected while Qt walks the scene ends the
    program (pyqtgraph implements ``boundingRect`` in Python, so the collector can run in the midst of it).
    """
    plotting()
    import pyqtgraph as pg

    pg.setConfigOptions(antialias=True)
    plot = pg.PlotWidget()
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setMouseEnabled(x=False, y=False)
    plot.showGrid(y=True, alpha=0.15)
    plot.setFrameShape(plot.Shape.NoFrame)
    dots, means = pg.ScatterPlotItem(), pg.PlotDataItem(connect="pairs")
    plot.addItem(dots)
    plot.addItem(means)
    return plot, dots, means
