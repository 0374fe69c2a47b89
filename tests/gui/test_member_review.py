"""The preliminary review on real desks: a fail and its reason, the seal, the group's majority, too few bids."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.views import seal_by
from evalclient.core.records.acts_committee import Opinion
from evalclient.desk.expert import Expert
from tests.builders.desks import desks_at
from tests.gui.conftest import Sit
from tests.gui.member_room import Sitting


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
