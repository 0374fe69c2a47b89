"""The organiser publishes from the window: real centre, real store, a software key; each refusal is one clear sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from evalclient.app.start import Start
from evalclient.app.window import PUBLISH, SIGN_IN, WORK, MainWindow
from evalclient.core.records.acts_founding import Continuation, EvaluationCreated
from evalclient.core.tender import load_tender
from evalclient.crypto.records import found
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import create, load_genesis
from evalclient.desk.tender_folder import read_tender_folder
from evalclient.settings import Settings
from evalclient.sync.register import Register
from evalclient.ui.pages.organiser import OrganiserPage
from evalclient.ui.pages.publish import PublishPage
from evalclient.ui.texts import languages
from tests.builders.centre import PIN, CentreProcess, centre_process, key_of
from tests.builders.real_seats import genesis_for, key_file
from tests.builders.tender_folders import write_tender_folder
from tests.gui.member_room import Hand, in_both_languages

__all__ = ["centre_process"]
NOWHERE = "http://127.0.0.1:9"


@dataclass
class Bureau(Hand):
    """The organiser's machine with a tender folder on it, and the window."""

    process: CentreProcess
    home: Path
    qtbot: QtBot
    opened: ExitStack = field(default_factory=ExitStack)

    def open(self, person: str = "organiser", *, key: bytes | None = None) -> None:
        """The window at its publishing page, nothing chosen yet but centre and key."""
        self.folder = write_tender_folder(self.home / "tender", genesis_for(self.process.log_key).documents)
        (self.home / "key.p12").write_bytes(key or key_file(person))
        settings = Settings(centre=self.process.url, store=str(self.home / "stores"))
        self.window = MainWindow(Start(settings=settings, key=str(self.home / "key.p12")))
        self.opened.callback(self.close)
        self.pages = self.window
        self.window.show()
        self.wait(self.qtbot, lambda: self.line("key-path").text())
        self.click(self.qtbot, "publish-new")
        assert self.window.shown_page == PUBLISH

    def close(self) -> None:
        """End it as its user would."""
        if shiboken6.isValid(self.window):
            self.window.close()
            shiboken6.delete(self.window)

    def line(self, name: str) -> QLineEdit:
        found_ = self.find(name, QLineEdit)
        assert isinstance(found_, QLineEdit)
        return found_

    def choose(self, folder: Path | None = None) -> None:
        """Type the folder and leave the line, as one does."""
        line = self.line("publish-folder")
        line.clear()
        QTest.keyClicks(line, str(folder or self.folder))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.wait(self.qtbot, lambda: self.line("publish-folder").isEnabled())

    def confirm(self, pin: str = PIN) -> None:
        """Type the PIN, press, and say yes; waits for the outcome."""
        QTest.keyClicks(self.line("publish-pin"), pin)
        self.click(self.qtbot, "publish")
        self.click(self.qtbot, "confirm-publish-yes")
        self.wait(self.qtbot, lambda: self.problem() or self.find("published-fingerprint").isVisible())

    def problem(self) -> str:
        return "" if self.find("publish-problem").isHidden() else self.says("publish-problem")

    def listed(self) -> list[str]:
        """Fingerprints of evaluations of this folder's tender at the centre."""
        register = Register(self.process.url)
        try:
            deadline = genesis_deadline(self.folder)
            return [line.fingerprint for line in register.evaluations() if line.deadline == deadline]
        finally:
            register.close()


def genesis_deadline(folder: Path) -> str:
    """When bids are due by the folder's tender: no two of these tests have the same."""
    return load_tender((folder / "tender.json").read_bytes()).deadline


@pytest.fixture
def bureau(centre_process: CentreProcess, tmp_path: Path, qtbot: QtBot) -> Iterator[Bureau]:
    made = Bureau(centre_process, tmp_path, qtbot)
    with made.opened:
        yield made


