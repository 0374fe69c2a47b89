"""The commercial part (商务部分): deviations, staff, record, certificates and promises, item by item."""

from __future__ import annotations

from dataclasses import dataclass

from evalclient.demo.documents.evidence import Shown, shown
from evalclient.demo.documents.flow import CELL, CELL_CENTRE
from evalclient.demo.documents.model import BidDocument, ScoredItem
from evalclient.demo.documents.parts import Bid
from evalclient.demo.documents.press import Press
from evalclient.demo.documents.prose import Voice
from evalclient.demo.documents.qualification import NEXT_SCAN, print_scans
from evalclient.demo.documents.scans import Scanner, Sheet
from evalclient.demo.documents.sheets import contract
from evalclient.demo.documents.stock import pair, pairs, stock

_LONG_TABLE = 5


@dataclass(frozen=True, slots=True)
class CommercialPlan:
    """The evidence per objective item and the annexed contract pages."""

    items: tuple[tuple[ScoredItem, Shown | None], ...]
    annex: tuple[Sheet, ...]

    @property
    def scans(self) -> int:
        """How many pages will be scanned."""
        return len(self.annex) + sum(len(one.sheets) for _, one in self.items if one)


def commercial_plan(bid: Bid, extra: int) -> CommercialPlan:
    """What the commercial part holds, with ``extra`` further contract pages in the annex."""
    scored = [item for item in bid.tender.scored if item.part != "technical"]
    rng = bid.rng("annex")
    names = pairs(stock("annex")["projects"][bid.tender.kind])
    sheets = []
    for number in range(2 + extra):
        name = names[(number // 6) % len(names)]
        sheets.append(contract(bid, rng, bid.text(name), number % 6 + 2))
    return CommercialPlan(tuple((item, shown(bid, item) if item.objective else None) for item in scored), tuple(sheets))


def commercial_part(bid: Bid, plan: CommercialPlan, scanner: Scanner) -> BidDocument:
    """The second document of the technical compartment."""
    say = bid.say
    title = say("商务部分", "Commercial part")
    press = bid.press(title, contents=True)
    rng = bid.rng("commercial scans")
    slots = {"duration": str(bid.bidder.duration_days), "warranty": str(bid.bidder.warranty_years)}
    voice = Voice(bid.rng("commercial"), bid.tender.kind, bid.language, slots)
    _deviations(bid, press)
    for number, (item, evidence) in enumerate(plan.items, 2):
        press.chapter(f"{number}. {bid.text(item.title)}", [item.id], bid.answers((item,)))
        if evidence is None:
            _described(bid, press, voice, item)
            continue
        _listed(bid, press, evidence)
        if evidence.sheets:
            press.page_break()
            press.evidence([item.id])
            print_scans(press, evidence.sheets, scanner, rng, NEXT_SCAN)
    press.chapter(f"{len(plan.items) + 2}. {say('附件：合同与验收资料', 'Annex: contracts and acceptance documents')}")
    print_scans(press, plan.annex, scanner, rng, NEXT_SCAN - 60)
    return bid.print(press, "technical", "commercial-part.pdf", title)


def _deviations(bid: Bid, press: Press) -> None:
    tender, say = bid.tender, bid.say
    bid.chapter(
        press, say("1. 商务和技术偏离表", "1. Deviations from the commercial and technical terms"), "deviations"
    )
    terms = (
        ("合同条款", "Conditions of contract"),
        ("付款方式", "Terms of payment"),
        ("技术标准和要求", "Technical standards and requirements"),
        ("验收方式", "Acceptance"),
        ("质量保证", "Warranty"),
        ("知识产权与保密", "Intellectual property and secrecy"),
        ("附加条件", "Added conditions"),
    )
    asked, answer, none = (
        say("按招标文件", "as in the tender document"),
        say("完全响应", "accepted in full"),
        say("无偏离", "none"),
    )
    rows = [(str(n), say(zh, en), asked, answer, none) for n, (zh, en) in enumerate(terms, 1)]
    head = (
        say("序号", "No."),
        say("条款", "Clause"),
        say("招标要求", "Required"),
        say("投标响应", "Offered"),
        say("偏离", "Deviation"),
    )
    press.table(head, rows, (8, 30, 24, 24, 14), (CELL_CENTRE, CELL, CELL, CELL, CELL_CENTRE))
    press.text(
        say(
            f"除本表和技术参数响应表列明的情况外，我方对{tender.title.zh}招标文件无其他偏离。",
            f"Beyond this table and the response to the technical parameters we deviate in nothing from the tender document for {tender.title.en}.",
        )
    )


def _listed(bid: Bid, press: Press, evidence: Shown) -> None:
    say = bid.say
    if not evidence.rows:
        press.text(say("我方暂无此项证明材料。", "We have no evidence for this item."))
        return
    columns = (
        (CELL_CENTRE, *(CELL,) * (len(evidence.head) - 1)) if len(evidence.head) > 3 else (CELL,) * len(evidence.head)
    )
    first = (10,) if evidence.head[0] in ("序号", "No.") else (20,)
    shares = (*first, 38, *(20,) * (len(evidence.head) - 2)) if len(evidence.head) > 2 else (40, 60)
    press.table(evidence.head, evidence.rows, shares, columns)
    if evidence.sheets:
        press.text(
            say("证明材料见后附扫描件，原件备查。", "The evidence follows as scans; originals are kept for inspection.")
        )


def _described(bid: Bid, press: Press, voice: Voice, item: ScoredItem) -> None:
    data, say = stock("annex"), bid.say
    points = voice.shuffled(pairs(data["service"][item.id]["points"]))
    press.text(voice.opener(item.title, points))
    if item.id == "C04":
        _staff(bid, press)
    for order, point in enumerate(points, 1):
        name = bid.text(point)
        press.point(say(f"（{order}）{name}", f"({order}) {name[:1].upper()}{name[1:]}"))
        press.text(voice.paragraph(point, 3 + bid.bidder.quality))


def _staff(bid: Bid, press: Press) -> None:
    say, rng, people = bid.say, bid.rng("staff"), stock("world")
    posts = pairs(stock("annex")["posts"][bid.tender.kind])
    count = len(posts) - (3 - bid.bidder.quality) * 2
    rows = []
    for number, post in enumerate(posts[:count]):
        surname, given = pair(rng.choice(people["surnames"])), pair(rng.choice(people["given"]))
        who = (bid.bidder.manager, bid.bidder.chief_engineer)[number] if number < 2 else None
        name = bid.text(who) if who else say(f"{surname.zh}{given.zh}", f"{given.en} {surname.en}")
        grade = say("高级工程师", "senior engineer") if rng.random() < 0.3 else say("工程师", "engineer")
        rows.append((str(number + 1), bid.text(post), name, grade if number > 1 else "—", str(rng.randint(5, 22))))
    head = (say("序号", "No."), say("岗位", "Post"), say("姓名", "Name"), say("职称", "Title"), say("年限", "Years"))
    press.table(head, rows, (8, 32, 24, 22, 14), (CELL_CENTRE, CELL, CELL, CELL, CELL_CENTRE))
