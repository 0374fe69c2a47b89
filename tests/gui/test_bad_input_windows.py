"""Bad input where the user meets it: the sign-in page, the banners, the packages, the score form, in both languages.

Real window, real store, real centre. Each says one sentence with what to do; nothing secret is shown or logged, and
what was typed, fetched or saved is still there afterwards.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from evalclient.app.folders import Folders
from evalclient.app.start import Start
from evalclient.app.window import WORK, MainWindow
from evalclient.core.records.acts_committee import Score
from evalclient.crypto.demo.pki import DemoPki
from evalclient.demo.wire import Wire
from evalclient.desk.clock import SystemClock
from evalclient.desk.expert import Expert
from evalclient.desk.seat import STORE_FILE, Seat
from evalclient.settings import Settings
from tests.builders.centre import PIN, CentreProcess, centre_process, key_of
from tests.builders.desks import desks_at
from tests.builders.real_seats import Place, drafted, genesis_for, key_file
from tests.gui.conftest import Sit
from tests.gui.member_room import in_both_languages

__all__ = ["centre_process"]
NOWHERE = "http://127.0.0.1:9"
PATIENCE = 20_000


@pytest.fixture(scope="module")
def place(centre_process: CentreProcess, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(centre_process, tmp_path_factory.mktemp("place"))


@dataclass
class Room:
    """A machine in an evaluation room, and the window on it."""

    place: Place
    folder: Path
    qtbot: QtBot
    caplog: pytest.LogCaptureFixture
    windows: ExitStack = field(default_factory=ExitStack)
    window: MainWindow | None = None

    def open(
        self, person: str = "m1", *, key: bytes | None = None, centre: str = "", genesis: Path | None = None
    ) -> None:
        """The window with everything named but the PIN."""
        file = self.folder / "key.p12"
        if key != b"absent":
            file.write_bytes(key_file(person) if key is None else key)
        settings = Settings(centre=centre or self.place.process.url, store=str(self.folder / "stores"))
        start = Start(settings=settings, genesis=genesis or self.place.announcement, key=str(file), seat="A-01")
        window = MainWindow(start)
        self.window = window
        self.windows.callback(self.close, window)
        window.show()
        self.qtbot.waitUntil(lambda: window.sign_in.list.chosen is not None or self.problem() != "", timeout=PATIENCE)

    def close(self, window: MainWindow | None = None) -> None:
        """End it as its user would."""
        shut = window or self.window
        assert shut is not None
        if shiboken6.isValid(shut):
            shut.close()
            shiboken6.delete(shut)
        self.window = None

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        assert self.window is not None
        found = self.window.findChild(kind, name)
        assert isinstance(found, QWidget), name
        return found

    def problem(self) -> str:
        label = self.find("sign-in-problem", QLabel)
        assert isinstance(label, QLabel)
        return "" if label.isHidden() else label.text()

    def sign_in(self, pin: str = PIN) -> None:
        """Type the PIN, press the button; wait for the work page or a sentence."""
        window = self.window
        assert window is not None
        field = self.find("pin", QLineEdit)
        QTest.keyClicks(field, pin)
        button = self.find("sign-in", QAbstractButton)
        self.qtbot.waitUntil(button.isEnabled, timeout=PATIENCE)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: window.shown_page == WORK or self.problem() != "", timeout=PATIENCE)

    def told(self, zh: str, en: str) -> None:
        """The sign-in page says it in both languages, the PIN is gone, what else was typed is there."""
        in_both_languages(self.qtbot, self.problem, zh, en)
        pin, key, seat = (self.find(name, QLineEdit) for name in ("pin", "key-path", "seat-name"))
        assert isinstance(pin, QLineEdit)
        assert isinstance(key, QLineEdit)
        assert isinstance(seat, QLineEdit)
        assert (pin.text(), key.text(), seat.text()) == ("", str(self.folder / "key.p12"), "A-01")
        self.require_no_secret()

    def require_no_secret(self) -> None:
        assert self.window is not None
        shown = [label.text() for label in self.window.findChildren(QLabel)]
        number = key_of("m1")._signing.private.private_numbers().private_value  # type: ignore[union-attr]
        for text in (*shown, self.caplog.text):
            assert PIN not in text
            assert "wrong-pin" not in text
            assert f"{number:x}" not in text

    def banner(self, name: str) -> QLabel | None:
        """The sentence of a banner, once it is shown."""
        assert self.window is not None
        message = self.window.banners.findChild(QWidget, name)
        if message is None or message.isHidden():
            return None
        return message.sentence  # type: ignore[attr-defined, no-any-return]

    def wait_for_banner(self, name: str, zh: str, en: str) -> None:
        self.qtbot.waitUntil(lambda: self.banner(name) is not None, timeout=PATIENCE)
        label = self.banner(name)
        assert label is not None
        in_both_languages(self.qtbot, label.text, zh, en)
        self.require_no_secret()

    def call(self, verb: Callable[[Expert], object]) -> None:
        assert self.window is not None
        assert self.window.sitting is not None
        self.window.sitting.live.call(lambda desk: verb(Expert(desk))).result(20)

    def home(self, person: str = "m1") -> Path:
        return Folders(self.folder / "stores").seat(self.place.fingerprint, key_of(person).certificate).path


@pytest.fixture
def room(place: Place, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> Iterator[Room]:
    caplog.set_level(logging.DEBUG, logger="evalclient")
    room = Room(place, tmp_path, qtbot, caplog)
    with room.windows:
        yield room


# -- the sign-in page ------------------------------------------------------------------------------------------------


def foreign() -> bytes:
    return DemoPki.create("not recognised", datetime(2026, 11, 1, tzinfo=UTC)).authorities[1].issue(
        "m1", "测试单位", pin=PIN
    ).p12  # fmt: skip


@pytest.mark.parametrize(
    ("person", "key", "pin", "zh", "en"),
    [
        ("m1", None, "wrong-pin", "口令不正确，请核对后重新输入", "check it and enter it again"),
        ("m1", lambda: key_file("m1", expired=True), PIN, "过期，请换用有效的证书", "expired on"),
        ("m1", foreign, PIN, "请换用认可机构的证书", "use a certificate of one that is"),
        ("m1", lambda: b"nonsense", PIN, "请选择正确的文件", "choose the right one"),
        ("m1", lambda: b"absent", PIN, "请检查介质后重新选择", "check the medium and choose it again"),
        ("nobody", None, PIN, "请核对项目或联系组织方", "check the project or ask him"),
        ("custodian-agency", None, PIN, "evalclient submit、release-key", "use the commands evalclient submit"),
    ],
    ids=["wrong PIN", "expired", "unknown authority", "no key file", "missing file", "no place", "no window"],
)
def test_keys_and_certificates(
    room: Room, person: str, key: Callable[[], bytes] | None, pin: str, zh: str, en: str
) -> None:
    room.open(person, key=key() if key else None)
    room.sign_in(pin)
    room.told(zh, en)
    if pin != PIN:
        room.sign_in()
        assert room.window is not None
        assert room.window.shown_page == WORK, "the right PIN goes on from there"


def test_an_announcement_that_is_none(room: Room) -> None:
    wrong = room.folder / "wrong.json"
    wrong.write_bytes(b'{"payload": "AA=="}')
    room.open(genesis=wrong)
    room.told("请从公告重新下载", "download it again from the announcement")


def test_a_closed_centre_at_the_first_sign_in(room: Room) -> None:
    room.open(centre=NOWHERE)
    room.sign_in()
    room.told("无法连接评标中心", "cannot be reached")


def test_a_second_client_on_the_same_store(room: Room) -> None:
    other = Seat(room.home(), room.place.process.url, room.place.genesis, "m1", SystemClock())
    room.open()
    room.sign_in()
    room.told("请先关闭那个客户端", "close that client first")
    assert not room.find("set-aside", QCheckBox).isVisible(), "a store in use is not a damaged one"
    other.close()
    room.sign_in()
    assert room.window is not None
    assert room.window.shown_page == WORK


def test_the_store_of_another_evaluation(room: Room, centre_process: CentreProcess) -> None:
    other = genesis_for(centre_process.log_key, 5.0)
    Seat(room.home(), room.place.process.url, other, "m1", SystemClock()).close()
    room.open()
    room.sign_in()
    room.told("请重新选择项目", "choose the evaluation again")
    assert not room.find("set-aside", QCheckBox).isVisible()


def test_a_damaged_store_is_set_aside_by_a_tick_and_the_drafts_come_back(room: Room) -> None:
    room.open()
    room.sign_in()
    room.call(lambda expert: expert.save_score("bid", "plan", Score("13.5")))
    assert room.window is not None
    sitting = room.window.sitting
    assert sitting is not None
    room.qtbot.waitUntil(lambda: not sitting.seat.log.outbox(), timeout=PATIENCE)
    room.close()
    store = room.home() / STORE_FILE
    data = bytearray(store.read_bytes())
    data[len(data) // 2] ^= 0x40
    store.write_bytes(data)

    room.open()
    tick = room.find("set-aside", QCheckBox)
    assert isinstance(tick, QCheckBox)
    assert not tick.isVisible()
    room.sign_in()
    room.told("勾选“移开损坏的数据”", '"Set the damaged data aside" ticked')
    assert tick.isVisible()
    assert tick.text() == "移开损坏的数据（原样保留）"
    assert store.read_bytes() == data, "nothing happens before it is ticked"
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(12, tick.height() // 2))
    assert tick.isChecked()
    room.sign_in()
    assert room.window.shown_page == WORK
    room.wait_for_banner("set-aside-told", "损坏的数据已原样移到", "lies in")
    assert (room.home() / "damaged-1" / STORE_FILE).read_bytes() == data
    scores: list[dict[str, dict[str, Score]]] = []
    room.call(lambda expert: scores.append(expert.sheet()))
    assert scores == [{"bid": {"plan": Score("13.5")}}]


# -- the banners -----------------------------------------------------------------------------------------------------


@pytest.fixture
def wire(room: Room) -> Iterator[Wire]:
    """The demo's wire to the centre; the file ``cut`` in the room's folder cuts it."""
    centre = urlsplit(room.place.process.url)
    wire = Wire((centre.hostname or "", centre.port or 0), room.folder)
    threading.Thread(target=wire.serve, daemon=True).start()
    yield wire
    wire.close()


def test_a_seat_that_was_left_says_so_and_late_drafts_are_offered_at_the_new_one(room: Room, wire: Wire) -> None:
    """m2 works at a window with the line cut, moves to another window, and comes back into touch."""
    room.open("m2", centre=wire.url)
    room.sign_in()
    former = room.window
    assert former is not None
    assert former.sitting is not None
    link = former.sitting.link
    room.qtbot.waitUntil(lambda: link.state.phase == "online", timeout=PATIENCE)
    flag = room.folder / "cut"
    flag.touch()
    room.qtbot.waitUntil(lambda: link.state.phase == "offline", timeout=PATIENCE)
    room.call(lambda expert: expert.save_score("bid", "quality", Score("8")))

    elsewhere = Room(room.place, room.folder / "elsewhere", room.qtbot, room.caplog, room.windows)
    elsewhere.folder.mkdir()
    elsewhere.open("m2")
    elsewhere.sign_in()
    flag.unlink()
    room.wait_for_banner("superseded", "请在新席位继续，并关闭本窗口", "Go on at the new seat and close this window")
    message = former.banners.findChild(QWidget, "superseded")
    assert message is not None
    assert not message.cross.isVisible(), "it is not to be overlooked"  # type: ignore[attr-defined]
    refused: list[object] = []
    former.sitting.live.act(lambda desk: Expert(desk).save_score("bid", "plan", Score("1")), failed=refused.append)
    room.qtbot.waitUntil(lambda: bool(refused), timeout=PATIENCE)
    assert "不能再办理事项" in refused[0].sentence.zh  # type: ignore[attr-defined]

    elsewhere.wait_for_banner("late-drafts", "（1 项）在换席位之后才到达", "(1 part) arrived after you had moved")
    assert elsewhere.window is not None
    offer = elsewhere.window.banners.findChild(QWidget, "late-drafts")
    assert offer is not None
    adopt = next(button for button in offer.findChildren(QAbstractButton) if button.text() == "采用")
    QTest.mouseClick(adopt, Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: elsewhere.banner("late-drafts") is None, timeout=PATIENCE)
    scores: list[dict[str, dict[str, Score]]] = []
    elsewhere.call(lambda expert: scores.append(expert.sheet()))
    assert scores == [{"bid": {"quality": Score("8")}}]


def test_a_centre_that_stops_and_comes_back(tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """Killed in the middle: the strip says off line, scores are kept, and the window catches up by itself."""
    process = CentreProcess(tmp_path / "process")
    process.start()
    room = Room(Place(process, tmp_path), tmp_path / "machine", qtbot, caplog)
    room.folder.mkdir()
    with room.windows:
        room.open()
        room.sign_in()
        assert room.window is not None
        sitting = room.window.sitting
        assert sitting is not None
        qtbot.waitUntil(lambda: sitting.link.state.phase == "online", timeout=PATIENCE)
        process.kill()
        qtbot.waitUntil(lambda: sitting.link.state.phase == "offline", timeout=PATIENCE)
        room.call(lambda expert: expert.save_score("bid", "plan", Score("17")))
        assert len(sitting.seat.log.outbox()) == 1
        room.require_no_secret()
        process.start()
        qtbot.waitUntil(
            lambda: sitting.link.state.phase == "online" and not sitting.seat.log.outbox(), timeout=PATIENCE
        )
        assert not sitting.seat.log.refusals()
    again = room.place.sit("m1", "-later")
    assert drafted(again, "bid") == {"plan": "17"}
    again.close()
    assert process.stop() == 0


# -- the score form --------------------------------------------------------------------------------------------------


def test_scores(sit: Sit, qtbot: QtBot) -> None:
    sat = sit(desks_at("scoring"))
    good, entry = sat.find("score-quality", QLineEdit), sat.find("score-plan", QLineEdit)
    assert isinstance(entry, QLineEdit)
    sat.type("score-quality", "12.5")
    QTest.keyClick(good, Qt.Key.Key_Return)

    def sheet() -> dict[str, dict[str, Score]]:
        return sat.live.call(lambda desk: Expert(desk).sheet()).result(20)

    sat.wait(qtbot, lambda: sheet() != {})
    kept, card = sheet(), sat.find("item-plan")

    def words() -> str:
        return " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())

    for typed, zh, en in (
        ("21", "超出范围", "range"),
        ("-1", "超出范围", "range"),
        ("7.3", "不符合评分步长", "step"),
        ("9" * 16, "超出范围", "range"),
    ):
        entry.clear()
        sat.type("score-plan", typed)
        QTest.keyClick(entry, Qt.Key.Key_Return)
        in_both_languages(qtbot, words, zh, en)
        assert entry.text() == typed, "it stays where it can be corrected"
    qtbot.wait(700)  # longer than a pause in typing after which a good score saves itself
    assert sheet() == kept, "no bad score is saved, and the good one is there"