def test_an_organiser_reads_what_he_signs_publishes_saves_and_signs_in(bureau: Bureau) -> None:
    bureau.open()
    assert not bureau.find("publish").isEnabled()
    bureau.choose()
    shown = bureau.texts()
    assert {"云岭县中医院门诊楼 · 第一标段", "演练项目，不具有法律效力", "9,990,000.00", "云岭县中医院"} <= shown
    assert any("custodian-agency" in text and "2 方到齐可开启，并须投标人本人份额" in text for text in shown)
    assert any("cn-construction" in text for text in shown)
    method = bureau.find("summary-method", QTextEdit)
    assert isinstance(method, QTextEdit)
    assert "施工组织设计" in method.toPlainText()
    assert bureau.listed() == [], "reading publishes nothing"

    bureau.confirm()
    assert bureau.problem() == ""
    (fingerprint,) = bureau.listed()
    assert bureau.says("published-fingerprint").replace("\n", "").replace(" ", "") == fingerprint
    assert bureau.line("publish-pin").text() == ""
    path = bureau.line("published-path")
    path.clear()
    QTest.keyClicks(path, str(bureau.home / "no" / "genesis.json"))
    bureau.click(bureau.qtbot, "save-published")
    bureau.wait(bureau.qtbot, lambda: "无法写入" in bureau.says("published-result"))
    path.clear()
    QTest.keyClicks(path, str(bureau.home / "genesis.json"))
    bureau.click(bureau.qtbot, "save-published")
    bureau.wait(bureau.qtbot, lambda: "已保存" in bureau.says("published-result"))
    founded = found(load_genesis((bureau.home / "genesis.json").read_bytes()).record)
    assert founded.record.id == fingerprint
    assert isinstance(founded.founding, EvaluationCreated)

    bureau.click(bureau.qtbot, "enter-published")
    assert bureau.window.shown_page == SIGN_IN
    chosen = bureau.window.sign_in.list.chosen
    assert chosen is not None
    assert chosen.fingerprint == fingerprint
    QTest.keyClicks(bureau.line("pin"), PIN)
    bureau.click(bureau.qtbot, "sign-in")
    bureau.wait(bureau.qtbot, lambda: bureau.window.shown_page == WORK)
    assert isinstance(bureau.window.page(WORK), OrganiserPage)
    sitting = bureau.window.sitting
    assert sitting is not None
    for paper in sitting.seat.desk.evaluation.tender.papers:
        assert sitting.seat.courier.has_blob(paper.digest)


def test_every_problem_of_a_folder_is_told_at_once_and_nothing_can_be_signed(bureau: Bureau) -> None:
    bureau.open()
    (bureau.folder / "parties" / "supervisor").write_bytes(b"no certificate")
    (bureau.folder / "method.json").write_text("{}", "utf-8")
    next((bureau.folder / "papers").iterdir()).write_bytes(b"another text")
    bureau.choose()
    shown = bureau.texts()
    for told in ("parties/supervisor：所选文件不是证书文件", "评标办法文件有误", "与 tender.json 所列摘要不符"):
        assert any(told in text for text in shown), told
    QTest.keyClicks(bureau.line("publish-pin"), PIN)
    assert not bureau.find("publish").isEnabled()
    mended = write_tender_folder(bureau.folder, genesis_for(bureau.process.log_key).documents)
    assert mended == bureau.folder
    bureau.click(bureau.qtbot, "publish-examine")
    bureau.wait(bureau.qtbot, lambda: bureau.find("publish").isEnabled())


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("absent", "无法读取", "cannot be read"),
        ("past", "投标截止时间已过", "has passed and nobody could bid"),
        ("same office", "密钥保管方的编号有重复", "have the same id"),
    ],
)
def test_a_malformed_folder_is_told_in_both_languages(bureau: Bureau, name: str, zh: str, en: str) -> None:
    bureau.open()
    if name == "past":
        write_tender_folder(bureau.folder, genesis_for(bureau.process.log_key, -1.0).documents)
    elif name == "same office":
        file = bureau.folder / "evaluation.json"
        file.write_text(file.read_text("utf-8").replace('["recovery-one",', '["supervisor",'), "utf-8")
    else:
        (bureau.folder / "rules.json").unlink()
    bureau.choose()
    in_both_languages(bureau.qtbot, lambda: "\n".join(bureau.texts()), zh, en)
    assert not bureau.find("publish").isEnabled()


