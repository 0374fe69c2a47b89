"""Small method documents and inputs the tests of the method are built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from evalclient.assets import asset
from evalclient.core.method.document.compose import compose, load_preset
from evalclient.core.method.document.document import load_method
from evalclient.core.method.document.items import FixedValue, PreliminaryItem, ScoredItem, Section
from evalclient.core.method.document.parts import (
    Aggregation,
    Draw,
    FlagParameters,
    Limit,
    Majority,
    Method,
    Population,
    PricePart,
    Quantity,
    Ranking,
    RankKey,
    Thresholds,
    TotalPart,
)
from evalclient.core.method.entry.entries import BidderEntry, Drawn, PriceResult, TallyInput
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import AnyStep
from evalclient.core.method.pricing.price import evaluate, over_ceiling
from evalclient.core.records.fields import Bilingual

TWO = Rounding(2)
PROVINCIAL = Path(__file__).parents[3] / "docs" / "methods"
PRESETS = ("procurement-comprehensive", "construction-comprehensive")


def word(text: str) -> Bilingual:
    return Bilingual(f"{text}（中）", text)


def item(name: str, maximum: str, step: str = "0.5", *, objective: bool = False) -> ScoredItem:
    return ScoredItem(
        id=name,
        title=word(name),
        description=word(f"about {name}"),
        kind="range",
        objective=objective,
        maximum=maximum,
        step=step,
    )


def fixed(name: str, *values: str) -> ScoredItem:
    return ScoredItem(
        id=name,
        title=word(name),
        description=word(f"about {name}"),
        kind="fixed",
        objective=True,
        maximum=values[-1],
        values=tuple(FixedValue(value=value, condition=word(f"if {value}")) for value in values),
    )


def section(name: str, *items: ScoredItem, weight: str | None = None, scaling: str = "none") -> Section:
    total = weight or str(sum(int(entry.maximum) for entry in items))
    return msgspec.convert(
        {"id": name, "title": word(name), "weight": total, "items": items, "scaling": scaling},
        Section,
        from_attributes=True,
    )


def aggregation(level: str = "total", **changes: object) -> Aggregation:
    plain: dict[str, object] = {
        "level": level,
        "member_section": None,
        "member_total": None,
        "group": TWO,
        "section": None,
    }
    return msgspec.convert({**plain, **changes}, Aggregation, from_attributes=True)


def price_part(maximum: str, *steps: AnyStep, population: Population = "valid") -> PricePart:
    return PricePart(maximum=maximum, population=population, steps=steps, score=steps[-1].id if steps else None)


def method(
    sections: Sequence[Section] = (),
    price: PricePart | None = None,
    *,
    rule: Aggregation | None = None,
    keys: Sequence[tuple[str, str]] = (("total", "highest"), ("price", "lowest")),
    candidates: int = 3,
    thresholds: Thresholds | None = None,
    flags: FlagParameters | None = None,
    total: Rounding | None = TWO,
    full: str = "100",
    quantities: Sequence[str] = (),
    limits: Sequence[Limit] = (),
    draws: Sequence[Draw] = (),
) -> Method:
    return Method(
        version=1,
        id="sample",
        trade="construction",
        title=word("sample"),
        preliminary=(),
        majority=Majority(),
        sections=tuple(sections),
        price=price,
        aggregation=rule or aggregation(),
        total=TotalPart(rounding=total, full=full),
        ranking=Ranking(
            keys=tuple(msgspec.convert({"of": of, "best": best}, RankKey) for of, best in keys),
            candidates=candidates,
        ),
        thresholds=thresholds or Thresholds(),
        flags=flags or FlagParameters(),
        quantities=tuple(Quantity(id=name, title=word(name)) for name in quantities),
        limits=tuple(limits),
        draws=tuple(draws),
    )


def entries(
    prices: Mapping[str, str | None],
    sheets: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None,
    quantities: Mapping[str, Mapping[str, str]] | None = None,
) -> TallyInput:
    sheets = sheets or {}
    return TallyInput(
        bidders=tuple(
            BidderEntry(bidder=bidder, price=price, quantities=(quantities or {}).get(bidder, {}))
            for bidder, price in prices.items()
        ),
        members=tuple(sheets),
        sheets=sheets,
    )


def preliminary(*names: str) -> tuple[PreliminaryItem, ...]:
    return tuple(
        PreliminaryItem(id=name, group=word("form"), title=word(name), description=word("see the tender"))
        for name in names
    )


def preset_bytes(name: str) -> bytes:
    return asset(f"methods/{name}.json").read_bytes()


def preset_method(name: str, ceiling_price: str | None = None, cost_warning: str | None = None) -> Method:
    """The preset with two sections of forty and thirty, or twenty and twenty, points."""
    preset = load_preset(preset_bytes(name))
    if preset.trade == "procurement":
        sections = (
            section("technical-part", item("plan", "20"), item("service", "20")),
            section("business", fixed("cases", "0", "10", "30")),
        )
    else:
        sections = (
            section("organisation", item("plan", "12"), item("safety", "8", "0.1")),
            section("staff", fixed("leader", "0", "5", "10"), item("others", "10", "1")),
        )
    return compose(
        preset,
        id=f"demo.{preset.trade}",
        preliminary=preliminary("signed", "bond"),
        sections=sections,
        ceiling_price=ceiling_price,
        cost_warning=cost_warning,
    )


#: every preset and every whole document of the documentation, by its name
DOCUMENTS = tuple(sorted(path.stem for folder in (asset("methods"), PROVINCIAL) for path in folder.glob("*.json")))


def document_named(name: str) -> Method:
    """A whole document as it stands; a preset with two sections of its own beside as many points for the price as are left."""
    file = PROVINCIAL / f"{name}.json"
    if file.exists():
        return load_method(file.read_bytes())
    preset = load_preset(preset_bytes(name))
    relative = "relative" if preset.aggregation.level == "item" else "none"
    ranked = preset.ranking.keys[0].of == "total"
    return compose(
        preset,
        id="composed",
        preliminary=preliminary("signed", "bond"),
        sections=(
            section("plan", item("order", "30"), item("safety", "20", "0.1"), scaling=relative),
            section("staff", fixed("leader", "0", "5", "20"), scaling=relative),
        ),
        price_maximum="30" if ranked else None,
        ceiling_price="10000000",
    )


def price_sheet(
    document: Method, bidders: Sequence[BidderEntry], draws: Mapping[str, Drawn] | None = None
) -> PriceResult | None:
    """The price part alone, of a formula that reads no scores; None where the method scores no price."""
    return evaluate(document, over_ceiling(document, bidders), draws or {}, {}).result if document.price else None
