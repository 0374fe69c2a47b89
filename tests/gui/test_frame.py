"""The window: pages, lock that keeps the work, switches, closing stops the lanes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from evalclient.core.records.fields import Bilingual
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity, grouped
from evalclient.ui.jobs import Lanes
from evalclient.ui.texts import languages
from evalclient.ui.theme import theme
from evalclient.ui.widgets.layout import column

WHO = Identity("某工程施工招标", "一标段", "sha256:0123456789abcdef0123", "王建国", "评标专家")


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[Frame]:
    frame = Frame(idle_minutes=0)
    qtbot.addWidget(frame)
    frame.show()
    yield frame
    theme().zoom(0)
    theme().set_dark(False)


def test_the_bar_names_evaluation_and_person(frame: Frame) -> None:
    frame.show_identity(WHO)
    assert frame.bar.title.text() == "某工程施工招标"
    assert "0123 4567 89ab cdef" in frame.bar.about.text()
    assert frame.bar.person.text() == "王建国"
    assert frame.windowTitle() == "某工程施工招标"
    assert grouped("aabbccdd") == "aabb ccdd"


def test_a_long_title_ends_in_an_ellipsis_and_the_tool_tip_has_it_all(frame: Frame, qtbot: QtBot) -> None:
    title = "Construction of the Outpatient Building of Yunting First People's Hospital, Second Phase"
    frame.show_identity(Identity(title, Bilingual("一标段", "Lot 1"), "sha256:0123456789abcdef0123", "王建国"))
    frame.resize(700, 600)
    assert frame.bar.title.shown.endswith("…")
    assert frame.bar.title.toolTip() == f"{title}\n一标段\n项目指纹：sha256:0123456789abcdef0123"
    frame.resize(1900, 600)
    assert frame.bar.title.shown == title
    languages().show("en")
    try:
        qtbot.waitUntil(lambda: "\nLot 1\nFingerprint" in frame.bar.about.toolTip())
    finally:
        languages().show("zh")


def test_pages_by_key(frame: Frame) -> None:
    first, second = QLabel("1"), QLabel("2")
    frame.add_page("a", first)
    frame.add_page("b", second)
    frame.show_page("b")
    assert frame.shown_page == "b"
    third = QLabel("3")
    frame.add_page("b", third)
    assert frame.page("b") is third
    assert frame.pages.currentWidget() is third
    with pytest.raises(KeyError):
        frame.show_page("c")


@pytest.mark.parametrize("goes", ["hide", "rest"])
def test_the_focus_of_a_button_that_goes_away_stays_on_the_page(frame: Frame, qtbot: QtBot, goes: str) -> None:
    page, first, second = QWidget(), QPushButton("first"), QPushButton("second")
    page.setLayout(column(first, second))
    frame.add_page("a", page)
    frame.show_page("a")
    qtbot.waitUntil(frame.isActiveWindow)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert frame.focusWidget() is second
    second.setVisible(goes != "hide")
    second.setEnabled(goes != "rest")
    assert frame.focusWidget() is page
    QTest.keyClick(page, Qt.Key.Key_Tab)
    assert frame.focusWidget() is first


def test_locking_hides_the_work_and_keeps_it(frame: Frame, qtbot: QtBot) -> None:
    entry = QLineEdit()
    frame.add_page("a", entry)
    frame.show_page("a")
    QTest.keyClicks(entry, "half a word")
    with qtbot.assertNotEmitted(frame.locked_changed):
        frame.lock()  # nobody is signed in: there is no PIN to unlock with
    frame.show_identity(WHO)
    with qtbot.waitSignal(frame.locked_changed):
        QTest.mouseClick(frame.bar.lock_button, Qt.MouseButton.LeftButton)
    assert frame.locked
    assert not entry.isVisible()
    assert not frame.bar.title.isVisible()
    lock = frame._lock_page
    QTest.keyClicks(lock.field, "000000")
    with qtbot.waitSignal(frame.unlock_asked) as caught:
        QTest.keyClick(lock.field, Qt.Key.Key_Return)
    assert caught.args == ["000000"]
    frame.unlock_failed("PIN 码不正确。")
    assert lock.problem.isVisible()
    assert lock.field.text() == ""
    frame.unlock()
    assert entry.isVisible()
    assert entry.text() == "half a word"


def test_an_idle_window_locks_itself(qtbot: QtBot) -> None:
    frame = Frame(idle_minutes=0.0005)
    qtbot.addWidget(frame)
    frame.show_identity(WHO)
    frame.show()
    qtbot.waitUntil(lambda: frame.locked)


def test_text_size_and_darkness_by_keys_and_buttons(frame: Frame, qtbot: QtBot) -> None:
    qtbot.waitUntil(frame.isActiveWindow)
    QTest.keyClick(frame, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme().scale > 1
    QTest.keyClick(frame, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert theme().scale == 1
    QTest.mouseClick(frame.bar.dark, Qt.MouseButton.LeftButton)
    assert theme().dark


def test_closing_stops_the_lanes_after_asking(qtbot: QtBot) -> None:
    lanes = Lanes.start()
    frame = Frame(lanes, idle_minutes=0)
    qtbot.addWidget(frame)
    frame.show()
    saved: list[int] = []
    lanes.desk.submit(saved.append, 1)
    frame.may_close = lambda: False
    assert not frame.close()
    assert lanes.desk.running
    frame.may_close = lambda: True
    with qtbot.waitSignal(frame.closing):
        assert frame.close()
    assert not any(lane.running for lane in (lanes.desk, lanes.key, lanes.documents, lanes.net))
    assert frame.unstopped == ()
    assert saved == [1]
