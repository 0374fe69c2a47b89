"""The technical proposal (施工组织设计 | 技术方案): one chapter per technical item, with tables and figures."""

from __future__ import annotations

import random
from typing import Any

from reportlab.graphics.shapes import Drawing

from evalclient.demo.documents import figures
from evalclient.demo.documents.flow import CELL, CELL_CENTRE, PLAIN
from evalclient.demo.documents.model import BidDocument, Text
from evalclient.demo.documents.parts import Bid
from evalclient.demo.documents.press import Press
from evalclient.demo.documents.prose import Voice, inline
from evalclient.demo.documents.stock import pair, pairs, stock

_PLAIN_SENTENCES = 6
_NUMERALS = "一二三四五六七八九十"
_CAPTIONS = {
    "site_plan": Text("施工总平面布置图", "Site layout"),
    "lab_plan": Text("化学实验室平面布置图", "Plan of a chemistry laboratory"),
    "network": Text("智慧教学系统拓扑图", "The teaching system and its network"),
    "histogram": Text("劳动力投入分布图", "Labour by period"),
    "organisation": Text("项目组织机构图", "Organisation of the project"),
    "gantt": Text("进度计划横道图", "Bar chart of the programme"),
}


def technical_proposal(bid: Bid) -> BidDocument:
    """The main document of the technical compartment: outline, contents, 60 pages or more."""
    data = stock(f"technical_{bid.tender.kind}")
    title = bid.text(pair(data["title"]))
    press = bid.press(title, contents=True)
    rng = bid.rng("technical")
    slots = {"duration": str(bid.bidder.duration_days), "warranty": str(bid.bidder.warranty_years)}
    voice = Voice(rng, bid.tender.kind, bid.language, slots)
    for number, chapter in enumerate(data["chapters"], 1):
        _chapter(bid, press, voice, rng, chapter, number)
    return bid.print(press, "technical", "technical-proposal.pdf", title)


def _chapter(bid: Bid, press: Press, voice: Voice, rng: random.Random, chapter: dict[str, Any], number: int) -> None:
    item = bid.item(chapter["criterion"])
    title = bid.text(item.title)
    heading = bid.say(f"第{_NUMERALS[number - 1]}章 {title}", f"{number}. {title}")
    press.chapter(heading, [item.id], bid.answers((item,)))
    if chapter.get("parameters"):
        _parameters(bid, press, rng)
    press.text(bid.say("本章主要指标：", "Key figures of this chapter:"), PLAIN)
    for order, fact in enumerate(pairs(chapter["facts"]), 1):
        press.text(bid.say(f"（{order}）", f"({order}) ") + voice.fill(fact))
    # A thin proposal draws only every other figure, so that the experts have something to judge.
    drawn = bid.bidder.quality > 1 or number % 2 == 0
    for index, section in enumerate(chapter["sections"], 1):
        _section(bid, press, voice, section, f"{number}.{index}")
        if index == 1 and chapter["figure"] and drawn:
            press.evidence([item.id])
            press.figure(_figure(bid, rng, chapter), _caption(bid, item.title, chapter["figure"], number))
        if index == 2 and "table" in chapter:
            _table(bid, press, voice, chapter["table"], item.id)


def _section(bid: Bid, press: Press, voice: Voice, section: dict[str, Any], number: str) -> None:
    title = pair(section["title"])
    points = voice.shuffled(pairs(section["points"]))
    press.section(f"{number} {bid.text(title)}")
    press.text(voice.opener(title, points))
    for order, point in enumerate(points, 1):
        name = bid.text(point)
        press.point(f"（{order}）{name}" if bid.language == "zh" else f"({order}) {name[:1].upper()}{name[1:]}")
        press.text(voice.paragraph(point, _PLAIN_SENTENCES + bid.bidder.quality))


def _table(bid: Bid, press: Press, voice: Voice, table: dict[str, Any], criterion: str) -> None:
    press.evidence([criterion])
    head = [bid.text(pair(cell)) for cell in table["head"]]
    columns = (CELL,) * len(head)
    shares = (22, 30, 28, 20) if len(head) == 4 else (1,) * len(head)
    press.table(head, voice.rows(table["rows"]), shares, columns, caption=bid.text(pair(table["title"])))


