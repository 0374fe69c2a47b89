"""Looking at a window at every size and text scale: how it is dressed, resized, and what must not be found.

``look(frame, language, data, qtbot)`` fails with everything found; ``data`` is what people and documents are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.results import rejections
from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.ui.frame import SMALLEST, Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.live import Live
from evalclient.ui.pages.bid_form import BidForm
from evalclient.ui.pages.names import seat_of
from evalclient.ui.texts import languages
from evalclient.ui.theme import SCALES, theme
from evalclient.ui.widgets.status_strip import Status
from evalclient.ui.widgets.stepper import Step
from tests.builders.desks import Desks
from tests.builders.shared_log import ADMINS, MEMBERS, OFFICES, SITES
from tests.gui.looks import clipped, cut_off, foreign, nameless, overlapping, scrolled_whole, unreachable

Size = tuple[int, int, float]
"""Width, height, scale of the text."""
SCREENS: Final = ((1366, 768), (1920, 1080))
#: by scale: to change it dresses every widget anew. The window cannot be made smaller than the smallest
SIZES: Final[tuple[Size, ...]] = (
    *((*screen, scale) for scale in (1.0, 1.25, 1.5) for screen in SCREENS),
    (*SMALLEST, 1.5),
)
#: for a page that was looked at in another state at every size
FEWER: Final[tuple[Size, ...]] = (*((*SCREENS[0], scale) for scale in (1.0, 1.25, 1.5)), (*SCREENS[1], 1.5))


def look(
    frame: Frame,
    language: str,
    data: frozenset[str],
    qtbot: QtBot,
    *,
    sizes: tuple[Size, ...] = SIZES,
    crowded: bool = False,
) -> None:
    """At these sizes and scales; ``crowded`` pages, and any in the smallest window, may be scrolled as a whole."""
    qtbot.waitUntil(lambda: not any(form.building for form in frame.findChildren(BidForm)))
    found = []
    for width, height, scale in sizes:
        zoom(scale)
        frame.resize(width, height)
        settle(qtbot)
        where = f"at {width}×{height} {scale:.0%}"
        found += [f"{problem} {where}" for problem in misfits_at_rest(frame, qtbot)]
        if (width, height) != SMALLEST and not crowded:
            found += [f"scrolled {where}: {problem}" for problem in scrolled_whole(frame)]
    zoom(1.0)
    settle(qtbot)
    found += blemishes(frame, language, data)
    assert not found, "\n".join(found)


def look_at_dialog(dialog: QWidget, language: str, data: frozenset[str], qtbot: QtBot) -> None:
    """At every scale; it must have room on the smaller screen."""
    found = []
    for scale in (1.0, 1.25, 1.5):
        zoom(scale)
        settle(qtbot)
        found += [f"{problem} at {scale:.0%}" for problem in misfits_at_rest(dialog, qtbot)]
        if dialog.width() > SCREENS[0][0] or dialog.height() > SCREENS[0][1]:
            found.append(f"{dialog.objectName()} is {dialog.width()}×{dialog.height()} at {scale:.0%}")
    zoom(1.0)
    settle(qtbot)
    found += blemishes(dialog, language, data)
    assert not found, "\n".join(found)


def misfits_at_rest(window: QWidget, qtbot: QtBot) -> list[str]:
    """What still has no room once layouts that ask each other for room have had time to agree."""
    found = misfits(window)
    for _ in range(40):
        if not found:
            break
        qtbot.wait(50)
        found = misfits(window)
    return found


def misfits(window: QWidget) -> list[str]:
    """What has no room."""
    return [
        f"{what}: {problem}"
        for what, problems in (
            ("clipped", clipped(window)),
            ("overlapping", overlapping(window)),
            ("cut off", cut_off(window)),
        )
        for problem in problems
    ]


def blemishes(window: QWidget, language: str, data: frozenset[str]) -> list[str]:
    """What is wrong at any size."""
    return [
        f"{what}: {problem}"
        for what, problems in (
            ("language", foreign(window, language, data)),
            ("nameless", nameless(window)),
            ("no Tab", unreachable(window)),
        )
        for problem in problems
    ]


def zoom(scale: float) -> None:
    """The text in this size, in one step: each dresses every widget anew."""
    steps = SCALES.index(scale) - SCALES.index(theme().scale)
    if steps:  # none would mean the normal size
        theme().zoom(steps)


def settle(qtbot: QtBot) -> None:
    """Layouts that ask each other for room come to rest in a few turns of the loop."""
    for _ in range(6):
        qtbot.wait(5)


@contextmanager
def framed(page: QWidget, live: Live, qtbot: QtBot) -> Iterator[Frame]:
    """The page inside the program's window, as long as it is looked at."""
    frame = Frame(idle_minutes=0)
    frame.add_page("page", page)
    frame.show_page("page")
    evaluation = live.evaluation
    frame.show_identity(Identity(evaluation.tender.title, evaluation.tender.lot, "", live.name(live.person)))
    here = stage_index(evaluation.stage)
    frame.stepper.set_steps(
        [
            Step(STAGE_TITLES[stage], "done" if place < here else "current" if place == here else "todo")
            for place, stage in enumerate(STAGES)
            if stage != "ended"
        ]
    )
    seat = seat_of(evaluation, live.person)
    frame.status.show_status(Status(STAGE_TITLES[evaluation.stage], seat, "sending", 3, "10:32:05", "", "10:32:08"))
    frame.show_work(True)
    frame.show()
    qtbot.waitExposed(frame)
    try:
        yield frame
    finally:
        page.setParent(None)
        shiboken6.delete(frame)


@contextmanager
def shown_in(language: str) -> Iterator[None]:
    """The interface in a language, Chinese again afterwards."""
    languages().show(language)  # type: ignore[arg-type]
    try:
        yield
    finally:
        theme().zoom(0)
        languages().show("zh")


def data_of(desks: Desks, live: Live) -> frozenset[str]:
    """Names of people, sites, bidders and seats: what they are called is no part of the interface."""
    tender = live.evaluation.tender
    texts: list[str] = [live.name(live.person), *MEMBERS.values(), *ADMINS.values(), *desks.names]
    texts += SITES.values()
    texts += OFFICES.values()
    texts += [found.reason for entries in rejections(live.evaluation).values() for found in entries]
    for said in (tender.title, tender.lot, tender.purchaser, tender.agency):
        texts += [said.zh, said.en]
    members = live.evaluation.members.values()
    texts += [seat for member in members for seat in (member.seat, member.site) if seat]
    return frozenset(texts)
