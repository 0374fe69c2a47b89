"""A score typed by a person: full-width digits, range, step, wheel, debounce, commits once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from evalclient.ui.widgets.number_text import ScoreRange, normalise, read
from evalclient.ui.widgets.score_field import ScoreField

FIFTEEN = ScoreRange.of("0", "15", "0.5")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("１２。５", "12.5"), ("12．5", "12.5"), (" 7 ", "7"), ("－1", "-1"), ("０。５０", "0.50"), ("⑤", "5"), ("", "")],
)
def test_typed_characters_become_plain(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("12.5", Decimal("12.5")),
        ("１２。５", Decimal("12.5")),
        ("15", Decimal(15)),
        ("0", Decimal(0)),
        ("15.5", "out of range"),
        ("-1", "out of range"),
        ("12.3", "off step"),
        ("", "empty"),
        ("abc", "not a number"),
        ("1e1", "not a number"),
        ("1.2.3", "not a number"),
        ("NaN", "not a number"),
        ("9" * 40, "not a number"),
    ],
)
def test_reading(typed: str, result: object) -> None:
    assert read(typed, FIFTEEN) == result


def test_steps_count_from_the_low_end() -> None:
    odd = ScoreRange.of("1", "10", "2")
    assert read("3", odd) == Decimal(3)
    assert read("10", odd) == "off step"
    assert odd.moved(None, -1) == Decimal(9)
    assert odd.moved(Decimal(9), 1) == Decimal(9)


@given(st.integers(0, 150), st.sampled_from((1, -1)))
def test_a_step_always_lands_on_the_grid_and_moves_at_most_one(tenths: int, steps: int) -> None:
    value = Decimal(tenths) / 10
    moved = FIFTEEN.moved(value, steps)
    assert read(FIFTEEN.write(moved), FIFTEEN) == moved
    assert 0 <= (moved - value) * steps <= FIFTEEN.step


def compose(entry: QLineEdit, text: str) -> None:
    """Type through an input method, as full-width digits are."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(entry, event)


@pytest.fixture
def field(qtbot: QtBot) -> ScoreField:
    field = ScoreField(FIFTEEN, "总体概述")
    qtbot.addWidget(field)
    field.show()
    return field


def test_enter_commits_the_tidy_text(field: ScoreField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.committed) as caught:
        compose(field.entry, "１３")
        QTest.keyClick(field.entry, Qt.Key.Key_Return)
    assert caught.args == ["13.0"]
    assert field.entry.text() == "13.0"
    assert field.value == "13.0"


def test_typing_commits_by_itself_after_a_pause_and_leaves_the_text_alone(field: ScoreField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.committed) as caught:
        QTest.keyClicks(field.entry, "8")
    assert caught.args == ["8.0"]
    assert field.entry.text() == "8"


def test_the_same_value_is_committed_once(field: ScoreField, qtbot: QtBot) -> None:
    got: list[str] = []
    field.committed.connect(got.append)
    QTest.keyClicks(field.entry, "8")
    for _ in range(3):
        QTest.keyClick(field.entry, Qt.Key.Key_Return)
    field.entry.left.emit()
    assert got == ["8.0"]


@pytest.mark.parametrize(("typed", "problem"), [("99", "out of range"), ("1.3", "off step"), ("xx", "not a number")])
def test_a_bad_value_is_not_committed_and_says_why(field: ScoreField, qtbot: QtBot, typed: str, problem: str) -> None:
    got: list[str] = []
    field.committed.connect(got.append)
    with qtbot.waitSignal(field.rejected):
        QTest.keyClicks(field.entry, typed)
        QTest.keyClick(field.entry, Qt.Key.Key_Return)
    assert got == []
    assert field.problem == problem
    assert field.entry.property("wrong") is True
    assert field._sentence.isVisible()
    QTest.keyClick(field.entry, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field.entry, "2")
    QTest.keyClick(field.entry, Qt.Key.Key_Return)
    assert got == ["2.0"]
    assert not field._sentence.isVisible()


def test_emptying_commits_nothing_as_a_value(field: ScoreField, qtbot: QtBot) -> None:
    field.replace("3")
    QTest.keyClick(field.entry, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field.entry, Qt.Key.Key_Delete)
    with qtbot.waitSignal(field.committed) as caught:
        QTest.keyClick(field.entry, Qt.Key.Key_Return)
    assert caught.args == [""]


def test_buttons_and_arrows_move_by_a_step(field: ScoreField, qtbot: QtBot) -> None:
    got: list[str] = []
    field.committed.connect(got.append)
    QTest.mouseClick(field.plus, Qt.MouseButton.LeftButton)
    QTest.mouseClick(field.plus, Qt.MouseButton.LeftButton)
    QTest.keyClick(field.entry, Qt.Key.Key_Up)
    QTest.mouseClick(field.minus, Qt.MouseButton.LeftButton)
    assert got == ["0.0", "0.5", "1.0", "0.5"]


def wheel(target: QWidget, qtbot: QtBot) -> None:
    middle = QPointF(target.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(target.mapToGlobal(target.rect().center())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def test_the_wheel_moves_only_a_focused_field(qtbot: QtBot) -> None:
    window = QWidget()
    other = QLineEdit()
    field = ScoreField(FIFTEEN)
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    field.replace("5")
    other.setFocus()
    wheel(field.entry, qtbot)
    assert field.value == "5.0"
    field.entry.setFocus()
    wheel(field.entry, qtbot)
    assert field.value == "5.5"


def test_a_stored_value_is_shown_and_not_committed(field: ScoreField) -> None:
    got: list[str] = []
    field.committed.connect(got.append)
    field.replace("4")
    assert (field.entry.text(), field.value, got) == ("4.0", "4.0", [])


@pytest.mark.parametrize(("step", "said"), [("0.5", "0～15 分，步长 0.5"), ("0", "0～15 分")])
def test_range_and_step_stand_beside_the_field(qtbot: QtBot, step: str, said: str) -> None:
    field = ScoreField(ScoreRange.of("0", "15", step))
    qtbot.addWidget(field)
    field.show()
    assert field.span.isVisible()
    assert field.span.text() == said


def test_read_only_fields_do_not_move(field: ScoreField, qtbot: QtBot) -> None:
    field.replace("4")
    field.set_read_only(True)
    QTest.keyClick(field.entry, Qt.Key.Key_Up)
    QTest.mouseClick(field.plus, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field.entry, "9")
    assert field.value == "4.0"
