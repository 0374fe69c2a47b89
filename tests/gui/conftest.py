"""GUI tests run on Qt's offscreen platform with the product's own theme."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from pytestqt.qtbot import QtBot

from tests.builders.desks import Desks
from tests.gui.member_room import MemoryPackages, Sitting, sitting

Sit = Callable[..., Sitting]


@pytest.fixture(autouse=True, scope="module")
def what_a_module_shared_dies_here() -> Iterator[None]:
    """Widgets and desks that outlived a test go on this thread, not on whichever one collects next."""
    yield
    gc.collect()


@pytest.fixture
def sit(qtbot: QtBot) -> Iterator[Sit]:
    """Puts a member at his pages in a shown, active window; everything ends with the test."""
    with ExitStack() as held:

        def sit_down(desks: Desks, person: str = "m1", packages: MemoryPackages | None = None) -> Sitting:
            sat = held.enter_context(sitting(desks, person, packages))
            sat.pages.resize(1366, 660)
            sat.pages.show()
            qtbot.waitExposed(sat.pages)
            sat.pages.activateWindow()
            qtbot.waitUntil(sat.pages.isActiveWindow)
            return sat

        yield sit_down
