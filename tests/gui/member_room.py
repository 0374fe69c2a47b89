"""A member's pages on a real desk for tests and pictures: live desk, lanes, documents; the packages lie in memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from evalclient.desk.desk import Desk
from evalclient.desk.reporting import Reporting
from evalclient.ui.documents.process import RendererProcess
from evalclient.ui.jobs import Lane
from evalclient.ui.live import Live
from evalclient.ui.pages.member_pages import MemberPages
from evalclient.ui.pages.room import BidDocument, Packages, PackageState, PageLink, Papers, Room
from evalclient.ui.texts import languages
from tests.builders.desks import Desks

Bids = Mapping[str, tuple[tuple[BidDocument, bytes], ...]]
Links = Mapping[str, Mapping[str, tuple[PageLink, ...]]]


class MemoryPackages(Packages):
    """Packages that have been opened already; their documents lie in memory."""

    def __init__(self, bids: Bids | None = None, links: Links | None = None) -> None:
        super().__init__()
        self.bids: Bids = bids or {}
        self.page_links: Links = links or {}
        self.states: dict[str, PackageState] = {}
        self.calls: list[tuple[str, str]] = []

    def state(self, bidder: str) -> PackageState:
        usual = PackageState("ready", 20 << 20, 20 << 20) if bidder in self.bids else PackageState("locked")
        return self.states.get(bidder, usual)

    def documents(self, bidder: str) -> tuple[BidDocument, ...]:
        return tuple(document for document, _ in self.bids.get(bidder, ()))

    def links(self, bidder: str, item: str) -> tuple[PageLink, ...]:
        return self.page_links.get(bidder, {}).get(item, ())

    def open(self, bidder: str, document: str) -> BinaryIO:
        return io.BytesIO(next(data for entry, data in self.bids[bidder] if entry.id == document))

    def fetch(self, bidder: str) -> None:
        self.calls.append(("fetch", bidder))

    def cancel(self, bidder: str) -> None:
        self.calls.append(("cancel", bidder))


@dataclass(frozen=True)
class DeskSeat:
    """What ``Reporting`` asks of a seat: its desk, and small documents from its store."""

    desk: Desk

    def blob(self, digest: str) -> bytes:
        data = self.desk.log.blob(digest)
        assert data is not None, digest
        return data


class Hand:
    """Finds, clicks, types and reads on ``pages``."""

    pages: QWidget

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The widget of an object name."""
        found = self.pages.findChild(kind, name)
        assert isinstance(found, QWidget), name
        return found

    def wait(self, qtbot: QtBot, until: Callable[[], object]) -> None:
        """Let the lanes work until something holds."""
        qtbot.waitUntil(lambda: bool(until()), timeout=15_000)

    def click(self, qtbot: QtBot, name: str) -> None:
        """A real click in the middle of a button that is shown and enabled; waits until it may be pressed."""
        button = self.find(name, QAbstractButton)
        self.wait(qtbot, lambda: button.isVisible() and button.isEnabled())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        """Keys into a field that is shown; what no key makes comes from an input method, as Chinese does."""
        field = self.find(name)
        assert field.isVisible(), name
        field.setFocus()
        if text.isascii():
            QTest.keyClicks(field, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    def says(self, name: str) -> str:
        """The text of a label or button."""
        widget = self.find(name)
        assert isinstance(widget, QLabel | QAbstractButton), name
        return widget.text()

    def texts(self) -> set[str]:
        """Every text that is on the screen now."""
        found = {label.text() for label in self.pages.findChildren(QLabel) if label.isVisible()}
        found |= {button.text() for button in self.pages.findChildren(QAbstractButton) if button.isVisible()}
        found |= {edit.text() for edit in self.pages.findChildren(QLineEdit) if edit.isVisible()}
        for table in self.pages.findChildren(QTableView):
            model = table.model()
            found |= {
                str(model.index(at, column).data())
                for at in range(model.rowCount())
                for column in range(model.columnCount())
                if table.isVisible()
            }
        return found


@dataclass
class Sitting(Hand):
    """One member at his pages."""

    desks: Desks
    live: Live
    packages: MemoryPackages
    pages: MemberPages


def in_both_languages(qtbot: QtBot, shown: Callable[[], str], zh: str, en: str) -> None:
    """What is shown follows the language switch; Chinese afterwards."""
    for text, language in ((en, "en"), (zh, "zh")):
        languages().show("en" if language == "en" else "zh")
        qtbot.waitUntil(lambda text=text: text in shown(), timeout=20_000)  # type: ignore[misc]


@contextmanager
def sitting(desks: Desks, person: str, packages: MemoryPackages | None = None) -> Iterator[Sitting]:
    """``person`` sits down; lanes and renderer end with the block."""
    desk = desks.desk(person)
    lane, key, documents = Lane("desk"), Lane("key"), Lane("documents")
    live = Live(desk, lane, key)
    desks.attend(person, live)
    process = RendererProcess()
    held = packages or MemoryPackages()
    reports = Reporting(DeskSeat(desk))  # type: ignore[arg-type]
    room = Room(live, held, Papers(live), documents, process, reports)
    pages = MemberPages(room)
    try:
        yield Sitting(desks, live, held, pages)
    finally:
        shiboken6.delete(pages)  # before the lanes: a page that is still there asks them for more
        documents.submit(process.stop)
        assert documents.stop()
        assert key.stop()
        assert lane.stop()
