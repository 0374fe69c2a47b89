"""Every page of a committee member as a picture, to be looked at.

    python -m tests.gui.member_shots FOLDER [zh|en|zh-dark|en-dark] [scene ...]

Each scene is a real desk at its place in a real evening; 1366×768 at 100 % and 150 % text, and 1920×1080.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from evalclient.core.evaluation.state import STAGES, stage_index
from evalclient.core.records.act import Stage
from evalclient.core.records.acts_committee import Opinion, Score
from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.desk.expert import Expert
from evalclient.ui.collector import Collector
from evalclient.ui.frame import Frame
from evalclient.ui.frame_bar import Identity
from evalclient.ui.live import Live
from evalclient.ui.pages.names import seat_of
from evalclient.ui.pages.room import PackageState
from evalclient.ui.texts import languages, said
from evalclient.ui.theme import theme
from evalclient.ui.widgets.status_strip import Status
from evalclient.ui.widgets.stepper import Step
from tests.builders.desks import Desks
from tests.gui.demo_desks import bid_of, demo_desks_at, links_of
from tests.gui.member_room import MemoryPackages, Sitting, sitting
from tests.gui.office_room import OfficeSitting

_WEAK = Bilingual("措施针对性一般。", "The measures are rather general.")
SIZES = ((1366, 768, 1.0), (1366, 768, 1.5), (1920, 1080, 1.0))
"""Width, height, text scale."""
Prepare = Callable[[Desks], object]
Act = Callable[[Sitting], object]
SCENES: dict[str, tuple[Stage, str, Prepare | None, Act | None]] = {}


def scene(name: str, stage: Stage, person: str = "m1", before: Prepare | None = None) -> Callable[[Act], Act]:
    """A picture: the stage, who sits, what happened before, and what he does."""

    def register(act: Act) -> Act:
        SCENES[name] = (stage, person, before, act)
        return act

    return register


def wait(until: Callable[[], object], seconds: float = 15) -> None:
    """Let events run until something holds."""
    loop, clock = QEventLoop(), QTimer()
    end = QTimer()
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    end.start(int(seconds * 1000))
    clock.timeout.connect(lambda: loop.quit() if until() else None)
    clock.start(15)
    loop.exec()
    assert until(), "the scene did not come about"


def pause(milliseconds: int = 350) -> None:
    """Let the renderer and the timers finish."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def click(sit: Sitting, name: str) -> None:
    button = sit.find(name, QPushButton)
    assert isinstance(button, QPushButton)
    assert button.isEnabled(), (name, button.toolTip())
    button.click()


@scene("01-ready", "ready")
def ready(sit: Sitting) -> None:
    pause()


@scene("02-checkin", "checkin")
def checkin(sit: Sitting) -> None:
    pause()


@scene("03-pledge", "pledge")
def pledge(sit: Sitting) -> None:
    pause(1200)


@scene("04-pledge-method", "pledge")
def pledge_method(sit: Sitting) -> None:
    for number in (1, 2, 4, 3):
        click(sit, f"paper-{number}")
        pause(500)
    click(sit, "recusal-yes")


@scene("05-leader", "leader", before=lambda desks: desks.vote({"m2": "m1"}))
def leader(sit: Sitting) -> None:
    click(sit, "vote-m3")


def tie(desks: Desks) -> None:
    desks.vote({"m2": "m1", "m3": "m1", "m4": "m2", "m5": "m2"})


@scene("06-leader-tie", "leader", before=tie)
def leader_tie(sit: Sitting) -> None:
    click(sit, "vote-m3")
    click(sit, "seal-vote")
    pause(600)
    sit.desks.share()
    wait(lambda: sit.live.evaluation.ballot == 2)
    pause()


@scene("07-packages", "release")
def packages(sit: Sitting) -> None:
    names = list(sit.desks.bidders)
    states = ("ready", "ready", "fetching", "checking", "cancelled", "waiting")
    for bidder, phase in zip(names, states, strict=True):
        sit.packages.states[bidder] = PackageState(phase, 13 << 20 if phase == "fetching" else 20 << 20, 20 << 20)  # type: ignore[arg-type]
        sit.packages.changed.emit(bidder)


