"""The worked examples of others (shared/data/tally), expressed as method documents, reproduce exactly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evalclient.core.method.document.document import dump_method
from evalclient.core.method.document.parts import Limit, Method, PricePart, Thresholds
from evalclient.core.method.document.reading import LARGEST_INPUT, read_json
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.exact import Rounding
from evalclient.core.method.files.tally_file import TallyFile
from evalclient.core.method.formula.arithmetic import (
    AnyStep,
    Blend,
    Choose,
    Clamp,
    Deduct,
    Deviation,
    Multiply,
    Ratio,
    Round,
    Subtract,
    Sum,
)
from evalclient.core.method.formula.steps import Mean, Minimum, Trim, TrimBand, Within
from evalclient.core.method.tally.tally import TallyResult, tally
from tests.core.method.samples import TWO, aggregation, entries, item, method, price_part, section, word

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "tally"


def example(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the published examples are not beside this checkout: no {path.name}")
    found: dict[str, Any] = json.loads(path.read_text(), parse_float=str, parse_int=str)
    return found


def names(bids: list[dict[str, Any]]) -> list[str]:
    """The product's identifiers for the example's bidders, in order: b0, b1 …"""
    return [f"b{i}" for i in range(len(bids))]


def from_file(document: Method, given: TallyInput) -> TallyResult:
    """The tally of the two as an input file of the command holds them: method and entries in one JSON document."""
    plain = {**json.loads(msgspec.json.encode(given)), "method": json.loads(dump_method(document))}
    read = read_json(json.dumps(plain).encode(), TallyFile, LARGEST_INPUT)
    assert read.method is not None
    assert problems(read.method) == ()
    return tally(read.method, read)


def order(result: TallyResult, bids: list[dict[str, Any]]) -> list[str]:
    called = dict(zip(names(bids), (bid["bidder"] for bid in bids), strict=True))
    return [called[bidder] for place in result.ranking for bidder in place.bidders]


def test_zhejiang_published_table() -> None:
    case = example("zhejiang_three_members_published_table")
    bids = case["bids"]
    sheets = {
        f"m{m}": {b: {"x": bid["expert_scores"][m][0]} for b, bid in zip(names(bids), bids, strict=True)}
        for m in range(3)
    }
    score = Round(id="known", title=word("known"), of="known_score", rounding=TWO)
    document = method(
        (section("t", item("x", "90")),),
        price_part("10", score),
        rule=aggregation("total"),
        quantities=("known_score",),
    )
    given = entries(
        dict.fromkeys(names(bids), "1"),
        sheets,
        {b: {"known_score": bid["price_score"]} for b, bid in zip(names(bids), bids, strict=True)},
    )
    result = from_file(document, given)
    assert [line.technical for line in result.bidders] == list(case["expected"]["means"].values())
    assert [line.total for line in result.bidders] == list(case["expected"]["totals"].values())
    assert order(result, bids) == case["expected"]["ranking"]


def test_judges_trimmed_mean() -> None:
    case = example("judges_trimmed_mean_7")
    marks = [row[0] for row in case["bids"][0]["expert_scores"]]
    bands = (TrimBand(at_least=7, highest=1, lowest=1),)
    document = method(
        (section("t", item("x", "100", "1")),), rule=aggregation("item", bands=bands), keys=(("total", "highest"),)
    )
    result = from_file(document, entries({"b0": None}, {f"m{i}": {"b0": {"x": m}} for i, m in enumerate(marks)}))
    assert result.line("b0").total == "82.00"


def test_second_average_with_a_band() -> None:
    case = example("benchmark_second_average_band10")
    bids = case["bids"]
    steps: tuple[AnyStep, ...] = (
        Mean(id="first", title=word("first"), rounding=TWO),
        Multiply(id="low", title=word("low"), factors=("first", "0.9")),
        Multiply(id="high", title=word("high"), factors=("first", "1.1")),
        Within(id="kept", title=word("kept"), low="low", high="high"),
        Mean(id="base", title=word("base"), population="kept", rounding=TWO),
        Ratio(id="s", title=word("s"), of="base", to="price"),
    )
    document = method((section("t", item("x", "40")),), price_part("60", *steps))
    prices = {bid["bidder"].lower(): bid["price"] for bid in bids}
    result = from_file(document, entries(prices, {"m": {bidder: {"x": "20"} for bidder in prices}})).price
    assert result is not None
    values = {value.id: value for value in result.steps}
    assert values["first"].number == "110.60"
    assert [values["low"].number, values["high"].number] == case["expected"]["band"]
    assert values["kept"].kept == ("c", "d")
    assert values["base"].number == "104.00"


def test_double_low_base_with_probes() -> None:
    case = example("asymmetric_deduction_double_low_base")
    bids = case["bids"]
    steps: tuple[AnyStep, ...] = (
        Within(id="counted", title=word("counted"), of="counts", low="1"),
        Minimum(id="least", title=word("least"), population="counted"),
        Mean(id="mean", title=word("mean"), population="counted"),
        Blend(id="base", title=word("base"), first="least", second="mean", share="0.4"),
        Deviation(id="d", title=word("d"), of="price", base="base"),
        Deduct(id="raw", title=word("raw"), full="full", deviation="d", above="1", below="0.5"),
        Clamp(id="s", title=word("s"), of="raw", low="0", high="full"),
    )
    document = method(price=price_part("100", *steps), quantities=("counts",))
    given = entries(
        {b: bid["price"] for b, bid in zip(names(bids), bids, strict=True)},
        quantities={b: {"counts": "0" if "probe" in bid else "1"} for b, bid in zip(names(bids), bids, strict=True)},
    )
    result = from_file(document, given).price
    assert result is not None
    assert next(value.number for value in result.steps if value.id == "base") == case["expected"]["benchmark"]
    called = {bid["bidder"]: result.scores[b] for b, bid in zip(names(bids), bids, strict=True)}
    assert {name: called[name] for name in case["expected"]["price_scores"]} == case["expected"]["price_scores"]


def test_relative_quality_and_price() -> None:
    case = example("felp_meat_relative_80_20")
    bids = case["bids"]
    steps: tuple[AnyStep, ...] = (
        Minimum(id="least", title=word("least")),
        Ratio(id="share", title=word("share"), of="least", to="price"),
        Multiply(id="s", title=word("s"), factors=("share", "full"), rounding=TWO),
    )
    document = method(
        (section("t", item("x", "150", "1"), weight="80", scaling="relative"),),
        price_part("20", *steps),
        rule=aggregation("item", section=TWO),
    )
    sheets = {"m": {b: {"x": bid["technical_total"]} for b, bid in zip(names(bids), bids, strict=True)}}
    result = from_file(document, entries({b: bid["price"] for b, bid in zip(names(bids), bids, strict=True)}, sheets))
    assert result.line("b0").sections == {"t": case["expected"]["weighted_technical"]["A"]}
    assert [line.total for line in result.bidders] == list(case["expected"]["totals"].values())
    assert order(result, bids) == case["expected"]["ranking"]


def test_addition_under_a_ceiling() -> None:
    case = example("ipa_fe_2015_autumn_q66_addition_ceiling")
    bids = case["bids"]
    steps: tuple[AnyStep, ...] = (
        Ratio(id="part", title=word("part"), of="price", to="ceiling"),
        Subtract(id="saved", title=word("saved"), of="1", less="part"),
        Multiply(id="s", title=word("s"), factors=("saved", "full"), rounding=Rounding(0)),
    )
    document = method(
        (section("t", item("x", "100", "1")),),
        price_part("100", *steps),
        thresholds=Thresholds(ceiling_price="1000"),
        total=Rounding(0),
        full="200",
        rule=aggregation("total", group=Rounding(0)),
    )
    sheets = {"m": {b: {"x": bid["technical_score"]} for b, bid in zip(names(bids), bids, strict=True)}}
    result = from_file(document, entries({b: bid["price"] for b, bid in zip(names(bids), bids, strict=True)}, sheets))
    assert [line.price_score for line in result.bidders] == list(case["expected"]["price_scores"].values())
    assert [line.total for line in result.bidders] == list(case["expected"]["totals"].values())
    assert result.line("b3").rejected[0].code == "above_ceiling"
    assert order(result, bids) == case["expected"]["ranking"]


def test_low_bid_penalty_and_rejection_by_the_formula() -> None:
    case = example("geo_tender_trimmed_mean_low_bid_penalty")
    bids = case["bids"]
    steps: tuple[AnyStep, ...] = (
        Trim(id="kept", title=word("kept"), bands=(TrimBand(at_least=5, highest=1, lowest=1),)),
        Mean(id="base", title=word("base"), population="kept"),
        Deviation(id="d", title=word("d"), of="price", base="base", rounding=Rounding(1)),
        Deduct(id="raw", title=word("raw"), full="full", deviation="d", above="0.6", below="0.6"),
        Choose(id="chosen", title=word("chosen"), of="d", test="lt", than="-25", then="0", otherwise="raw"),
        Clamp(id="s", title=word("s"), of="chosen", low="0", high="full", rounding=Rounding(1)),
    )
    part = PricePart(maximum="20", population="valid", steps=steps, score="s")
    limits = (Limit(of="d", test="le", than="-40", reason=word("too low"), article="see the tender"),)
    document = method((section("t", item("x", "80", "1")),), part, keys=(("price_score", "highest"),), limits=limits)
    sheets = {"m": {b: {"x": "50"} for b in names(bids)}}
    result = from_file(document, entries({b: bid["price"] for b, bid in zip(names(bids), bids, strict=True)}, sheets))
    assert result.price is not None
    deviations = next(value for value in result.price.steps if value.id == "d").bidders
    assert deviations is not None
    assert list(deviations.values()) == list(case["expected"]["deviation_pct"].values())
    assert [line.price_score for line in result.bidders] == ["8.0", "10.4", "14.0", "18.8", "0.0", None]
    assert result.line("b5").rejected[0].code == "price_limit"
    assert order(result, bids) == case["expected"]["ranking"]


def test_quality_price_quotient() -> None:
    case = example("designbuild_adjusted_bid_17_2")
    bids = case["bids"]
    quotient = Ratio(id="adjusted", title=word("adjusted"), of="price", to="technical", rounding=Rounding(0))
    part = PricePart(maximum="0", population="valid", steps=(quotient,), score=None)
    document = method(
        (section("t", item("x", "1", "0.01")),), part, keys=(("adjusted", "lowest"),), rule=aggregation("total")
    )
    sheets = {"m": {b: {"x": bid["technical_score"]} for b, bid in zip(names(bids), bids, strict=True)}}
    result = from_file(document, entries({b: bid["price"] for b, bid in zip(names(bids), bids, strict=True)}, sheets))
    assert result.price is not None
    adjusted = result.price.steps[0].bidders
    assert adjusted is not None
    assert list(adjusted.values()) == list(case["expected"]["totals"].values())
    assert order(result, bids) == case["expected"]["ranking"]


def test_lowest_evaluated_price_with_conversions() -> None:
    case = example("adb_supply_lowest_evaluated_price_domestic_pref")
    bids = case["bids"]
    kinds = list(bids[0]["adjustments"])
    steps: tuple[AnyStep, ...] = (
        Sum(id="a", title=word("a"), terms=("price", "scope")),
        Sum(id="b", title=word("b"), terms=("a", *kinds[1:])),
        Multiply(id="margin", title=word("margin"), factors=("a", "loaded", "0.15"), rounding=Rounding(0)),
        Sum(id="c", title=word("c"), terms=("b", "margin")),
    )
    part = PricePart(maximum="0", population="valid", steps=steps, score=None, evaluated="c")
    document = method(price=part, keys=(("c", "lowest"), ("price", "lowest")), quantities=(*kinds, "loaded"))
    given = entries(
        {b: bid["price"] for b, bid in zip(names(bids), bids, strict=True)},
        quantities={
            b: {**bid["adjustments"], "loaded": "1" if bid["group"] == "C" else "0"}
            for b, bid in zip(names(bids), bids, strict=True)
        },
    )
    result = from_file(document, given)
    assert result.price is not None
    stated = {value.id: list((value.bidders or {}).values()) for value in result.price.steps}
    expected = case["expected"]
    assert stated["a"] == list(expected["A_price_adjusted_for_scope"].values())
    assert stated["b"] == list(expected["B_evaluated_price"].values())
    assert stated["margin"] == list(expected["domestic_preference"].values())
    assert stated["c"] == list(expected["totals"].values())
    assert order(result, bids) == expected["ranking"]


def test_weighted_price_of_the_coefficient_kind() -> None:
    case = example("prozorro_meat_feature_coefficient")
    bids = case["bids"]
    steps: tuple[AnyStep, ...] = (
        Ratio(id="extra", title=word("extra"), of="claimed", to="0.7"),
        Sum(id="coefficient", title=word("coefficient"), terms=("1", "extra")),
        Ratio(id="weighted", title=word("weighted"), of="price", to="coefficient", rounding=TWO),
    )
    part = PricePart(maximum="0", population="valid", steps=steps, score=None)
    document = method(price=part, keys=(("weighted", "lowest"),), quantities=("claimed",))
    given = entries(
        {b: bid["price"] for b, bid in zip(names(bids), bids, strict=True)},
        quantities={b: {"claimed": "0.2"} for b in names(bids)},
    )
    result = from_file(document, given)
    assert result.price is not None
    assert result.price.steps[-1].bidders == {"b0": "388.89", "b1": "388.11"}
    assert order(result, bids) == case["expected"]["ranking"]


def test_weighted_criteria_on_the_half() -> None:
    case = example("korea_vendor_scorecard_half_up_edges")
    bids = case["bids"]
    weights = case["method"]["parameters"]["weights"]
    ids = {name: f"c{i}" for i, name in enumerate(weights)}
    sections = tuple(
        section(
            f"s-{ids[name]}",
            item(ids[name], "5", "0.1"),
            weight=str(int(float(weight) * 500) / 100),
            scaling="to_weight",
        )
        for name, weight in weights.items()
    )
    document = method(sections, rule=aggregation("item", section=TWO), keys=(("technical", "highest"),))
    sheets = {
        "m": {
            b: {ids[name]: score for name, score in bid["scores"].items()}
            for b, bid in zip(names(bids), bids, strict=True)
        }
    }
    result = from_file(document, entries(dict.fromkeys(names(bids)), sheets))
    for line, bid in zip(result.bidders, bids, strict=True):
        assert [f"{float(part):g}" for part in line.sections.values()] == [
            f"{float(part):g}" for part in case["expected"]["weighted_parts"][bid["bidder"]]
        ]
    assert order(result, bids) == case["expected"]["ranking"]


def test_screening_then_weighting() -> None:
    case = example("screening_then_weighting_appendix_6_3")
    bids = case["bids"]
    weights = case["method"]["parameters"]["weights"]
    ids = {name: f"c{i}" for i, name in enumerate(weights)}
    sections = tuple(
        section(f"s-{ids[name]}", item(ids[name], "100", "1"), weight=f"{int(weight) * 100}", scaling="to_weight")
        for name, weight in weights.items()
    )
    limits = (
        Limit(of="capacity", test="lt", than="5000", reason=word("capacity"), article="step 1"),
        Limit(of="months", test="gt", than="8", reason=word("delivery"), article="step 1"),
    )
    document = method(
        sections,
        rule=aggregation("item"),
        keys=(("technical", "highest"),),
        total=Rounding(0),
        limits=limits,
        quantities=("capacity", "months"),
    )
    blank = dict.fromkeys(weights, "0")
    sheets = {
        "m": {
            b: {ids[name]: score for name, score in (bid["scores"] or blank).items()}
            for b, bid in zip(names(bids), bids, strict=True)
        }
    }
    given = entries(
        dict.fromkeys(names(bids), "1"),
        sheets,
        {
            b: {"capacity": bid["capacity"], "months": bid["delivery_months"]}
            for b, bid in zip(names(bids), bids, strict=True)
        },
    )
    result = from_file(document, given)
    out = [bid["bidder"] for b, bid in zip(names(bids), bids, strict=True) if result.line(b).rejected]
    assert out == case["expected"]["rejected"]
    assert order(result, bids) == case["expected"]["ranking"]
    totals = {bid["bidder"]: result.line(b).total for b, bid in zip(names(bids), bids, strict=True)}
    assert {name: totals[name] for name in case["expected"]["totals"]} == case["expected"]["totals"]
