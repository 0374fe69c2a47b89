"""Every page of an evening, looked at as a designer would: nothing clipped, nothing on top, one language, all named."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from evalclient.core.method.document.scored import items_of
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import Opinion, Score
from evalclient.desk.expert import Expert
from evalclient.ui.live import Live
from evalclient.ui.pages.room import PageLink
from tests.builders.desks import Desks
from tests.builders.shared_log import ADMINS, MEMBERS
from tests.gui.demo_desks import DemoDesks
from tests.gui.looking import data_of, framed, look, shown_in
from tests.gui.member_room import MemoryPackages, sitting
from tests.gui.office_room import office_sitting

ADMIN = next(iter(ADMINS))
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
