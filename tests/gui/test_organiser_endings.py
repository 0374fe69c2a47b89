"""The organiser ends an evaluation at his page: each ending with ground and report, then what is handed over."""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from evalclient.archive import verify
from evalclient.core.records.envelope import digest
from evalclient.desk.tender_folder import read_tender_folder
from tests.builders.archives import finished, signed_at
from tests.builders.desks import Desks, desks_at
from tests.builders.stamped_evening import stamp_all
from tests.gui.conftest import SitOffice
from tests.gui.organiser_hand import choose, go, put


def test_too_few_bids_end_it_with_ground_and_report(sit_office: SitOffice, qtbot: QtBot, tmp_path: Path) -> None:
    desks = Desks()
    desks.appoint()
    desks.hand_in(2)
    sat = sit_office(desks, "organiser")
    assert "不得开标" in sat.says("next-act")
    sat.click(qtbot, "go-next")
    assert "招标投标法 第四十二条" in sat.says("why-not-all_rejected")
    assert not sat.find("end-ground-all_rejected").isVisible()
    assert "招标投标法 第二十八条" in sat.says("end-too_few-hint")
    put(qtbot, sat, "end-ground-too_few", "截止时间前仅收到 2 份投标文件")
    assert not sat.find("end-too_few").isEnabled()
    sat.click(qtbot, "prepare-too_few")
    put(qtbot, sat, "too_few-path", str(tmp_path / "report.pdf"))
    sat.click(qtbot, "save-too_few")
    sat.wait(qtbot, (tmp_path / "report.pdf").exists)
    sat.click(qtbot, "end-too_few")
    sat.wait(qtbot, lambda: sat.live.evaluation.ending is not None)
    ending = sat.live.evaluation.ending
    assert ending is not None
    assert (ending.ending, ending.ground) == ("too_few", "截止时间前仅收到 2 份投标文件")
    assert ending.document == digest((tmp_path / "report.pdf").read_bytes())
    put(qtbot, sat, "report-path", str(tmp_path / "again.pdf"))
    sat.click(qtbot, "save-report")
    sat.wait(qtbot, (tmp_path / "again.pdf").exists)
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "report.pdf").read_bytes()


def test_a_dissolved_committee_ends_with_a_new_one_and_another_is_founded_in_its_place(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    sat = sit_office(desks_at("scoring"), "organiser")
    go(sat, "ending")
    assert "招标投标法实施条例 第四十八条" in sat.says("dissolve-hint")
    put(qtbot, sat, "dissolve-ground", "一名评委未从专家库抽取")
    sat.click(qtbot, "dissolve")
    assert not sat.live.evaluation.dissolved, "asked once more first"
    sat.click(qtbot, "confirm-dissolve-yes")
    sat.wait(qtbot, lambda: sat.live.evaluation.dissolved)
    sat.desks.share()
    put(qtbot, sat, "end-ground-new_committee", "组成违法，重新组建")
    sat.click(qtbot, "prepare-new_committee")
    assert not sat.find("found-anew").isVisible()
    sat.click(qtbot, "end-new_committee")
    sat.wait(qtbot, lambda: sat.live.evaluation.ending is not None)
    sat.desks.share()
    put(qtbot, sat, "papers-path", str(tmp_path / "again"))
    sat.click(qtbot, "save-papers")
    sat.wait(qtbot, lambda: "已保存" in sat.says("papers-result"))
    sat.click(qtbot, "found-anew")
    sat.wait(qtbot, lambda: sat.anew)
    ((link, folder),) = sat.anew
    assert folder == tmp_path / "again"
    assert (link.evaluation, link.ground) == (sat.live.evaluation.fingerprint, "组成违法，重新组建")
    again = read_tender_folder(folder, sat.live.evaluation.founding.deadline.replace("2026", "2025"))
    assert again.documents == sat.desks.genesis.documents
    founding = sat.live.evaluation.founding
    assert again.founding(founding.organiser.certificate, founding.log_key) == founding


def test_refusals_are_recorded_until_nobody_signs(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = signed_at("report")
    desks.render()
    sat = sit_office(desks, "organiser")
    go(sat, "ending")
    choose(sat, "refusal-member", "m1")
    put(qtbot, sat, "refusal-ground", "拒绝签字且不说明理由")
    sat.wait(qtbot, lambda: "30 分钟" in sat.says("record-refusal-hint"))
    put(qtbot, sat, "refusal-ground", "")
    desks.clock.moment += datetime.timedelta(hours=1)
    assert "招标投标法实施条例 第五十三条" in sat.says("record-refusal-hint")
    for person in ("m1", "m2", "m3", "m4", "m5"):
        choose(sat, "refusal-member", person)
        put(qtbot, sat, "refusal-ground", "拒绝签字且不说明理由")
        sat.click(qtbot, "record-refusal")
        sat.wait(qtbot, lambda: not sat.find("refusal-ground", QLineEdit).property("text"))
        report = sat.live.evaluation.report
        assert report is not None
        assert person in report.refused
    desks.share()
    put(qtbot, sat, "end-ground-unsigned", "全体评委拒绝签署")
    sat.click(qtbot, "prepare-unsigned")
    sat.click(qtbot, "end-unsigned")
    sat.wait(qtbot, lambda: sat.live.evaluation.ending is not None)


def test_archive_and_report_are_handed_over(sit_office: SitOffice, qtbot: QtBot, tmp_path: Path) -> None:
    desks = finished().fork()
    stamp_all(desks)
    sat = sit_office(desks, "organiser")
    go(sat, "ending")
    assert "招标投标法 第四十条" in sat.says("ended-how")
    assert "评标报告和评标日志已由时间戳服务机构盖时间戳" in sat.says("time-stamps")
    put(qtbot, sat, "archive-path", str(tmp_path / "archive.zip"))
    sat.click(qtbot, "save-archive")
    sat.wait(qtbot, lambda: "已保存" in sat.says("archive-result"))
    put(qtbot, sat, "report-path", str(tmp_path / "report.pdf"))
    sat.click(qtbot, "save-report")
    sat.wait(qtbot, lambda: "已保存" in sat.says("report-result"))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert verify(tmp_path / "archive.zip", genesis=sat.live.evaluation.fingerprint).holds
