"""The window with a token for a key: chosen from a list, wrong PINs, pulled out at work, a token that hangs at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from evalclient.app.start import Start
from evalclient.app.window import WORK, MainWindow
from evalclient.crypto.demo.pki import Credential
from evalclient.desk.organiser import Organiser
from evalclient.settings import Settings
from tests.builders.centre import PIN as FILE_PIN
from tests.builders.centre import CentreProcess, authorities, centre_process, key_of
from tests.builders.real_seats import Place, key_file
from tests.builders.soft_tokens import PIN, Awkward, SoftToken, awkward_library, soft_token

__all__ = ["centre_process"]
PATIENCE = 20_000


@pytest.fixture(scope="module")
def place(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(centre_process, tmp_path_factory.mktemp("place"))


class Booth:
    """A machine with a token in it, and the window."""

    def __init__(self, place: Place, folder: Path, token: SoftToken, temper: Awkward, qtbot: QtBot) -> None:
        self.token, self.temper, self.qtbot = token, temper, qtbot
        settings = Settings(
            centre=place.process.url, store=str(folder / "stores"), language="zh", pkcs11=(str(temper.library),)
        )
        self.window = MainWindow(Start(settings=settings, genesis=place.announcement, seat="A-01"))
        self.window.show()
        self.key = self.window.sign_in.key
        self.wait(lambda: self.window.sign_in.list.chosen is not None)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def act(self, person: str) -> str:
        """Sign something with the certificate: the sentence of its refusal, "" where it is signed."""
        assert self.window.sitting is not None
        answers: list[str] = []
        self.window.sitting.live.key_act(
            lambda desk: Organiser(desk).appoint(person, "expert", "main", key_of(person).certificate),
            done=lambda _id: answers.append(""),
            failed=lambda refusal: answers.append(refusal.sentence.zh),
        )
        self.wait(lambda: bool(answers))
        return answers[0]

    def press(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton), name
        self.wait(button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def label(self, name: str) -> str:
        found = self.window.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return "" if found.isHidden() else found.text()

    def choose(self) -> None:
        """The token behind the library that locks."""
        self.press("key-token-kind")
        self.wait(lambda: self.key.tokens.count() > 0)
        offered = [self.key.tokens.itemData(at) for at in range(self.key.tokens.count())]
        self.key.tokens.choose(next(each for each in offered if each.endswith(str(self.temper.library))))

    def sign_in(self, pin: str = PIN) -> None:
        field = self.window.findChild(QLineEdit, "pin")
        assert isinstance(field, QLineEdit)
        field.setText(pin)  # no key of a test has Chinese on it
        self.press("sign-in")
        self.wait(lambda: self.window.shown_page == WORK or self.label("sign-in-problem") != "")

    def close(self) -> None:
        if shiboken6.isValid(self.window):
            self.window.close()
            shiboken6.delete(self.window)


@pytest.fixture
def booth(
    place: Place,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Booth]:
    credential = Credential(key_file("organiser"), key_of("organiser").certificate, key_of("organiser").certificate)
    issuer = authorities().authorities[1].intermediate_der
    token = soft_token(tmp_path / "token", "评标卡", [credential], FILE_PIN, [issuer])
    monkeypatch.setenv("SOFTHSM2_CONF", str(token.configuration))
    booth = Booth(place, tmp_path, token, awkward_library(tmp_path_factory.getbasetemp(), tmp_path, monkeypatch), qtbot)
    try:
        yield booth
    finally:
        booth.close()


def test_a_token_is_chosen_from_the_list_and_wrong_pins_are_counted(booth: Booth) -> None:
    booth.choose()
    assert "评标卡" in booth.key.tokens.currentText()
    assert key_holder(booth.key.tokens.currentText())
    booth.sign_in("wrong-pin")
    assert "连续输错会锁定" in booth.label("sign-in-problem")
    booth.sign_in("wrong-pin")
    assert "只剩最后 1 次机会" in booth.label("sign-in-problem")
    booth.wait(lambda: "只剩最后 1 次机会" in booth.label("key-state"))
    booth.sign_in()
    assert booth.window.shown_page == WORK
    told = booth.window.findChild(QWidget, "certificate-told")
    assert isinstance(told, QWidget), "no list is there, and the rule accepts that"
    assert "您的证书：吊销状态不明：没有" in "".join(label.text() for label in told.findChildren(QLabel))
    assert "登录时的证书：吊销状态不明" in booth.window.bar.who.toolTip()
    assert booth.act("m4") == ""


def test_a_locked_token_is_said_so_and_cannot_be_chosen(booth: Booth) -> None:
    booth.choose()
    for _ in range(3):
        booth.sign_in("wrong-pin")
    assert "已锁定" in booth.label("sign-in-problem")
    booth.wait(lambda: "已锁定" in booth.label("key-state"))
    field = booth.window.findChild(QLineEdit, "pin")
    assert isinstance(field, QLineEdit)
    field.setText(PIN)
    assert "换用其他介质" in booth.label("sign-in-note")


def test_a_token_pulled_out_at_work_costs_one_act_and_goes_on_after_the_pin(booth: Booth) -> None:
    booth.choose()
    booth.sign_in()
    (stick,) = booth.token.objects.iterdir()
    away = stick.rename(booth.token.folder / "away")
    assert "已被拔出" in booth.act("m5")
    away.rename(stick)
    booth.window.lock()
    booth.window.unlock_asked.emit("wrong-pin")
    booth.wait(lambda: any("PIN 码不正确" in label.text() for label in booth.window.findChildren(QLabel)))
    assert booth.window.locked
    booth.window.unlock_asked.emit(PIN)
    booth.wait(lambda: not booth.window.locked)
    assert booth.act("m5") == ""


def test_a_token_that_hangs_does_not_hold_the_window_when_it_is_closed(booth: Booth) -> None:
    booth.choose()
    booth.sign_in()
    sitting = booth.window.sitting
    assert sitting is not None
    booth.temper.mood("hang")
    sitting.live.key_act(lambda desk: Organiser(desk).appoint("m6", "expert", "main", key_of("m6").certificate))
    booth.close()
    assert booth.window.unstopped == ()


def test_nothing_shown_or_remembered_holds_the_pin(booth: Booth, caplog: pytest.LogCaptureFixture) -> None:
    booth.choose()
    booth.sign_in("wrong-pin")
    booth.sign_in()
    for text in (caplog.text, *(label.text() for label in booth.window.findChildren(QLabel)), booth.key.address):
        assert PIN not in text
        assert "wrong-pin" not in text


def key_holder(text: str) -> bool:
    """Whether a name stands before the token's own."""
    return text.partition(" · ")[0] not in ("", "评标卡")
