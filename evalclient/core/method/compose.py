"""Composing a method document from a preset (price, aggregation, ranking) and the tender's own items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document import check_method, decode
from evalclient.core.method.items import Part, PreliminaryItem, Section
from evalclient.core.method.parts import (
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
from evalclient.core.records.act import Trade
from evalclient.core.records.fields import Bilingual


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


def load_preset(untrusted: bytes) -> Preset:
    """The preset in ``untrusted``; raises DocumentMalformed naming the JSON path."""
    return decode(untrusted, Preset)


def _with_parameters(price: PricePart | None, parameters: Mapping[str, str]) -> PricePart | None:
    if price is None or not parameters:
        return price
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
    """A sound method of ``preset`` with the given items; raises DocumentMalformed when they do not fit together.

    ``price_maximum`` replaces the preset's points for the price, ``ceiling_price`` and ``cost_warning`` its limits;
    ``parameters`` single numbers of its formula, by step and field: ``{"benchmark.percent": "5"}``.
    """
    price = _with_parameters(preset.price, parameters or {})
    if price is not None and price_maximum is not None:
        price = msgspec.structs.replace(price, maximum=price_maximum)
    limits = preset.thresholds
    return check_method(
        Method(
            version=1,
            id=id,
            trade=preset.trade,
            title=title or preset.title,
            preliminary=tuple(preliminary),
            majority=preset.majority,
            sections=tuple(sections),
            price=price,
            aggregation=preset.aggregation,
            total=preset.total,
            ranking=preset.ranking,
            thresholds=msgspec.structs.replace(
                limits,
                ceiling_price=ceiling_price or limits.ceiling_price,
                cost_warning=cost_warning or limits.cost_warning,
            ),
            flags=preset.flags,
            quantities=preset.quantities,
            draws=preset.draws,
            limits=preset.limits,
        )
    )
