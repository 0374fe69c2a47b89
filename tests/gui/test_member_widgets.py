"""What holds for every page: names for robots and screen readers, nothing clipped, nothing rebuilt after a sync."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from evalclient.core.errors import EvalclientError
from evalclient.core.evaluation.state import STAGES
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import Score
from evalclient.core.records.fields import Bilingual
from evalclient.crypto.keys import Pkcs12Key
from evalclient.desk.expert import Expert
from evalclient.ui.pages import member_page
from evalclient.ui.pages.bid_form import BidForm
from evalclient.ui.pages.item_card import ItemCard
from evalclient.ui.pages.names import by_name
from evalclient.ui.pages.page import MemberPage
from evalclient.ui.pages.rows import Rows
from evalclient.ui.widgets.layout import column
from tests.builders.archives import finished
from tests.builders.desks import Desks, desks_at
from tests.gui.conftest import Sit
from tests.gui.member_room import Sitting

SHOWN: tuple[Stage, ...] = ("checkin", *STAGES[3:14])


def interactive(sat: Sitting) -> Iterator[QWidget]:
    """Everything on the page that takes clicks or keys."""
    for kind in (QPushButton, QLineEdit, QCheckBox, QComboBox, QPlainTextEdit):
        for widget in sat.pages.findChildren(kind):
            if widget.isVisible():
                yield widget


@pytest.mark.parametrize("stage", SHOWN)
def test_everything_that_takes_clicks_or_keys_has_a_name(stage: Stage, sit: Sit) -> None:
    sat = sit(desks_at(stage))
    nameless = [
        (type(widget).__name__, widget.objectName())
        for widget in interactive(sat)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize("stage", SHOWN)
def test_robots_find_everything_by_a_name_of_its_own(stage: Stage, sit: Sit) -> None:
    sat = sit(desks_at(stage))
    names = [
        widget.objectName()
        for widget in interactive(sat)
        if widget.property("kind") != "step" and not widget.objectName().startswith("qt_")
    ]
    assert "" not in names
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("stage", SHOWN)
def test_no_text_is_cut_off(stage: Stage, sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at(stage))
    qtbot.wait(60)
    cut = [
        (label.text(), label.size().toTuple(), label.heightForWidth(label.width()))
        for label in sat.pages.findChildren(QLabel)
        if label.isVisible() and label.text() and _cut(label)
    ]
    assert cut == []
    narrow = [
        (button.objectName(), button.text(), button.width(), button.sizeHint().width())
        for button in sat.pages.findChildren(QAbstractButton)
        if button.isVisible() and button.text() and button.width() < button.sizeHint().width() - 1
    ]
    assert narrow == []


def _cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width()) - 1
    return label.width() < label.sizeHint().width() - 1


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_its_page_and_says_the_next_act(stage: Stage, sit: Sit) -> None:
    assert issubclass(member_page(stage), MemberPage)


@pytest.mark.parametrize("stage", SHOWN)
def test_the_next_act_is_always_said(stage: Stage, sit: Sit) -> None:
    sat = sit(desks_at(stage))
    assert sat.says("next-act")
    assert sat.says("stage-waits")
    assert sat.find("stage-waits").isVisible()


def test_once_it_is_over_nothing_is_waited_for(sit: Sit) -> None:
    sat = sit(finished().fork())
    assert "评标已结束" in sat.says("next-act")
    assert not sat.find("stage-waits").isVisible()


def test_a_sync_leaves_the_form_and_the_focus_as_they_are(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    qtbot.waitUntil(lambda: not any(form.building for form in sat.pages.findChildren(BidForm)))
    cards = {id(card) for card in sat.pages.findChildren(ItemCard)}
    entry = sat.find("score-quality")
    entry.setFocus()
    sat.type("score-quality", "1")
    sat.desks.seal_sheets("m2", "m3")
    qtbot.waitUntil(lambda: "等待评委评分个人封存：王建国、赵文博、孙丽华" in sat.says("stage-waits"))
    assert {id(card) for card in sat.pages.findChildren(ItemCard)} == cards
    assert sat.pages.focusWidget() is entry
    assert isinstance(entry, QLineEdit)
    assert entry.text() == "1", "what is being typed stays"


def test_drafts_of_another_seat_appear(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    bidder = desks.bidders[0]
    Expert(desks.desk("m1")).save_score(bidder, "plan", Score("18"))
    sat = sit(desks)
    entry = sat.find("score-plan")
    assert isinstance(entry, QLineEdit)
    qtbot.waitUntil(lambda: entry.text() == "18.0")


def test_rows_keep_what_stays(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = column()
    holder.setLayout(layout)
    make: Callable[[str], QLabel] = QLabel
    rows = Rows(layout, make)
    rows.show(["a", "b", "c"])
    kept = rows["b"]
    rows.show(["c", "b", "d"])
    assert rows["b"] is kept
    assert [layout.indexOf(rows[key]) for key in ("c", "b", "d")] == [0, 1, 2]
    assert layout.count() == 3
    assert rows.get("a") is None


def test_members_are_spoken_of_by_name() -> None:
    desks: Desks = desks_at("price")
    text = by_name(desks.evaluation, Bilingual("等待评委复核：m1、m3。评委m2", "waiting for m1, m3 and m22"))
    assert text.zh == "等待评委复核：王建国、陈志远。评委李慧敏"
    assert re.fullmatch(r"waiting for 王建国, 陈志远 and m22", text.en)


def test_a_shortened_name_ends_a_sentence_with_one_full_stop() -> None:
    class Latin(Desks):
        def key(self, name: str, place: str) -> Pkcs12Key:
            return super().key("Zhou Zhengheng" if place == "m1" else name, place)

    evaluation = Latin().until("pledge").evaluation
    waiting = Bilingual("等待评委：m1。", "Waiting for m1.")
    assert by_name(evaluation, waiting, brief=True).en == "Waiting for Zhou Z."
    assert by_name(evaluation, waiting).en == "Waiting for Zhou Zhengheng."


def test_an_error_of_the_desk_becomes_a_banner(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))

    def fail(desk: object) -> None:
        raise EvalclientError("磁盘已满，请清理后重试。", "The disk is full; make room and try again.")

    sat.live.act(fail)
    qtbot.waitUntil(lambda: bool(sat.pages.banners.shown()))
    assert sat.says("refusal-sentence") == "磁盘已满，请清理后重试。"
    sat.click(qtbot, "refusal-close")
    qtbot.waitUntil(lambda: not sat.pages.banners.shown())
