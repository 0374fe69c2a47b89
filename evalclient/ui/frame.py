"""The main window: top bar, stages, messages, one page at a time, status strip; locks itself when left alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QWidget

from evalclient.ui.frame_bar import Identity, TopBar
from evalclient.ui.idle import IdleWatch
from evalclient.ui.jobs import Lanes
from evalclient.ui.texts import Say, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.layout import box, column
from evalclient.ui.widgets.notices import Banners, Toast

if TYPE_CHECKING:
    from evalclient.ui.frame_lock import LockPage
    from evalclient.ui.widgets.status_strip import StatusStrip
    from evalclient.ui.widgets.stepper import Stepper

SMALLEST = (1120, 640)
IDLE_MINUTES = 10.0
STOP_SECONDS = 5.0


class Frame(QMainWindow):
    """Holds the pages by key.

    ``unlock_asked(pin)`` while locked: answer with ``unlock()`` or ``unlock_failed(sentence)``. Closing first asks
    ``may_close`` (if set), then emits ``closing`` and stops the lanes, letting saves and signatures finish.
    """

    unlock_asked = Signal(str)
    locked_changed = Signal(bool)
    resized = Signal(int)
    """Width of the window in pixels, for pages that fold away parts."""
    closing = Signal()

    def __init__(
        self, lanes: Lanes | None = None, idle_minutes: float = IDLE_MINUTES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme().dress(self)
        self._lanes = lanes
        self._identity = Identity()
        self._pages: dict[str, QWidget] = {}
        self.may_close: Callable[[], bool] | None = None
        self.unstopped: tuple[str, ...] = ()
        """Lanes that were still at work when the window gave up waiting for them."""
        self.bar = TopBar()
        self._stages: QFrame = box(column(gap=0), role="stage-bar")
        self._stages.hide()
        self.banners = Banners()
        self.pages = QStackedWidget()
        self._below: QFrame = box(column(gap=0))
        self._below.hide()
        inner = column(self._stages, self.banners, self.pages, self._below, gap=0)
        inner.setStretch(2, 1)
        work = box(inner, name="page")
        self._curtain = QStackedWidget()
        self._curtain.addWidget(work)
        outer = column(self.bar, self._curtain, gap=0)
        outer.setStretch(1, 1)
        self.setCentralWidget(box(outer))
        self._curtain.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._curtain.setFocus()  # not the first button of the bar
        self.toast = Toast(self.pages)
        self._idle = IdleWatch(_app(), idle_minutes, self)
        self._idle.idle.connect(self.lock)
        self.bar.lock.connect(self.lock)
        self.bar.full_screen.connect(self.toggle_full_screen)
        self.setMinimumSize(*SMALLEST)
        self._shortcuts()
        theme().changed.connect(self._fit)

    @cached_property
    def stepper(self) -> Stepper:
        """The stages; made when somebody has signed in, as the strip is: the window is painted before."""
        from evalclient.ui.widgets.stepper import Stepper

        stepper = Stepper()
        stepper.follow_window(self.height())
        _put(self._stages, stepper)
        return stepper

    @cached_property
    def status(self) -> StatusStrip:
        """The strip at the bottom."""
        from evalclient.ui.widgets.status_strip import StatusStrip

        strip = StatusStrip()
        _put(self._below, strip)
        return strip

    @cached_property
    def _lock_page(self) -> LockPage:
        """Made when the window is locked for the first time."""
        from evalclient.ui.frame_lock import LockPage

        page = LockPage()
        page.entered.connect(self.unlock_asked)
        self._curtain.addWidget(page)
        return page

    # -- what the window shows ------------------------------------------------------------------------------------

    def show_identity(self, identity: Identity) -> None:
        self._identity = identity
        self.bar.show_identity(identity)
        self.setWindowTitle(said(identity.tender) or self.tr("电子评标室"))

    def show_work(self, shown: bool) -> None:
        """Show the stages and the status strip (after sign-in) or hide them (at sign-in)."""
        self._stages.setVisible(shown)
        self._below.setVisible(shown)

    def add_page(self, key: str, page: QWidget) -> None:
        """Keep a page under a key; a page of the same key is replaced and deleted."""
        old = self._pages.pop(key, None)
        current = old is not None and self.pages.currentWidget() is old
        self._pages[key] = page
        self.pages.addWidget(page)
        if current:
            self.pages.setCurrentWidget(page)
        if old is not None:
            self.pages.removeWidget(old)
            old.deleteLater()

    def show_page(self, key: str) -> None:
        """KeyError for a key that was never added."""
        self.pages.setCurrentWidget(self._pages[key])

    def page(self, key: str) -> QWidget:
        return self._pages[key]

    @property
    def shown_page(self) -> str:
        """The key of the page now shown, "" for none: what a test that sits before the window asks."""
        return next((key for key, page in self._pages.items() if page is self.pages.currentWidget()), "")

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab goes on to the next widget; but the focus of a part of the page that goes away or rests stays on the page.

        Qt would hand it to whatever comes next: a switch of the bar, a colleague's eye.
        """
        before, page = self.focusWidget(), self.pages.currentWidget()
        of_page = self.pages.isAncestorOf(before)  # not where nothing has the focus
        if of_page and not (before.isVisible() and before.isEnabled()) and page is not None and page.isVisible():
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().focusNextPrevChild(next)

    # -- lock -----------------------------------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        return self._curtain.currentIndex() > 0

    def lock(self) -> None:
        """Hide the work behind the PIN; nothing is closed or forgotten. Does nothing before sign-in."""
        if self.locked or not self._identity.person:
            return
        self._lock_page.reset(self._identity.person)
        self._curtain.setCurrentWidget(self._lock_page)
        self.bar.title.hide()
        self.bar.about.hide()
        self._idle.stop()
        self.locked_changed.emit(True)

    def unlock(self) -> None:
        """The PIN was right."""
        if not self.locked:
            return
        self._curtain.setCurrentIndex(0)
        self.bar.title.show()
        self.bar.about.show()
        self._idle.restart()
        self.locked_changed.emit(False)

    def unlock_failed(self, sentence: Say) -> None:
        self._lock_page.fail(sentence)

    # -- window ---------------------------------------------------------------------------------------------------

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(event.size().width())
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """A low window, or larger text, leaves less room for what stands around the page."""
        if "stepper" in self.__dict__:
            self.stepper.follow_window(self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close is not None and not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        self._idle.stop()
        if self._lanes is not None:
            self.unstopped = self._lanes.stop(STOP_SECONDS)
        event.accept()

    def _shortcuts(self) -> None:
        ctrl, key = Qt.KeyboardModifier.ControlModifier, Qt.Key
        for keys, act in (
            (QKeySequence(QKeyCombination(ctrl, key.Key_Plus)), self._zoom_in),
            (QKeySequence(QKeyCombination(ctrl, key.Key_Equal)), self._zoom_in),
            (QKeySequence(QKeyCombination(ctrl, key.Key_Minus)), self._zoom_out),
            (QKeySequence(QKeyCombination(ctrl, key.Key_0)), self._zoom_normal),
            (QKeySequence(QKeyCombination(ctrl, key.Key_L)), self.lock),
            (QKeySequence(key.Key_F11), self.toggle_full_screen),
        ):
            QShortcut(keys, self).activated.connect(act)

    def _zoom_in(self) -> None:
        theme().zoom(1)

    def _zoom_out(self) -> None:
        theme().zoom(-1)

    def _zoom_normal(self) -> None:
        theme().zoom(0)


def _app() -> QCoreApplication:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("a window needs a QApplication")
    return app


def _put(holder: QWidget, content: QWidget) -> None:
    layout = holder.layout()
    if layout is None:
        raise LookupError("the holder has no layout")
    layout.addWidget(content)
