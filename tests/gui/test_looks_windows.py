"""What stands around or before the pages, looked at: sign-in, lock screen, messages, the demo's lobby."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evalclient.app.start import Start
from evalclient.app.window import MainWindow
from evalclient.core.law_words import cited
from evalclient.core.records.fields import Bilingual
from evalclient.demo.casting import Progress
from evalclient.demo.play.bar import DemoBar
from evalclient.demo.play.cards import CutCard, DigitCard, EndCard, LiarCard, PeekCard
from evalclient.demo.play.lobby import Lobby
from evalclient.demo.play.panel import DemoPanel
from evalclient.settings import Settings
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.live import Refusal
from evalclient.ui.widgets.notices import Action
from tests.gui.looking import FEWER, look, shown_in

OFFLINE = Bilingual(
    "与中心的连接已断开，可继续工作；已有 2 条记录存于本机。", "Not connected; you can go on working, 2 are saved here."
)
NOTHING: frozenset[str] = frozenset()
PERSON = frozenset({"王建国"})


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    chosen: str = request.param
    with shown_in(chosen):
        yield chosen


@contextmanager
def on_screen(frame: Frame, qtbot: QtBot) -> Iterator[Frame]:
    """The window, as long as it is looked at."""
    frame.show()
    qtbot.waitExposed(frame)
    try:
        yield frame
    finally:
        frame.close()
        shiboken6.delete(frame)


def test_sign_in_where_the_centre_does_not_answer(language: str, tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(centre="http://127.0.0.1:9", store=str(tmp_path))
    with on_screen(MainWindow(Start(settings=settings)), qtbot) as window:
        assert isinstance(window, MainWindow)
        page = window.sign_in
        page.fail(Bilingual("PIN 码不正确，请重新输入。", "The PIN is wrong; type it again."))
        look(window, language, NOTHING, qtbot, crowded=True)


def test_the_lock_screen(language: str, qtbot: QtBot) -> None:
    with on_screen(Frame(idle_minutes=0), qtbot) as frame:
        frame.show_identity(Identity(person="王建国"))
        frame.lock()
        frame.unlock_failed(Bilingual("PIN 码不正确，请重新输入。", "The PIN is wrong; type it again."))
        look(frame, language, PERSON, qtbot)


def test_messages(language: str, qtbot: QtBot) -> None:
    with on_screen(Frame(idle_minutes=0), qtbot) as frame:
        frame.banners.show_message("offline", "warn", OFFLINE, action=Action(Bilingual("重试", "Try again"), print))
        frame.banners.show_message("refused", "bad", OFFLINE, cited("招标投标法 第四十四条"))
        frame.toast.show_message("bad", OFFLINE, Action(Bilingual("查看", "Look"), print))
        look(frame, language, NOTHING, qtbot)


def test_the_demos_lobby(language: str, qtbot: QtBot) -> None:
    with on_screen(Lobby(6), qtbot) as lobby:
        look(lobby, language, NOTHING, qtbot, crowded=True)


@pytest.mark.parametrize("card", ["cut", "digit", "liar", "peek", "end"])
def test_the_demos_bar_and_panel(language: str, card: str, qtbot: QtBot) -> None:
    cards = {"cut": CutCard(), "digit": DigitCard(), "liar": LiarCard(), "peek": PeekCard("expert"), "end": EndCard()}
    with on_screen(Frame(idle_minutes=0), qtbot) as frame:
        work = QWidget()
        frame.add_page("work", work)
        frame.show_page("work")
        bar, panel = DemoBar(frame), DemoPanel(cards, frame, frame.pages)
        frame.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
        frame.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
        bar.show_progress(Progress(62, OFFLINE))
        cards["peek"].refuse(Refusal(OFFLINE, "招标投标法 第四十四条"))  # type: ignore[attr-defined]
        panel.open_card(card)
        look(frame, language, NOTHING, qtbot, sizes=FEWER)


def test_the_demos_preparation(language: str, qtbot: QtBot) -> None:
    with on_screen(Lobby(6), qtbot) as lobby:
        assert isinstance(lobby, Lobby)
        lobby.prepare("expert")
        for second in range(30):
            lobby.show_progress(Progress(second, OFFLINE))
        lobby.fail(Bilingual("演示不能继续，请重新开始。", "The demo cannot go on; start it again."))
        look(lobby, language, NOTHING, qtbot, crowded=True)
