"""What holds on a member's page at any stage: who ends it, roll-back, the page that follows."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from evalclient.desk.expert import Expert
from tests.builders.desks import desks_at
from tests.gui.conftest import Sit


def test_the_leader_cannot_end_a_stage_before_its_time_and_is_told_by_name(sit: Sit) -> None:
    desks = desks_at("scoring")
    desks.seal_sheets("m2", "m3")
    sat = sit(desks)
    assert not sat.find("close-stage").isEnabled()
    waits = sat.says("stage-waits")
    assert "王建国、赵文博、孙丽华" in waits
    assert "招标投标法 第四十四条" in waits
    assert waits == sat.find("close-stage").toolTip()


def test_only_the_leader_may_end_a_stage(sit: Sit) -> None:
    assert not sit(desks_at("scoring"), "m2").find("close-stage").isVisible()


def test_a_roll_back_is_requested_with_its_ground(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    sat.click(qtbot, "other-matters")
    assert not sat.find("request-rollback").isEnabled()
    sat.type("rollback-ground", "初步评审漏看一份补遗")
    sat.click(qtbot, "request-rollback")
    sat.wait(qtbot, lambda: sat.live.evaluation.rollback)
    assert list(sat.live.evaluation.rollback.values()) == [("preliminary", "初步评审漏看一份补遗")]


def test_the_page_follows_the_stage(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("price")
    sat = sit(desks, "m2")
    sat.click(qtbot, "confirm-price")
    sat.wait(qtbot, lambda: "m2" in sat.live.evaluation.price_confirmed)
    desks.share()
    for person in ("m1", "m3", "m4", "m5"):
        Expert(desks.desk(person)).confirm_price()
    desks.close()
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "summary")
    sat.wait(qtbot, lambda: sat.pages.findChild(QTableView, "summary-table") is not None)
