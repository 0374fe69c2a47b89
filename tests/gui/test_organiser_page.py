"""The organiser's page on a real desk: every act through its widgets, every refusal with sentence and article."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from evalclient.archive import verify
from evalclient.core.evaluation.views import active_members, bidder_name
from evalclient.core.records.envelope import digest
from evalclient.core.records.fields import Bilingual
from evalclient.desk.administrator import Administrator
from evalclient.desk.expert import Expert
from evalclient.desk.founding import load_genesis
from evalclient.desk.tender_folder import read_tender_folder
from evalclient.ui.live import Refusal
from evalclient.ui.pages.organiser import OrganiserPage
from evalclient.ui.texts import languages
from tests.builders.archives import finished, signed_at
from tests.builders.desk_people import key_of
from tests.builders.desks import Desks, desks_at
from tests.builders.opening import handed_in, released
from tests.gui.conftest import SitOffice
from tests.gui.office_room import OfficeSitting


def go(sat: OfficeSitting, section: str) -> None:
    """Bring a section into view, as a click on its name does."""
    button = sat.find(f"section-{section}", QAbstractButton)
    assert isinstance(button, QAbstractButton)
    button.click()
    page = sat.pages
    assert isinstance(page, OrganiserPage)
    assert page.sections.current == section


def put(qtbot: QtBot, sat: OfficeSitting, name: str, text: str) -> None:
    """Replace what stands in a line."""
    field = sat.find(name, QLineEdit)
    assert isinstance(field, QLineEdit)
    sat.wait(qtbot, field.isVisible)
    field.clear()
    sat.type(name, text)
    field.editingFinished.emit()


def choose(sat: OfficeSitting, name: str, value: str) -> None:
    """Choose a value of a drop-down list."""
    box = sat.find(name, QComboBox)
    assert isinstance(box, QComboBox)
    assert box.isEnabled()
    box.setCurrentIndex(box.findData(value))


def certificate_file(folder: Path, name: str, place: str) -> Path:
    """A person's certificate as a file."""
    path = folder / f"{place}.cer"
    path.write_bytes(key_of(name, place).certificate)
    return path


# -- announcement ------------------------------------------------------------------------------------------------------


