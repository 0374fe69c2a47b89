"""The document view: pages come, zoom fits, search marks, the outline leads."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from evalclient.ui.documents.process import RendererProcess
from evalclient.ui.documents.view import DocumentView
from evalclient.ui.jobs import Lane


def pdf(pages: int) -> io.BytesIO:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 400), invariant=1)
    for number in range(1, pages + 1):
        canvas.bookmarkPage(str(number))
        canvas.addOutlineEntry(f"Part {number}", str(number))
        canvas.drawString(40, 300, "scaffold" if number == 7 else f"text {number}")
        canvas.showPage()
    canvas.save()
    return file


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DocumentView]:
    lane, process = Lane("documents"), RendererProcess()
    view = DocumentView(lane, process)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    yield view
    view.clear()
    lane.submit(process.stop)
    lane.stop()


def test_pages_are_shown_fitted_and_numbered(view: DocumentView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.page_shown, timeout=10_000):
        view.show_document("A", lambda: pdf(9))
    qtbot.waitUntil(lambda: view.reader.picture(0) is not None, timeout=10_000)
    picture = view.reader.picture(0)
    assert picture is not None
    assert abs(picture.width() - view.canvas.viewport().width()) <= 30
    view.go_to(5)
    qtbot.waitUntil(lambda: view.reader.picture(4) is not None, timeout=10_000)
    page = view.findChild(QLineEdit, "document-page")
    assert page is not None
    assert page.text() == "5"


def test_search_goes_to_the_first_hit(view: DocumentView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.reader.opened, timeout=10_000):
        view.show_document("A", lambda: pdf(9))
    field = view.findChild(QLineEdit, "document-search")
    assert field is not None
    field.setText("SCAFFOLD")
    with qtbot.waitSignal(view.reader.searched, timeout=10_000) as searched:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert searched.args == [1]
    assert view.canvas.page == 6


def test_the_outline_leads_to_its_page(view: DocumentView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.reader.opened, timeout=10_000):
        view.show_document("A", lambda: pdf(4))
    toggle = view.findChild(QPushButton, "document-outline-toggle")
    outline = view.findChild(QTreeWidget, "document-outline")
    assert toggle is not None
    assert outline is not None
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert outline.isVisible()
    third = outline.topLevelItem(2)
    assert third is not None
    qtbot.waitUntil(lambda: outline.viewport().width() > 50 and outline.visualItemRect(third).height() > 10)
    with qtbot.waitSignal(view.page_shown, timeout=10_000):
        QTest.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=outline.visualItemRect(third).center())
    assert view.canvas.page == 2


def test_what_cannot_be_shown_is_said_and_the_next_document_opens(view: DocumentView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.reader.failed, timeout=10_000) as failed:
        view.show_document("A", lambda: io.BytesIO(b"nothing"))
    assert "无法显示" in failed.args[0].zh
    with qtbot.waitSignal(view.reader.opened, timeout=10_000):
        view.show_document("B", lambda: pdf(1))
