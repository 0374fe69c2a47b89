"""The people of the demo evaluation: who they are, their certificates, and the folder each of them lives in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from evalclient.core.records.act import MemberKind
from evalclient.crypto.demo.keys import KeyKind
from evalclient.crypto.demo.pki import DemoPki
from evalclient.demo.documents.model import DemoTender

DemoRole = Literal["organiser", "supervisor", "custodian", "administrator", "member", "bidder", "recovery"]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One demo person (``person.json`` in his folder, beside ``key.p12``, ``pin`` and, for members, ``plan.json``)."""

    person: str
    role: DemoRole
    name: str
    organisation: str
    site: str = ""
    member_kind: MemberKind | None = None
    seats: tuple[str, ...] = ()
    bid: int = 0


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, with the certificate (DER) of each by person id, and the encryption certificates of who has two."""

    people: tuple[Person, ...]
    certificates: dict[str, bytes]
    encryption: dict[str, bytes] = field(default_factory=dict)

    def of(self, role: DemoRole) -> tuple[Person, ...]:
        """The people in a role, in order."""
        return tuple(person for person in self.people if person.role == role)


_MEMBERS_ZH = ("周正衡", "林若川", "沈知远", "顾明仪", "陆怀谦", "何允之", "徐景行", "叶清和", "宋致中")
_MEMBERS_EN = ("Zhou Zhengheng", "Lin Ruochuan", "Shen Zhiyuan", "Gu Mingyi", "Lu Huaiqian")
_MORE_EN = ("He Yunzhi", "Xu Jingxing", "Ye Qinghe", "Song Zhizhong")
_OFFICES_ZH = {"organiser": "韩立言", "supervisor": "秦守正", "custodian": "保管人", "administrator": "管理员"}
_OFFICES_EN = {
    "organiser": "Han Liyan",
    "supervisor": "Qin Shouzheng",
    "custodian": "Custodian",
    "administrator": "Admin",
}


def cast(tender: DemoTender, experts: int) -> tuple[Person, ...]:
    """Everybody but the certificates: ``experts`` members at the tender's three sites, the offices, the bidders."""
    english = tender.language == "en"
    office = _OFFICES_EN if english else _OFFICES_ZH
    agency, purchaser = tender.agency.text(tender.language), tender.purchaser.text(tender.language)
    supervisor = tender.supervisor.text(tender.language)
    people = [
        Person(person="organiser", role="organiser", name=office["organiser"], organisation=agency),
        Person(person="supervisor", role="supervisor", name=office["supervisor"], organisation=supervisor),
    ]
    for number, keeper in enumerate((agency, tender.sites[0].name.text(tender.language), supervisor), 1):
        label = f"{office['custodian']}{number}"
        people.append(Person(person=f"c{number}", role="custodian", name=label, organisation=keeper))
        people.append(Person(person=f"r{number}", role="recovery", name=f"{label}R", organisation=keeper))
    committee = _committee(tender, experts, purchaser)
    people += committee
    for site in tender.sites:
        people.append(
            Person(
                person=f"a-{site.id}",
                role="administrator",
                name=f"{office['administrator']} {site.city.text(tender.language)}",
                organisation=site.name.text(tender.language),
                site=site.id,
                seats=_seats(site.id, committee),
            )
        )
    for bidder in tender.bidders:
        name = bidder.name.text(tender.language)
        people.append(
            Person(person=f"b{bidder.number}", role="bidder", name=name, organisation=name, bid=bidder.number)
        )
    return tuple(people)


def issue(
    people: tuple[Person, ...], pki: DemoPki, folder: Path, keys: Mapping[str, KeyKind], others: KeyKind = "ec"
) -> Cast:
    """Give everybody a key, in turn from the three authorities, and write the folders ``folder/<person>``.

    ``keys`` says of which kind, by person; ``others`` is for whom it does not name. Whoever has keys of SM2 has two, one
    to sign with and one to open what others encrypt (双证书).
    """
    certificates, encryption = {}, {}
    for position, person in enumerate(people):
        own = folder / person.person
        own.mkdir(parents=True)
        pin = f"{100000 + 7919 * (position + 1)}"
        authority = pki.authorities[position % len(pki.authorities)]
        remark = " (demo)" if person.name.isascii() else "（演示）"
        kind = keys.get(person.person, others)
        issued = authority.issue_pair if kind == "sm2" else authority.issue
        credential = issued(f"{person.name}{remark}", person.organisation, pin=pin, kind=kind)
        (own / "key.p12").write_bytes(credential.p12)
        (own / "pin").write_text(pin, "utf-8")
        (own / "person.json").write_bytes(msgspec.json.encode(person))
        certificates[person.person] = credential.certificate
        if credential.encryption_certificate != credential.certificate:
            encryption[person.person] = credential.encryption_certificate
    return Cast(people, certificates, encryption)


def load_person(folder: Path) -> Person:
    """The person who lives in ``folder``."""
    return msgspec.json.decode((folder / "person.json").read_bytes(), type=Person)


def _seats(site: str, committee: list[Person]) -> tuple[str, ...]:
    """The site's seats: one for each of its members and one to spare."""
    members = sum(member.site == site for member in committee)
    return tuple(f"{site.upper()}-{number:02}" for number in range(1, members + 2))


def _committee(tender: DemoTender, experts: int, purchaser: str) -> list[Person]:
    """Members at three sites, two in three at the main one; in procurement one is the purchaser's representative."""
    names = (*_MEMBERS_EN, *_MORE_EN) if tender.language == "en" else _MEMBERS_ZH
    sub_sites = tender.sites[1:]
    members: list[Person] = []
    for number in range(1, experts + 1):
        away = experts - number < len(sub_sites)
        site = sub_sites[experts - number].id if away else tender.sites[0].id
        represents = tender.kind == "procurement" and number == experts - len(sub_sites)
        place = sum(member.site == site for member in members) + 1
        members.append(
            Person(
                person=f"m{number}",
                role="member",
                name=names[number - 1],
                organisation=purchaser if represents else _pool(tender),
                site=site,
                member_kind="representative" if represents else "expert",
                seats=(f"{site.upper()}-{place:02}",),
            )
        )
    return members


def _pool(tender: DemoTender) -> str:
    return (
        f"{tender.province.text(tender.language)} · Expert pool"
        if tender.language == "en"
        else (f"{tender.province.text(tender.language)}综合评标专家库")
    )
