"""Price sheets: lines, fixed sums and tax that add up exactly to the bid price, in Decimal."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evalclient.demo.documents.bidders import VAT
from evalclient.demo.documents.model import Bidder, DemoTender, Text

_CENT = Decimal("0.01")
_BRANDS = (("格澜", "Gelan"), ("砚朗", "Yanlang"), ("知衡", "Zhiheng"), ("澄测", "Chengce"), ("屿光", "Yuguang"))


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One priced line; ``amount == quantity * unit_price`` to the cent."""

    number: int
    title: Text
    unit: Text
    quantity: int
    unit_price: Decimal
    amount: Decimal
    brand: Text


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """``total`` is the sum of the lines' amounts and the further sums."""

    lines: tuple[PriceLine, ...]
    further: tuple[tuple[Text, Decimal], ...]
    total: Decimal


def price_sheet(tender: DemoTender, bidder: Bidder) -> PriceSheet:
    """The bidder's price sheet; its total is exactly ``bidder.price``. Construction is net of tax in the lines."""
    rng = random.Random(f"prices/{tender.kind}/{tender.seed}/{bidder.number}")
    total = Decimal(bidder.price)
    further = _further(tender, total) if tender.kind == "construction" else ()
    lines = _lines(tender, bidder, total - sum((amount for _, amount in further), Decimal(0)), rng)
    return PriceSheet(lines, further, total)


def net_of_tax(total: Decimal) -> tuple[Decimal, Decimal]:
    """Split a price with 9 % tax into net and tax; they add up to ``total``."""
    net = (total / (1 + VAT)).quantize(_CENT, ROUND_HALF_UP)
    return net, total - net


def _further(tender: DemoTender, total: Decimal) -> tuple[tuple[Text, Decimal], ...]:
    net, tax = net_of_tax(total)
    statutory = (net * Decimal("0.018")).quantize(_CENT, ROUND_HALF_UP)
    return (
        (
            Text("安全文明施工费（不可竞争）", "Safety and site fee (not competitive)"),
            Decimal(dict(tender.price_rule)["safety_fee"]),
        ),
        (Text("暂列金额（不可竞争）", "Provisional sum (not competitive)"), Decimal("6000000.00")),
        (Text("规费", "Statutory fees"), statutory),
        (Text("增值税（9%）", "Value-added tax (9 %)"), tax),
    )


def _lines(tender: DemoTender, bidder: Bidder, net: Decimal, rng: random.Random) -> tuple[PriceLine, ...]:
    weights = [Decimal(item.weight) * Decimal(rng.randint(940, 1060)) / 1000 for item in tender.bill]
    rest_weight = Decimal("0.055") if tender.kind == "procurement" else Decimal(0)
    whole = sum(weights, rest_weight)
    lines: list[PriceLine] = []
    last = len(tender.bill) - 1
    for index, (item, weight) in enumerate(zip(tender.bill, weights, strict=True)):
        if tender.kind == "construction" and index == last:
            break
        unit_price = (net * weight / whole / item.quantity).quantize(_CENT, ROUND_HALF_UP)
        brand = _brand(bidder, rng, index)
        lines.append(
            PriceLine(index + 1, item.title, item.unit, item.quantity, unit_price, unit_price * item.quantity, brand)
        )
    rest = net - sum((line.amount for line in lines), Decimal(0))
    title, unit = _rest_title(tender)
    lines.append(PriceLine(len(lines) + 1, title, unit, 1, rest, rest, Text("—", "—")))
    return tuple(lines)


def _rest_title(tender: DemoTender) -> tuple[Text, Text]:
    if tender.kind == "construction":
        return tender.bill[-1].title, tender.bill[-1].unit
    return Text("运输、安装、调试与培训", "Transport, installation, commissioning and training"), Text("项", "item")


def _brand(bidder: Bidder, rng: random.Random, index: int) -> Text:
    zh, en = _BRANDS[(bidder.number + index // 7) % len(_BRANDS)]
    model = f"{en[:2].upper()}-{rng.randint(11, 98)}{rng.choice('0258')}{rng.choice('ABEST')}"
    return Text(f"{zh} {model}", f"{en} {model}")