@scene("08-review", "preliminary", before=lambda desks: desks.seal_reviews("m2"))
def review(sit: Sitting) -> None:
    items = [item.id for item in sit.live.evaluation.method.preliminary]

    def draft(desk: object) -> None:
        for item in items[:4]:
            Expert(desk).save_opinion(sit.desks.bidders[0], item, Opinion(True))  # type: ignore[arg-type]
        Expert(desk).save_opinion(sit.desks.bidders[0], items[4], Opinion(False, "未提供安全生产许可证副本扫描件"))  # type: ignore[arg-type]
        for item in items:
            Expert(desk).save_opinion(sit.desks.bidders[1], item, Opinion(True))  # type: ignore[arg-type]

    sit.live.act(draft)
    pause(1500)
    sit.desks.share()
    pause(300)


@scene("09-review-sealed", "preliminary", before=lambda desks: desks.seal_reviews("m1", "m2", "m3"))
def review_sealed(sit: Sitting) -> None:
    pause(1200)


@scene("10-review-group", "preliminary", before=lambda desks: desks.seal_reviews("m1", "m2", "m3", "m4", "m5"))
def review_group(sit: Sitting) -> None:
    pause(1200)


def score(sit: Sitting, bidders: int, items: int) -> None:
    sheet = sit.desks.sheet_of("m1", {})

    def draft(desk: object) -> None:
        for place, (bidder, scores) in enumerate(sheet.scores.items()):
            for item, given in list(scores.items())[: (None if place < bidders else items if place == bidders else 0)]:
                Expert(desk).save_score(bidder, item, Score(given.value, said(_WEAK)))  # type: ignore[arg-type]

    sit.live.act(draft)
    pause(1500)
    sit.desks.share()
    pause(300)


@scene("11-seat", "scoring", before=lambda desks: desks.seal_sheets("m2", "m4"))
def seat(sit: Sitting) -> None:
    score(sit, 2, 5)
    click(sit, "next-bidder")
    click(sit, "next-bidder")
    bidder = sit.desks.bidders[2]
    first, second = next(iter(sit.live.evaluation.method.sections)).items[:2]
    sit.live.act(lambda desk: Expert(desk).save_score(bidder, second.id, Score(second.minimum)))
    pause(1500)
    evidence = sit.find(f"item-{first.id}").findChildren(QPushButton)
    next(button for button in evidence if button.objectName().startswith("evidence-")).click()
    pause(1500)


@scene("12-seat-confirm", "scoring")
def seat_confirm(sit: Sitting) -> None:
    score(sit, 6, 0)
    click(sit, "seal-sheet")
    pause(600)


@scene("13-seat-sealed", "scoring", before=lambda desks: desks.seal_sheets("m1", "m3"))
def seat_sealed(sit: Sitting) -> None:
    click(sit, "peek-m2")
    wait(sit.pages.banners.shown)
    pause(900)


def differ(desks: Desks) -> None:
    evaluation = desks.evaluation
    fixed = [item for section in evaluation.method.sections for item in section.items if item.kind == "fixed"]
    one, two = fixed[0], fixed[1]
    bidders = desks.bidders
    change = {
        ("m1", bidders[0], one.id): one.values[0].value,
        ("m3", bidders[1], two.id): two.values[0].value,
    }
    desks.seal_sheets("m1", "m2", "m3", "m4", "m5", change=change)
    desks.close()


@scene("14-settlement", "scoring", before=differ)
def settlement(sit: Sitting) -> None:
    pause()


@scene("15-price", "price")
def price(sit: Sitting) -> None:
    pause()


@scene("16-summary", "summary")
def summary(sit: Sitting) -> None:
    pause(900)


def low(desks: Desks) -> None:
    desks.until("price")
    desks.until("recheck")


@scene("17-recheck", "recheck")
def recheck(sit: Sitting) -> None:
    pause()


@scene("18-candidates", "candidates")
def candidates(sit: Sitting) -> None:
    pause()


@scene("19-report-none", "report", "m2")
def report_none(sit: Sitting) -> None:
    pause()


@scene("20-report", "report")
def report(sit: Sitting) -> None:
    click(sit, "render-report")
    wait(lambda: sit.live.evaluation.report is not None, 60)
    sit.desks.share()
    pause(2500)


