"""A colleague's score sheet, where the rules let one look at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import bidder_name
from evalclient.core.method.document.scored import items_of
from evalclient.ui.pages.dialogs import Panel
from evalclient.ui.pages.grid import Grid
from evalclient.ui.texts import language
from evalclient.ui.widgets.data_table import TableColumn

WIDE_PX: Final = 980
Scores = Mapping[str, Mapping[str, str]]


class SheetPanel(Panel):
    """Items down, bidders across; read only."""

    def __init__(self, evaluation: Evaluation, name: str, scores: Scores, parent: QWidget) -> None:
        super().__init__("colleague-sheet", lambda: self.tr("{name}的评分表").format(name=name), parent, WIDE_PX)
        shown = language()
        bidders = list(scores)
        columns = [
            TableColumn(lambda: self.tr("评分项"), 260),
            *(TableColumn(bidder_name(evaluation, bidder), 0, number=True) for bidder in bidders),
        ]
        grid = Grid("colleague-scores", columns)
        grid.set_rows(
            [
                (item.title.text(shown), *(scores[bidder].get(item.id, "—") for bidder in bidders))
                for item in items_of(evaluation.method)
            ]
        )
        self.add(grid)
