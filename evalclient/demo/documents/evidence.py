"""What shows each fact of a bidder: rows of a table and sheets to scan."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from evalclient.demo.documents.model import ScoredItem, Text
from evalclient.demo.documents.parts import Bid, world
from evalclient.demo.documents.scans import Sheet
from evalclient.demo.documents.sheets import certificate, contract, person
from evalclient.demo.documents.stock import pair, pairs, stock
from evalclient.demo.documents.wording import money


@dataclass(frozen=True, slots=True)
class Shown:
    """A table (head, rows; rows may be empty) and scanned sheets."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sheets: tuple[Sheet, ...] = ()


def shown(bid: Bid, item: ScoredItem) -> Shown:
    """The evidence for an objective item's fact."""
    if item.fact is None:
        raise ValueError(f"item {item.id} does not rest on a fact")
    return _SHOWN[item.fact](bid, item, bid.rng(f"evidence/{item.fact}"))


def _count(bid: Bid, item: ScoredItem) -> int:
    return bid.bidder.fact(item.fact or "")


def _projects(bid: Bid, item: ScoredItem, rng: random.Random) -> Shown:
    say = bid.say
    names = pairs(stock("annex")["projects"][bid.tender.kind])
    cities = [pair(region["city"]) for region in world()["regions"]]
    rows: list[tuple[str, ...]] = []
    sheets: list[Sheet] = []
    for number, name in enumerate(rng.sample(names, _count(bid, item)), 1):
        city = rng.choice(cities)
        project = say(f"{city.zh}{name.zh}", f"{name.en}, {city.en}")
        size = f"{rng.randint(31, 68)} 000 m²" if bid.construction else f"{rng.randint(8, 42)} {say('间', 'rooms')}"
        amount = rng.randint(9_000_000, 24_000_000) * (10 if bid.construction else 1) // 4
        rows.append((str(number), project, size, money(amount), bid.past(rng, 1, 3)))
        if len(sheets) < 2:
            sheets.append(contract(bid, rng, project, 1))
    head = (
        say("序号", "No."),
        say("项目名称", "Project"),
        say("规模", "Size"),
        say("合同金额（元）", "Amount (CNY)"),
        say("验收日期", "Accepted"),
    )
    return Shown(head, tuple(rows), tuple(sheets))


def _title(bid: Bid, item: ScoredItem, rng: random.Random) -> Shown:
    say = bid.say
    who = bid.bidder.manager if item.fact == "manager_title" else bid.bidder.chief_engineer
    grade = (say("助理工程师", "assistant engineer"), say("工程师", "engineer"), say("高级工程师", "senior engineer"))[
        _count(bid, item)
    ]
    years = rng.randint(9, 24)
    head = (say("姓名", "Name"), say("职称", "Title"), say("专业", "Discipline"), say("从业年限", "Years"))
    rows = ((bid.text(who), grade, say("建筑工程", "building"), str(years)),)
    return Shown(
        head, rows, (person(bid, rng, who, say("专业技术职务任职资格证书", "Professional title certificate"), grade),)
    )


def _listed(key: str, zh: str, en: str) -> Callable[[Bid, ScoredItem, random.Random], Shown]:
    """Evidence that is a list of certificates from the data file, the first two scanned."""

    def show(bid: Bid, item: ScoredItem, rng: random.Random) -> Shown:
        say = bid.say
        names: tuple[Text, ...] = pairs(stock("annex")[key])[: _count(bid, item)]
        rows = tuple(
            (str(number), bid.text(name), f"YC{rng.randint(10**7, 10**8 - 1)}", bid.past(rng, 0, 2))
            for number, name in enumerate(names, 1)
        )
        issuer = bid.text(pair(world()["laboratory" if key == "reports" else "certifier"]))
        about = [((say("内容", "Subject"), bid.text(name)),) for name in names[:2]]
        sheets = tuple(certificate(bid, rng, say(zh, en), one, issuer) for one in about)
        head = (
            say("序号", "No."),
            say("证书（报告）名称", "Certificate or report"),
            say("编号", "Number"),
            say("签发日期", "Issued"),
        )
        return Shown(head, rows, sheets)

    return show


def _award(bid: Bid, item: ScoredItem, rng: random.Random) -> Shown:
    say, level = bid.say, _count(bid, item)
    head = (say("奖项", "Award"), say("级别", "Level"), say("授奖单位", "Given by"), say("日期", "Date"))
    if level == 0:
        return Shown(head, ())
    grade = say("省级", "provincial") if level == 2 else say("市级", "municipal")
    area = pair(world()["province"]) if level == 2 else bid.bidder.city
    issuer = bid.text(area) + say("建筑业协会", " Construction Association")
    name = say("优质工程奖", "Quality Works Award")
    sheet = certificate(bid, rng, name, ((say("级别", "Level"), grade),), issuer)
    return Shown(head, ((name, grade, issuer, bid.past(rng, 1, 4)),), (sheet,))


def _condition(bid: Bid, item: ScoredItem, rng: random.Random) -> Shown:
    """Facts that are a grade or a yes: the condition that holds, with a certificate when there is one."""
    say = bid.say
    holds = next(fixed for fixed in item.fixed if fixed.holds(_count(bid, item)))
    head = (say("项目", "Item"), say("情况", "Particulars"))
    rows = ((bid.text(item.title), bid.text(holds.condition)),)
    if _count(bid, item) == 0:
        return Shown(head, rows)
    about = ((say("结果", "Result"), bid.text(holds.condition)),)
    issuer = bid.text(pair(world()["certifier"]))
    return Shown(head, rows, (certificate(bid, rng, bid.text(item.title), about, issuer),))


def _promise(unit_zh: str, unit_en: str) -> Callable[[Bid, ScoredItem, random.Random], Shown]:
    """Facts that are promised: a number with its unit, no certificate."""

    def show(bid: Bid, item: ScoredItem, _: random.Random) -> Shown:
        say = bid.say
        head = (say("承诺事项", "Promise"), say("承诺值", "Value"))
        return Shown(head, ((bid.text(item.title), f"{_count(bid, item)} {say(unit_zh, unit_en)}"),))

    return show


_SHOWN: dict[str, Callable[[Bid, ScoredItem, random.Random], Shown]] = {
    "similar_projects": _projects,
    "manager_projects": _projects,
    "manager_title": _title,
    "chief_title": _title,
    "system_certificates": _listed("systems", "管理体系认证证书", "Management system certificate"),
    "test_reports": _listed("reports", "产品检测报告", "Product test report"),
    "software_rights": _listed("software", "计算机软件著作权登记证书", "Software registration certificate"),
    "energy_certificates": _listed("energy", "产品认证证书", "Product certificate"),
    "quality_awards": _award,
    "credit_grade": _condition,
    "safety_site": _condition,
    "service_certificate": _condition,
    "defect_years": _promise("年", "years"),
    "warranty_years": _promise("年", "years"),
    "delivery_days": _promise("日历天", "calendar days"),
    "response_hours": _promise("小时", "hours"),
}