def test_the_fingerprint_is_grouped_and_the_announcement_saved_again(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    sat = sit_office(Desks(), "organiser")
    go(sat, "announcement")
    print_ = sat.live.evaluation.fingerprint
    assert sat.says("fingerprint").replace("\n", " ").split() == [print_[at : at + 4] for at in range(0, 64, 4)]
    assert sat.says("countdown").startswith("00:29:")
    put(qtbot, sat, "announcement-path", str(tmp_path / "missing" / "genesis.json"))
    sat.click(qtbot, "save-announcement")
    sat.wait(qtbot, lambda: "无法写入" in sat.says("announcement-result"))
    put(qtbot, sat, "announcement-path", str(tmp_path / "genesis.json"))
    sat.click(qtbot, "save-announcement")
    sat.wait(qtbot, lambda: "已保存" in sat.says("announcement-result"))
    assert load_genesis((tmp_path / "genesis.json").read_bytes()) == sat.desks.genesis


# -- committee ---------------------------------------------------------------------------------------------------------


def test_people_are_appointed_from_certificate_files_and_stay_nameless_until_they_sign_in(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    sat = sit_office(Desks(), "organiser")
    assert "场地管理员" in sat.says("next-act")
    sat.click(qtbot, "go-next")
    sat.click(qtbot, "kind-administrator")
    choose(sat, "appoint-site", "a")
    assert sat.find("appoint-person", QLineEdit).property("text") == "a-a"
    put(qtbot, sat, "appoint-certificate", str(certificate_file(tmp_path, "吴敏", "admin-a")))
    sat.wait(qtbot, lambda: "吴敏" in sat.says("certificate-found"))
    sat.click(qtbot, "appoint")
    sat.wait(qtbot, lambda: sat.live.evaluation.roster.role("a-a") == "administrator")
    sat.click(qtbot, "kind-expert")
    put(qtbot, sat, "appoint-person", "m1")
    put(qtbot, sat, "appoint-certificate", str(certificate_file(tmp_path, "王建国", "m1")))
    sat.click(qtbot, "appoint")
    sat.wait(qtbot, lambda: "m1" in sat.live.evaluation.members)
    sat.wait(qtbot, lambda: not sat.find("certificate-found").isVisible())
    sat.wait(qtbot, lambda: any("登录后显示姓名" in text for text in sat.texts()))
    assert not any("王建国" in text for text in sat.texts()), "招标投标法 第三十七条"


def test_a_wrong_certificate_file_and_a_second_part_are_refused(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    desks = Desks()
    sat = sit_office(desks, "organiser")
    go(sat, "committee")
    (tmp_path / "key.p12").write_bytes(b"no certificate")
    put(qtbot, sat, "appoint-certificate", str(tmp_path / "key.p12"))
    sat.wait(qtbot, lambda: "不是证书文件" in sat.says("certificate-found"))
    assert not sat.find("appoint").isEnabled()
    put(qtbot, sat, "appoint-certificate", str(tmp_path / "nowhere.cer"))
    sat.wait(qtbot, lambda: "无法读取" in sat.says("certificate-found"))
    supervisor = tmp_path / "supervisor.cer"
    supervisor.write_bytes(desks.keys["supervisor"].certificate)
    put(qtbot, sat, "appoint-certificate", str(supervisor))
    sat.wait(qtbot, lambda: "招标投标法实施条例 第四十六条" in sat.says("appoint-hint"))
    put(qtbot, sat, "appoint-certificate", str(certificate_file(tmp_path, "新人", "m9")))
    put(qtbot, sat, "appoint-person", "M 9")
    sat.wait(qtbot, lambda: "小写字母开头" in sat.says("appoint-hint"))


def test_a_successor_takes_a_place_and_the_composition_is_shown_with_its_article(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    desks = desks_at("preliminary")
    Administrator(desks.desk("admin-a")).request_replacement("m4", "突发疾病")
    Expert(desks.desk("m2")).declare(conflict=True, ground="近亲属在投标人处任职")
    desks.share()
    sat = sit_office(desks, "organiser")
    assert "须更换" in sat.says("next-act")
    go(sat, "committee")
    assert "符合规定" in sat.says("composition")
    assert any("近亲属在投标人处任职" in text for text in sat.texts())
    sat.pages.resize(1366, 400)
    area = next(area for area in sat.pages.findChildren(QScrollArea) if area.isVisible())
    sat.wait(qtbot, lambda: area.verticalScrollBar().maximum() > 500)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    form = sat.find("appointment-form")
    assert form.visibleRegion().isEmpty()
    sat.click(qtbot, "succeed-m4")
    assert not form.visibleRegion().isEmpty(), "the form above comes into view"
    assert not sat.find("kind-representative").isEnabled()
    assert sat.find("appoint-ground", QLineEdit).property("text") == "突发疾病"
    put(qtbot, sat, "appoint-certificate", str(certificate_file(tmp_path, "钱学敏", "m6")))
    put(qtbot, sat, "appoint-ground", "")
    sat.wait(qtbot, lambda: "招标投标法实施条例 第四十八条" in sat.says("appoint-hint"))
    put(qtbot, sat, "appoint-ground", "突发疾病，已送医")
    sat.click(qtbot, "appoint")
    sat.wait(qtbot, lambda: sat.live.evaluation.members["m4"].replaced_by == "m6")
    assert sat.live.evaluation.members["m6"].site == "a"
    assert sat.live.evaluation.roster.certificate_digest("m6") == digest(key_of("钱学敏", "m6").certificate)


# -- opening -----------------------------------------------------------------------------------------------------------


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


# -- procedure ---------------------------------------------------------------------------------------------------------


def test_stages_end_until_there_is_a_leader_who_may_be_named(sit_office: SitOffice, qtbot: QtBot) -> None:
    desks = desks_at("pledge")
    desks.pledge("m1", "m2", "m3", "m4", "m5")
    sat = sit_office(desks, "organiser")
    assert "请结束本环节" in sat.says("next-act")
    sat.click(qtbot, "go-next")
    sat.click(qtbot, "close-stage")
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "leader")
    assert not sat.find("close-stage").isEnabled()
    assert "12号令 第九条" in sat.says("stage-needs")
    choose(sat, "leader-member", "m3")
    assert "12号令 第九条" in sat.says("name-leader-hint")
    put(qtbot, sat, "leader-ground", "招标人书面决定")
    sat.click(qtbot, "name-leader")
    sat.wait(qtbot, lambda: sat.live.evaluation.leader == "m3")
    desks.share()
    sat.click(qtbot, "close-stage")
    sat.wait(qtbot, lambda: sat.live.evaluation.stage == "release")
    desks.share()
    granted = len(active_members(sat.live.evaluation))
    sat.wait(qtbot, lambda: len(sat.live.evaluation.grants) == granted)
    assert "组长主持" in sat.says("next-act")


def test_a_leader_is_never_named_where_the_members_elect_him(sit_office: SitOffice) -> None:
    sat = sit_office(desks_at("leader", "procurement"), "organiser")
    go(sat, "course")
    assert not sat.find("name-leader").isEnabled()
    assert "87号令 第四十五条" in sat.says("name-leader-hint")


def test_the_organiser_may_ask_to_go_back(sit_office: SitOffice, qtbot: QtBot) -> None:
    sat = sit_office(desks_at("settlement"), "organiser")
    go(sat, "course")
    assert "招标投标法实施条例 第七十一条" in sat.says("request-rollback-hint")
    choose(sat, "rollback-stage", "scoring")
    put(qtbot, sat, "rollback-ground", "评分标准理解不一致")
    sat.click(qtbot, "request-rollback")
    sat.wait(qtbot, lambda: sat.live.evaluation.rollback)
    assert "等候行政监督批准" in sat.says("next-act")
    assert "评分标准理解不一致" in sat.says("rollback-asked")


# -- endings -----------------------------------------------------------------------------------------------------------


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
    sat = sit_office(desks, "organiser")
    go(sat, "ending")
    assert "招标投标法 第四十条" in sat.says("ended-how")
    put(qtbot, sat, "archive-path", str(tmp_path / "archive.zip"))
    sat.click(qtbot, "save-archive")
    sat.wait(qtbot, lambda: "已保存" in sat.says("archive-result"))
    put(qtbot, sat, "report-path", str(tmp_path / "report.pdf"))
    sat.click(qtbot, "save-report")
    sat.wait(qtbot, lambda: "已保存" in sat.says("report-result"))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert verify(tmp_path / "archive.zip", genesis=sat.live.evaluation.fingerprint).holds


@pytest.mark.parametrize("section", ["announcement", "committee", "opening", "course", "ending"])
def test_every_section_speaks_english(sit_office: SitOffice, section: str) -> None:
    desks = desks_at("leader")
    try:
        languages().show("en")
        sat = sit_office(desks, "organiser")
        go(sat, section)
        names = {bidder_name(sat.live.evaluation, bidder) for bidder in desks.bidders}
        for text in sat.texts() - names:
            assert "。" not in text, text
    finally:
        languages().show("zh")


def test_what_a_silent_member_sealed_is_asked_of_the_custodians_when_his_time_is_over(
    sit_office: SitOffice, qtbot: QtBot
) -> None:
    desks = desks_at("scoring")
    desks.seal_sheets("m4")
    desks._desks.pop("m4")  # his machine is gone, and with it the key
    desks.seal_sheets("m1", "m2", "m3", "m5")
    sat = sit_office(desks, "organiser")
    go(sat, "course")
    put(qtbot, sat, "recovery-ground", "评委终端损坏")
    assert "招标投标法 第三十八条" in sat.says("request-recovery-hint"), "his minutes are not over"
    desks.clock.moment += datetime.timedelta(minutes=11)
    sat.click(qtbot, "request-recovery")
    sat.wait(qtbot, lambda: sat.live.evaluation.recovery)
    assert "保管方份额 0/2" in sat.says("recovery-asked")
