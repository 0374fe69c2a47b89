"""GUI tests run on Qt's offscreen platform with the product's own theme."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from evalclient.ui.theme import theme
from tests.builders.desks import Desks
from tests.gui.member_room import MemoryPackages, Sitting, sitting
from tests.gui.office_room import OfficeSitting, office_sitting

Sit = Callable[..., Sitting]
SitOffice = Callable[[Desks, str], OfficeSitting]


@pytest.fixture(autouse=True, scope="module")
def what_a_module_shared_dies_here() -> Iterator[None]:
    """Widgets and desks that outlived a test go on this thread, not on whichever one collects next."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def a_window_left_over_keeps_no_style_sheet(qapp: QApplication) -> Iterator[None]:
    """Pages shown without a frame have the application's."""
    yield
    for window in theme().dressed:
        theme().undress(window)


@pytest.fixture
def sit(qtbot: QtBot) -> Iterator[Sit]:
    """Puts a member at his pages in a shown, active window; everything ends with the test."""
    with ExitStack() as held:

        def sit_down(desks: Desks, person: str = "m1", packages: MemoryPackages | None = None) -> Sitting:
            sat = held.enter_context(sitting(desks, person, packages))
            _show(sat.pages, qtbot)
            return sat

        yield sit_down


@pytest.fixture
def sit_office(qtbot: QtBot) -> Iterator[SitOffice]:
    """Puts an office at its page in a shown, active window; everything ends with the test."""
    with ExitStack() as held:

        def sit_down(desks: Desks, person: str) -> OfficeSitting:
            sat = held.enter_context(office_sitting(desks, person))
            _show(sat.pages, qtbot)
            return sat

        yield sit_down


def _show(page: QWidget, qtbot: QtBot) -> None:
    page.resize(1366, 660)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