@scene("21-report-dissent", "report")
def report_dissent(sit: Sitting) -> None:
    report(sit)
    from PySide6.QtWidgets import QCheckBox

    box = sit.find("dissent", QCheckBox)
    assert isinstance(box, QCheckBox)
    box.setChecked(True)
    pause(300)


@scene("22-other-matters", "scoring")
def other_matters(sit: Sitting) -> None:
    pause(1200)
    click(sit, "other-matters")
    pause(200)


@scene("23-colleague-sheet", "settlement")
def colleague_sheet(sit: Sitting) -> None:
    click(sit, "peek-m2")
    wait(lambda: sit.pages.findChild(QWidget, "colleague-sheet"))
    pause(300)


def dress(frame: Frame, live: Live) -> None:
    """What the program puts around the pages."""
    evaluation = live.evaluation
    frame.show_identity(
        Identity(
            evaluation.tender.title, evaluation.tender.lot, evaluation.fingerprint,
            live.name(live.person), Bilingual("评标专家", "Expert"), practice=True,
        )
    )  # fmt: skip
    here = stage_index(evaluation.stage)
    frame.stepper.set_steps(
        [
            Step(STAGE_TITLES[stage], "done" if place < here else "current" if place == here else "todo")
            for place, stage in enumerate(STAGES)
            if stage != "ended"
        ]
    )
    frame.status.show_status(
        Status(
            STAGE_TITLES[evaluation.stage],
            seat_of(evaluation, live.person),
            "synced",
            0,
            "10:32:05",
            "",
            "10:32:08",
        )
    )
    frame.show_work(True)


def resize(frame: Frame, width: int, height: int, scale: float) -> None:
    """The window in a size, its text in a scale."""
    theme().zoom(0)
    while theme().scale < scale:
        theme().zoom(1)
    frame.resize(width, height)


def shoot(widget: QWidget, folder: Path, name: str) -> None:
    """One picture."""
    file = folder / f"{name}.png"
    if not widget.grab().save(str(file)):
        raise OSError(file)


@contextmanager
def staged(name: str, language: str) -> Iterator[tuple[Frame, Sitting]]:
    """A scene in its window."""
    stage, person, before, act = SCENES[name]
    desks = demo_desks_at(stage, language)
    if before is not None:
        before(desks)
    bids = {bidder: bid_of(place % 2, language) for place, bidder in enumerate(desks.bidders)}
    links = {bidder: links_of(place % 2, language) for place, bidder in enumerate(desks.bidders)}
    with sitting(desks, person, MemoryPackages(bids, links)) as sit, framed(sit) as frame:
        if act is not None:
            act(sit)
        dress(frame, sit.live)
        yield frame, sit


@contextmanager
def framed(sit: Sitting | OfficeSitting) -> Iterator[Frame]:
    """The pages in the program's window."""
    frame = Frame(idle_minutes=0)
    frame.add_page("page", sit.pages)
    frame.show_page("page")
    dress(frame, sit.live)
    frame.resize(1366, 768)
    frame.show()
    pause(200)
    try:
        yield frame
    finally:
        theme().zoom(0)
        sit.pages.setParent(None)
        shiboken6.delete(frame)


def dialogs(frame: Frame) -> list[QWidget]:
    """Small windows that are open over the program's."""
    return [
        window
        for window in QApplication.topLevelWidgets()
        if window is not frame and window.isVisible() and window.windowTitle()
    ]


def take(name: str, folder: Path, language: str, look: str) -> None:
    """One scene at every size."""
    with staged(name, language) as (frame, _):
        for width, height, scale in SIZES:
            resize(frame, width, height, scale)
            pause(1200)
            shoot(frame, folder, f"{name}-{width}-{scale:.0%}-{look}")
            for dialog in dialogs(frame):
                shoot(dialog, folder, f"{name}-dialog-{scale:.0%}-{look}")


def main(folder: Path, look: str, wanted: list[str]) -> None:
    """Take the scenes wanted, or all."""
    app = QApplication.instance() or QApplication([])  # noqa: F841 - kept alive
    collector = Collector()
    theme()
    language, _, dark = look.partition("-")
    languages().show(language)  # type: ignore[arg-type]
    theme().set_dark(bool(dark))
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCENES:
        if not wanted or any(part in name for part in wanted):
            take(name, folder, language, look)
            print(name, flush=True)
    collector.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "zh", sys.argv[3:])
