"""From differing scores to the signed report on real desks: through the widgets, refusals with their article."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.results import bids_in_scoring, differences, flags, tally_result
from evalclient.core.evaluation.views import correction_of, scores
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.flag import Flag
from evalclient.core.records.acts_committee import ScoreMaintained
from evalclient.core.records.fields import Bilingual
from evalclient.ui.pages.recheck import FlagCard
from evalclient.ui.texts import languages
from tests.builders.desks import Desks, desks_at
from tests.builders.documents import documents_of, method_of
from tests.builders.shared_log import MEMBERS
from tests.gui.conftest import Sit
from tests.gui.member_room import Sitting


def with_differences() -> Desks:
    """m1 and m3 stand alone, each with one objective score."""
    desks = desks_at("scoring")
    change = {("m1", desks.bidders[0], "record"): "0", ("m3", desks.bidders[1], "standing"): "0"}
    desks.seal_sheets("m1", "m2", "m3", "m4", "m5", change=change)
    desks.close()
    return desks


def test_an_objective_difference_is_corrected_with_a_reason(sit: Sit, qtbot: QtBot) -> None:
    desks = with_differences()
    sat = sit(desks)
    assert "1 项不一致" in sat.says("next-act"), "the other one is not his to answer yet"
    right = differences(sat.live.evaluation)[0].values["m2"]
    sat.click(qtbot, f"new-difference-1-{right}")
    assert not sat.find("correct-difference-1").isEnabled()
    sat.type("reason-difference-1", "业绩合同第 12 页")
    sat.click(qtbot, "correct-difference-1")
    sat.wait(qtbot, lambda: len(differences(sat.live.evaluation)) == 1)
    made = correction_of(sat.live.evaluation, "m1", desks.bidders[0], "record")
    assert made is not None
    assert (made.old, made.new) == ("0", right)


def test_a_kept_score_asks_the_others_too(sit: Sit, qtbot: QtBot) -> None:
    desks = with_differences()
    act = ScoreMaintained(bidder=desks.bidders[1], item="standing", reason="证书已过期")
    desks.desk("m3").do(act)
    desks.share()
    sat = sit(desks)
    assert "2 项不一致" in sat.says("next-act")
    sat.type("reason-difference-2", "证书有效")
    sat.click(qtbot, "keep-difference-2")
    sat.wait(qtbot, lambda: correction_of(sat.live.evaluation, "m1", desks.bidders[1], "standing") is not None)


def test_the_price_sheet_shows_each_step_and_is_confirmed(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("price"))
    shown = " ".join(sat.texts())
    result = tally_result(sat.live.evaluation)
    assert result.price is not None
    for score in result.price.scores.values():
        assert score in shown
    assert "9,000,000" in shown
    assert "÷" in shown
    sat.click(qtbot, "confirm-price")
    sat.wait(qtbot, lambda: "m1" in sat.live.evaluation.price_confirmed)
    assert "请等候其他评委" in sat.says("next-act")


def test_only_the_leader_sums_up(sit: Sit) -> None:
    other = sit(desks_at("summary"), "m2")
    assert not other.find("sum-up").isVisible()
    assert "等待组长汇总" in other.says("next-act")


def test_the_summary_says_why_a_bid_is_out_that_the_method_itself_rejects(sit: Sit, qtbot: QtBot) -> None:
    method = method_of("construction")
    limited = msgspec.structs.replace(
        method, thresholds=msgspec.structs.replace(method.thresholds, ceiling_price="9400000")
    )
    sat = sit(Desks(documents=documents_of("construction", method=limited)).until("summary"), "m2")
    said = next(text for text in sat.texts() if "否决投标" in text)
    assert "报价高于最高投标限价 9400000" in said
    languages().show("en")
    qtbot.waitUntil(lambda: any("above the ceiling price 9400000" in text for text in sat.texts()), timeout=20_000)
    languages().show("zh")


def sum_up(sat: Sitting, qtbot: QtBot) -> None:
    """The leader sums up and ends the stage."""
    table = [text for text in sat.texts() if "云南建投" in text]
    assert table
    sat.click(qtbot, "sum-up")
    sat.wait(qtbot, lambda: sat.live.evaluation.summary)
    sat.click(qtbot, "close-stage")
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "recheck")


def test_the_leader_goes_from_summary_to_the_signed_report_by_clicks(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("summary")
    sat = sit(desks)
    sum_up(sat, qtbot)
    desks.share()
    desks.recheck("m2", "m3", "m4", "m5")
    number = 1
    while sat.pages.findChild(QAbstractButton, f"checked-{number}") is not None:
        sat.click(qtbot, f"checked-{number}")
        number += 1
    sat.click(qtbot, "submit-recheck")
    sat.click(qtbot, "close-stage")
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "candidates")
    sat.click(qtbot, "recommend")
    sat.wait(qtbot, lambda: sat.live.evaluation.candidates)
    sat.click(qtbot, "close-stage")
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "report")
    desks.share()
    sat.click(qtbot, "render-report")
    sat.wait(qtbot, lambda: sat.live.evaluation.report is not None)
    desks.share()
    sat.wait(qtbot, lambda: "逐字节一致" in " ".join(sat.texts()))
    sat.click(qtbot, "sign-report")
    sat.wait(qtbot, lambda: "m1" in sat.live.evaluation.report.signed)  # type: ignore[union-attr]
    desks.share()
    sat.wait(qtbot, lambda: [person for person, _ in sat.live.evaluation.report.stamps] == ["m1"])  # type: ignore[union-attr]
    assert "已签署并盖章" in sat.texts()


def test_a_score_in_an_abnormal_total_is_chosen_and_corrected(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    bidder = bids_in_scoring(desks.evaluation)[0].bidder
    desks.seal_sheets(*MEMBERS, change={("m1", bidder, item): "2" for item in ("plan", "quality", "service")})
    desks.close()
    sat = sit(desks.until("recheck"))
    flagged = [flag.id for flag in flags(sat.live.evaluation)]
    number = flagged.index(f"deviation/m1/{bidder}") + 1
    items = sat.find(f"item-{number}", QComboBox)
    assert isinstance(items, QComboBox)
    assert items.isVisible()
    assert items.count() == len(items_of(sat.live.evaluation.method))
    items.setCurrentIndex(items.findData("quality"))
    sat.wait(qtbot, lambda: sat.find(f"new-flag-{number}").isVisible())
    sat.type(f"new-flag-{number}", "9")
    sat.type(f"reason-flag-{number}", "漏看第三章的质量措施")
    sat.click(qtbot, f"correct-flag-{number}")
    sat.wait(qtbot, lambda: scores(sat.live.evaluation)["m1"][bidder]["quality"] == "9")
    assert scores(sat.live.evaluation)["m1"][bidder]["plan"] == "2"
    sat.click(qtbot, "sum-up-again")
    sat.wait(qtbot, lambda: sat.live.evaluation.summary)


def test_a_score_out_of_range_is_corrected_before_anything_else(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    bidder = bids_in_scoring(desks.evaluation)[-1].bidder
    desks.seal_sheets(*MEMBERS, change={("m1", bidder, "plan"): "999"})
    desks.close()
    sat = sit(desks.until("recheck"))
    assert "请先更正您超出评分标准范围的评分" in sat.says("next-act")
    assert not sat.find("checked-1").isVisible()
    assert not sat.find("submit-recheck").isEnabled()
    sat.type("new-flag-1", "16")
    sat.type("reason-flag-1", "录入错误")
    sat.click(qtbot, "correct-flag-1")
    sat.wait(qtbot, lambda: not any(flag.kind == "range" for flag in flags(sat.live.evaluation)))
    sat.click(qtbot, "sum-up-again")
    sat.wait(qtbot, lambda: sat.live.evaluation.summary)
    assert "复核提示" in sat.says("next-act") or "请核对汇总结果" in sat.says("next-act")


def test_a_flag_says_whose_mean_its_number_is(sit: Sit) -> None:
    desks = desks_at("recheck")
    sat = sit(desks)
    card = Flag("low_price/x", "low_price", "某条", Bilingual("低价", "low"), {"others' mean": "9000000"}, ("m1",))
    abnormal = msgspec.structs.replace(card, id="deviation/m1/x", kind="deviation", asked=())
    assert "其他投标人平均报价 9,000,000" in FlagCard(sat.live, card, 8)._facts()
    assert "其他评委平均分 9,000,000" in FlagCard(sat.live, abnormal, 9)._facts()


def test_a_dissent_needs_its_reason(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("report")
    sat = sit(desks)
    sat.click(qtbot, "render-report")
    sat.wait(qtbot, lambda: sat.live.evaluation.report is not None)
    desks.share()
    sat.wait(qtbot, lambda: sat.find("sign-report").isEnabled())
    box = sat.find("dissent", QCheckBox)
    assert isinstance(box, QCheckBox)
    box.setChecked(True)
    assert not sat.find("sign-report").isEnabled()
    assert "招标投标法实施条例 第五十三条" in sat.says("sign-report-hint")
    field = sat.find("dissent-reason", QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("对第二名的技术评分有不同意见")
    sat.click(qtbot, "sign-report")
    sat.wait(qtbot, lambda: "m1" in sat.live.evaluation.report.signed)  # type: ignore[union-attr]
    report = sat.live.evaluation.report
    assert report is not None
    assert report.signed["m1"].dissent == "对第二名的技术评分有不同意见"
