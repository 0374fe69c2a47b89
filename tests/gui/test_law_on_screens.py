"""What stands on a member's, the organiser's and the supervisor's screen is the law of the trade, never the other's."""

from __future__ import annotations

import re

import pytest

from evalclient.core.records.act import Stage, Trade
from tests.builders.desks import desks_at
from tests.gui.conftest import Sit, SitOffice

FOREIGN: dict[Trade, re.Pattern[str]] = {
    "construction": re.compile("87号|第87号|政府采购法|政府采购法实施条例"),
    "procurement": re.compile("12号令|招标投标法实施条例|评标委员会和评标方法暂行规定"),
}
CITED = re.compile("第[一二三四五六七八九十百]+条")


@pytest.mark.parametrize("trade", ["construction", "procurement"])
@pytest.mark.parametrize("stage", ["checkin", "leader", "summary"])
def test_screens_cite_the_law_of_the_trade(sit: Sit, sit_office: SitOffice, stage: Stage, trade: Trade) -> None:
    desks = desks_at(stage, trade)
    shown: set[str] = set()
    for person in ("m1", "m2"):
        sat = sit(desks, person)
        shown |= sat.texts()
    for office in ("organiser", "supervisor"):
        seat = sit_office(desks, office)
        shown |= seat.texts()
    assert any(CITED.search(text) for text in shown)
    assert not [text for text in shown if FOREIGN[trade].search(text)]
