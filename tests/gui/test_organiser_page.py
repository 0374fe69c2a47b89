"""The organiser's page on a real desk: announcement, committee, procedure; every refusal with sentence and article."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.views import active_members, bidder_name
from evalclient.core.records.envelope import digest
from evalclient.desk.administrator import Administrator
from evalclient.desk.expert import Expert
from evalclient.desk.founding import load_genesis
from evalclient.ui.texts import languages
from evalclient.ui.widgets.data_table import DataTable, TableCell
from tests.builders.archives import AT, pki, signed_at
from tests.builders.desk_people import key_of
from tests.builders.desks import Desks, desks_at
from tests.gui.conftest import SitOffice
from tests.gui.organiser_hand import certificate_file, choose, go, put

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


def test_a_revocation_list_is_recorded_and_another_file_is_refused(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    evening = signed_at("preliminary")
    sat = sit_office(evening, "organiser")
    go(sat, "course")
    assert not sat.find("list-revocations").isEnabled()
    (tmp_path / "wrong.crl").write_bytes(b"no list")
    put(qtbot, sat, "revocation-path", str(tmp_path / "wrong.crl"))
    sat.click(qtbot, "list-revocations")
    sat.wait(qtbot, lambda: sat.pages.findChild(QLabel, "refusal-sentence") is not None)
    assert "不是本项目认可的电子认证机构签发的吊销列表" in sat.says("refusal-sentence")
    (tmp_path / "right.crl").write_bytes(pki().authorities[0].crls(AT)[0])
    put(qtbot, sat, "revocation-path", str(tmp_path / "right.crl"))
    sat.click(qtbot, "list-revocations")
    sat.wait(qtbot, lambda: sat.live.evaluation.roster.revocations)
    sat.wait(qtbot, lambda: sat.find("revocation-path", QLineEdit).property("text") == "")


def test_everybodys_certificate_is_told_with_the_list_and_its_age(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    sat = sit_office(signed_at("preliminary"), "organiser")
    go(sat, "course")
    assert "予以认可并提示" in sat.says("certificates-rule")
    table = sat.find("certificates", DataTable)
    assert isinstance(table, DataTable)
    sat.wait(qtbot, lambda: len(table.tuples.rows) >= 9)
    words = {str(cell(row[2])) for row in table.tuples.rows}
    assert any("吊销状态不明：没有" in word for word in words)
    for number, authority in enumerate(pki().authorities):
        for which, crl in enumerate(authority.crls(AT)):
            armoured = x509.load_der_x509_crl(crl).public_bytes(Encoding.PEM) if which else crl
            (tmp_path / f"{number}-{which}.crl").write_bytes(armoured)
            put(qtbot, sat, "revocation-path", str(tmp_path / f"{number}-{which}.crl"))
            sat.click(qtbot, "list-revocations")
            known = 2 * number + which + 1
            sat.wait(qtbot, lambda known=known: len(sat.live.evaluation.roster.revocations) == known)  # type: ignore[misc]
            sat.wait(qtbot, lambda: sat.find("revocation-path", QLineEdit).property("text") == "")
    sat.wait(qtbot, lambda: {cell(row[1]) for row in table.tuples.rows} == {"有效"})
    assert all("签发的吊销列表（已" in cell(row[2]) for row in table.tuples.rows)


def cell(found: TableCell | str) -> str:
    return found if isinstance(found, str) else found.text


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
