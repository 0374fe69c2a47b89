"""A demo person as a process of his own: a store, a key, a link to the centre, and a pilot that does what is due.

Run as ``python -m evalclient.demo.person FOLDER --centre URL --genesis FILE``. One JSON line per event on standard
output tells the stage manager how far this person is; nothing else leaves the process but what the centre gets.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from evalclient.core.errors import CentreUnreachable, EvalclientError
from evalclient.crypto.keys import Pkcs12Key
from evalclient.demo.cues import Cues
from evalclient.demo.people import Person, load_person
from evalclient.demo.pilots.asking_leader import AskingLeader
from evalclient.demo.pilots.member import MemberPilot
from evalclient.demo.pilots.offices import AdministratorPilot, Appointment, OrganiserPilot, SupervisorPilot
from evalclient.demo.pilots.plan import MemberPlan
from evalclient.desk.clock import SystemClock
from evalclient.desk.founding import load_genesis
from evalclient.desk.places import await_place
from evalclient.desk.seat import Seat

#: how long a leader waits for the supervisor to approve a roll-back before the committee goes on, seconds
ASKING_PATIENCE = 240.0
CHECKS = {"zh": ("网络", "音视频", "证书介质", "打印机"), "en": ("network", "audio and video", "tokens", "printer")}


class Pilot(Protocol):
    """Does the next thing that is due."""

    def step(self) -> bool:
        """Whether there was one."""
        ...


def main(argv: Sequence[str] | None = None) -> int:
    """Live through one evaluation; 0 when it has ended."""
    arguments = _parser().parse_args(argv)
    person = load_person(arguments.folder)
    seat = open_seat(arguments.folder, arguments.centre, arguments.genesis, person)
    try:
        _live(seat, pilot_for(seat, person, arguments), arguments.pace)
    except EvalclientError as error:
        tell("failed", zh=error.zh, en=error.en)
        return 1
    finally:
        seat.close()
    return 0


def open_seat(folder: Path, url: str, genesis_file: Path, person: Person) -> Seat:
    """The person's seat, signed in once the organiser has given him his place."""
    genesis = load_genesis(genesis_file.read_bytes())
    key = Pkcs12Key.open((folder / "key.p12").read_bytes(), (folder / "pin").read_text("utf-8"))
    await_place(url, genesis, key.certificate)
    seat = Seat(folder, url, genesis, person.person, SystemClock())
    seat.sign_in(key, person.seats[0] if person.seats else person.person)
    seat.turn()
    tell("signed-in")
    return seat


def pilot_for(seat: Seat, person: Person, arguments: Namespace) -> Pilot:
    """The pilot of a role."""
    match person.role:
        case "member":
            plan = msgspec.json.decode((arguments.folder / "plan.json").read_bytes(), type=MemberPlan)
            pilot = MemberPilot(seat, plan, arguments.language, fields_per_step=arguments.fields)
            return AskingLeader(pilot, ASKING_PATIENCE) if arguments.ask_rollback else pilot
        case "organiser":
            appointments = msgspec.json.decode(
                (arguments.folder / "appointments.json").read_bytes(), type=tuple[Appointment, ...]
            )
            return OrganiserPilot(seat, appointments, arguments.language, Cues(arguments.cues))
        case "administrator":
            return AdministratorPilot(seat.desk, person.seats, CHECKS[arguments.language])
        case _:
            return SupervisorPilot(seat.desk)


def tell(event: str, **details: object) -> None:
    """One line for the stage manager."""
    sys.stdout.write(json.dumps({"event": event, **details}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _live(seat: Seat, pilot: Pilot, pace: float) -> None:
    stage = ""
    while True:
        if seat.desk.evaluation.stage != stage:
            stage = seat.desk.evaluation.stage
            tell("stage", stage=stage)
        if stage == "ended" and not seat.log.outbox():
            return
        busy = pilot.step()
        if busy and pace:
            time.sleep(pace)
        try:
            seat.turn(0.0 if busy else 2.0)
        except CentreUnreachable:
            time.sleep(0.5)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="evalclient.demo.person")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--centre", required=True)
    parser.add_argument("--genesis", type=Path, required=True)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--pace", type=float, default=0.0, help="seconds between acts")
    parser.add_argument("--fields", type=int, default=20, help="fields filled in per step")
    parser.add_argument("--cues", type=Path, help="folder of cues that an organiser waits for before he ends a stage")
    parser.add_argument("--ask-rollback", action="store_true", help="a leader who asks for one roll-back")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
