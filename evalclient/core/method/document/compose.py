"""Composing a method document from a preset (price, aggregation, ranking) and the tender's own items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document.document import check_method, decode
from evalclient.core.method.document.items import Part, Points, PreliminaryItem, Section
from evalclient.core.method.document.parts import (
    Aggregation,
    Draw,
    FlagParameters,
    Limit,
    Majority,
    Method,
    PricePart,
    Quantity,
    Ranking,
    Thresholds,
    TotalPart,
)
from evalclient.core.method.formula.steps import Operand
from evalclient.core.records.act import Trade
from evalclient.core.records.fields import Bilingual, ItemId


class Preset(Part, frozen=True, kw_only=True):
    """A method without the tender's own items."""

    version: Literal[1]
    trade: Trade
    title: Bilingual
    majority: Majority
    price: PricePart | None
    aggregation: Aggregation
    total: TotalPart
    ranking: Ranking
    thresholds: Thresholds
    flags: FlagParameters
    quantities: tuple[Quantity, ...] = ()
    draws: tuple[Draw, ...] = ()
    limits: tuple[Limit, ...] = ()


class OwnItems(Part, frozen=True, kw_only=True):
    """A preset by its name and what the tender adds: its items, its points for the price, its limits.

    ``price_maximum`` replaces the preset's points for the price, ``ceiling_price`` and ``cost_warning`` its limits;
    ``parameters`` single numbers of its formula, by step and field: ``{"benchmark.percent": "5"}``.
    """

    preset: ItemId
    id: ItemId
    title: Bilingual | None = None
    preliminary: Annotated[tuple[PreliminaryItem, ...], Meta(max_length=500)] = ()
    sections: Annotated[tuple[Section, ...], Meta(max_length=50)] = ()
    price_maximum: Points | None = None
    ceiling_price: Points | None = None
    cost_warning: Operand | None = None
    parameters: Mapping[str, Operand] = {}


def load_preset(untrusted: bytes) -> Preset:
    """The preset in ``untrusted``; raises DocumentMalformed naming the JSON path."""
    return decode(untrusted, Preset)


def _with_parameters(price: PricePart | None, parameters: Mapping[str, str]) -> PricePart | None:
    if not parameters:
        return price
    if price is None:
        raise DocumentMalformed(
            "评标办法模板没有报价公式，不能设参数", "the preset has no price formula to set parameters in"
        )
    plain = msgspec.to_builtins(price)
    steps = {step["id"]: step for step in plain["steps"]}
    for name, value in parameters.items():
        step, _, field = name.partition(".")
        if not isinstance(steps.get(step, {}).get(field), str):
            raise DocumentMalformed(f"评标办法模板没有参数 {name}", f"the preset has no parameter {name!r}")
        steps[step][field] = value
    return decode(msgspec.json.encode(plain), PricePart)


def compose(
    preset: Preset,
    *,
    id: str,  # noqa: A002 - the document's own word
    preliminary: Sequence[PreliminaryItem],
    sections: Sequence[Section],
    title: Bilingual | None = None,
    price_maximum: str | None = None,
    ceiling_price: str | None = None,
    cost_warning: str | None = None,
    parameters: Mapping[str, str] | None = None,
) -> Method:
    """A sound method of ``preset`` with what ``OwnItems`` holds; raises DocumentMalformed when they do not fit together."""
    own = OwnItems(
        preset="",
        id=id,
        title=title,
        preliminary=tuple(preliminary),
        sections=tuple(sections),
        price_maximum=price_maximum,
        ceiling_price=ceiling_price,
        cost_warning=cost_warning,
        parameters=parameters or {},
    )
    return check_method(put_together(preset, own))


def put_together(preset: Preset, own: OwnItems) -> Method:
    """``preset`` with ``own``, not yet looked at as a whole; raises DocumentMalformed for an unknown parameter."""
    price = _with_parameters(preset.price, own.parameters)
    if price is not None and own.price_maximum is not None:
        price = msgspec.structs.replace(price, maximum=own.price_maximum)
    limits = preset.thresholds
    return Method(
        version=1,
        id=own.id,
        trade=preset.trade,
        title=own.title or preset.title,
        preliminary=own.preliminary,
        majority=preset.majority,
        sections=own.sections,
        price=price,
        aggregation=preset.aggregation,
        total=preset.total,
        ranking=preset.ranking,
        thresholds=msgspec.structs.replace(
            limits,
            ceiling_price=own.ceiling_price or limits.ceiling_price,
            cost_warning=own.cost_warning or limits.cost_warning,
        ),
        flags=preset.flags,
        quantities=preset.quantities,
        draws=preset.draws,
        limits=preset.limits,
    )
