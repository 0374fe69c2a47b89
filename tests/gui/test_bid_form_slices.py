"""The cards beside a bid are made a few at a time: what is done meanwhile holds for all of them."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import Score
from evalclient.desk.expert import Expert
from evalclient.ui.pages.bid_page import BidPage
from evalclient.ui.pages.seat import SeatPage
from tests.builders.desks import desks_at
from tests.gui.conftest import Sit
from tests.gui.member_room import Sitting, sitting

BOTH = pytest.mark.parametrize("stage", ["preliminary", "scoring"])


def page_of(sat: Sitting) -> BidPage:
    page = sat.pages.page
    assert isinstance(page, BidPage)
    return page


def built(sat: Sitting, qtbot: QtBot) -> BidPage:
    page = page_of(sat)
    qtbot.waitUntil(lambda: not page.form.building)
    return page


class Windows(QObject):
    """Notes whatever is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@BOTH
def test_cards_come_one_after_another_and_all_of_them(qtbot: QtBot, stage: Stage) -> None:
    with sitting(desks_at(stage), "m1") as sat:
        form = page_of(sat).form
        assert form.building
        assert list(form.cards) == list(form.items)[: len(form.cards)]
        with qtbot.waitSignal(form.built):
            sat.pages.show()
        assert list(form.cards) == list(form.items)

        def tops() -> list[int]:
            return [card.y() for card in form.cards.values()]

        qtbot.waitUntil(lambda: tops() == sorted(set(tops())))


@BOTH
def test_nothing_is_a_window_on_its_way_to_its_place(qtbot: QtBot, qapp: QApplication, stage: Stage) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    with sitting(desks_at(stage), "m1") as sat:
        sat.pages.show()
        built(sat, qtbot)
    qapp.removeEventFilter(windows)
    assert windows.shown == ["MemberPages member-pages"]


@BOTH
def test_what_is_asked_for_by_name_is_made_at_once(qtbot: QtBot, stage: Stage) -> None:
    with sitting(desks_at(stage), "m1") as sat:
        sat.pages.show()
        page = page_of(sat)
        last = list(page.form.items)[-1]
        assert last not in page.form.cards
        page.form.focus_item(last)
        assert not page.form.building
        card = page.form.cards[last]
        assert sat.pages.focusWidget() is card.input
        seen = page.form._scroll.viewport()
        qtbot.waitUntil(lambda: 0 <= card.mapTo(seen, card.rect().topLeft()).y() < seen.height())


def test_a_click_and_another_bidder_while_cards_are_made(qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    with sitting(desks, "m1") as sat:
        sat.pages.show()
        page = page_of(sat)
        assert isinstance(page, SeatPage)
        first, second = desks.bidders[:2]
        item = next(iter(page.form.items))
        page.choose(second)
        assert page.form.building
        sat.type(f"score-{item}", "17")
        QTest.keyClick(sat.find(f"score-{item}"), Qt.Key.Key_Return)
        page.choose(first)
        built(sat, qtbot)
        qtbot.waitUntil(
            lambda: sat.live.call(lambda desk: Expert(desk).sheet()).result(10) == {second: {item: Score("17.0")}},
            timeout=15_000,
        )
        assert {card.value for card in page.form.cards.values()} == {""}
        page.choose(second)
        assert page.form.cards[item].value == "17.0"


def test_what_was_drafted_before_stands_on_cards_that_come_late(qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    with sitting(desks, "m1") as sat:
        page = page_of(sat)
        bidder, last = page.bidder, list(page.form.items)[-1]
        value = page.form.items[last].values[0].value if page.form.items[last].values else "1"
        sat.live.call(lambda desk: Expert(desk).save_score(bidder, last, Score(value))).result(10)
        sat.pages.show()
        built(sat, qtbot)
        qtbot.waitUntil(lambda: page.form.cards[last].value == value, timeout=15_000)


def test_the_tab_key_goes_from_card_to_card_and_then_to_the_seal(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("preliminary"))
    page = built(sat, qtbot)
    order: list[str] = []
    widget: QWidget | None = page.form._scroll.nextInFocusChain()
    while widget is not None and widget is not page.form._scroll:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and page.form.isAncestorOf(widget):
            order.append(widget.objectName())
        widget = widget.nextInFocusChain()
    passes = [name for name in order if name.startswith("pass-") and name != "pass-others"]
    assert passes == [f"pass-{item}" for item in page.form.items]
    assert order.index(passes[-1]) < order.index("seal-review")
    assert order.index(passes[0]) < order.index(f"fail-{next(iter(page.form.items))}") < order.index(passes[1])


@BOTH
def test_closing_while_cards_are_made(qtbot: QtBot, stage: Stage) -> None:
    with sitting(desks_at(stage), "m1") as sat:
        sat.pages.show()
        page = page_of(sat)
        assert page.form.building
        sat.pages.hide()
    assert not shiboken6.isValid(page)
    qtbot.wait(1)  # a turn that was due finds nobody


def test_a_sealed_sheet_is_read_only_on_cards_that_come_late(qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    with sitting(desks, "m1") as sat:
        page = page_of(sat)
        page.form.set_read_only(True)
        assert page.form.building
        sat.pages.show()
        built(sat, qtbot)
        assert all(not card.input.isEnabled() or card.input.isReadOnly() for card in page.form.cards.values())
