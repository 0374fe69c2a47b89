"""A whole evening for story tests: the real centre in its own process, real keys, packages and stores, seats in one.

story = Story(tmp_path, kind="procurement")
story.bid()                      # every bidder seals, hands in and releases, by the product's commands
story.run(until="scoring")       # everybody does what is due until a stage is reached
story.run()                      # … until the evaluation has ended
story.close()
story.again(folder)              # what was left, copied to another folder, with a centre of its own: goes its own way
"""

from __future__ import annotations

import copy
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

import msgspec

from evalclient.cli.dispatch import run_command as command
from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.act import Stage
from evalclient.core.records.envelope import SuiteName
from evalclient.crypto.keys import Pkcs12Key
from evalclient.demo.bidder import quote_of
from evalclient.demo.documents.tender_texts import demo_tender
from evalclient.demo.people import Cast, Person, issue
from evalclient.demo.pilots.member import MemberPilot
from evalclient.demo.pilots.offices import AdministratorPilot, Appointment, OrganiserPilot, SupervisorPilot
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.demo.preparation import Keys, announce, prepare
from evalclient.demo.scenario import Scenario
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import load_genesis
from evalclient.desk.sealing import BidFolder, SourceFile
from evalclient.desk.seat import Seat
from tests.builders.samples_pdf import small_pdf

Pilot = MemberPilot | OrganiserPilot | AdministratorPilot | SupervisorPilot
_PATIENCE = 90.0


