"""Every section of the offices' pages as a picture, to be looked at.

python -m tests.gui.office_shots FOLDER [zh|en] [scene ...]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from evalclient.desk.administrator import Administrator
from evalclient.desk.chair import Chair
from evalclient.desk.expert import Expert
from evalclient.ui.collector import Collector
from evalclient.ui.frame import Frame
from evalclient.ui.pages.organiser import OrganiserPage
from evalclient.ui.pages.supervisor import SupervisorPage
from evalclient.ui.texts import languages
from evalclient.ui.theme import theme
from evalclient.ui.widgets.data_table import DataTable
from tests.builders.archives import DISSENT, finished, signed_at
from tests.builders.desks import REASON, Desks, desks_at
from tests.builders.one_day import evening_at_checkin
from tests.builders.opening import handed_in, released
from tests.gui.member_shots import SIZES, dress, framed, pause, resize, shoot, wait
from tests.gui.office_room import OfficeSitting, office_sitting

Act = Callable[[OfficeSitting], object]
SCENES: dict[str, tuple[str, Callable[[], Desks], Act]] = {}
SICK, KIN = "突发疾病，不能继续评标", "与第三家投标人的法定代表人是近亲属"
FEW, UNDRAWN = "截止时间前仅收到 2 份投标文件", "一名评委未从专家库抽取，组成违法"
BACK = "评分标准第 3 项理解不一致，需重新评分"
#: what people said is shown as they said it, in either interface
SAID = frozenset({SICK, KIN, FEW, UNDRAWN, BACK, REASON, DISSENT, "评标完成", "工期 300 日历天", "质量 合格"})


def scene(name: str, person: str, desks: Callable[[], Desks]) -> Callable[[Act], Act]:
    """A picture: who sits, where the evening is, and what he does."""

    def register(act: Act) -> Act:
        SCENES[name] = (person, desks, act)
        return act

    return register


def show(sat: OfficeSitting, section: str) -> None:
    page = sat.pages
    assert isinstance(page, OrganiserPage | SupervisorPage)
    page.sections.show_section(section)
    pause()


def press(sat: OfficeSitting, name: str) -> None:
    button = sat.find(name, QPushButton)
    assert isinstance(button, QPushButton)
    assert button.isEnabled(), (name, button.toolTip())
    button.click()
    pause()


def bottom(sat: OfficeSitting) -> None:
    for area in sat.pages.findChildren(QScrollArea):
        if area.isVisible():
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    pause(100)


def procurement_opened() -> Desks:
    desks = Desks("procurement")
    desks.open_bids()
    return desks


def too_few() -> Desks:
    desks = Desks()
    desks.appoint()
    desks.hand_in(2)
    return desks


def rendered() -> Desks:
    evening = signed_at("report")
    evening.render()
    return evening


@scene("organiser-01-announcement", "organiser", Desks)
def announcement(sat: OfficeSitting) -> None:
    show(sat, "announcement")


@scene("organiser-02-committee-empty", "organiser", Desks)
def committee_empty(sat: OfficeSitting) -> None:
    show(sat, "committee")


def wanted() -> Desks:
    desks = desks_at("preliminary")
    Administrator(desks.desk("admin-a")).request_replacement("m4", SICK)
    Expert(desks.desk("m2")).declare(conflict=True, ground=KIN)
    desks.share()
    return desks


@scene("organiser-03-committee-replace", "organiser", wanted)
def committee_replace(sat: OfficeSitting) -> None:
    show(sat, "committee")
    press(sat, "succeed-m4")


@scene("organiser-04-opening-waits", "organiser", handed_in)
def opening_waits(sat: OfficeSitting) -> None:
    show(sat, "opening")


@scene("administrator-01-shares", "admin-main", released)
def shares_at_the_room(sat: OfficeSitting) -> None:
    bottom(sat)


@scene("organiser-05-opening-fetching", "organiser", released)
def opening_fetching(sat: OfficeSitting) -> None:
    show(sat, "opening")
    sat.bids.held = True
    press(sat, "fetch-bids")


@scene("organiser-06-opening-read", "organiser", released)
def opening_read(sat: OfficeSitting) -> None:
    show(sat, "opening")
    press(sat, "fetch-bids")
    press(sat, "read-bids")
    wait(lambda: sat.find("record-opening").isVisible())
    press(sat, "objection-add")
    bottom(sat)


@scene("organiser-07-qualification", "organiser", procurement_opened)
def qualification(sat: OfficeSitting) -> None:
    show(sat, "opening")
    press(sat, f"qualify-fail-{sat.desks.bidders[1][-8:]}")
    bottom(sat)


@scene("organiser-08-course-leader", "organiser", lambda: desks_at("leader"))
def course_leader(sat: OfficeSitting) -> None:
    show(sat, "course")


@scene("organiser-09-course-scoring", "organiser", lambda: desks_at("scoring"))
def course_scoring(sat: OfficeSitting) -> None:
    show(sat, "course")


@scene("organiser-10-ending", "organiser", too_few)
def ending(sat: OfficeSitting) -> None:
    show(sat, "ending")
    sat.type("end-ground-too_few", FEW)
    press(sat, "prepare-too_few")
    wait(lambda: sat.find("save-too_few").isVisible())


@scene("organiser-11-ending-report", "organiser", rendered)
def ending_report(sat: OfficeSitting) -> None:
    show(sat, "ending")


@scene("organiser-12-dissolve", "organiser", lambda: desks_at("scoring"))
def dissolve(sat: OfficeSitting) -> None:
    show(sat, "ending")
    sat.type("dissolve-ground", UNDRAWN)
    press(sat, "dissolve")
    bottom(sat)


@scene("organiser-13-ended", "organiser", lambda: finished().fork())
def ended(sat: OfficeSitting) -> None:
    show(sat, "ending")


def silent() -> Desks:
    desks = desks_at("scoring")
    desks.seal_sheets("m4")
    desks._desks.pop("m4")  # his machine is gone, and with it the key
    desks.seal_sheets("m1", "m2", "m3", "m5")
    return desks


@scene("organiser-14-recovery", "organiser", silent)
def recovery(sat: OfficeSitting) -> None:
    show(sat, "course")


def asked() -> Desks:
    desks = desks_at("settlement")
    Chair(desks.desk("m1")).request_rollback("scoring", BACK)
    desks.share()
    return desks


@scene("supervisor-01-watch", "supervisor", asked)
def watch(sat: OfficeSitting) -> None:
    show(sat, "watch")


def twice_closed() -> Desks:
    desks = desks_at("release")
    desks.clock.moment += timedelta(hours=1)
    Chair(desks.desk("m1")).close_stage()
    Chair(desks.desk("organiser")).close_stage()
    desks.share()
    Administrator(desks.desk("admin-a")).request_replacement("m4", SICK)
    desks.share()
    return desks


@scene("supervisor-02-alarms", "supervisor", twice_closed)
def watch_alarms(sat: OfficeSitting) -> None:
    show(sat, "alarms")


@scene("supervisor-03-log", "supervisor", lambda: desks_at("scoring"))
def watch_log(sat: OfficeSitting) -> None:
    show(sat, "log")
    press(sat, "cosign")


@scene("supervisor-04-sheets-refused", "supervisor", lambda: desks_at("scoring"))
def sheets_refused(sat: OfficeSitting) -> None:
    show(sat, "sheets")
    press(sat, "read-sheet-m2")


@scene("supervisor-05-sheets", "supervisor", asked)
def sheets(sat: OfficeSitting) -> None:
    show(sat, "sheets")
    pause(900)


@scene("supervisor-06-robustness", "supervisor", lambda: finished().fork())
def robustness(sat: OfficeSitting) -> None:
    show(sat, "robustness")
    press(sat, "compute-robustness")
    wait(lambda: sat.find("robustness-finding-2").isVisible())


@scene("supervisor-07-robustness-scores", "supervisor", lambda: finished().fork())
def robustness_scores(sat: OfficeSitting) -> None:
    robustness(sat)
    bottom(sat)


@scene("supervisor-08-robustness-early", "supervisor", lambda: desks_at("report"))
def robustness_early(sat: OfficeSitting) -> None:
    show(sat, "robustness")


@contextmanager
def staged(name: str) -> Iterator[tuple[Frame, OfficeSitting]]:
    """A scene in its window."""
    person, desks, act = SCENES[name]
    with office_sitting(desks(), person) as sat, framed(sat) as frame:
        act(sat)
        dress(frame, sat.live)
        yield frame, sat


def _witnessed() -> Desks:
    evening = evening_at_checkin()
    evening.witness()
    return evening


@scene("a-one-day-witness", "admin-a", evening_at_checkin)
def one_day_witness(sat: OfficeSitting) -> None:
    pause()


@scene("o-one-day-issue", "organiser", _witnessed)
def one_day_issue(sat: OfficeSitting) -> None:
    show(sat, "course")


def take(folder: Path, language: str, name: str) -> None:
    """One scene at every size."""
    with staged(name) as (frame, _):
        for width, height, scale in SIZES:
            resize(frame, width, height, scale)
            pause(250)
            shoot(frame, folder, f"{name}-{width}-{scale:.0%}-{language}")


def bottom_of_certificates(sat: OfficeSitting) -> None:
    table = sat.find("certificates", DataTable)
    assert isinstance(table, DataTable)
    wait(lambda: len(table.tuples.rows) > 8)
    bottom(sat)


@scene("organiser-15-certificates", "organiser", lambda: signed_at("scoring"))
def organiser_certificates(sat: OfficeSitting) -> None:
    show(sat, "course")
    bottom_of_certificates(sat)


@scene("supervisor-09-certificates", "supervisor", lambda: signed_at("scoring"))
def supervisor_certificates(sat: OfficeSitting) -> None:
    show(sat, "watch")
    bottom_of_certificates(sat)


def main(folder: Path, language: str, chosen: list[str]) -> None:
    """Take the scenes chosen, or all."""
    app = QApplication.instance() or QApplication([])  # noqa: F841 - kept alive
    collector = Collector()
    theme()
    languages().show(language)  # type: ignore[arg-type]
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCENES:
        if not chosen or any(part in name for part in chosen):
            take(folder, language, name)
            print(name, flush=True)
    collector.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "zh", sys.argv[3:])
