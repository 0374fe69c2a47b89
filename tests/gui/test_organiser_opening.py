"""The organiser opens the bids at his page: shares, fetching, reading out, failures, qualification."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from evalclient.core.records.fields import Bilingual
from evalclient.ui.live import Refusal
from tests.builders.desks import Desks
from tests.builders.opening import handed_in, released
from tests.gui.conftest import SitOffice
from tests.gui.organiser_hand import choose, go, put


def test_no_bid_is_opened_before_the_deadline(sit_office: SitOffice) -> None:
    desks = Desks()
    desks.appoint()
    sat = sit_office(desks, "organiser")
    assert "等候投标截止" in sat.says("next-act")
    go(sat, "opening")
    assert not sat.find("fetch-bids").isEnabled()
    assert "招标投标法实施条例 第四十一条" in sat.says("opening-waits")


def test_shares_are_counted_and_fetching_can_be_stopped_and_goes_on(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = handed_in()
    sat = sit_office(desks, "organiser")
    go(sat, "opening")
    first = desks.bidders[0][-8:]
    assert sat.find(f"shares-{first}").accessibleName() == "保管方份额 0/3（需 2）"
    sat.bids.held = True
    sat.click(qtbot, "fetch-bids")
    assert any("正在取回第 1/6 份" in text for text in sat.texts())
    sat.click(qtbot, "cancel-fetch")
    assert sat.bids.cancelled == 1
    sat.bids.held, sat.bids.fails = False, Refusal(Bilingual("网络中断。", "The line is down."))
    sat.click(qtbot, "retry-fetch")
    assert "网络中断。" in sat.texts()
    sat.bids.fails = None
    sat.click(qtbot, "retry-fetch")
    assert any("摘要与日志一致" in text for text in sat.texts())
    assert "6 份投标文件的解密份额不足" in sat.says("opening-waits")


def test_names_and_prices_are_read_checked_and_recorded_with_failure_and_objection(
    sit_office: SitOffice, qtbot: QtBot
) -> None:
    desks = released()
    sat = sit_office(desks, "organiser")
    go(sat, "opening")
    sat.click(qtbot, "fetch-bids")
    sat.click(qtbot, "read-bids")
    sat.wait(qtbot, lambda: sat.find("record-opening").isVisible())
    assert {desks.names[0], "9,000,000 元", "工期 300 日历天　质量 合格"} <= sat.texts()
    sixth = desks.bidders[5][-8:]
    box = sat.find(f"failure-{sixth}", QComboBox)
    assert isinstance(box, QComboBox)
    assert box.currentData() == "revoked"
    assert box.findData("opened") == -1, "what was not read cannot be recorded as opened"
    put(qtbot, sat, f"failure-note-{sixth}", "")
    assert "电子招标投标办法 第三十一条" in sat.says("record-opening-hint")
    put(qtbot, sat, f"failure-note-{sixth}", "投标人未在规定时间内提交解密份额")
    sat.click(qtbot, "objection-add")
    assert "招标投标法实施条例 第四十四条" in sat.says("record-opening-hint")
    put(qtbot, sat, "objection-by-1", desks.names[1])
    put(qtbot, sat, "objection-text-1", "第一家投标人报价唱标有误")
    put(qtbot, sat, "objection-answer-1", "经核对报价无误")
    sat.click(qtbot, "record-opening")
    sat.wait(qtbot, lambda: sat.live.evaluation.opening is not None)
    opening = sat.live.evaluation.opening
    assert opening is not None
    assert [line.price for line in opening.bids][:2] == ["9000000", "9200000"]
    assert (opening.bids[5].failure, opening.bids[5].note) == ("revoked", "投标人未在规定时间内提交解密份额")
    assert opening.objections[0].answer == "经核对报价无误"
    assert not sat.find("record-opening").isVisible()
    sat.click(qtbot, "correct-opening")
    choose(sat, f"failure-{sixth}", "withdrawn")
    sat.click(qtbot, "record-opening")
    sat.wait(qtbot, lambda: sat.live.evaluation.bids[desks.bidders[5]].opened.failure == "withdrawn")  # type: ignore[union-attr]


def test_a_copy_that_has_decayed_here_revokes_no_bid_and_is_fetched_again(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = released()
    sat = sit_office(desks, "organiser")
    go(sat, "opening")
    first = sat.live.evaluation.bids[desks.bidders[0]].package
    whole = sat.bids.packages
    sat.bids.packages = {**whole, first: bytes(200) + whole[first][200:]}
    sat.click(qtbot, "fetch-bids")
    sat.click(qtbot, "read-bids")
    sat.wait(qtbot, lambda: sat.pages.findChild(QLabel, "refusal-sentence") is not None)
    assert "重新下载" in sat.says("refusal-sentence")
    assert not sat.find("record-opening").isVisible()
    sat.bids.packages = whole
    sat.click(qtbot, "fetch-bids")
    sat.click(qtbot, "read-bids")
    sat.wait(qtbot, lambda: sat.find("record-opening").isVisible())


def test_a_package_that_the_centre_does_not_hold_keeps_no_other_bid_shut(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = released()
    sat = sit_office(desks, "organiser")
    go(sat, "opening")
    first = sat.live.evaluation.bids[desks.bidders[0]].package
    sat.bids.packages = {name: data for name, data in sat.bids.packages.items() if name != first}
    sat.click(qtbot, "fetch-bids")
    assert any("评标中心没有其余 1 份" in text for text in sat.texts())
    sat.click(qtbot, "read-bids")
    sat.wait(qtbot, lambda: sat.find("record-opening").isVisible())
    sat.click(qtbot, "record-opening")
    sat.wait(qtbot, lambda: sat.live.evaluation.opening is not None)
    opening = sat.live.evaluation.opening
    assert opening is not None
    assert [line.failure for line in opening.bids] == ["withdrawn", "", "", "", "", "revoked"]
    assert opening.bids[0].note == "评标中心没有这份文件。"


def test_qualification_needs_a_reason_for_each_fail(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = Desks("procurement")
    desks.open_bids()
    second = desks.bidders[1]
    sat = sit_office(desks, "organiser")
    go(sat, "opening")
    sat.click(qtbot, f"qualify-fail-{second[-8:]}")
    assert "87号令 第四十四条" in sat.says("record-qualification-hint")
    put(qtbot, sat, f"qualify-reason-{second[-8:]}", "营业执照已注销")
    sat.click(qtbot, "record-qualification")
    sat.wait(qtbot, lambda: sat.live.evaluation.bids[second].qualified is False)
    assert sat.live.evaluation.bids[second].qualification_reason == "营业执照已注销"