class Story:
    """One evaluation on real parts below ``folder``; ``close`` ends the centre and all seats."""

    def __init__(
        self,
        folder: Path,
        kind: Literal["construction", "procurement"] = "construction",
        bidders: int = 6,
        suite: SuiteName = "international",
        keys: Keys | None = None,
    ) -> None:
        self.scenario = Scenario(out=str(folder), kind=kind, bidders=bidders, megabytes=2, suite=suite)
        self.tender = demo_tender(kind, "zh", bidders, self.scenario.seed)
        begun = time.monotonic()
        self.cast, self.pki = prepare(self.scenario, _now(), keys)
        self.url = ""
        self.seats: dict[str, Seat] = {}
        self.pilots: dict[str, Pilot] = {}
        self._start_centre()
        try:
            # what a slow machine takes to prepare, it takes to bid: the deadline leaves room for it
            self._publish(4.0 + 2.0 * (time.monotonic() - begun))
        except BaseException:
            self.close()  # nobody else would end the centre
            raise
        self.genesis = load_genesis(self.scenario.genesis.read_bytes())

    def _publish(self, seconds: float) -> None:
        announce(self.scenario, self.cast, self.pki, _now(), seconds)
        self._patience()
        self._command("publish", str(self.scenario.tender), "-o", str(self.scenario.genesis), person="organiser")

    def _patience(self) -> None:
        """Nobody waits in a test for a member who will not sign."""
        arrangement = self.scenario.tender / "evaluation.json"
        content = {**json.loads(arrangement.read_bytes()), "patience_minutes": 0}
        arrangement.write_text(json.dumps(content), encoding="utf-8")

    def again(self, folder: Path) -> Self:
        """This closed story once more, below ``folder``."""
        shutil.copytree(self.scenario.folder, folder)
        other = copy.copy(self)
        other.scenario = msgspec.structs.replace(self.scenario, out=str(folder))
        other.url, other.seats, other.pilots = "", {}, {}
        other._start_centre()
        return other

    def _start_centre(self) -> None:
        """Started again it listens where it did."""
        folder = self.scenario.folder
        self.centre = subprocess.Popen(
            [
                *(sys.executable, "-m", "server_stub", "--port", self.url.rpartition(":")[2] or "0"),
                *("--data", str(folder / "centre"), "--roots", str(folder / "authorities")),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.centre.stdout is not None
        self.url = json.loads(self.centre.stdout.readline())["url"]

    def kill_centre(self) -> None:
        """The centre is gone from one moment to the next."""
        self.centre.kill()
        assert self.centre.wait(10) == -signal.SIGKILL
        assert self.centre.stdout is not None
        self.centre.stdout.close()

    def restart_centre(self) -> None:
        """It comes back over the data it had."""
        self._start_centre()

    def close(self) -> None:
        """End everything."""
        for seat in self.seats.values():
            seat.close()
        self.centre.terminate()
        self.centre.wait(10)
        if self.centre.stdout is not None:
            self.centre.stdout.close()

    # -- bids ------------------------------------------------------------------------------------------------------

    def bid(self) -> None:
        """Every bidder seals and hands in; then custodians and bidders release their shares."""
        bidders = self.cast.of("bidder")
        for person in bidders:
            self.hand_in(person)
        for person in (*self.cast.of("custodian")[:2], *bidders):
            self.release(person.person)

    def hand_in(self, person: Person) -> None:
        """One bidder seals his bid and hands it in."""
        self._seal(person)
        package = str(self._home(person.person) / "bid.asice")
        self._command("submit", package, "--tender", str(self.scenario.genesis), person=person.person)

    def release(self, person: str) -> None:
        """A custodian, or a bidder, releases his shares once the deadline has passed."""
        self._command("release-key", "--wait", "--tender", str(self.scenario.genesis), person=person)

    def _seal(self, person: Person) -> None:
        folder = self._home(person.person) / "bid"
        folder.mkdir()
        bidder = self.tender.bidders[person.bid - 1]
        files = []
        for compartment in ("identity", "qualification", "technical", "price"):
            (folder / f"{compartment}.pdf").write_bytes(small_pdf(f"{compartment} {person.person}"))
            files.append(SourceFile(file=f"{compartment}.pdf", compartment=compartment, title=compartment))
        bid = BidFolder(files=tuple(files), quote=quote_of(self.tender, bidder))
        (folder / "bid.json").write_bytes(msgspec.json.encode(bid))
        home = self._home(person.person)
        arguments = ["seal", str(folder), "--tender", str(self.scenario.genesis), "-o", str(home / "bid.asice")]
        assert command([*arguments, "--signer", str(home / "key.p12"), "--password-file", str(home / "pin")]) == 0

    # -- people ----------------------------------------------------------------------------------------------------

    def seat(self, person: str) -> Seat:
        """The person's seat, signed in and in step with the centre."""
        if person not in self.seats:
            home = self._home(person)
            seat = Seat(home, self.url, self.genesis, person, SystemClock())
            key = Pkcs12Key.open((home / "key.p12").read_bytes(), (home / "pin").read_text("utf-8"))
            seat.sign_in(key, person)
            seat.turn()
            self.seats[person] = seat
        return self.seats[person]

    def pilot(self, person: str) -> Pilot:
        """Whoever does what is due at a seat."""
        if person not in self.pilots:
            self.pilots[person] = self._pilot(person)
        return self.pilots[person]

    def run(self, until: Stage = "ended", without: frozenset[str] = frozenset(), *, hold: bool = False) -> Evaluation:
        """Everybody but ``without`` does what is due until the organiser's log has reached a stage.

        Some may have begun with that stage's work by then; with ``hold`` nobody has.
        """
        limit = time.monotonic() + _PATIENCE
        organiser = self.seat("organiser")
        self.pilot("organiser")
        while organiser.desk.logged.stage != until:
            if not self._turn(without, hold=until if hold else None) and time.monotonic() > limit:
                waiting = organiser.desk.logged.stage
                raise AssertionError(f"the evening got stuck at {waiting}, wanted {until}")
        self._turn(without, act=False)
        return organiser.desk.logged

    def run_while(self, condition: Callable[[Evaluation], bool], without: frozenset[str] = frozenset()) -> Evaluation:
        """Like ``run``, as long as ``condition`` holds of the organiser's log."""
        limit = time.monotonic() + _PATIENCE
        organiser = self.seat("organiser")
        while condition(organiser.desk.logged):
            self._turn(without)
            assert time.monotonic() < limit, "the evening got stuck"
        return organiser.desk.logged

    def share(self) -> Evaluation:
        """Everybody's outbox goes to the centre and the log to everybody."""
        for _ in range(2):
            self._turn(frozenset(), act=False)
        return self.seat("organiser").desk.logged

    def plan(self, person: str, **changes: object) -> MemberPlan:
        """A member's judgement, changed before his client starts."""
        path = self._home(person) / "plan.json"
        plan = msgspec.structs.replace(msgspec.json.decode(path.read_bytes(), type=MemberPlan), **changes)
        path.write_bytes(msgspec.json.encode(plan))
        return plan

    def reserve(self, person: str, instead_of: str) -> bytes:
        """Somebody from the reserve who may take a member's place and judges as he did; his certificate (DER)."""
        leaving = next(one for one in self.cast.people if one.person == instead_of)
        coming = msgspec.structs.replace(leaving, person=person, name="陶望舒")
        issued = issue((coming,), self.pki, self.scenario.people, {})
        (self._home(person) / "plan.json").write_bytes(
            msgspec.json.encode(msgspec.structs.replace(self.plan(instead_of), person=person))
        )
        certificates = {**self.cast.certificates, **issued.certificates}
        self.cast = Cast((*self.cast.people, coming), certificates, {**self.cast.encryption, **issued.encryption})
        return issued.certificates[person]

    def _turn(self, without: frozenset[str], act: bool = True, hold: Stage | None = None) -> bool:
        busy = False
        for person in self._present():
            if person in without:
                continue
            pilot, seat = self.pilot(person), self.seat(person)
            for _ in range(40 if act else 0):
                if seat.desk.evaluation.stage == hold or not pilot.step():
                    break
                busy = True
            seat.turn()
        if not busy:
            time.sleep(0.05)
        return busy

    def _present(self) -> list[str]:
        """Those who have a place by now, in a fixed order."""
        places = self.seat("organiser").desk.logged.roster.places
        everybody = [*self.cast.of("administrator"), *self.cast.of("member"), *self.cast.of("supervisor")]
        return ["organiser", *(person.person for person in everybody if person.person in places)]

    def _pilot(self, person: str) -> Pilot:
        seat, home = self.seat(person), self._home(person)
        if person == "organiser":
            appointments = (home / "appointments.json").read_bytes()
            return OrganiserPilot(seat, msgspec.json.decode(appointments, type=tuple[Appointment, ...]))
        if person == "supervisor":
            return SupervisorPilot(seat.desk)
        if person.startswith("a-"):
            described = next(one for one in self.cast.people if one.person == person)
            return AdministratorPilot(seat.desk, described.seats, ("network",))
        plan = msgspec.json.decode((home / "plan.json").read_bytes(), type=MemberPlan)
        return MemberPilot(seat, plan, fields_per_step=200)

    def _home(self, person: str) -> Path:
        return self.scenario.people / person

    def _command(self, *arguments: str, person: str) -> None:
        home = self._home(person)
        key = ["--key", str(home / "key.p12"), "--password-file", str(home / "pin")]
        assert command([*arguments, "--centre", self.url, "--store", str(home), *key]) == 0


def _now() -> datetime:
    return datetime.fromisoformat(SystemClock().now())
