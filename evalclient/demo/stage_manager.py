"""The stage manager of a demo: starts the centre and everybody, tells how far they are, and shows what came out."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.crypto.demo.pki import DemoPki
from evalclient.demo.blocked import Blocked, save_blocked
from evalclient.demo.casting import Backstage, Casting, Conclusion, Progress
from evalclient.demo.cues import Prompter
from evalclient.demo.people import Cast, Person
from evalclient.demo.preparation import announce, prepare
from evalclient.demo.processes import Event, Troupe, environment
from evalclient.demo.scenario import Scenario, save_scenario
from evalclient.desk.founding import fingerprint_of

#: shortest time between announcement and deadline, seconds; a slow machine gets more
SHORTEST_SUBMISSION: Final = 6.0
#: how long nothing may happen in a demo that nobody plays, seconds
PATIENCE: Final = 120.0
_EARLIER: Final = "earlier"
_PLAYER: Final = "player"
_TIME: Final = "time-authority"


class StageManager:
    """Runs one evaluation with everybody in a process of his own, on the caller's thread.

    Where a newcomer plays, ``seat_ready`` is called once his seat can be opened; ``leave_seat`` and ``abandon`` may be
    called from another thread.
    """

    def __init__(
        self,
        scenario: Scenario,
        tell: Callable[[Progress], object],
        casting: Casting,
        seat_ready: Callable[[Backstage], object] = lambda _backstage: None,
    ) -> None:
        self.scenario = scenario
        self.casting = casting
        self._tell = tell
        self._seat_ready = seat_ready
        self._begun = time.monotonic()
        self._troupe = Troupe(scenario.folder / "logs", scenario.language)
        self._backstage: Backstage | None = None
        self._prompter: Prompter | None = None
        self._blocked: list[Blocked] = []
        self._names: dict[str, str] = {}
        self.url = ""

    def run(self) -> Conclusion:
        """The whole evaluation and what came of it; DemoFailed, DemoAbandoned. The centre is there until ``stop``."""
        everybody = self._set_up()
        self._evaluate(everybody)
        return self._conclude()

    def stop(self) -> None:
        """End every process that is still there."""
        self._troupe.stop()

    def leave_seat(self) -> None:
        """The newcomer has closed his window: a pilot takes his seat, so that the evaluation comes to its end."""
        self._troupe.post(Event(_PLAYER, "left"))

    def abandon(self) -> None:
        """Nobody wants this demo any more: ``run`` raises DemoAbandoned when it next looks up."""
        self._troupe.post(Event(_PLAYER, "abandoned"))

    # -- before ----------------------------------------------------------------------------------------------------

    def _set_up(self) -> Cast:
        scenario = self.scenario
        scenario.folder.mkdir(parents=True, exist_ok=True)
        self._progress("准备证书、人员与招标文件", "Preparing certificates, people and the tender")
        everybody, pki = prepare(scenario, datetime.now(UTC))  # noqa: TID251 - the demo begins now
        self._names = {person.person: person.name for person in everybody.people}
        save_scenario(scenario, scenario.folder / "scenario.json")
        self._start_centre()
        bidders = everybody.of("bidder")
        for person in bidders:
            folder, file = scenario.people / person.person, scenario.folder / "scenario.json"
            self._troupe.start(person.person, str(folder), "--scenario", str(file), module="evalclient.demo.bidder")
        self._progress(f"{len(bidders)} 家投标人编制投标文件", f"{len(bidders)} bidders write their bids")
        self._troupe.wait_for({(person.person, "documents") for person in bidders}, heard=self._report)
        self._publish(everybody, pki, SHORTEST_SUBMISSION + (time.monotonic() - self._begun))
        return everybody

    def _start_centre(self) -> None:
        data, roots = self.scenario.folder / "centre", self.scenario.authorities
        where = ("--data", str(data), "--roots", str(roots), "--port", "0")
        self._troupe.start("centre", *where, module="server_stub", lasting=True)
        self.url = self._troupe.wait_for_url("centre")
        self._progress(f"评标中心已启动 {self.url}", f"The centre is up at {self.url}")
        folder = str(self.scenario.time_authority)
        self._troupe.start(_TIME, folder, module="evalclient.demo.time_authority", lasting=True)
        self.scenario.timestamps_file.write_text(self._troupe.wait_for_url(_TIME), "utf-8")
        if self.casting.played:
            wire, liar = (self._start_wire(name) for name in ("wire", "liar"))
            (self.scenario.folder / "liar" / "lie").touch()
            self._backstage = Backstage(
                scenario=self.scenario,
                role=self.casting.played,
                person=self.casting.person,
                centre=self.url,
                url=wire,
                cut=self.scenario.folder / "wire" / "cut",
                liar=liar,
            )

    def _start_wire(self, name: str) -> str:
        flags = self.scenario.folder / name
        flags.mkdir()
        arguments = ("--to", self.url, "--flags", str(flags))
        self._troupe.start(name, *arguments, module="evalclient.demo.wire", lasting=True)
        return self._troupe.wait_for_url(name)

    def _publish(self, everybody: Cast, pki: DemoPki, seconds: float) -> None:
        scenario = self.scenario
        deadline = announce(scenario, everybody, pki, datetime.now(UTC), seconds)  # noqa: TID251 - as above
        self._command("publish", str(scenario.tender), *self._as("organiser"), "-o", str(scenario.genesis))
        scenario.fingerprint_file.write_text(fingerprint_of(scenario.genesis.read_bytes()) + "\n", "utf-8")
        # The bidders wait for this file: it has to be there whole.
        part = scenario.centre_file.with_suffix(".part")
        part.write_text(self.url, "utf-8")
        part.replace(scenario.centre_file)
        self._progress(f"项目已发布，投标截止 {deadline}", f"Published; bids close at {deadline}")

    # -- the evaluation --------------------------------------------------------------------------------------------

    def _evaluate(self, everybody: Cast) -> None:
        if self.casting.windowed:
            self._prompter = Prompter(self.scenario.folder / "cues", self.casting.windowed)
            # Windows go before the bidders on this machine: they come once the bids are in, well before the deadline.
            submitted = {(person.person, "submitted") for person in everybody.of("bidder")}
            self._troupe.wait_for(submitted, heard=self._report)
        for person in (*everybody.of("organiser"), *everybody.of("administrator"), *everybody.of("supervisor")):
            self._start_person(person)
        for person in everybody.of("custodian"):
            self._troupe.start(
                person.person,
                *("release-key", "--wait", "--tender", str(self.scenario.genesis), *self._as(person.person)),
                module="evalclient",
            )
        for person in everybody.of("member"):
            self._start_person(person)
        self._watch()

    def _start_person(self, person: Person) -> None:
        if person.person != self.casting.person:
            self._start(person.person, windowed=person.person in self.casting.windowed)
        elif person.role == "member":
            # The seat opens when the drafts of "you, earlier" are in its store.
            self._troupe.start(_EARLIER, *self._seat(person.person), module="evalclient.demo.earlier")
        elif self._backstage is not None:
            self._seat_ready(self._backstage)

    def _start(self, person: str, *, windowed: bool = False) -> None:
        cues = ("--cues", str(self._prompter.folder)) if self._prompter is not None else ()
        if windowed:
            arguments = (*self._seat(person), "--pictures", str(self.scenario.pictures), *cues)
            self._troupe.start(person, *arguments, module="evalclient.demo.window_person")
            return
        arguments = (*self._seat(person), "--fields", str(self.casting.fields))
        # Offices have done their part before anybody looks; the committee works at the pace that was asked for.
        if person.startswith("m"):
            arguments += ("--pace", str(self.casting.pace))
        if self.casting.played == "supervisor" and person == "m1":
            arguments += ("--ask-rollback",)
        if person == "organiser":
            arguments += cues
        self._troupe.start(person, *arguments)

    def _seat(self, person: str) -> tuple[str, ...]:
        folder, scenario = self.scenario.people / person, self.scenario
        where = (str(folder), "--centre", self.url, "--genesis", str(scenario.genesis))
        return (*where, "--language", scenario.language)

    def _watch(self) -> None:
        """Until everybody has gone home; a newcomer's own window is not waited for."""
        gone: set[str] = set()
        people = set(self._troupe.alive()) - {"centre", _TIME, "wire", "liar"}
        while not people <= gone:
            event = self._troupe.next_event(None if self.casting.played else PATIENCE)
            if event.event == "exit":
                gone.add(event.person)
            if event.person == _EARLIER and event.event == "exit" and self._backstage is not None:
                self._seat_ready(self._backstage)
            if event.event == "left":
                self._progress("您已离席，由演示程序接着办完", "You have left; the demo goes on in your place")
                self._start(self.casting.person)
                people.add(self.casting.person)
            self._report(event)

    def _report(self, event: Event) -> None:
        if event.event == "pictured" and self._prompter is not None:
            self._prompter.heard(event.person, str(event.details["stage"]))
        elif event.event == "stage" and event.person == "organiser":
            title = STAGE_TITLES[event.details["stage"]]  # type: ignore[index]
            self._progress(f"环节：{title.zh}", f"Stage: {title.en}")
        elif event.event == "blocked":
            self._blocked.append(msgspec.convert({"person": event.person, **event.details}, Blocked))
        elif event.event in _EVENTS:
            words = _EVENTS[event.event]
            name = self._names.get(event.person, event.person)
            self._progress(f"{name} {words.zh}", f"{name} {words.en}")

    # -- after -----------------------------------------------------------------------------------------------------

    def _conclude(self) -> Conclusion:
        scenario = self.scenario
        stamping = ("--timestamps", scenario.timestamps_file.read_text("utf-8"))
        self._command("timestamp", "--tender", str(scenario.genesis), *self._as("organiser"), *stamping)
        output = ("-o", str(scenario.archive), "--report", str(scenario.report))
        self._command("export", "--tender", str(scenario.genesis), *self._as("organiser"), *output)
        self._progress("评标报告和归档包已导出，正在核验", "Report and archive are written; verifying")
        arguments = ("verify", str(scenario.archive), "--genesis", scenario.fingerprint_file.read_text("utf-8").strip())
        verified = subprocess.run(
            [sys.executable, "-m", "evalclient", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=environment(scenario.language),
        )
        self._progress("核验完成", "Verified")
        save_blocked(tuple(self._blocked), scenario.folder / "blocked.json")
        return Conclusion(
            report=scenario.report,
            archive=scenario.archive,
            pictures=scenario.pictures if scenario.pictures.is_dir() else None,
            command=f"evalclient {' '.join(arguments)}",
            outcome=tuple((verified.stdout + verified.stderr).splitlines()),
            exit_code=verified.returncode,
            blocked=tuple(self._blocked),
        )

    def _as(self, person: str) -> tuple[str, ...]:
        return ("--centre", self.url, *key_options(self.scenario.people / person))

    def _command(self, *arguments: str) -> None:
        log = self.scenario.folder / "logs" / "commands.log"
        with log.open("a") as output:
            subprocess.run(
                [sys.executable, "-m", "evalclient", *arguments], check=True, stdout=output, stderr=output, timeout=300
            )

    def _progress(self, zh: str, en: str) -> None:
        self._tell(Progress(time.monotonic() - self._begun, Bilingual(zh, en)))


def key_options(folder: Path) -> tuple[str, ...]:
    """How a command is told whose store and key it works with."""
    return ("--store", str(folder), "--key", str(folder / "key.p12"), "--password-file", str(folder / "pin"))


_EVENTS: Final = {
    "documents": Bilingual("已编制投标文件", "has written its bid"),
    "sealed": Bilingual("已封装投标文件", "has sealed its bid"),
    "submitted": Bilingual("已递交投标文件", "has handed in its bid"),
    "released": Bilingual("已提交本人解密份额", "has released its own key share"),
}


def default_folder() -> Path:
    """Where a demo goes when nobody says where: a fresh folder below ``out``."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")  # noqa: TID251 - a name, not a record
    return Path("out") / f"demo-{stamp}"
