"""The sheets that are scanned: licences, certificates, contracts, accounts."""

from __future__ import annotations

import random

from evalclient.demo.documents.model import Text
from evalclient.demo.documents.parts import Bid, world
from evalclient.demo.documents.prose import Voice
from evalclient.demo.documents.scans import Sheet
from evalclient.demo.documents.stock import pair, pairs, stock
from evalclient.demo.documents.wording import money


def licence(bid: Bid, rng: random.Random) -> Sheet:
    """The business licence (营业执照)."""
    say, bidder = bid.say, bid.bidder
    scope = (
        say("房屋建筑工程、机电安装工程、装饰装修工程施工。", "Building works, services installation, finishes.")
        if bid.construction
        else say(
            "教学仪器、实验室设备、计算机及软件的销售、安装和服务。",
            "Sale, installation and service of teaching instruments, laboratory equipment, computers and software.",
        )
    )
    return Sheet(
        say("营业执照", "Business licence"),
        (
            (say("名称", "Name"), bid.text(bidder.name)),
            (say("统一社会信用代码", "Credit code"), bidder.credit_code),
            (say("类型", "Type"), say("有限责任公司", "Limited company")),
            (say("法定代表人", "Legal representative"), bid.text(bidder.legal_representative)),
            (say("注册资本（元）", "Capital (CNY)"), money(bidder.capital)),
            (say("成立日期", "Founded"), bid.past(rng, 9, 24)),
            (say("住所", "Address"), bid.text(bidder.address)),
            (say("经营范围", "Business"), scope),
        ),
        issuer=bid.text(bidder.city) + say("市场监督管理局", " Market Supervision Bureau"),
        date=bid.past(rng, 1, 6),
    )


def certificate(bid: Bid, rng: random.Random, title: str, about: tuple[tuple[str, str], ...], issuer: str) -> Sheet:
    """A certificate with a number, particulars and an issuer."""
    say = bid.say
    number = f"{say('编号：', 'No. ')}YC-{rng.randint(2019, 2025)}-{rng.randint(100000, 999999)}"
    holder = (say("持有人", "Holder"), bid.text(bid.bidder.name))
    body = say(
        "经审查，符合规定的条件和标准，准予颁发本证书。本证书在有效期内有效，接受年度监督检查。",
        "On review the holder was found to meet the prescribed conditions and standards. The certificate is valid for its term, subject to yearly supervision.",
    )
    return Sheet(title, (holder, *about), (body,), number, issuer, bid.past(rng, 0, 3))


def person(bid: Bid, rng: random.Random, who: Text, title: str, grade: str) -> Sheet:
    """A personal certificate."""
    say = bid.say
    about = (
        (say("姓名", "Name"), bid.text(who)),
        (say("类别等级", "Grade"), grade),
        (say("证书编号", "Certificate"), f"Y{rng.randint(10**9, 10**10 - 1)}"),
    )
    return certificate(
        bid, rng, title, about, bid.text(pair(world()["province"])) + say("人事考试中心", " Examination Centre")
    )


def contract(bid: Bid, rng: random.Random, project: str, number: int) -> Sheet:
    """One page of a contract."""
    say = bid.say
    voice = Voice(rng, bid.tender.kind, bid.language, {})
    clauses = [voice.fill(text) for text in rng.sample(pairs(stock("annex")["contract"]), 8)]
    title = say(f"合同文件 第{number}页", f"Contract, page {number}")
    lead = say(
        f"项目名称：{project}。承包人（卖方）：{bid.bidder.name.zh}。",
        f"Project: {project}. Contractor (seller): {bid.bidder.name.en}.",
    )
    number_text = f"HT-{rng.randint(2022, 2025)}-{rng.randint(1000, 9999)}"
    return Sheet(title, (), (lead, *clauses), number_text, bid.text(bid.bidder.name), bid.past(rng, 1, 3), "contract")


def audit(bid: Bid, rng: random.Random, year: int, number: int) -> Sheet:
    """One page of an audit report with its notes."""
    say = bid.say
    voice = Voice(rng, bid.tender.kind, bid.language, {})
    chosen = pairs(stock("annex")["audit"])
    notes = [
        voice.fill(text)
        for text in ([chosen[0], *rng.sample(chosen[1:], 5)] if number == 1 else rng.sample(chosen[1:], 7))
    ]
    assets = rng.randint(120_000_000, 480_000_000)
    debts, revenue = assets * rng.randint(41, 68) // 100, assets * rng.randint(70, 130) // 100
    figures = (
        (say("资产总计（元）", "Total assets (CNY)"), money(assets)),
        (say("负债合计（元）", "Total liabilities (CNY)"), money(debts)),
        (say("营业收入（元）", "Revenue (CNY)"), money(revenue)),
    )
    title = say(f"{year}年度审计报告 第{number}页", f"Audit report {year}, page {number}")
    return Sheet(
        title,
        figures if number == 1 else (),
        tuple(notes),
        f"SJ-{year}-{rng.randint(100, 999)}",
        bid.text(pair(world()["auditor"])),
        bid.past(rng, 0, 0),
        "contract",
    )
