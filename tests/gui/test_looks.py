"""Every page of an evening, looked at as a designer would: nothing clipped, nothing on top, one language, all named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from evalclient.core.evaluation.results import rejections
from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.method.sheets import items_of
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import Opinion, Score
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.expert import Expert
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.live import Live
from evalclient.ui.pages.names import seat_of
from evalclient.ui.pages.room import PageLink
from evalclient.ui.texts import languages
from evalclient.ui.theme import theme
from evalclient.ui.widgets.status_strip import Status
from evalclient.ui.widgets.stepper import Step
from tests.builders.desks import Desks
from tests.builders.shared_log import ADMINS, MEMBERS, SITES
from tests.gui.demo_desks import DemoDesks
from tests.gui.looks import clipped, cut_off, foreign, nameless, overlapping, unreachable
from tests.gui.member_room import MemoryPackages, sitting
from tests.gui.office_room import office_sitting

ADMIN = next(iter(ADMINS))
#: width, height, and how many steps larger the text is
SIZES = {"zh": ((1366, 768, 0), (1366, 768, 2), (1920, 1080, 0)), "en": ((1366, 768, 0), (1920, 1080, 0))}
PAGES: tuple[Stage, ...] = (
    "ready", "checkin", "pledge", "leader", "release", "preliminary", "scoring", "settlement",
    "price", "summary", "recheck", "candidates", "report",
)  # fmt: skip


@pytest.fixture(scope="module", params=["zh", "en"])
def evening(request: pytest.FixtureRequest) -> tuple[str, dict[Stage, Desks]]:
    """One evening over the demonstration's tender, held at every stage."""
    language: str = request.param
    desks = DemoDesks(language)
    held: dict[Stage, Desks] = {}
    for stage in PAGES:
        if stage == "settlement":
            differ(desks)
        desks.until(stage)
        held[stage] = desks.fork()
    return language, held


def differ(desks: Desks) -> None:
    """Two members see an objective item otherwise than the rest."""
    sections = desks.evaluation.method.sections
    one, two = [item for section in sections for item in section.items if item.kind == "fixed"][:2]
    change = {
        ("m1", desks.bidders[0], one.id): one.values[0].value,
        ("m3", desks.bidders[1], two.id): two.values[0].value,
    }
    desks.seal_sheets(*MEMBERS, change=change)
    desks.close()


@pytest.mark.parametrize("stage", PAGES)
def test_the_members_page(evening: tuple[str, dict[Stage, Desks]], stage: Stage, qtbot: QtBot) -> None:
    language, held = evening
    desks = held[stage].fork()
    method = desks.evaluation.method
    items = [item.id for item in method.preliminary] + [item.id for item in items_of(method)]
    pages = {item: tuple(PageLink("technical", page) for page in (12, 13, 41)) for item in items}
    links = dict.fromkeys(desks.bidders, pages)
    with (
        shown_in(language),
        sitting(desks, "m1", MemoryPackages(links=links)) as sat,
        framed(sat.pages, sat.live, qtbot) as frame,
    ):
        fill(desks, sat.live, stage, qtbot)
        look(frame, language, data_of(desks, sat.live), qtbot)


@pytest.mark.parametrize(
    ("person", "stage"),
    [
        (ADMIN, "ready"),
        (ADMIN, "checkin"),
        (ADMIN, "pledge"),
        ("organiser", "checkin"),
        ("organiser", "report"),
        ("supervisor", "scoring"),
    ],
)
def test_an_offices_page(evening: tuple[str, dict[Stage, Desks]], person: str, stage: Stage, qtbot: QtBot) -> None:
    language, held = evening
    desks = held[stage].fork()
    with (
        shown_in(language),
        office_sitting(desks, person) as sat,
        framed(sat.pages, sat.live, qtbot) as frame,
    ):
        look(frame, language, data_of(desks, sat.live), qtbot)


def fill(desks: Desks, live: Live, stage: Stage, qtbot: QtBot) -> None:
    """Half of the work is done: some of what is shown only then is shown."""
    bidder = desks.bidders[0]
    method = live.evaluation.method
    if stage == "preliminary":
        passed, failed = (item.id for item in method.preliminary[:2])
        live.act(lambda desk: Expert(desk).save_opinion(bidder, passed, Opinion(True)))
        live.act(lambda desk: Expert(desk).save_opinion(bidder, failed, Opinion(False, "")))
    elif stage == "scoring":
        first, second = [item for item in method.sections[0].items if item.kind == "range"][:2]
        live.act(lambda desk: Expert(desk).save_score(bidder, first.id, Score(first.maximum)))
        live.act(lambda desk: Expert(desk).save_score(bidder, second.id, Score(second.minimum)))
    else:
        return
    waited: list[object] = []
    live.act(lambda _desk: None, done=waited.append)
    qtbot.waitUntil(lambda: bool(waited))


def look(frame: Frame, language: str, data: frozenset[str], qtbot: QtBot) -> None:
    """At every size, and at larger text on the small one."""
    found = []
    for width, height, steps in SIZES[language]:
        theme().zoom(0)
        for _ in range(steps):
            theme().zoom(1)
        frame.resize(width, height)
        settle(qtbot)
        for what, problems in (
            ("clipped", clipped(frame)),
            ("overlapping", overlapping(frame)),
            ("cut off", cut_off(frame)),
        ):
            found += [f"{what} at {width}×{height} +{steps}: {problem}" for problem in problems]
    theme().zoom(0)
    settle(qtbot)
    found += [f"language: {problem}" for problem in foreign(frame, language, data)]
    found += [f"nameless: {problem}" for problem in nameless(frame)]
    found += [f"no Tab: {problem}" for problem in unreachable(frame)]
    assert not found, "\n".join(found)


def settle(qtbot: QtBot) -> None:
    """Layouts that ask each other for room come to rest in a few turns of the loop."""
    for _ in range(4):
        qtbot.wait(1)


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
    texts += [found.reason for entries in rejections(live.evaluation).values() for found in entries]
    for said in (tender.title, tender.lot, tender.purchaser, tender.agency):
        texts += [said.zh, said.en]
    members = live.evaluation.members.values()
    texts += [seat for member in members for seat in (member.seat, member.site) if seat]
    return frozenset(texts)
