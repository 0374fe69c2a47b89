"""The demo tenders: construction (施工, 综合评估法) and procurement (货物, 综合评分法), as plain values."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from evalclient.demo.documents.bidders import demo_bidders
from evalclient.demo.documents.credit_code import check_character
from evalclient.demo.documents.model import (
    Amendment,
    BillItem,
    DemoTender,
    FixedValue,
    Kind,
    Language,
    PreliminaryItem,
    ScoredItem,
    Site,
    Text,
)
from evalclient.demo.documents.stock import Data, pair, pairs, stock

DEFAULT_SEED = 2026
DEFAULT_BIDDERS = 6
DEFAULT_OPENING = date(2026, 11, 24)
NOTICE_DAYS = 25
_CENTRE_CODE = "1299010076543210A"


def demo_tender(
    kind: Kind = "construction",
    language: Language = "zh",
    bidders: int = DEFAULT_BIDDERS,
    seed: int = DEFAULT_SEED,
    opening: date = DEFAULT_OPENING,
) -> DemoTender:
    """The demo tender of one kind; equal arguments give equal tenders.

    ``opening`` is the date printed in the documents. ``ValueError`` unless 3–20 bidders are asked.
    """
    data, world, pledge = stock(kind), stock("world"), stock("pledge")
    scored = tuple(_scored(item) for item in data["scored"])
    notice = opening - timedelta(days=NOTICE_DAYS)
    return DemoTender(
        kind=kind,
        language=language,
        seed=seed,
        title=pair(data["title"]),
        project_code=data["project_code"],
        trade_id=_trade_id(data, notice),
        lot=pair(data["lot"]),
        purchaser=pair(data["purchaser"]),
        agency=pair(data["agency"]),
        supervisor=pair(data["supervisor"]),
        province=pair(world["province"]),
        sites=tuple(_site(site) for site in world["sites"]),
        notice_media=pairs(data["notice_media"]),
        method_name=pair(data["method_name"]),
        notice_date=notice,
        opening_date=opening,
        ceiling_price=data["ceiling_price"],
        validity_days=data["validity_days"],
        duration_days=data["duration_days"],
        warranty_years=data["warranty_years"],
        bond=data["bond"],
        full_marks=tuple(data["full_marks"].items()),
        price_rule=_price_rule(data),
        price_words=pairs(data["price_words"]),
        scope=pairs(data["scope"]),
        preliminary=tuple(_preliminary(item) for item in data["preliminary"]),
        organiser_qualification=tuple(_preliminary(item) for item in data["organiser_qualification"]),
        scored=scored,
        bill=tuple(BillItem(Text(zh, en), Text(u, v), n, w) for zh, en, u, v, n, w in data["bill"]),
        amendments=tuple(Amendment(pair(change), pair(reason)) for change, reason in data["amendment"]),
        background=pairs(data["background"]),
        pledge_title=pair(pledge["title"]),
        pledge=pairs(pledge["paragraphs"]),
        practice_note=pair(world["practice"]),
        bidders=demo_bidders(kind, data, scored, bidders, seed),
    )


def cost_line(tender: DemoTender) -> Decimal | None:
    """The cost warning line (成本警戒线) in yuan, ``L − (L − S − T)·W``; ``None`` where the tender has none."""
    rule = dict(tender.price_rule)
    if "cost_line_share" not in rule:
        return None
    ceiling = Decimal(tender.ceiling_price)
    return ceiling - (ceiling - Decimal(rule["safety_fee"]) - Decimal(rule["tax"])) * Decimal(rule["cost_line_share"])


def _trade_id(data: Data, notice: date) -> str:
    """The unified trade identifier (统一交易标识码): category, platform, date, serial and a last character.

    The platform is fictional; the published rule for the last character was not at hand, so GB 32100's serves.
    """
    platform = _CENTRE_CODE + check_character(_CENTRE_CODE)
    body = f"{notice:%Y%m%d}{data['trade_serial']}"
    return f"{data['trade_category']}-{platform}-{body[:8]}-{body[8:]}-{check_character(body + '000')}"


def _price_rule(data: Data) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in data["price_rule"].items())


def _site(site: dict[str, Any]) -> Site:
    return Site(site["id"], site["role"], pair(site["city"]), pair(site["name"]), pair(site["room"]))


def _preliminary(item: dict[str, Any]) -> PreliminaryItem:
    return PreliminaryItem(item["id"], item["group"], pair(item["title"]), pair(item["requirement"]), item["place"])


def _scored(item: dict[str, Any]) -> ScoredItem:
    fixed = tuple(FixedValue(value, low, high, Text(zh, en)) for value, low, high, zh, en in item.get("fixed", ()))
    return ScoredItem(
        id=item["id"],
        part=item["part"],
        title=pair(item["title"]),
        description=pair(item["description"]),
        max_score=item["max"],
        step=item.get("step"),
        fixed=fixed,
        fact=item.get("fact"),
    )
