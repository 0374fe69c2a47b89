"""A certificate for one day at the two offices' pages: the administrator witnesses, the organiser records."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from evalclient.crypto.event_authority import new_request
from tests.builders.desks import desks_at
from tests.builders.one_day import PIN, TWO, evening_at_checkin
from tests.gui.conftest import SitOffice
from tests.gui.organiser_hand import choose, go, put


def test_the_administrator_witnesses_by_two_things_and_a_request_file(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    sat = sit_office(evening_at_checkin(), "admin-a")
    sat.wait(qtbot, lambda: "至少两项" in sat.says("witness-identity-hint"))
    for factor in TWO:
        sat.click(qtbot, f"one-day-factor-{factor}")
    assert "请选择文件" in sat.says("witness-identity-hint")
    choose(sat, "one-day-ground", "locked")
    (tmp_path / "junk.csr").write_bytes(b"no request")
    put(qtbot, sat, "one-day-path", str(tmp_path / "junk.csr"))
    sat.click(qtbot, "witness-identity")
    sat.wait(qtbot, lambda: any("不是当日证书的申请文件" in text for text in sat.texts()))
    (tmp_path / "one-day.csr").write_bytes(new_request("陈志远", "某某大学", PIN)[1])
    put(qtbot, sat, "one-day-path", str(tmp_path / "one-day.csr"))
    sat.click(qtbot, "witness-identity")
    sat.wait(qtbot, lambda: sat.live.evaluation.members["m4"].one_day.witnessed != "")
    assert sat.live.evaluation.members["m4"].one_day.ground == "locked"


def test_the_organiser_records_what_was_issued_for_the_witnessed_key(
    sit_office: SitOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    evening = evening_at_checkin()
    request = evening.witness()
    (tmp_path / "day.cer").write_bytes(evening.issue(request))
    sat = sit_office(evening, "organiser")
    go(sat, "course")
    sat.wait(qtbot, lambda: "介质遗失" in sat.says("one-day-witnessed"))
    for factor in ("id_card", "phone_call"):
        sat.click(qtbot, f"one-day-factor-{factor}")
    (tmp_path / "other.cer").write_bytes(evening.keys["m4"].certificate)
    put(qtbot, sat, "one-day-path", str(tmp_path / "other.cer"))
    sat.click(qtbot, "issue-certificate")
    sat.wait(qtbot, lambda: any("不是首条记录所列机构签发" in text for text in sat.texts()))
    put(qtbot, sat, "one-day-path", str(tmp_path / "day.cer"))
    sat.click(qtbot, "issue-certificate")
    sat.wait(qtbot, lambda: sat.live.evaluation.members["m4"].one_day.issued != "")
    sat.wait(qtbot, lambda: not sat.find("issue-certificate").isVisible())


def test_where_record_0_names_no_authority_there_is_nothing_to_fill_in(sit_office: SitOffice, qtbot: QtBot) -> None:
    sat = sit_office(desks_at("checkin"), "admin-a")
    assert not sat.find("witness-identity").isVisible()
