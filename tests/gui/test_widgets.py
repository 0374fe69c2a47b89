"""The widgets as a person uses them: clicks, keys, what is emitted, what is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evalclient.core.records.fields import Bilingual
from evalclient.ui.widgets.bidder_list import NARROW_WINDOW_PX, BidderItem, BidderList
from evalclient.ui.widgets.buttons import Button, IconButton
from evalclient.ui.widgets.chip import Chip
from evalclient.ui.widgets.labels import Label
from evalclient.ui.widgets.layout import FlowLayout
from evalclient.ui.widgets.option_buttons import Option, OptionButtons
from evalclient.ui.widgets.pass_fail import PassFail
from evalclient.ui.widgets.reason_field import ReasonField
from evalclient.ui.widgets.status_strip import Status, StatusStrip
from evalclient.ui.widgets.stepper import Step, Stepper

LEFT = Qt.MouseButton.LeftButton
LONG_NAME = "中铁城建第六工程局集团市政路桥工程有限责任公司"


def press(button: QWidget) -> None:
    QTest.mouseClick(button, LEFT)


# -- labels, buttons, chips --------------------------------------------------------------------------------------------


def test_markup_in_a_name_stays_text(qtbot: QtBot) -> None:
    label = Label("<img src='file:///etc/passwd'><b>甲</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    button = Button("A & B <b>", tip="<b>提示</b>")
    qtbot.addWidget(button)
    assert button.text() == "A && B <b>"
    assert "&lt;b&gt;" in button.toolTip()


def test_a_button_calls_and_a_refused_button_says_why(qtbot: QtBot) -> None:
    calls: list[int] = []
    button = Button("提交", on=lambda: calls.append(1))
    qtbot.addWidget(button)
    press(button)
    button.refuse("尚有 2 项未填写")
    press(button)
    assert calls == [1]
    assert button.toolTip() == "尚有 2 项未填写"
    button.refuse(None)
    press(button)
    assert calls == [1, 1]


def test_buttons_without_words_have_a_name(qtbot: QtBot) -> None:
    button = IconButton("x", "关闭")
    qtbot.addWidget(button)
    assert button.accessibleName() == "关闭"


def test_a_chip_has_room_for_its_text_and_a_name(qtbot: QtBot) -> None:
    chip = Chip("ok", "已保存")
    qtbot.addWidget(chip)
    narrow = chip.sizeHint().width()
    chip.set("warn", "需要填写评审意见")
    assert chip.sizeHint().width() > narrow
    assert chip.accessibleName() == "需要填写评审意见"


def test_both_languages_can_be_said(qtbot: QtBot) -> None:
    label = Label(Bilingual("中", "en"))
    qtbot.addWidget(label)
    assert label.text() == "中"


def test_a_flow_breaks_lines_and_asks_for_one(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = FlowLayout(holder, gap=4)
    for _ in range(4):
        child = QWidget()
        child.setFixedSize(50, 20)
        flow.addWidget(child)
    qtbot.addWidget(holder)
    assert flow.sizeHint().width() == 4 * 50 + 3 * 4
    assert flow.heightForWidth(212) == 20
    assert flow.heightForWidth(110) == 44


# -- options, pass and fail, reasons -----------------------------------------------------------------------------------


@pytest.fixture
def options(qtbot: QtBot) -> OptionButtons:
    options = OptionButtons([Option("3", "优"), Option("2", "良"), Option("0", "差")])
    qtbot.addWidget(options)
    options.show()
    return options


def test_an_option_is_chosen_once(options: OptionButtons) -> None:
    got: list[str] = []
    options.chosen.connect(got.append)
    press(options.button("2"))
    press(options.button("2"))
    press(options.button("0"))
    assert got == ["2", "0"]
    options.set_value("")
    assert not options.button("0").isChecked()
    options.set_value("3")
    assert options.button("3").isChecked()
    assert got == ["2", "0"]
    options.set_read_only(True)
    press(options.button("2"))
    assert options.value == "3"


@pytest.fixture
def decision(qtbot: QtBot) -> PassFail:
    decision = PassFail()
    qtbot.addWidget(decision)
    decision.show()
    return decision


def test_a_fail_counts_only_with_its_reason(decision: PassFail, qtbot: QtBot) -> None:
    got: list[tuple[bool, str]] = []
    decision.decided.connect(lambda passed, reason: got.append((passed, reason)))
    press(decision.options.button("fail"))
    assert decision.reason.isVisible()
    assert decision.state is None
    assert not decision.demand()
    assert got == []
    with qtbot.waitSignal(decision.decided):
        QTest.keyClicks(decision.reason.text, "expired")
    assert got == [(False, "expired")]
    press(decision.options.button("pass"))
    assert got[-1] == (True, "")
    assert not decision.reason.isVisible()
    assert decision.demand()


def test_a_stored_decision_takes_the_place_of_what_stands_there(decision: PassFail) -> None:
    got: list[tuple[bool, str]] = []
    decision.decided.connect(lambda passed, reason: got.append((passed, reason)))
    press(decision.options.button("fail"))
    decision.replace(True)
    assert decision.state == (True, "")
    decision.replace(False, "stored elsewhere")
    assert decision.state == (False, "stored elsewhere")
    assert decision.reason.isVisible()
    assert got == []


def test_a_reason_is_stripped_and_demanded(qtbot: QtBot) -> None:
    reason = ReasonField(mandatory=True)
    qtbot.addWidget(reason)
    reason.show()
    assert not reason.demand()
    assert reason._missing.isVisible()
    with qtbot.waitSignal(reason.committed) as caught:
        QTest.keyClicks(reason.text, "  because  ")
    assert caught.args == ["because"]
    assert reason.demand()
    assert not reason._missing.isVisible()


def test_a_reason_grows_with_its_text(qtbot: QtBot) -> None:
    reason = ReasonField()
    qtbot.addWidget(reason)
    reason.resize(400, 300)
    reason.show()
    before = reason.text.height()
    reason.set_value("字" * 100)
    qtbot.waitUntil(lambda: reason.text.height() > before)


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_a_phrase_is_inserted(qtbot: QtBot) -> None:
    reason = ReasonField(phrases=("论述完整。",))
    qtbot.addWidget(reason)
    reason.show()
    press(reason.phrase_button)
    menu = QApplication.activePopupWidget()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    with qtbot.waitSignal(reason.committed) as caught:
        menu.actions()[0].trigger()
    assert caught.args == ["论述完整。"]
    menu.close()


# -- stages, status, bidders -------------------------------------------------------------------------------------------


def stages(number: int, current: int) -> list[Step]:
    return [
        Step(f"第{at}个环节", "done" if at < current else "current" if at == current else "todo")
        for at in range(number)
    ]


@pytest.mark.parametrize("done", [0, 7, 14, 15])
def test_the_current_stage_keeps_its_name_at_every_width(qtbot: QtBot, done: int) -> None:
    """And once all are done, the last."""
    current = min(done, 14)
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.show()
    stepper.set_steps(stages(15, done))
    for width in (2200, 1366, 700, 300):
        stepper.resize(width, 60)
        plan = stepper._line.plan()
        assert plan.places[current].label > 0
        named = sum(place.label > 0 for place in plan.places)
        assert named == 15 or width < 1366
        assert plan.below == (width == 1366)
        bar = stepper.horizontalScrollBar()
        left = plan.places[current].x - bar.value() + max(0, (stepper._line.width() - plan.total) // 2)
        assert 0 <= left <= width
    assert stepper.accessibleName() == f"环节 {current + 1}/15：第{current}个环节"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status(sync="synced"), "全部已同步"),
        (Status(sync="sending", pending=3), "待发送 3 条"),
        (Status(sync="offline", pending=2), "2 条已存本机"),
        (Status(sync="offline"), "可继续工作"),
        (Status(sync="alarm"), "联系管理员"),
    ],
)
def test_the_strip_says_where_the_work_is(qtbot: QtBot, status: Status, words: str) -> None:
    strip = StatusStrip()
    qtbot.addWidget(strip)
    strip.show_status(status)
    assert words in strip.sync.text()
    assert strip.contact.isHidden()
    strip.show_status(Status(last_contact="14:32:05"))
    assert "14:32:05" in strip.contact.text()


@pytest.fixture
def bidders(qtbot: QtBot) -> BidderList:
    bidders = BidderList()
    bidders.set_items(
        [
            BidderItem("a", 1, LONG_NAME, "done", "已提交"),
            BidderItem("b", 2, "乙"),
            BidderItem("c", 3, "丙", "out", "已否决"),
        ]
    )
    qtbot.addWidget(bidders)
    bidders.resize(280, 500)
    bidders.show()
    return bidders


def test_bidders_are_picked_by_mouse_and_keys(bidders: BidderList) -> None:
    got: list[str] = []
    bidders.selected.connect(got.append)
    press(bidders.row("b"))
    press(bidders.row("b"))
    QTest.keyClick(bidders, Qt.Key.Key_Down)
    QTest.keyClick(bidders, Qt.Key.Key_Down)
    QTest.keyClick(bidders, Qt.Key.Key_Up)
    assert got == ["b", "c", "b"]
    bidders.select("a")
    assert bidders.key == "a"
    assert got == ["b", "c", "b"]


def test_a_long_company_name_wraps_and_is_never_cut(bidders: BidderList, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bidders.row("a").height() > bidders.row("b").height())
    label = bidders.row("a").findChildren(Label)[0]
    assert label.text() == LONG_NAME
    assert label.heightForWidth(label.width()) <= label.height()


def test_bidders_fold_to_numbers_in_a_narrow_window(bidders: BidderList) -> None:
    wide = bidders.width()
    bidders.follow_window(NARROW_WINDOW_PX - 1)
    assert bidders.width() < wide
    assert LONG_NAME in bidders.row("a").toolTip()
    bidders.follow_window(NARROW_WINDOW_PX)
    assert bidders.width() == wide
    assert bidders.row("a").toolTip() == ""


def test_rows_are_kept_when_the_list_changes(bidders: BidderList) -> None:
    kept = bidders.row("b")
    bidders.set_items([BidderItem("b", 1, "乙", "done", "已提交"), BidderItem("d", 2, "丁")])
    assert bidders.row("b") is kept
    assert "已提交" in kept.accessibleName()
    with pytest.raises(KeyError):
        bidders.row("a")
