"""A draw on screens: a member and the supervisor take part by a click, everybody sees who has and what was drawn."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

import pytest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.drawing import DRAWN_IN, drawings, drawn, is_drawn, share_by
from evalclient.core.records.act import DrawTime
from evalclient.desk.outsiders import ShareHolder
from evalclient.ui.pages.price import PricePage
from evalclient.ui.pages.readiness import standing
from evalclient.ui.pages.spread import SpreadPanel
from evalclient.ui.widgets.chip import Chip
from tests.builders.desks import Desks
from tests.builders.drawing import draw, drawing_documents
from tests.gui.conftest import Sit, SitOffice
from tests.gui.looking import data_of, look_at_dialog, shown_in
from tests.gui.member_room import Hand, Sitting, in_both_languages

OTHERS = ("m2", "m3", "m4", "m5", "supervisor")


@lru_cache
def _desks_at(when: DrawTime) -> Desks:
    return Desks(documents=drawing_documents()).until(DRAWN_IN[when])


def desks_at(when: DrawTime) -> Desks:
    return _desks_at(when).fork()


def chip(sat: Hand, person: str) -> tuple[str, str]:
    found = sat.find(f"draw-{person}", Chip)
    assert isinstance(found, Chip)
    return found.text(), found.tone


def test_a_member_takes_part_and_then_sees_prices(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("after_review")
    sat: Sitting = sit(desks)
    assert isinstance(sat.pages.page, PricePage)
    assert "请参与随机抽取" in sat.says("next-act")
    assert "等待参与抽取：全体评委、行政监督" in sat.says("stage-waits")
    assert not sat.find("confirm-price").isEnabled()
    assert "下浮率" in sat.says("draw-what")
    assert not sat.find("price-scores").isVisible()
    assert not sat.find("correct-bidder").isVisible()
    in_both_languages(qtbot, lambda: sat.says("take-part"), "参与抽取", "Take part")
    sat.click(qtbot, "take-part")
    sat.wait(qtbot, lambda: share_by(sat.live.evaluation, "m1", "after_review") is not None)
    sat.wait(qtbot, lambda: not sat.find("take-part").isVisible())
    assert (chip(sat, "m1")[1], chip(sat, "supervisor")) == ("primary", ("行政监督", "neutral"))
    assert "请等候其他各方" in sat.says("next-act")
    member = sat.live.evaluation.members
    assert (standing(sat.live.evaluation, member["m1"]), standing(sat.live.evaluation, member["m2"])) == ("done", "due")
    draw(desks, *OTHERS)
    sat.wait(qtbot, lambda: is_drawn(sat.live.evaluation, "after_review"))
    reduction = drawn(sat.live.evaluation)["reduction"]
    sat.wait(qtbot, lambda: sat.find("drawn").isVisible())
    assert sat.says("drawn").endswith(f"：{reduction}")
    assert sat.find("price-scores").isVisible()
    assert sat.find("correct-bidder").isVisible()
    assert {chip(sat, person)[1] for person in ("m1", *OTHERS)} == {"ok"}
    sat.click(qtbot, "confirm-price")
    sat.wait(qtbot, lambda: "m1" in sat.live.evaluation.price_confirmed)


@pytest.mark.parametrize("when", ["opening", "before_review"])
def test_a_draw_stands_on_the_page_of_its_stage(sit: Sit, qtbot: QtBot, when: DrawTime) -> None:
    desks = desks_at(when)
    sat: Sitting = sit(desks, "m4")
    sat.click(qtbot, "take-part")
    draw(desks)
    sat.wait(qtbot, lambda: is_drawn(sat.live.evaluation, when) and sat.find("drawn").isVisible())
    (one,) = [one for one in drawings(sat.live.evaluation) if one.draw.when == when]
    assert one.draw.title.zh in sat.says("drawn")
    if when == "opening":
        assert isinstance(one.result, dict)
        first = next(bidder for bidder, place in one.result.items() if place == "1")
        assert f"1. {sat.live.evaluation.bids[first].opened.name}" in sat.says("drawn")  # type: ignore[union-attr]


def test_the_supervisor_takes_part_and_can_replay(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = desks_at("after_review")
    sat = sit_office(desks, "supervisor")
    assert "请参与随机抽取" in sat.says("next-act")
    chart = _shown_among_the_sheets(sat)
    assert not chart.isVisible()
    draw(desks)
    sat.find("section-watch", QAbstractButton).click()  # type: ignore[attr-defined]
    sat.click(qtbot, "take-part")
    sat.wait(qtbot, lambda: share_by(sat.live.evaluation, "supervisor", "after_review") is not None)
    desks.share()
    sat.wait(qtbot, lambda: is_drawn(sat.live.evaluation, "after_review"))
    assert chart is _shown_among_the_sheets(sat)
    assert chart.isVisible()
    sat.find("section-watch", QAbstractButton).click()  # type: ignore[attr-defined]
    assert len(sat.says("drawn").splitlines()) == 3
    sat.click(qtbot, "draw-again")
    sat.wait(qtbot, lambda: sat.pages.findChild(QPlainTextEdit, "draw-text") is not None)
    shown = sat.find("draw-text", QPlainTextEdit)
    assert isinstance(shown, QPlainTextEdit)
    for one in drawings(sat.live.evaluation):
        assert (one.text or "?") in shown.toPlainText()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_to_draw_again_has_room_at_every_text_size(sit: Sit, qtbot: QtBot, language: str) -> None:
    desks = desks_at("after_review")
    draw(desks, "m1", *OTHERS)
    with shown_in(language):
        sat: Sitting = sit(desks)
        sat.wait(qtbot, lambda: sat.find("draw-again").isVisible())
        sat.click(qtbot, "draw-again")
        dialog = sat.find("draw-panel")
        look_at_dialog(dialog, language, data_of(desks, sat.live), qtbot)


def _shown_among_the_sheets(sat: Hand) -> SpreadPanel:
    """The chart beside the sheets: it needs the result, and so the draw."""
    sat.find("section-sheets", QAbstractButton).click()  # type: ignore[attr-defined]
    found = sat.pages.findChild(SpreadPanel)
    assert isinstance(found, SpreadPanel)
    return found


def test_the_organiser_sees_it_and_asks_for_a_silent_members_share(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = desks_at("after_review")
    draw(desks, "m4")
    desks._desks.pop("m4")
    draw(desks, "m1", *(person for person in OTHERS if person != "m4"))
    sat = sit_office(desks, "organiser")
    sat.find("section-course").click()  # type: ignore[attr-defined]
    assert not sat.find("take-part").isVisible()
    sat.wait(qtbot, lambda: chip(sat, "m1")[1] == "ok")
    assert chip(sat, "m4")[1] == "primary"
    desks.clock.moment += timedelta(minutes=11)
    sat.type("recovery-ground", "评委终端损坏")
    sat.click(qtbot, "request-recovery")
    sat.wait(qtbot, lambda: bool(sat.live.evaluation.recovery))
    desks.share()
    record = next(iter(sat.live.evaluation.recovery))
    for keeper in ("recovery-1", "recovery-2"):
        ShareHolder(desks.desk(keeper)).release_recovery(record)
        desks.share()
    sat.wait(qtbot, lambda: is_drawn(sat.live.evaluation, "after_review"))
    sat.wait(qtbot, lambda: chip(sat, "m4")[1] == "ok")
