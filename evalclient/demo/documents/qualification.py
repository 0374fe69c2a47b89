"""The qualification documents (资格审查资料): licences and certificates as scanned pages."""

from __future__ import annotations

import random
from dataclasses import dataclass

from evalclient.demo.documents.model import BidDocument
from evalclient.demo.documents.parts import Bid, world
from evalclient.demo.documents.press import TEXT_HEIGHT, Press
from evalclient.demo.documents.scans import ScanImage, Scanner, Sheet
from evalclient.demo.documents.sheets import audit, certificate, licence, person
from evalclient.demo.documents.stock import pair

FIRST_SCAN, NEXT_SCAN = TEXT_HEIGHT - 78, TEXT_HEIGHT - 8


@dataclass(frozen=True, slots=True)
class Filed:
    """One chapter of scanned evidence: where it belongs, its heading, a sentence and its sheets."""

    place: str
    title: str
    text: str
    sheets: tuple[Sheet, ...]


def qualification_plan(bid: Bid, extra: int) -> list[Filed]:
    """The chapters of the qualification documents, with ``extra`` further pages of accounts."""
    rng = bid.rng("qualification")
    chapters = [_licence(bid, rng)]
    chapters += _construction(bid, rng) if bid.construction else [_tax(bid, rng)]
    chapters += [_finance(bid, rng, extra), _credit(bid, rng)]
    return chapters


def qualification_documents(bid: Bid, plan: list[Filed], scanner: Scanner) -> BidDocument:
    """The document of the qualification compartment."""
    title = bid.say("资格审查资料", "Qualification documents")
    press = bid.press(title, contents=True)
    rng = bid.rng("qualification scans")
    for number, chapter in enumerate(plan, 1):
        bid.chapter(press, f"{number}. {chapter.title}", chapter.place)
        if chapter.text:
            press.text(chapter.text)
        print_scans(press, chapter.sheets, scanner, rng, FIRST_SCAN - (44 if chapter.text else 0))
    return bid.print(press, "qualification", "qualification.pdf", title)


def print_scans(press: Press, sheets: tuple[Sheet, ...], scanner: Scanner, rng: random.Random, first: float) -> None:
    """One scan per page; the first shares its page with a heading and is ``first`` points tall."""
    for number, sheet in enumerate(sheets):
        if number:
            press.page_break()
        press.flowable(ScanImage(scanner.scan(sheet, rng), NEXT_SCAN if number else first))


def _licence(bid: Bid, rng: random.Random) -> Filed:
    return Filed("licence", bid.say("营业执照", "Business licence"), "", (licence(bid, rng),))


def _construction(bid: Bid, rng: random.Random) -> list[Filed]:
    say, bidder = bid.say, bid.bidder
    province = bid.text(pair(world()["province"]))
    issuer = province + say("住房和城乡建设厅", " Department of Housing and Construction")
    grade = (
        say("资质类别及等级", "Grade"),
        say("建筑工程施工总承包壹级", "General contractor for building works, grade one"),
    )
    permit = (say("许可范围", "Scope"), say("建筑施工", "building works"))
    constructor = say("一级注册建造师（建筑工程）", "First-class registered constructor (building)")
    return [
        Filed(
            "grade",
            say("资质证书", "Qualification certificate"),
            "",
            (
                certificate(
                    bid, rng, say("建筑业企业资质证书", "Construction qualification certificate"), (grade,), issuer
                ),
            ),
        ),
        Filed(
            "safety",
            say("安全生产许可证", "Work-safety permit"),
            "",
            (certificate(bid, rng, say("安全生产许可证", "Work-safety permit"), (permit,), issuer),),
        ),
        Filed(
            "manager",
            say("项目经理资格证明", "Qualification of the project manager"),
            say(
                f"拟派项目经理{bidder.manager.zh}，一级注册建造师，未担任其他在建项目的项目经理。",
                f"{bidder.manager.en}, first-class registered constructor, manages no other running project.",
            ),
            (
                person(bid, rng, bidder.manager, say("注册建造师执业证书", "Registration of constructor"), constructor),
                person(
                    bid,
                    rng,
                    bidder.manager,
                    say("安全生产考核合格证书", "Work-safety certificate"),
                    say("项目负责人", "project manager"),
                ),
            ),
        ),
    ]


def _tax(bid: Bid, rng: random.Random) -> Filed:
    say = bid.say
    about = (
        (say("所属期", "Period"), say("投标截止前六个月", "six months before closing")),
        (say("税种", "Taxes"), say("增值税、企业所得税", "value-added tax, corporate income tax")),
        (
            say("社会保险", "Social insurance"),
            say(f"参保{rng.randint(28, 96)}人，无欠费", f"{rng.randint(28, 96)} people insured, nothing owed"),
        ),
    )
    issuer = bid.text(bid.bidder.city) + say("税务局", " Tax Bureau")
    sheet = certificate(bid, rng, say("纳税与社会保险缴纳证明", "Proof of taxes and social insurance"), about, issuer)
    return Filed("tax", say("纳税和社会保障资金缴纳记录", "Taxes and social insurance"), "", (sheet,))


def _finance(bid: Bid, rng: random.Random, extra: int) -> Filed:
    year = bid.tender.opening_date.year
    sheets = []
    for number in range(3 + extra):
        back = number % 3 + 1
        sheets.append(audit(bid, rng, year - back, number // 3 + 1))
    sheets.sort(key=lambda sheet: sheet.title)
    return Filed("finance", bid.say("财务状况", "Financial standing"), "", tuple(sheets))


def _credit(bid: Bid, rng: random.Random) -> Filed:
    say = bid.say
    about = (
        (
            say("查询范围", "Lists"),
            say(
                "失信被执行人、重大税收违法失信主体、严重违法失信名单",
                "dishonest debtors, grave tax offenders, seriously dishonest suppliers",
            ),
        ),
        (say("查询结果", "Result"), say("未发现不良记录", "no entry found")),
    )
    sheet = certificate(
        bid,
        rng,
        say("信用信息查询结果", "Credit information"),
        about,
        bid.text(pair(world()["province"])) + say("信用信息中心", " Credit Information Centre"),
    )
    text = say(
        "我方近三年无行贿犯罪记录和重大违法记录，未被列入失信名单。",
        "In the last three years we had no conviction for bribery, no grave breach of law, and are on no list of dishonest parties.",
    )
    return Filed("credit", say("信誉情况", "Reputation"), text, (sheet,))
