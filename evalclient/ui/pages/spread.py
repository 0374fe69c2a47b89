"""The members' spread as a chart; the plotting library is loaded when it is first shown, never at start-up."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from evalclient.core.evaluation.results import tally_result
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name
from evalclient.ui.charts.spread import SpreadChart, SpreadColumn
from evalclient.ui.widgets.card import Card

LEAST_PX, MOST_PX = 118, 460


class SpreadPanel(Card):
    """One group per bidder that has a place: one dot per member, before the price is added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: self.tr("各评委评分分布"),
            caption=lambda: self.tr("每点为一名评委对该投标人的评分合计（不含报价分），横线为技术商务得分。"),
            beside=True,
            parent=parent,
        )
        self._chart = SpreadChart(self.caption.text, silent=True)
        self._chart.setMinimumHeight(LEAST_PX)
        self._chart.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # what the page has left
        self.setMaximumHeight(MOST_PX)
        self.fill(self._chart)

    def show_result(self, evaluation: Evaluation) -> None:
        """Draw the result anew."""
        lines = [line for line in tally_result(evaluation).bidders if line.place is not None]
        lines.sort(key=lambda line: line.place or 0)
        self._chart.show_columns(
            [
                SpreadColumn(
                    bidder_name(evaluation, line.bidder),
                    tuple(score.total for score in line.members.values()),
                    line.technical or "",
                )
                for line in lines
            ]
        )
