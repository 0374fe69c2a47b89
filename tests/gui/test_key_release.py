"""Custodians and bidders release their shares at the organiser's and at the administrator's window, each with his own key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from evalclient.app.key_release import WindowKeyRelease
from evalclient.crypto.keys import REGISTERED
from evalclient.desk.organiser import Organiser
from evalclient.desk.outsiders import ShareHolder
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Refusal
from tests.builders.archives import certified_file
from tests.builders.centre import PIN, CentreProcess, centre_process
from tests.builders.desks import Desks
from tests.builders.opening import OpeningEvening, handed_in
from tests.builders.real_seats import Place
from tests.gui.conftest import SitOffice
from tests.gui.office_room import OfficeSitting
from tests.gui.organiser_hand import go, put

__all__ = ["centre_process"]


def release(sat: OfficeSitting, qtbot: QtBot, file: Path, pin: str = "1") -> str:
    put(qtbot, sat, "release-key-path", str(file))
    put(qtbot, sat, "release-key-pin", pin)
    sat.click(qtbot, "release-key")
    sat.wait(qtbot, sat.find("release-told").isVisible)
    return sat.says("release-told")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Key files: two of three custodians, the first bidder, and somebody who holds nothing."""
    found = {
        "custodian-1": ("保管人", "custodian-1"),
        "custodian-2": ("保管人", "custodian-2"),
        "supervisor": ("林静", "supervisor"),
    }
    for name, (person, place) in found.items():
        (tmp_path / f"{name}.p12").write_bytes(certified_file(person, place))
    return {name: tmp_path / f"{name}.p12" for name in found}


@pytest.mark.parametrize("person", ["organiser", "admin-main"])
def test_two_custodians_release_here_and_the_organiser_opens(
    sit_office: SitOffice, qtbot: QtBot, files: dict[str, Path], person: str
) -> None:
    desks = handed_in()
    sat = sit_office(desks, person)
    if person == "organiser":
        go(sat, "opening")
    assert sat.says("release-holders") == "保管人 0/6，保管人 0/6，保管人 0/6"
    records = sat.find("release-records", QPlainTextEdit)
    assert isinstance(records, QPlainTextEdit)
    packages = [bid.package for bid in sat.live.evaluation.bids.values()]
    assert records.isVisible()
    assert [line.rpartition(" ")[2] for line in records.toPlainText().split("\n")] == packages
    assert sat.find("release-key-path-browse").isEnabled()
    assert not sat.find("release-key").isEnabled()
    assert "请选择证书文件" in sat.says("release-key-hint")
    wrong = release(sat, qtbot, files["custodian-1"], "not the PIN")
    assert "口令不正确" in wrong
    pin = sat.find("release-key-pin", QLineEdit)
    assert isinstance(pin, QLineEdit)
    assert pin.text() == "", "the PIN is gone"
    assert "保管人：已提交 6 份" in release(sat, qtbot, files["custodian-1"])
    assert "没有新的份额" in release(sat, qtbot, files["custodian-1"])
    assert "已提交 6 份" in release(sat, qtbot, files["custodian-2"])
    sat.wait(qtbot, lambda: sat.says("release-holders") == "保管人 6/6，保管人 6/6，保管人 0/6")
    told = release(sat, qtbot, files["supervisor"])
    assert "没有密钥份额" in told
    assert "其余保管方中有 2 位提交即可" in told
    assert_opens(desks, person)


def assert_opens(desks: OpeningEvening, person: str) -> None:
    """With the bidders' own shares the organiser reads every price; without a bidder's own his bid alone is revoked."""
    if person == "organiser":
        return
    missing = desks.bidders[2]
    for bidder in desks.bidders:
        if bidder != missing:
            own = desks.desk(bidder)
            package = own.evaluation.bids[bidder].package
            ShareHolder(own).release(bidder, package, desks.file)
    desks.share()
    lines = Organiser(desks.desk("organiser")).read_bids(desks.file)
    assert [line.failure for line in lines] == ["", "", "revoked", "", "", ""]
    assert "缺投标人本人份额" in lines[2].note


@pytest.mark.parametrize("person", ["organiser", "admin-main"])
def test_nothing_is_released_before_the_deadline(
    sit_office: SitOffice, qtbot: QtBot, files: dict[str, Path], person: str
) -> None:
    desks = Desks()
    desks.appoint()
    sat = sit_office(desks, person)
    if person == "organiser":
        go(sat, "opening")
    put(qtbot, sat, "release-key-path", str(files["custodian-1"]))
    put(qtbot, sat, "release-key-pin", "1")
    assert not sat.find("release-key").isEnabled()
    assert "招标投标法实施条例 第四十一条" in sat.says("release-key-hint")
    assert not sat.find("release-holders").isVisible()
    desks.hand_in()
    sat.wait(qtbot, sat.find("release-key").isEnabled)


def test_the_window_releases_at_a_real_centre_off_the_gui_thread(
    centre_process: CentreProcess, qtbot: QtBot, tmp_path: Path
) -> None:
    """Whatever a step refuses comes back as one sentence; nothing of the holder stays open behind it."""
    place = Place(centre_process, tmp_path)
    seat, lane = place.open("organiser"), Lane("holders")
    release = WindowKeyRelease(seat, place.process.url, REGISTERED, lane)
    told: list[Refusal] = []
    for person, pin in (("custodian-agency", PIN), ("organiser", PIN), ("custodian-platform", "wrong")):
        key = str(place.home(person) / "key.p12")
        release.release(key, pin, lambda _release: pytest.fail("nothing is due"), told.append)
        seen = len(told)
        qtbot.waitUntil(lambda before=seen: len(told) > before, timeout=15_000)  # type: ignore[misc]
    assert [refusal.article for refusal in told] == ["招标投标法实施条例 第四十一条", "", ""]
    assert "未到投标截止时间" in told[0].sentence.zh
    assert "另有岗位" in told[1].sentence.zh
    assert "口令不正确" in told[2].sentence.zh
    plugged: list[object] = []
    release.tokens(plugged.append)
    qtbot.waitUntil(lambda: bool(plugged), timeout=15_000)
    assert lane.stop()
    seat.close()
