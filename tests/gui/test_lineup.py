"""The committee on the strip: one row for five, two for seven and nine, and room for the words beside it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evalclient.ui.pages.colleague import Colleague
from evalclient.ui.pages.lineup import Lineup
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import row


@pytest.mark.parametrize(("members", "rows"), [(5, 1), (7, 2), (9, 2)])
def test_a_large_committee_stands_in_two_rows(qtbot: QtBot, members: int, rows: int) -> None:
    lineup = Lineup()
    colleagues = [Colleague(f"m{number}", (lambda: None) if number else None) for number in range(members)]
    for colleague in colleagues:
        colleague.show_member("Zhou Zhengheng (demo)", "done", leader=False, note="", asking=True)
        lineup.flow.addWidget(colleague)
    words = Label("Waiting for scoring to be sealed", "hint", wrap=True)
    strip = QWidget()
    layout = row(words, lineup)
    layout.setStretch(0, 1)
    strip.setLayout(layout)
    qtbot.addWidget(strip)
    strip.resize(1100, 60)
    strip.show()
    assert len({colleague.geometry().center().y() for colleague in colleagues}) == rows
    assert all(colleague.geometry().right() <= lineup.width() for colleague in colleagues)
    assert lineup.height() >= rows * colleagues[1].height()
    assert words.width() > 300
