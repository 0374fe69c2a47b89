"""The seat on a real desk: scoring by keyboard, what is asked for, what is saved and received, the seal."""

from __future__ import annotations

from functools import lru_cache, partial

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.views import seal_by
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.scored import items_of
from evalclient.core.records.acts_committee import Score
from evalclient.desk.expert import Expert
from evalclient.ui.pages.draft_mark import DraftMark
from evalclient.ui.pages.item_card import ItemCard
from evalclient.ui.pages.seat import SeatPage
from tests.builders.desks import Desks, desks_at
from tests.builders.documents import documents_of, method_of
from tests.gui.conftest import Sit
from tests.gui.member_room import Sitting


def seat_of(sat: Sitting) -> SeatPage:
    page = sat.pages.page
    assert isinstance(page, SeatPage)
    return page


def drafted(sat: Sitting) -> dict[str, dict[str, Score]]:
    """The sheet as the desk would seal it now, in the desk lane."""
    return sat.live.call(lambda desk: Expert(desk).sheet()).result(10)


def press(sat: Sitting, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, to whatever has the focus."""
    focused: QWidget | None = sat.pages.focusWidget()
    QTest.keyClick(sat.pages if focused is None else focused, key, modifier)


def type_keys(sat: Sitting, text: str) -> None:
    target = sat.pages.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)


def mark_of(sat: Sitting, item: str) -> DraftMark:
    card = sat.find(f"item-{item}")
    assert isinstance(card, ItemCard)
    return card.mark


def shows(page: SeatPage, bidder: str) -> bool:
    return page.bidder == bidder


def moved_on(sat: Sitting, item: str) -> bool:
    return not sat.pages.focusWidget().objectName().startswith(f"score-{item}")


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_whole_sheet_by_keyboard_alone(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    page = seat_of(sat)
    wanted = {"plan": "15", "quality": "12.5", "service": "9", "record": "10", "standing": "4"}
    press(sat, Qt.Key.Key_M, CONTROL)
    for bidder in sat.desks.bidders[:5]:
        qtbot.waitUntil(partial(shows, page, bidder))
        for item, value in wanted.items():
            focused = sat.pages.focusWidget()
            assert focused is not None
            assert focused.objectName().startswith(f"score-{item}"), (bidder, item, focused.objectName())
            type_keys(sat, value)
            press(sat, Qt.Key.Key_Return)
            if item != "standing":
                qtbot.waitUntil(partial(moved_on, sat, item))
        press(sat, Qt.Key.Key_M, CONTROL)
    sat.wait(qtbot, lambda: drafted(sat).keys() == set(sat.desks.bidders[:5]))
    for scores in drafted(sat).values():
        assert {item: score.value for item, score in scores.items()} == wanted | {"plan": "15.0", "service": "9.0"}
    sat.find("seal-sheet").setFocus()
    press(sat, Qt.Key.Key_Space)
    qtbot.waitUntil(sat.find("confirm-seal").isVisible)
    press(sat, Qt.Key.Key_Tab)
    press(sat, Qt.Key.Key_Space)
    sat.wait(qtbot, lambda: seal_by(sat.live.evaluation, "m1", "sheet.sealed") is not None)


def test_control_and_arrows_go_through_the_bidders(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    page = seat_of(sat)
    bidders = sat.desks.bidders
    assert page.bidder == bidders[0]
    press(sat, Qt.Key.Key_Down, CONTROL)
    press(sat, Qt.Key.Key_Down, CONTROL)
    assert page.bidder == bidders[2]
    press(sat, Qt.Key.Key_Up, CONTROL)
    assert page.bidder == bidders[1]


def test_what_is_typed_goes_to_the_bidder_it_was_typed_for(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    sat.type("score-plan", "17")
    press(sat, Qt.Key.Key_Down, CONTROL)
    first, second = sat.desks.bidders[:2]
    sat.wait(qtbot, lambda: first in drafted(sat))
    assert drafted(sat) == {first: {"plan": Score("17.0")}}
    assert second not in drafted(sat)
    entry = sat.find("score-plan")
    assert isinstance(entry, QLineEdit)
    assert entry.text() == ""


def test_full_width_digits_are_digits(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    sat.type("score-quality", "１２。５")
    press(sat, Qt.Key.Key_Return)
    sat.wait(qtbot, lambda: sat.desks.bidders[0] in drafted(sat))
    assert drafted(sat)[sat.desks.bidders[0]]["quality"].value == "12.5"


def test_a_score_out_of_range_or_off_step_is_not_saved_and_says_why(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    for typed, sentence in (("21", "超出范围"), ("7.3", "不符合评分步长")):
        entry = sat.find("score-plan")
        assert isinstance(entry, QLineEdit)
        entry.clear()
        sat.type("score-plan", typed)
        press(sat, Qt.Key.Key_Return)
        card = sat.find("item-plan")
        assert any(sentence in label.text() for label in card.findChildren(QLabel) if label.isVisible())
    qtbot.wait(700)
    assert drafted(sat) == {}


def test_saved_here_then_received_by_the_centre(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    sat.type("score-plan", "15")
    press(sat, Qt.Key.Key_Return)
    sat.wait(qtbot, lambda: mark_of(sat, "plan").mark == "saved")
    assert mark_of(sat, "plan").text() == "已存本机"
    assert mark_of(sat, "quality").text() == "待评分"
    sat.desks.share()
    sat.wait(qtbot, lambda: mark_of(sat, "plan").mark == "received")
    assert mark_of(sat, "plan").text() == "中心已收"


@lru_cache
def strict_desks() -> Desks:
    """An evening whose method asks for a reason below sixty per cent."""
    method: Method = method_of("construction")
    sections = tuple(
        msgspec.structs.replace(
            section, items=tuple(msgspec.structs.replace(item, reason_below="0.6") for item in section.items)
        )
        for section in method.sections
    )
    strict = msgspec.structs.replace(method, sections=sections)
    return Desks("construction", documents=documents_of("construction", method=strict)).until("scoring")


def test_a_low_score_asks_for_its_reason(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(strict_desks().fork())
    sat.type("score-plan", "5")
    press(sat, Qt.Key.Key_Return)
    reason = sat.find("reason-plan")
    qtbot.waitUntil(reason.isVisible)
    qtbot.waitUntil(lambda: mark_of(sat, "plan").text() == "需写理由")
    sat.type("reason-plan", "进度安排不合理")
    qtbot.waitUntil(lambda: mark_of(sat, "plan").text() in ("已存本机", "保存中"), timeout=5_000)
    sat.wait(qtbot, lambda: drafted(sat)[sat.desks.bidders[0]]["plan"].reason == "进度安排不合理")


def test_an_unfinished_sheet_cannot_be_sealed_and_says_what_is_missing(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    button = sat.find("seal-sheet")
    assert not button.isEnabled()
    assert "还缺 25 项" in sat.says("seal-sheet-hint")
    assert "招标投标法 第四十条" in button.toolTip()


def test_practice_fills_the_rest_and_says_so_in_the_log(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    sat.type("score-plan", "20")
    press(sat, Qt.Key.Key_Return)
    sat.click(qtbot, "practice-fill")
    sat.wait(qtbot, lambda: sat.find("seal-sheet").isEnabled())
    assert sat.live.evaluation.practice_fills == (("m1", "score"),)
    sheet = drafted(sat)
    assert sheet[sat.desks.bidders[0]]["plan"].value == "20.0", "what was given stays"
    assert all(len(scores) == len(items_of(sat.live.evaluation.method)) for scores in sheet.values())


def test_no_fill_outside_practice(sit: Sit) -> None:
    sat = sit(Desks("construction", practice=False).until("scoring"))
    assert not sat.find("practice-fill").isVisible()


def test_the_seal_lists_totals_and_can_be_taken_back_until_all_have_sealed(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    sat.click(qtbot, "practice-fill")
    sat.click(qtbot, "seal-sheet")
    panel = sat.find("confirm-seal")
    totals = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert all(bid in totals for bid in ("云南建投第三建设有限公司", "昆明春城建筑工程有限公司"))
    sat.click(qtbot, "confirm-seal-yes")
    qtbot.waitUntil(sat.find("sealed-sheet").isVisible, timeout=10_000)
    assert not sat.find("seal-sheet").isVisible()
    sat.click(qtbot, "withdraw-sheet")
    sat.wait(qtbot, lambda: seal_by(sat.live.evaluation, "m1", "sheet.sealed") is None)
    qtbot.waitUntil(sat.find("seal-sheet").isVisible)
    assert sat.find("seal-sheet").isEnabled(), "the drafts are still there"


def test_after_all_have_sealed_nothing_can_be_taken_back(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    desks.seal_sheets("m1", "m2", "m3", "m4", "m5")
    sat = sit(desks)
    assert not sat.find("withdraw-sheet").isVisible()
    assert "同时公开" in " ".join(sat.texts())


def test_nothing_of_a_colleague_is_shown_before_all_have_sealed(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    change = {("m2", desks.bidders[0], "plan"): "3.5"}
    desks.seal_sheets("m2", "m3", change=change)
    sat = sit(desks)
    sat.click(qtbot, "peek-m2")
    qtbot.waitUntil(lambda: bool(sat.pages.banners.shown()))
    assert "尚未封存自己的评审内容" in sat.says("refusal-sentence")
    assert sat.says("refusal-article") == "招标投标法 第四十四条"
    assert not any("3.5" in text for text in sat.texts())
    assert all(seal.content is None for seal in sat.live.evaluation.seals.values() if seal.kind == "sheet.sealed")
    desks.windows.pop("m1")
    desks.seal_sheets("m1", "m4", "m5")
    sat.desks.attend("m1", sat.live)
    sat.desks.share()
    sat.wait(qtbot, lambda: sat.live.evaluation.seals and not any(
        seal.content is None for seal in sat.live.evaluation.seals.values() if seal.kind == "sheet.sealed"
    ))  # fmt: skip
    sat.click(qtbot, "peek-m2")
    qtbot.waitUntil(lambda: any("3.5" in text for text in sat.texts()), timeout=5_000)
