"""The leader records an arithmetic correction on the price page; the others see it and confirm the calculation anew."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.results import tally_result
from evalclient.ui.widgets.line_field import LineField
from tests.builders.desks import desks_at
from tests.gui.conftest import Sit


def test_a_price_is_corrected_by_the_leader_and_seen_by_all(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("price").fork()
    leader = desks.evaluation.leader
    bidder = desks.bidders[0]
    sat = sit(desks, leader)
    button = sat.find("correct-price")
    assert not button.isEnabled()
    sat.type("correct-amount", "１２００．５")
    sat.type("correct-reason", "单价合计与总价不一致")
    assert not button.isEnabled()
    sat.type("correct-statement", "投标人书面确认")
    qtbot.waitUntil(button.isEnabled)
    before = tally_result(sat.live.evaluation).line(bidder)
    sat.click(qtbot, "correct-price")
    sat.wait(qtbot, lambda: bidder in sat.live.evaluation.price_corrected)
    qtbot.waitUntil(lambda: "+1,200.5 元（单价合计与总价不一致）" in " ".join(sat.texts()))
    amount = sat.find("correct-amount")
    assert isinstance(amount, LineField)
    assert amount.value == ""
    assert "9,001,200.5" in " ".join(sat.texts())
    after = tally_result(sat.live.evaluation).line(bidder)
    assert (before.corrected, after.corrected is not None) == (None, True)
    desks.share()
    other = next(person for person in desks.members if person != leader)
    sat = sit(desks, other)
    assert "单价合计与总价不一致" in " ".join(sat.texts())
    assert not sat.find("correct-price").isVisible()
