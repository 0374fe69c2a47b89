"""The member's pages before the work on real desks: papers, pledge, recusal, the vote, packages."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.views import seal_by
from evalclient.ui.pages.room import PackageState
from tests.builders.desks import desks_at
from tests.gui.conftest import Sit
from tests.gui.member_room import MemoryPackages, Sitting


def opened(sat: Sitting, number: int) -> bool:
    """Whether so many papers have been opened."""
    return f"已打开 {number}/5 份" in sat.texts()


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
