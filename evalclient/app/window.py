"""The window: sign-in first, then the pages of whoever has signed in. ``open_window`` makes it, ``run_window`` lives it."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from evalclient.app.door import SeatDoor
from evalclient.app.start import Start, libraries_of, mend_input_method
from evalclient.ui.charts import names_for_plotting, plotting
from evalclient.ui.collector import Collector
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.jobs import Job, Lane, Lanes
from evalclient.ui.pages.sign_in import SignInPage
from evalclient.ui.texts import fault, languages, said
from evalclient.ui.theme import SCALES, application, theme

if TYPE_CHECKING:
    from pathlib import Path

    from evalclient.app.opening import Opened
    from evalclient.app.sitting import Sitting
    from evalclient.app.surroundings import Surroundings
    from evalclient.core.records.acts_founding import Continuation
    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.publishing import Announcement
    from evalclient.ui.pages.door import Choice
    from evalclient.ui.pages.publish import PublishPage

_log = logging.getLogger(__name__)
SIGN_IN: Final = "sign-in"
WORK: Final = "work"
PUBLISH: Final = "publish"
FIRST_SIZE: Final = (1366, 768)
#: how long a signature that is being made when the window is closed may still take
TOKEN_SECONDS: Final = 2.0
#: between two pieces that are loaded
PIECE_MS: Final = 10
REST_MS: Final = 500
#: seconds after which a lane that computes (a report, an analysis) lets the GUI thread in; Python's own are ten times more
SWITCH_S: Final = 0.0005
SEES_CHARTS: Final = ("member", "supervisor")
#: loaded a piece at a time while the person reads the sign-in page; each costs a few milliseconds once those before it
#: are there
_LATER: Final = (
    "evalclient.ui.live",
    "evalclient.ui.documents.view",
    "evalclient.ui.pages.room",
    "evalclient.app.link",
    "evalclient.app.packages",
    "evalclient.app.sitting",
    "evalclient.app.surroundings",
    "evalclient.ui.pages.strip",
    "evalclient.ui.pages.pledge",
    "evalclient.ui.pages.leader",
    "evalclient.ui.pages.bid_form",
    "evalclient.ui.pages.review",
    "evalclient.ui.pages.seat",
    "evalclient.ui.pages.settlement",
    "evalclient.ui.pages.price",
    "evalclient.ui.pages.summary",
    "evalclient.ui.pages.recheck",
    "evalclient.ui.pages.member_pages",
    "evalclient.ui.pages.registry",
    "evalclient.ui.pages.organiser",
    "evalclient.ui.pages.supervisor",
    "evalclient.ui.pages.desktops",
    "evalclient.ui.pages.publish",
)


class MainWindow(Frame):
    """``sitting`` is there once somebody has signed in."""

    def __init__(self, start: Start) -> None:
        self.lanes = Lanes.start()
        super().__init__(self.lanes, start.idle_minutes)
        self._start = start
        self.sitting: Sitting | None = None
        self._surroundings: Surroundings | None = None
        self._choice: Choice | None = None
        self._publishing: tuple[PublishPage, Lane] | None = None
        self._finished = False
        self._collector = Collector(self)
        self.door = SeatDoor(start, self.lanes, self)
        self.door.opened.connect(self._opened)
        self.sign_in = SignInPage(self.door, start.settings.centre)
        self.add_page(SIGN_IN, self.sign_in)
        self.sign_in.publish.clicked.connect(self._publish)
        self.show_page(SIGN_IN)
        self.show_identity(Identity())
        self.unlock_asked.connect(self._check_pin)
        self.closing.connect(self._stop)
        self._painted = False
        self._pieces: Iterator[object] = map(import_module, _LATER)
        self._ready = False
        self._libraries: Job | None = None
        self._entered: Opened | None = None
        self._patience = threading.Timer(TOKEN_SECONDS, _give_tokens_up)
        self._patience.daemon = True
        self._idle_load = QTimer(self)
        self._idle_load.setSingleShot(True)
        self._idle_load.timeout.connect(self._load_some)
        self.resize(*FIRST_SIZE)

    # -- before sign-in --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._idle_load.start(0)

    @Slot()
    def _load_some(self) -> None:
        """After the first paint: the libraries without Qt on a lane, the pages here, one by one."""
        if self._libraries is None:
            self._libraries = self.lanes.net.submit(_load_libraries, done=self._loaded)
            return
        for _loaded in self._pieces:
            self._idle_load.start(PIECE_MS)
            return
        self._collector.settle()
        if self.sitting is not None:
            self.lanes.documents.submit(plotting)
        self._ready = True
        if self._entered is not None and self.sitting is None:
            self._sit_down(self._entered)

    @Slot(object)
    def _loaded(self, _nothing: object) -> None:
        self._idle_load.start(0)
        start = self._start
        if start.settings.centre and start.genesis is None:
            self.sign_in.ask()
        self.sign_in.prefill(genesis=start.genesis, key=start.key, seat=start.seat)
        if start.complete:
            self.sign_in.list.changed.connect(self._enter_at_once)

    @Slot()
    def _enter_at_once(self) -> None:
        """Everything was named on the command line: sign in as if it had been typed."""
        if self.sign_in.list.chosen is not None:
            self.sign_in.list.changed.disconnect(self._enter_at_once)
            self.sign_in.pin.setText(self._start.password)
            self.sign_in.button.click()

    @Slot()
    def _publish(self) -> None:
        """The organiser wants to found an evaluation; there is none yet that he could sign in to."""
        page = self._publish_page()
        page.prefill(centre=self.sign_in.centre.text().strip(), key=self.sign_in.key.address)
        self.show_page(PUBLISH)

    def _publish_page(self) -> PublishPage:
        """Made when it is first wanted, with a lane of its own: publishing takes as long as the centre does."""
        from evalclient.app.folders import Folders
        from evalclient.app.publishing import WindowPublishing
        from evalclient.desk.clock import SystemClock
        from evalclient.ui.pages.publish import PublishPage

        if self._publishing is not None:
            return self._publishing[0]
        lane = Lane("publishing")
        given = self._start.store if self.sitting is None else None  # whose seat works at it
        settings = self._start.settings
        publish = WindowPublishing(Folders(settings.store_folder, given), libraries_of(settings))
        page = PublishPage(lane, SystemClock(), publish)
        page.key.tokens_wanted.connect(self._ask_tokens)
        page.left.connect(self._leave_publishing)
        page.enter_wanted.connect(self._enter_published)
        self.add_page(PUBLISH, page)
        self._publishing = (page, lane)
        return page

    @Slot()
    def _ask_tokens(self) -> None:
        self.door.tokens(self._publish_page().key.show_tokens)

    def _found_anew(self, continues: Continuation, folder: Path | None) -> None:
        """The organiser at his page founds another evaluation in the place of the one that has ended."""
        page = self._publish_page()
        page.prefill(centre=self.sign_in.centre.text().strip(), key=self.sign_in.key.address)
        page.continue_from(continues, folder)
        self.show_page(PUBLISH)

    @Slot()
    def _leave_publishing(self) -> None:
        self.show_page(SIGN_IN if self.sitting is None else WORK)

    @Slot(object)
    def _enter_published(self, announcement: Announcement) -> None:
        """Sign in to what has just been published, with the same centre and key."""
        page = self._publish_page()
        self.sign_in.centre.setText(page.centre.value)
        self.sign_in.prefill(genesis=None, key=page.key.address, seat=self.sign_in.seat.text())
        self.sign_in.announce(self.door.adopt(announcement.fingerprint, announcement.genesis))
        self.show_page(SIGN_IN)

    # -- signed in -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        """Signed in; whoever was quicker than the pages waits for them with a window that answers."""
        self._entered = opened
        if self._ready:
            self._sit_down(opened)

    def _sit_down(self, opened: Opened) -> None:
        from evalclient.app.sitting import Sitting
        from evalclient.app.surroundings import Surroundings
        from evalclient.ui.pages.desktops import desktop

        self.sitting = sitting = Sitting(opened, self.door.key, self._start.settings, self.lanes, self)
        sitting.pin_right.connect(self.unlock)
        sitting.pin_wrong.connect(self.unlock_failed)
        page: QWidget
        if sitting.role == "member":
            from evalclient.ui.pages.member_pages import MemberPages

            page = MemberPages(sitting.room())
        else:
            page = desktop(sitting.role, sitting.office(self._found_anew))
        self.add_page(WORK, page)
        self._surroundings = Surroundings(self, sitting)
        self.show_work(True)
        self.show_page(WORK)
        if opened.set_aside is not None:
            self._tell_set_aside(opened.set_aside)
        if opened.certificate.standing != "counts":
            self._tell_certificate(opened.certificate.words)
        if sitting.role in SEES_CHARTS:
            self._pieces = names_for_plotting()
            self._idle_load.start(PIECE_MS)
        sitting.link.start()

    def _tell_certificate(self, words: Bilingual) -> None:
        """What speaks against it, or that nothing current clears it: by the rule of the evaluation he signs in all the same."""
        told = self.banners.show_message(
            "certificate", "warn", lambda: self.tr("您的证书：{state}").format(state=said(words))
        )
        told.setObjectName("certificate-told")

    def _tell_set_aside(self, folder: Path) -> None:
        self.banners.show_message(
            "set-aside",
            "warn",
            lambda: self.tr(
                "损坏的数据已原样移到 {folder}，已同步的内容从评标中心取回；请核对损坏前最后填写的几项，并告知技术人员。"
            ).format(folder=folder),
        ).setObjectName("set-aside-told")

    @Slot(str)
    def _check_pin(self, pin: str) -> None:
        if self.sitting is not None:
            self.sitting.check_pin(pin)

    # -- the end ---------------------------------------------------------------------------------------------------

    @Slot()
    def _stop(self) -> None:
        self._idle_load.stop()
        self._patience.start()
        if self._surroundings is not None:
            self._surroundings.stop()
        if self.sitting is not None:
            self.sitting.stop()
        if self._publishing is not None:
            self._publishing[1].stop(2.0, drop=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not event.isAccepted() or self._finished:
            return
        self._finished = True
        self._patience.cancel()
        _give_tokens_up()
        if self.sitting is not None:
            self.sitting.finish(desk_ended="desk" not in self.unstopped)
        elif self._entered is not None and "desk" not in self.unstopped:
            self._entered.seat.close()  # signed in, and gone before the pages were there
        self._collector.stop()


def open_window(start: Start) -> tuple[QApplication, MainWindow]:
    """The application and its window, shown; the caller runs the event loop, or drives the window itself."""
    mend_input_method(os.environ)
    sys.setswitchinterval(SWITCH_S)
    app = application()
    app.setApplicationName("evalclient")
    theme()
    _set_scale(start.settings.scale)
    _set_language(start)
    window = MainWindow(start)
    if start.full_screen:
        window.showFullScreen()
    else:
        window.show()
    return app, window


def come_to_rest(app: QApplication) -> None:
    """Let events run until what a fresh window holds is laid out: for who paints it without ever running it."""
    QTimer.singleShot(REST_MS, app.quit)
    app.exec()


def run_window(start: Start) -> int:
    """The program with its window, until it is closed; the exit code."""
    app, window = open_window(start)
    before = sys.excepthook
    sys.excepthook = _hook(window, before)
    try:
        return int(app.exec())
    finally:
        sys.excepthook = before


def _hook(
    window: MainWindow, before: Callable[[type[BaseException], BaseException, TracebackType | None], object]
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """A fault of our own is logged, and said where the person sees it; the window lives on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        _log.error("fault", exc_info=(kind, error, trace))
        window.toast.show_message("bad", fault(error))

    return hook


def _give_tokens_up() -> None:
    """A token that still hesitates holds neither the window nor the saves that wait behind it."""
    from evalclient.crypto.keys.process import end_all

    end_all()


def _set_scale(scale: float) -> None:
    nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - scale))
    look = theme()
    look.zoom(0)
    look.zoom(nearest - SCALES.index(look.scale))


def _set_language(start: Start) -> None:
    wanted = start.settings.shown_language(os.environ)
    try:
        languages().show(wanted)
    except FileNotFoundError:
        _log.error("the English catalogue is missing; run make setup")


def _load_libraries() -> None:
    """What signing in needs, loaded off the GUI thread; nothing here touches Qt."""
    began = time.monotonic()
    import evalclient.app.folders
    import evalclient.app.opening
    import evalclient.desk.reporting
    import evalclient.sync.register  # noqa: F401 - loaded for later

    _log.debug("libraries loaded in %.0f ms", (time.monotonic() - began) * 1000)
