"""What gives way when the text is large or the window small: columns, papers, the tabs of a bid's documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from evalclient.ui.pages.bid_reader import BidReader
from evalclient.ui.pages.grid import Grid
from evalclient.ui.pages.paper_text import PaperText
from evalclient.ui.theme import theme
from evalclient.ui.widgets.choice import Choice
from evalclient.ui.widgets.data_table import LEAST_PX, TITLE_PX, TableColumn
from tests.builders.desks import desks_at
from tests.gui.conftest import Sit
from tests.gui.demo_desks import bid_of
from tests.gui.looking import zoom
from tests.gui.member_room import MemoryPackages

NAME = "中铁城建第六工程局集团市政路桥工程有限责任公司"
COLUMNS = (TableColumn("名次", 66), TableColumn("投标人", 0), TableColumn("Commercial", 60, number=True))


@pytest.fixture(autouse=True)
def _normal_afterwards() -> Iterator[None]:
    yield
    theme().zoom(0)


def test_a_column_that_takes_what_is_left_stays_readable(qtbot: QtBot) -> None:
    table = Grid("table", COLUMNS)
    qtbot.addWidget(table)
    table.set_rows([("1", NAME, "12.5"), ("2", NAME, "11.5")])
    table.resize(800, table.height())
    table.show()
    header = table.horizontalHeader()
    assert header.length() == table.viewport().width()
    assert table.columnWidth(2) >= header.sectionSizeHint(2)
    height = table.height()
    table.resize(300, height)
    assert table.columnWidth(1) == theme().px(LEAST_PX)
    assert table.horizontalScrollBar().maximum() > 0
    assert table.height() > height  # the bar to scroll with covers no row
    zoom(1.5)
    assert table.columnWidth(1) == theme().px(LEAST_PX)


def test_a_companys_name_over_a_column_is_shortened_and_told_in_full_by_the_tool_tip(qtbot: QtBot) -> None:
    table = Grid("table", (TableColumn("评分项", 0), TableColumn(NAME, 96, number=True)))
    qtbot.addWidget(table)
    table.show()
    header = table.horizontalHeader()
    assert header.sectionSizeHint(1) > table.columnWidth(1) == theme().px(TITLE_PX)
    assert header.textElideMode() == Qt.TextElideMode.ElideRight
    assert table.model().headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == NAME


def test_a_paper_grows_with_the_text_and_keeps_its_place(qtbot: QtBot) -> None:
    paper = PaperText("paper")
    qtbot.addWidget(paper)
    paper.resize(500, 300)
    paper.show_text("\n".join(f"{number} 独立、客观、公正评审" for number in range(80)))
    paper.show()
    size = _letters(paper)
    bar = paper.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    zoom(1.5)
    assert _letters(paper) == pytest.approx(1.5 * size, abs=1)
    assert 0.4 < bar.value() / bar.maximum() < 0.6


def _letters(paper: PaperText) -> int:
    cursor = QTextCursor(paper.document())
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    return cursor.charFormat().font().pixelSize()


def test_tabs_that_do_not_fit_on_a_line_become_a_list(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    sat = sit(desks, packages=MemoryPackages(dict.fromkeys(desks.bidders, bid_of(0))))
    reader = sat.find("bid-reader", BidReader)
    choice = sat.find("document-choice", Choice)
    assert isinstance(reader, BidReader)
    assert isinstance(choice, Choice)
    reader.setFixedWidth(1400)
    qtbot.waitUntil(lambda: sat.find("document-tab-2").isVisible())
    assert not choice.isVisible()
    sat.click(qtbot, "document-tab-2")
    reader.setFixedWidth(360)
    qtbot.waitUntil(choice.isVisible)
    assert not sat.find("document-tab-2").isVisible()
    second = choice.value
    assert choice.currentIndex() == 1
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.value != second
    reader.setFixedWidth(1400)
    third = sat.find("document-tab-3")
    qtbot.waitUntil(third.isVisible)
    assert third.property("checked") is True
