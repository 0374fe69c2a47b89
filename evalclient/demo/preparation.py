"""Everything a demo evaluation needs before anybody acts: authorities, people, tender, plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import DemoPki, Purpose
from evalclient.demo.documents.model import DemoTender
from evalclient.demo.documents.tender_files import tender_files
from evalclient.demo.documents.tender_texts import demo_tender
from evalclient.demo.people import Cast, cast, issue
from evalclient.demo.pilots.offices import Appointment
from evalclient.demo.pilots.plan import make_plans
from evalclient.demo.scenario import Scenario
from evalclient.demo.tender_folder import write_tender_folder
from evalclient.desk.clock import moment

_TIME_PIN = "time"


@dataclass(frozen=True, slots=True)
class Keys:
    """Of which kinds the keys of the authorities are, those of some people, and everybody else's."""

    authorities: tuple[KeyKind, KeyKind, KeyKind]
    people: Mapping[str, KeyKind]
    others: KeyKind


def keys_of(scenario: Scenario) -> Keys:
    """The keys of a scenario: all of SM2 in its suite, otherwise of RSA and on P-256."""
    if scenario.suite == "sm":
        return Keys(("sm2", "sm2", "sm2"), {}, "sm2")
    return Keys(("rsa", "ec", "ec"), {"m2": "rsa", "organiser": "rsa"}, "ec")


def prepare(scenario: Scenario, now: datetime, keys: Keys | None = None) -> tuple[Cast, DemoPki]:
    """Write authorities, people and their plans below ``scenario.folder``; ``keys`` other than the scenario's own."""
    tender = _tender(scenario)
    today = datetime(now.year, now.month, now.day, tzinfo=UTC)
    keys = keys or keys_of(scenario)
    pki = DemoPki.create(f"demo-{scenario.seed}", today, keys.authorities)
    roots = scenario.authorities
    roots.mkdir(parents=True)
    for number, root in enumerate(pki.roots):
        (roots / f"root-{number}.der").write_bytes(root)
    everybody = issue(cast(tender, scenario.experts), pki, scenario.people, keys.people, keys.others)
    members = [person.person for person in everybody.of("member")]
    leader = members[0]
    for member, plan in make_plans(tender, members, leader, scenario.seed).items():
        (scenario.people / member / "plan.json").write_bytes(msgspec.json.encode(plan))
    (scenario.people / "organiser" / "appointments.json").write_bytes(msgspec.json.encode(_appointments(everybody)))
    scenario.genesis.parent.mkdir()
    _issue_time_authority(scenario, pki, keys.others)
    return everybody, pki


def _issue_time_authority(scenario: Scenario, pki: DemoPki, kind: KeyKind) -> None:
    purposes: tuple[Purpose, ...] = ("timestamp",)
    name = "时间戳演示 DEMO TSA"
    credential = pki.authorities[-1].issue(name, "时间戳服务（演示）", purposes, pin=_TIME_PIN, kind=kind)
    scenario.time_authority.mkdir()
    (scenario.time_authority / "key.p12").write_bytes(credential.p12)
    (scenario.time_authority / "pin").write_text(_TIME_PIN, "utf-8")


def announce(scenario: Scenario, everybody: Cast, pki: DemoPki, now: datetime, seconds: float) -> str:
    """Write the tender folder with a deadline ``seconds`` from ``now`` and the authorities' lists of then; the deadline."""
    tender = _tender(scenario)
    deadline = moment(now + timedelta(seconds=seconds))
    files, lists = tender_files(tender), pki.crls(now.replace(microsecond=0))
    write_tender_folder(scenario.tender, tender, files, everybody, pki.roots, lists, deadline, scenario.suite)
    return deadline


def _tender(scenario: Scenario) -> DemoTender:
    return demo_tender(scenario.kind, scenario.language, scenario.bidders, scenario.seed)


def _appointments(everybody: Cast) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(person.person, person.member_kind, person.site, everybody.certificates[person.person])
        for person in everybody.people
        if person.role in ("administrator", "member")
    )
