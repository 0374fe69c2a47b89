"""The supervisor's console on a real desk: it watches, approves, co-signs, and reads sheets only after the reveal."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtWidgets import QAbstractButton, QTableView
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.results import tally_input
from evalclient.core.evaluation.views import scores
from evalclient.core.method.robustness.analysis import robustness
from evalclient.desk.administrator import Administrator
from evalclient.desk.chair import Chair
from evalclient.desk.expert import Expert
from evalclient.ui.pages.spread import SpreadPanel
from evalclient.ui.pages.supervisor import SupervisorPage
from evalclient.ui.texts import languages
from tests.builders.archives import finished
from tests.builders.desks import Desks, desks_at
from tests.gui.conftest import SitOffice
from tests.gui.office_room import OfficeSitting


def go(sat: OfficeSitting, section: str) -> None:
    """Bring a section into view, as a click on its name does."""
    button = sat.find(f"section-{section}", QAbstractButton)
    assert isinstance(button, QAbstractButton)
    button.click()
    page = sat.pages
    assert isinstance(page, SupervisorPage)
    assert page.sections.current == section


def asked_back() -> Desks:
    """The leader has asked to go back to scoring."""
    desks = desks_at("settlement")
    Chair(desks.desk("m1")).request_rollback("scoring", "评分标准第三项理解不一致")
    desks.share()
    return desks


def test_it_shows_stages_people_and_approves_a_rollback_by_its_ground(sit_office: SitOffice, qtbot: QtBot) -> None:
    sat = sit_office(asked_back(), "supervisor")
    assert "有回退申请" in sat.says("next-act")
    request = next(iter(sat.live.evaluation.rollback))
    assert "评分标准第三项理解不一致" in sat.says(f"rollback-ground-{request[:8]}")
    assert "招标投标法实施条例 第七十一条" in sat.says(f"approve-rollback-{request[:8]}-hint")
    assert {"开标", "详细评分", "王建国（组长）", "大理副场", "场地就绪", "在场"} <= sat.texts()
    sat.click(qtbot, f"approve-rollback-{request[:8]}")
    sat.wait(qtbot, lambda: (sat.live.evaluation.round, sat.live.evaluation.stage) == (2, "scoring"))
    assert not sat.live.evaluation.rollback


def test_a_rollback_that_can_no_longer_be_made_is_refused_with_its_article(sit_office: SitOffice) -> None:
    desks = desks_at("report")
    Chair(desks.desk("m1")).request_rollback("scoring", "评分标准理解不一致")
    desks.lead(lambda chair: chair.present_report(b"%PDF-1.7 report"))
    desks.sign("m2")
    desks.share()
    sat = sit_office(desks, "supervisor")
    request = next(iter(sat.live.evaluation.rollback))
    assert not sat.find(f"approve-rollback-{request[:8]}").isEnabled()
    assert "招标投标法实施条例 第七十一条" in sat.says(f"approve-rollback-{request[:8]}-hint")


def test_records_without_effect_and_alarms_are_listed_with_reason_and_article(sit_office: SitOffice) -> None:
    desks = desks_at("release")
    desks.clock.moment += timedelta(hours=1)
    Chair(desks.desk("m1")).close_stage()
    Chair(desks.desk("organiser")).close_stage()
    desks.share()
    Administrator(desks.desk("admin-a")).request_replacement("m4", "突发疾病")
    Expert(desks.desk("m2")).declare(conflict=True, ground="近亲属在投标人处任职")
    desks.share()
    sat = sit_office(desks, "supervisor")
    go(sat, "alarms")
    assert "12号令 第九条" in sat.says("void-0")
    alarms = {sat.says("alarm-0"), sat.says("alarm-1")}
    assert any("李慧敏 声明回避" in text and "近亲属在投标人处任职" in text for text in alarms)
    assert any("更换 赵文博" in text for text in alarms)


def test_the_checkpoint_is_the_one_verified_and_is_cosigned(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = desks_at("scoring")
    sat = sit_office(desks, "supervisor")
    assert "签署" in sat.says("next-act")
    go(sat, "log")
    size = len(desks.tape)
    sat.wait(qtbot, lambda: str(size) in sat.says("checkpoint-size"))
    assert sat.says("checkpoint-root").replace(" ", "").replace("\n", "") == desks.tree.root().hex()
    table = sat.find("log-table", QTableView)
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == size
    sat.click(qtbot, "cosign")
    sat.wait(qtbot, lambda: ("supervisor", "scoring", size) in sat.live.evaluation.cosigned)
    assert f"详细评分 {size}" in sat.says("cosigned")
    assert sat.says("next-act").startswith("无须操作")
    desks.seal_sheets("m1", "m2", "m3", "m4", "m5")
    desks.close()
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "settlement")
    assert "签署" in sat.says("next-act")  # the checkpoint signed in the middle of a stage is not that of its end


def test_a_sheet_is_refused_with_the_article_before_the_reveal_and_shown_after(
    sit_office: SitOffice, qtbot: QtBot
) -> None:
    desks = desks_at("scoring")
    sat = sit_office(desks, "supervisor")
    go(sat, "sheets")
    desks.seal_sheets("m1", "m2", "m3", "m4")
    sat.click(qtbot, "read-sheet-m2")
    sat.wait(qtbot, lambda: sat.find("sheet-refusal").isVisible())
    assert "招标投标法 第四十四条" in sat.says("sheet-refusal")
    chart = sat.pages.findChild(SpreadPanel)
    assert isinstance(chart, SpreadPanel)
    assert not chart.isVisible()
    desks.seal_sheets("m5")
    sat.wait(qtbot, chart.isVisible)
    assert not sat.find("sheet-refusal").isVisible()
    sat.click(qtbot, "read-sheet-m2")
    sat.wait(qtbot, lambda: sat.pages.findChild(QTableView, "colleague-scores") is not None)
    table = sat.find("colleague-scores", QTableView)
    assert isinstance(table, QTableView)
    first = next(iter(scores(sat.live.evaluation)["m2"].values()))
    assert table.model().index(0, 1).data() == next(iter(first.values()))


def test_how_firmly_the_result_stands_is_refused_before_the_signatures(sit_office: SitOffice) -> None:
    sat = sit_office(desks_at("report"), "supervisor")
    go(sat, "robustness")
    assert not sat.find("compute-robustness").isEnabled()
    assert "招标投标法 第四十四条" in sat.says("compute-robustness-hint")
    assert not sat.find("robustness-members").isVisible()


def test_after_the_signatures_it_is_computed_here_and_shown(sit_office: SitOffice, qtbot: QtBot) -> None:
    sat = sit_office(finished().fork(), "supervisor")
    go(sat, "robustness")
    sat.click(qtbot, "compute-robustness")
    sat.wait(qtbot, lambda: sat.find("robustness-scores").isVisible())
    evaluation = sat.live.evaluation
    found = robustness(evaluation.method, tally_input(evaluation))
    members, scores_shown = table_of(sat, "robustness-members"), table_of(sat, "robustness-scores")
    assert [row[0] for row in members] == [sat.live.name(line.member) for line in found.members]
    changed = [row[0] for row in members if row[2] == "第一名改变"]
    assert changed == [sat.live.name(line.member) for line in found.members if line.changes_first]
    assert len(table_of(sat, "robustness-ways")) == len(found.trimmings) + len(found.levels) + len(found.roundings)
    assert len(scores_shown) == len(found.scores) > 0
    nearest = found.scores[0]
    assert scores_shown[0][1] == sat.live.name(nearest.member or "")
    assert scores_shown[0][4] == nearest.value
    assert scores_shown[0][6] == f"{nearest.candidates.to}（{nearest.candidates.steps} 档）"
    assert f"共 {found.scores_examined}" in sat.says("robustness-finding-2")
    assert not sat.find("compute-robustness").isVisible()


def test_computing_can_be_cancelled_and_begun_again(sit_office: SitOffice, qtbot: QtBot) -> None:
    sat = sit_office(finished().fork(), "supervisor")
    go(sat, "robustness")
    busy = Event()
    sat.pages.office.analysis.submit(busy.wait)
    sat.click(qtbot, "compute-robustness")
    sat.wait(qtbot, lambda: sat.find("cancel-robustness").isVisible())
    sat.click(qtbot, "cancel-robustness")
    busy.set()
    assert not sat.find("robustness-progress").isVisible()
    sat.click(qtbot, "compute-robustness")
    sat.wait(qtbot, lambda: sat.find("robustness-members").isVisible())


def table_of(sat: OfficeSitting, name: str) -> list[list[str]]:
    """The texts of a table, row by row."""
    table = sat.find(name, QTableView)
    assert isinstance(table, QTableView)
    model = table.model()
    return [[str(model.index(row, at).data()) for at in range(model.columnCount())] for row in range(model.rowCount())]


@pytest.mark.parametrize("section", ["watch", "alarms", "log", "sheets", "robustness"])
def test_every_section_speaks_english(sit_office: SitOffice, section: str) -> None:
    try:
        languages().show("en")
        sat = sit_office(asked_back(), "supervisor")
        go(sat, section)
        own = "评分标准第三项理解不一致"
        for text in sat.texts():
            assert "。" not in text.replace(own, ""), text
    finally:
        languages().show("zh")