def _caption(bid: Bid, title: Text, kind: str, number: int) -> str:
    name = _CAPTIONS.get(kind, Text(f"{title.zh}流程图", f"Process: {inline(title).en}"))
    return bid.say(f"图{number}-1 {name.zh}", f"Figure {number}-1. {name.en}")


def _figure(bid: Bid, rng: random.Random, chapter: dict[str, Any]) -> Drawing:
    language = bid.language
    match chapter["figure"]:
        case "site_plan":
            return figures.site_plan(rng, language)
        case "lab_plan":
            return figures.lab_plan(rng, language)
        case "network":
            return figures.network(language)
        case "histogram":
            return figures.histogram([round(v * rng.uniform(0.88, 1.06)) for v in chapter["histogram"]], language)
        case "organisation":
            return _organisation(bid)
        case "gantt":
            return _gantt(bid, rng, chapter["gantt"])
        case _:
            return figures.flow([bid.text(pair(step)) for step in chapter["flow"]])


def _organisation(bid: Bid) -> Drawing:
    posts = pairs(stock("annex")["posts"][bid.tender.kind])
    top = f"{bid.text(posts[0])} {bid.text(bid.bidder.manager)}"
    second = f"{bid.text(posts[1])} {bid.text(bid.bidder.chief_engineer)}"
    return figures.organisation(top, second, [bid.text(post) for post in posts[2:7]])


def _gantt(bid: Bid, rng: random.Random, rows: list[list[Any]]) -> Drawing:
    total = bid.bidder.duration_days
    scale = total / max(end for _, _, end in rows)
    last = len(rows) - 1
    drawn = []
    for number, (name, start, end) in enumerate(rows):
        shift = 0.0 if number in (0, last) else rng.uniform(-0.012, 0.012) * total
        drawn.append((bid.text(pair(name)), max(0.0, start * scale + shift), min(float(total), end * scale + shift)))
    return figures.gantt(drawn, total, bid.language)


def _parameters(bid: Bid, press: Press, rng: random.Random) -> None:
    """The response tables of a goods tender: mandatory parameters (★) and ordinary ones with their deviations."""
    data, say = stock(f"technical_{bid.tender.kind}"), bid.say
    head = (
        say("序号", "No."),
        say("参数", "Parameter"),
        say("招标要求", "Required"),
        say("投标响应", "Offered"),
        say("偏离", "Deviation"),
    )
    shares = (8, 40, 20, 20, 12)
    styles = (CELL_CENTRE, CELL, CELL, CELL, CELL_CENTRE)
    none, negative = say("无", "none"), say("负偏离", "negative")
    places = bid.answering("parameters")
    press.section(
        say("★实质性技术参数响应表", "Mandatory parameters (★)"),
        [item.id for item in places],
        bid.answers(places),
    )
    failing = any(failure.item in {item.id for item in places} for failure in bid.bidder.failures)
    short_row, short_value = data["mandatory_short"]
    rows = []
    for index, (zh, en, asked, offered) in enumerate(data["mandatory"]):
        short = failing and index == short_row
        value = short_value if short else offered.replace("{warranty}", str(bid.bidder.warranty_years))
        rows.append((str(index + 1), "★ " + say(zh, en), asked, value, negative if short else none))
    press.table(head, rows, shares, styles)
    press.section(say("一般技术参数响应表", "Ordinary parameters"))
    below = set(rng.sample(range(len(data["ordinary"])), bid.bidder.fact("negative_deviations")))
    rows = []
    for index, (zh, en, asked, offered, poorer) in enumerate(data["ordinary"]):
        short = index in below
        rows.append((str(index + 1), say(zh, en), asked, poorer if short else offered, negative if short else none))
    press.table(head, rows, shares, styles)
    count = bid.bidder.fact("negative_deviations")
    press.text(
        say(
            f"一般技术参数共{len(rows)}项，其中负偏离{count}项。",
            f"Of {len(rows)} ordinary parameters, {count} deviate negatively.",
        )
    )
