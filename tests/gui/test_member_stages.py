"""The member's pages from pledge to report on real desks: acts through the widgets, refusals with their article."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.results import bids_in_scoring, differences, flags, tally_result
from evalclient.core.evaluation.views import correction_of, scores, seal_by
from evalclient.core.method.flag import Flag
from evalclient.core.method.sheets import items_of
from evalclient.core.records.acts_committee import Opinion, ScoreMaintained
from evalclient.core.records.fields import Bilingual
from evalclient.desk.expert import Expert
from evalclient.ui.pages.recheck import FlagCard
from evalclient.ui.pages.room import PackageState
from evalclient.ui.texts import languages
from tests.builders.desks import Desks, desks_at
from tests.builders.documents import documents_of, method_of
from tests.builders.shared_log import MEMBERS
from tests.gui.conftest import Sit
from tests.gui.member_room import MemoryPackages, Sitting


def checked(sat: Sitting, name: str) -> bool:
    button = sat.find(name, QAbstractButton)
    assert isinstance(button, QAbstractButton)
    return button.isChecked()


def opened(sat: Sitting, number: int) -> bool:
    """Whether so many papers have been opened."""
    return f"已打开 {number}/5 份" in sat.texts()


# -- before the work ---------------------------------------------------------------------------------------------------


def test_waiting_says_what_is_waited_for(sit: Sit) -> None:
    sat = sit(desks_at("checkin"))
    texts = sat.texts()
    assert any("请到签到台" in text for text in texts)
    assert {"昆明主场", "大理副场", "玉溪副场"} <= texts
    assert "招标投标法 第三十七条" in sat.says("stage-waits")


def test_the_pledge_waits_until_every_paper_was_opened(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("pledge"))
    box = sat.find("pledge-agree", QCheckBox)
    assert isinstance(box, QCheckBox)
    box.setChecked(True)
    assert not sat.find("sign-pledge").isEnabled()
    assert "份文件未打开" in sat.says("sign-pledge-hint")
    for number in (1, 2, 3, 4, 5):
        sat.click(qtbot, f"paper-{number}")
        qtbot.waitUntil(partial(opened, sat, number))
    qtbot.waitUntil(lambda: sat.find("sign-pledge").isEnabled())
    sat.click(qtbot, "recusal-no")
    sat.click(qtbot, "declare-recusal")
    sat.click(qtbot, "sign-pledge")
    sat.wait(qtbot, lambda: sat.live.evaluation.members["m1"].pledge and sat.live.evaluation.members["m1"].recusal)
    assert "请等候其他评委" in sat.says("next-act")


def test_bidders_are_named_and_nothing_of_their_bids(sit: Sit) -> None:
    sat = sit(desks_at("pledge"))
    shown = "\n".join(sat.texts())
    assert "云南建投第三建设有限公司" in shown
    assert "9000000" not in shown
    assert "9,000,000" not in shown


def test_a_conflict_needs_its_ground(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("pledge"))
    sat.click(qtbot, "recusal-yes")
    assert not sat.find("declare-recusal").isEnabled()
    assert "招标投标法 第三十七条" in sat.says("declare-recusal-hint")
    sat.type("recusal-ground", "与第三家投标人的法定代表人是近亲属")
    sat.click(qtbot, "declare-recusal")
    sat.wait(qtbot, lambda: sat.live.evaluation.members["m1"].conflict)
    assert "请等候组织方更换评委" in sat.says("next-act")


def test_a_vote_is_sealed_and_a_tie_asks_again(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("leader")
    desks.vote({"m2": "m1", "m3": "m1", "m4": "m2", "m5": "m2"})
    sat = sit(desks)
    assert not sat.find("seal-vote").isEnabled()
    sat.click(qtbot, "vote-m3")
    sat.click(qtbot, "seal-vote")
    sat.wait(qtbot, lambda: seal_by(sat.live.evaluation, "m1", "vote.sealed") is not None)
    desks.share()
    sat.wait(qtbot, lambda: sat.live.evaluation.ballot == 2)
    tally = next(text for text in sat.texts() if text.startswith("第 1 次投票"))
    assert "王建国 2" in tally
    assert "李慧敏 2" in tally
    assert not sat.find("seal-vote").isEnabled(), "the choice of the first ballot is forgotten"
    sat.click(qtbot, "vote-m1")
    assert sat.find("seal-vote").isEnabled()


def test_a_representative_cannot_be_chosen_and_the_article_says_why(sit: Sit) -> None:
    sat = sit(desks_at("leader", "procurement"))
    assert not sat.find("vote-m5").isEnabled()
    assert "87号令 第四十五条" in sat.find("vote-m5").toolTip()
    assert sat.find("vote-m2").isEnabled()


def test_packages_show_progress_and_can_be_stopped_and_tried_again(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("release")
    packages = MemoryPackages()
    first, second = desks.bidders[:2]
    packages.states[first] = PackageState("fetching", 5 << 20, 20 << 20)
    packages.states[second] = PackageState("cancelled", 5 << 20, 20 << 20)
    sat = sit(desks, "m1", packages)
    sat.click(qtbot, f"package-cancel-{first[-8:]}")
    sat.click(qtbot, f"package-retry-{second[-8:]}")
    assert packages.calls == [("cancel", first), ("fetch", second)]
    packages.states[first] = PackageState("ready", 20 << 20, 20 << 20)
    packages.changed.emit(first)
    assert any("核对无误" in text for text in sat.texts())


# -- preliminary review ------------------------------------------------------------------------------------------------


def drafts(sat: Sitting) -> dict[str, dict[str, Opinion]]:
    """The review as the desk would seal it now, in the desk lane."""
    return sat.live.call(lambda desk: Expert(desk).review()).result(10)


def test_a_fail_needs_its_reason_and_the_rest_passes_only_after_asking(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("preliminary"))
    sat.click(qtbot, "fail-seal")
    sat.click(qtbot, "pass-others")
    assert sat.find("confirm-seal").isVisible()
    assert all("licence" not in row for row in drafts(sat).values()), "nothing passes before the answer"
    sat.click(qtbot, "confirm-seal-yes")
    first = sat.desks.bidders[0]
    sat.wait(qtbot, lambda: len(drafts(sat).get(first, {})) == 4)
    sat.click(qtbot, "next-missing")
    assert sat.pages.focusWidget().objectName() == "reason-seal"
    sat.type("reason-seal", "投标函未盖单位公章")
    sat.wait(qtbot, lambda: drafts(sat)[first]["seal"].reason == "投标函未盖单位公章")
    assert not drafts(sat)[first]["seal"].passed


def test_the_review_is_sealed_then_the_group_decides_by_majority(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("preliminary")
    desks.seal_reviews("m2", "m3", "m4", "m5")
    sat = sit(desks)
    for _ in sat.desks.bidders:
        sat.click(qtbot, "pass-others")
        sat.click(qtbot, "confirm-seal-yes")
        sat.click(qtbot, "next-bidder")
    sat.click(qtbot, "seal-review")
    sat.click(qtbot, "confirm-seal-yes")
    sat.wait(qtbot, lambda: seal_by(sat.live.evaluation, "m1", "review.sealed") is not None)
    desks.share()
    qtbot.waitUntil(sat.find("group-result").isVisible, timeout=10_000)
    assert any("4/5 票不通过" in text and "投标函未加盖单位公章" in text for text in sat.texts())
    sat.click(qtbot, "close-stage")
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "scoring")


def test_too_few_valid_bids_ask_whether_they_compete(sit: Sit, qtbot: QtBot) -> None:
    desks = desks_at("preliminary")
    item = desks.evaluation.method.preliminary[0].id
    desks.seal_reviews("m1", "m2", "m3", "m4", "m5", fail=dict.fromkeys(desks.bidders[2:], item))
    sat = sit(desks)
    assert not sat.find("close-stage").isEnabled()
    assert "12号令 第二十七条" in sat.says("stage-waits")
    sat.click(qtbot, "competitive-yes")
    assert not sat.find("judge-competition").isEnabled()
    sat.type("competitive-reason", "两家报价与方案均有竞争")
    sat.click(qtbot, "judge-competition")
    sat.wait(qtbot, lambda: "m1" in sat.live.evaluation.competition)
    assert sat.live.evaluation.competition["m1"].competitive


# -- results -----------------------------------------------------------------------------------------------------------


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


# -- at any stage ------------------------------------------------------------------------------------------------------


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
