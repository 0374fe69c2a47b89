"""The headless demo: starts the centre and everybody, tells how far they are, and shows what came out."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from evalclient.core.records.fields import Bilingual
from evalclient.core.workflow.stages import STAGE_TITLES
from evalclient.demo.blocked import Blocked, save_blocked
from evalclient.demo.people import Cast
from evalclient.demo.preparation import announce, prepare
from evalclient.demo.processes import Event, Troupe
from evalclient.demo.scenario import Scenario, save_scenario

Say = Callable[[str, str], None]
#: shortest time between announcement and deadline, seconds; a slow machine gets more
SHORTEST_SUBMISSION = 6.0


class StageManager:
    """Runs one evaluation with everybody in a process of his own; ``windowed`` people sit at real windows."""

    def __init__(self, scenario: Scenario, say: Say, windowed: tuple[str, ...] = ()) -> None:
        self.scenario = scenario
        self._say = say
        self._windowed = windowed
        self._begun = time.monotonic()
        self._troupe = Troupe(scenario.folder / "logs", scenario.language)
        self._blocked: list[Blocked] = []
        self.url = ""

    def run(self) -> int:
        """The whole evaluation; the exit code of ``evalclient verify`` on its archive."""
        try:
            everybody = self._set_up()
            self._evaluate(everybody)
            return self._conclude()
        finally:
            self._troupe.stop()

    def _set_up(self) -> Cast:
        scenario = self.scenario
        scenario.folder.mkdir(parents=True, exist_ok=True)
        self._progress("准备证书、人员与招标文件", "Preparing certificates, people and the tender")
        everybody, pki = prepare(scenario, datetime.now(UTC))  # noqa: TID251 - the demo begins now
        save_scenario(scenario, scenario.folder / "scenario.json")
        self._start_centre()
        writing = time.monotonic()
        bidders = everybody.of("bidder")
        for person in bidders:
            folder, file = scenario.people / person.person, scenario.folder / "scenario.json"
            self._troupe.start(person.person, str(folder), "--scenario", str(file), module="evalclient.demo.bidder")
        self._progress(f"{len(bidders)} 家投标人编制投标文件", f"{len(bidders)} bidders write their bids")
        self._troupe.wait_for({(person.person, "documents") for person in bidders})
        self._publish(everybody, pki, SHORTEST_SUBMISSION + time.monotonic() - writing)
        return everybody

    def _start_centre(self) -> None:
        data, roots = self.scenario.folder / "centre", self.scenario.folder / "authorities"
        self._troupe.start("centre", "--data", str(data), "--roots", str(roots), "--port", "0", module="server_stub")
        event = self._troupe.next_event(30)
        self.url = str(event.details["url"])
        self._progress(f"评标中心已启动 {self.url}", f"The centre is up at {self.url}")

    def _publish(self, everybody: Cast, pki: object, seconds: float) -> None:
        from evalclient.crypto.demo_pki import DemoPki

        assert isinstance(pki, DemoPki)  # noqa: S101
        scenario = self.scenario
        deadline = announce(scenario, everybody, pki, datetime.now(UTC), seconds)  # noqa: TID251 - as above
        organiser = scenario.people / "organiser"
        self._command(
            "publish",
            str(scenario.tender),
            "--centre",
            self.url,
            "--store",
            str(organiser),
            "--key",
            str(organiser / "key.p12"),
            "--password-file",
            str(organiser / "pin"),
            "-o",
            str(scenario.genesis),
        )
        scenario.centre_file.write_text(self.url, "utf-8")
        scenario.fingerprint_file.write_text(self._fingerprint() + "\n", "utf-8")
        self._progress(f"项目已发布，投标截止 {deadline}", f"Published; bids close at {deadline}")

    def _evaluate(self, everybody: Cast) -> None:
        for person in (*everybody.of("organiser"), *everybody.of("administrator"), *everybody.of("supervisor")):
            self._start_person(person.person)
        for person in everybody.of("custodian"):
            folder = self.scenario.people / person.person
            self._troupe.start(
                person.person,
                *("release-key", "--wait", "--tender", str(self.scenario.genesis), "--centre", self.url),
                *("--store", str(folder), "--key", str(folder / "key.p12"), "--password-file", str(folder / "pin")),
                module="evalclient",
            )
        for person in everybody.of("member"):
            self._start_person(person.person)
        self._watch(len(everybody.of("member")))

    def _start_person(self, person: str) -> None:
        module = "evalclient.demo.window_person" if person in self._windowed else "evalclient.demo.person"
        arguments = [str(self.scenario.people / person), "--centre", self.url, "--genesis", str(self.scenario.genesis)]
        arguments += ["--language", self.scenario.language]
        if person in self._windowed:
            arguments += ["--pictures", str(self.scenario.pictures)]
        self._troupe.start(person, *arguments, module=module)

    def _watch(self, _members: int) -> None:
        """Until the organiser's process has seen the end of the evaluation and everybody has gone home."""
        gone: set[str] = set()
        people = set(self._troupe.alive()) - {"centre"}
        while not people <= gone:
            event = self._troupe.next_event(120)
            if event.event == "exit":
                gone.add(event.person)
            self._tell(event)

    def _tell(self, event: Event) -> None:
        if event.event == "stage" and event.person == "organiser":
            title = STAGE_TITLES[event.details["stage"]]  # type: ignore[index]
            self._progress(f"环节：{title.zh}", f"Stage: {title.en}")
        elif event.event == "blocked":
            self._blocked.append(msgspec.convert({"person": event.person, **event.details}, Blocked))
        elif event.event in ("sealed", "submitted", "released"):
            words = _BIDDER_EVENTS[event.event]
            self._progress(f"{event.person} {words.zh}", f"{event.person} {words.en}")

    def _conclude(self) -> int:
        organiser = self.scenario.people / "organiser"
        self._command(
            "export",
            "--tender",
            str(self.scenario.genesis),
            "--centre",
            self.url,
            "--store",
            str(organiser),
            "--key",
            str(organiser / "key.p12"),
            "--password-file",
            str(organiser / "pin"),
            "-o",
            str(self.scenario.archive),
            "--report",
            str(self.scenario.report),
        )
        self._progress(f"评标报告 {self.scenario.report}", f"Report {self.scenario.report}")
        self._progress(f"归档包 {self.scenario.archive}", f"Archive {self.scenario.archive}")
        if self._windowed:
            self._progress(f"各环节截图 {self.scenario.pictures}", f"Pictures {self.scenario.pictures}")
            self._tell_blocked()
        arguments = ["verify", str(self.scenario.archive), "--genesis", self._fingerprint()]
        self._say(f"\nevalclient {' '.join(arguments)}", f"\nevalclient {' '.join(arguments)}")
        return subprocess.run([sys.executable, "-m", "evalclient", *arguments], check=False).returncode

    def _tell_blocked(self) -> None:
        """How long each window kept its person waiting."""
        save_blocked(tuple(self._blocked), self.scenario.folder / "blocked.json")
        for line in (line for blocked in self._blocked for line in blocked.lines()):
            self._say(line.zh, line.en)

    def _fingerprint(self) -> str:
        from evalclient.crypto.records import found
        from evalclient.desk.founding import load_genesis

        return found(load_genesis(self.scenario.genesis.read_bytes()).record).record.id

    def _command(self, *arguments: str) -> None:
        log = self.scenario.folder / "logs" / "commands.log"
        with log.open("a") as output:
            subprocess.run(
                [sys.executable, "-m", "evalclient", *arguments], check=True, stdout=output, stderr=output, timeout=300
            )

    def _progress(self, zh: str, en: str) -> None:
        elapsed = time.monotonic() - self._begun
        self._say(f"[{elapsed:6.1f} s] {zh}", f"[{elapsed:6.1f} s] {en}")


_BIDDER_EVENTS = {
    "sealed": Bilingual("已封装投标文件", "has sealed its bid"),
    "submitted": Bilingual("已递交投标文件", "has handed in its bid"),
    "released": Bilingual("已提交本人解密份额", "has released its own key share"),
}


def default_folder() -> Path:
    """Where a demo goes when nobody says where: a fresh folder below ``out``."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")  # noqa: TID251 - a name, not a record
    return Path("out") / f"demo-{stamp}"