@pytest.mark.parametrize(
    ("key", "pin", "zh", "en"),
    [
        (None, "not-the-pin-77", "口令不正确，请核对", "PIN of the key file is wrong; check it"),
        (key_file("organiser", expired=True), PIN, "过期，请换用有效的证书", "expired on"),
        (b"no key file", PIN, "请选择正确的文件", "choose the right one"),
        (key_file("supervisor"), PIN, "不得为同一证书", "hold the same certificate"),
    ],
    ids=["wrong PIN", "expired", "no key file", "another office's key"],
)
def test_a_key_that_may_not_sign_publishes_nothing(
    bureau: Bureau, key: bytes | None, pin: str, zh: str, en: str
) -> None:
    bureau.open(key=key)
    bureau.choose()
    bureau.confirm(pin)
    in_both_languages(bureau.qtbot, bureau.problem, zh, en)
    assert bureau.line("publish-pin").text() == ""
    assert bureau.listed() == []
    if key is None:
        bureau.confirm()
        assert bureau.problem() == ""


def test_a_closed_centre_is_told_and_nothing_that_was_chosen_is_lost(bureau: Bureau) -> None:
    bureau.open()
    bureau.line("publish-centre").clear()
    QTest.keyClicks(bureau.line("publish-centre"), NOWHERE)
    bureau.choose()
    bureau.confirm()
    in_both_languages(bureau.qtbot, bureau.problem, "评标中心", "centre")
    bureau.line("publish-centre").clear()
    QTest.keyClicks(bureau.line("publish-centre"), bureau.process.url)
    bureau.confirm()
    assert bureau.problem() == ""
    assert len(bureau.listed()) == 1


def test_a_tender_is_published_once(bureau: Bureau) -> None:
    bureau.open()
    bureau.choose()
    bureau.confirm()
    (fingerprint,) = bureau.listed()
    bureau.choose(bureau.folder.rename(bureau.home / "again"))
    bureau.folder = bureau.home / "again"
    bureau.confirm()
    in_both_languages(bureau.qtbot, bureau.problem, f"已在评标中心发布（项目指纹 {fingerprint[:16]}", "already")
    assert bureau.listed() == [fingerprint]


def test_what_broke_down_after_it_was_registered_goes_on_and_is_not_founded_twice(bureau: Bureau) -> None:
    bureau.open()
    read = read_tender_folder(bureau.folder, SystemClock().now())
    begun = create(read, key_of("organiser"), bureau.process.log_key, SystemClock())
    register = Register(bureau.process.url)
    register.publish(begun.record, begun.documents.tender, begun.documents.method, begun.documents.rules)
    register.close()
    bureau.choose()
    bureau.confirm()
    assert bureau.problem() == ""
    assert bureau.listed() == [found(begun.record).record.id]


def test_in_the_place_of_another_evaluation_record_0_says_so(bureau: Bureau) -> None:
    bureau.open()
    link = Continuation(evaluation="a" * 64, size=212, root="b" * 64, ended="c" * 64, ground="组成违法，重新组建")
    page = bureau.window.page(PUBLISH)
    assert isinstance(page, PublishPage)
    page.continue_from(link, bureau.folder)
    bureau.wait(bureau.qtbot, lambda: "组成违法，重新组建" in bureau.texts())
    assert "aaaaaaaaaaaaaaaa" in bureau.says("publish-continues")
    bureau.wait(bureau.qtbot, lambda: bureau.line("publish-pin").isEnabled())
    bureau.confirm()
    assert bureau.problem() == ""
    assert not bureau.find("enter-published").isVisible()
    register = Register(bureau.process.url)
    assert register.evaluation(bureau.listed()[0]).founding.continued == link
    register.close()


def test_the_page_speaks_english(bureau: Bureau) -> None:
    try:
        languages().show("en")
        bureau.open()
        bureau.choose()
        assert not [text for text in bureau.texts() if "。" in text]
    finally:
        languages().show("zh")
