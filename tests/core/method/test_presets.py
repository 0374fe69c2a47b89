"""Every preset and every provincial document on figures worked out by hand (domain study §2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from evalclient.assets import asset
from evalclient.core.method.document.compose import compose, load_preset
from evalclient.core.method.document.document import dump_method, load_method
from evalclient.core.method.document.items import Section
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import Drawn, PriceResult, TallyInput
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.tally import tally
from evalclient.core.method.wording.retraced import retraced
from evalclient.core.method.wording.sheet import calculation_sheet
from evalclient.core.method.wording.words import in_words
from tests.core.method.samples import entries, item, preset_bytes, price_sheet, section

PRESETS = sorted(path.stem for path in asset("methods").glob("*.json"))
PROVINCIAL = sorted((Path(__file__).parents[3] / "docs" / "methods").glob("*.json"))


def composed(name: str, *sections: Section, **more: object) -> Method:
    preset = load_preset(preset_bytes(name))
    left = 100 - int(preset.price.maximum if preset.price else 0)
    if preset.ranking.keys[0].of != "total":
        left = 10
    sections = sections or ((section("t", item("x", str(left), "1")),) if left else ())
    return compose(preset, id="composed", preliminary=(), sections=sections, **more)  # type: ignore[arg-type]


def worked(document: Method, prices: Mapping[str, str], draws: Mapping[str, Drawn] | None = None) -> PriceResult:
    result = price_sheet(document, entries(prices).bidders, draws)
    assert result is not None
    return result


def number(result: PriceResult, step: str) -> str | None:
    return next(value for value in result.steps if value.id == step).number


def lettered(*prices: int) -> dict[str, str]:
    return {chr(ord("a") + i): str(price) for i, price in enumerate(prices)}


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_composes_prints_to_itself_and_speaks_both_languages(name: str) -> None:
    relative = section("t", item("x", "90", "1"), weight="80", scaling="relative")
    document = composed(name, *((relative,) if name.startswith("consulting") else ()))
    assert load_method(dump_method(document)) == document
    assert not re.search("[\u4e00-\u9fff]", in_words(document, "en").replace("（中）", ""))
    assert document.title.zh in in_words(document, "zh")


def test_a_trimmed_mean_with_a_fixed_discount() -> None:
    document = composed("construction-trimmed-mean")
    five, six, seven = (
        worked(document, lettered(*prices))
        for prices in ((90, 100, 110, 120, 180), (90, 100, 110, 120, 130, 300), (10, 100, 110, 120, 130, 140, 300))
    )
    assert [number(result, "mean") for result in (five, six, seven)] == ["120.00", "110.00", "120.00"]
    assert [number(result, "benchmark") for result in (five, six, seven)] == ["114.00", "104.50", "114.00"]
    assert seven.scores["g"] == "0.00"


def test_a_trimmed_share_keeps_ties_at_the_edge() -> None:
    result = worked(composed("construction-trimmed-share"), lettered(1, 2, 2, 3, 4, 5, 5))
    assert result.steps[0].kept == ("b", "c", "d", "e", "f", "g")
    assert number(result, "mean") == "3.50"


def test_a_drawn_discount_waits_for_the_draw() -> None:
    document = composed("construction-drawn-discount")
    prices = lettered(950, 962, 948, 970, 935, 1020, 890)
    assert number(worked(document, prices, {"reduction": "3"}), "benchmark") == "924.41"
    assert number(worked(document, prices, {"reduction": "5"}), "benchmark") == "905.35"
    for draws in ({}, {"reduction": "2"}):
        with pytest.raises(EntriesRefused, match=r"\$\.draws\.reduction"):
            worked(document, prices, draws)


def test_the_ceiling_blended_with_the_mean_inside_the_band() -> None:
    """J = 2000 x 88 % x (1 - 0.5) + 1755.75 x 0.5 = 1757.875; nobody inside: 2000 x 86 %."""
    document = composed("construction-ceiling-blend")
    draws = {"K": "88", "K-alone": "86", "C": "0.5"}
    result = worked(document, lettered(1760, 1725, 1790, 1680, 1748), draws)
    assert number(result, "benchmark") == "1757.875"
    assert list(result.scores.values()) == ["59.88", "58.13", "58.17", "55.57", "59.44"]
    assert number(worked(document, lettered(1000, 1100), draws), "benchmark") == "1720"


def test_the_second_mean_with_the_lowest_inside() -> None:
    document = composed("construction-compound-mean")
    result = worked(document, lettered(100, 104, 98, 131, 79, 101))
    assert number(result, "benchmark") == "99.375"
    assert list(result.scores.values()) == ["99.37", "95.35", "99.31", "68.18", "89.75", "98.36"]
    scattered = worked(document, lettered(10, 300))
    assert number(scattered, "how-many") == "0"
    assert number(scattered, "benchmark") == "155"


def test_the_bottom_price_blended_with_the_mean() -> None:
    document = composed("construction-bottom-price", parameters={"bottom.of": "900", "benchmark.share": "0.4"})
    result = worked(document, lettered(950, 962, 948, 970, 935, 1020, 890))
    assert number(result, "benchmark") == "931.80"


def test_the_lowest_evaluated_price_with_conversions_and_a_warning_line() -> None:
    """A 1000 with an omitted item of 12 and 30 % advance at 0.5 % a month for 3 months (4.50): 1016.50; B 1008 first."""
    document = composed(
        "construction-lowest-evaluated", parameters={"without-safety.less": "200", "competitive.less": "900"}
    )
    sheets = {"m": {"A": {"x": "1"}, "B": {"x": "1"}}}
    result = tally(
        document,
        entries({"A": "1000", "B": "1008"}, sheets, {"A": {"omitted": "12", "payment": "4.50"}}),
    )
    assert [line.evaluated for line in result.bidders] == ["1016.50", "1008.00"]
    assert result.candidates == ("B", "A")
    assert result.price is not None
    assert number(result.price, "warning") == "9110.00"


def test_the_lowest_price_of_procurement_with_the_deduction_for_small_enterprises() -> None:
    prices = {"A": "980000", "B": "1050000", "C": "1150000"}
    kinds = {"C": {"enterprise": "small"}}
    sheets = {"m": {name: {"x": "1"} for name in prices}}
    lowest = tally(composed("procurement-lowest-price"), entries(prices, sheets, kinds))
    assert [line.evaluated for line in lowest.bidders] == ["980000.00", "1050000.00", "977500.00"]
    assert lowest.candidates == ("C", "A", "B")
    prices["C"] = "1200000"
    scored = tally(composed("procurement-comprehensive-policy"), entries(prices, sheets, kinds))
    assert [line.price_score for line in scored.bidders] == ["30.00", "28.00", "28.82"]


def test_quality_and_cost_80_to_20() -> None:
    """T = St x 0.8 + Fm / F x 100 x 0.2: 86.5 of 100 and 0.90 / 1.00 give 87.20."""
    relative = section("t", item("x", "100", "0.5"), weight="80", scaling="relative")
    document = composed("consulting-quality-and-cost", relative)
    sheets = {"m": {"a": {"x": "86.5"}, "b": {"x": "100"}}}
    result = tally(document, entries({"a": "1.00", "b": "0.90"}, sheets))
    assert (result.line("a").sections["t"], result.line("a").price_score) == ("69.20", "18.00")
    assert result.line("a").total == "87.20"
    assert result.line("b").total == "100.00"


def test_price_per_point_of_quality() -> None:
    document = composed("quality-price-quotient", section("t", item("x", "100", "1")))
    sheets = {"m": {"a": {"x": "85"}, "b": {"x": "95"}, "c": {"x": "50"}}}
    result = tally(document, entries({"a": "1000000", "b": "1300000", "c": "800000"}, sheets))
    assert [line.evaluated for line in result.bidders] == ["11764.71", "13684.21", "16000.00"]
    assert result.candidates == ("a", "b", "c")


@pytest.mark.parametrize("path", PROVINCIAL, ids=lambda path: path.stem)
def test_a_provincial_document_is_a_document_and_no_release(path: Path) -> None:
    document = load_method(path.read_bytes())
    assert dump_method(load_method(dump_method(document))) == dump_method(document)
    for language in ("zh", "en"):
        assert all(draw.title.text(language) in in_words(document, language) for draw in document.draws)


def provincial(name: str) -> Method:
    return load_method(next(path for path in PROVINCIAL if path.stem == name).read_bytes())


def test_highway_works_with_nine_members() -> None:
    """The member with the widest spread is out, then highest and lowest per item; business plain, with breaches taken off."""
    document = provincial("highway-nine-members")
    plans = {"a": [20, 21, 22, 23, 24, 20, 21, 22, 5], "b": [18, 18, 18, 18, 18, 18, 18, 18, 25]}
    sheets = {
        f"m{i}": {
            bidder: {"plan": str(marks[i]), "quality": "10", "credit": "8", "record": "3" if bidder == "a" else "0"}
            for bidder, marks in plans.items()
        }
        for i in range(9)
    }
    points = {"a": {"credit-points": "88"}, "b": {"credit-points": "90"}}
    given = entries({"a": "10000", "b": "10100"}, sheets, points)
    result = tally(document, msgspec.structs.replace(given, draws={"reduction": "1"}))
    assert result.left_out == "m8"
    assert result.line("a").items["plan"] == "21.500"
    assert result.line("a").sections == {"technical-part": "31.500", "business": "7.00"}
    assert result.line("b").sections == {"technical-part": "28.000", "business": "10.00"}
    assert result.price is not None
    assert number(result.price, "benchmark") == "9949.50"
    assert [line.price_score for line in result.bidders] == ["49.24", "47.74"]
    assert [line.total for line in result.bidders] == ["87.74", "85.74"]


def test_a_benchmark_from_a_bid_drawn_by_lot() -> None:
    """A = 10000 x 95 %, B the price with the lowest lot under 9500, C the lowest: (4750 + 2730 + 1780) x 0.97 = 8982.20."""
    document = provincial("drawn-bid-blend")
    prices = {"a": "9000", "b": "9100", "c": "8900", "d": "9600"}
    sheets = {"m": {name: {"plan": "30"} for name in prices}}
    days = {name: {"days": days} for name, days in zip(prices, ("300", "270", "290", "280"), strict=True)}
    draws: dict[str, Drawn] = {"lot": {"a": "3", "b": "2", "c": "4", "d": "1"}, "reduction": "5", "K": "0.97"}
    given = msgspec.structs.replace(entries(prices, sheets, days), draws=draws)
    result = tally(document, given)
    assert result.price is not None
    assert next(value.kept for value in result.price.steps if value.id == "drawn") == ("b",)
    assert number(result.price, "benchmark") == "8982.20"
    # 0.20 % counts as one percent: 60 - 0.9; -0.92 % as one: 60 - 0.6
    assert [line.price_score for line in result.bidders] == ["59.10", "58.20", "59.40", "53.70"]
    assert [line.items["period"] for line in result.bidders] == ["7.20", "8.00", "7.45", "7.71"]
    sheet = calculation_sheet(document, result.price, retraced(document, given).price)
    assert [step.id for step in sheet.steps][-1] == "score"


def test_a_winner_drawn_among_the_reasonable_prices() -> None:
    document = provincial("lot-in-a-reasonable-band")
    prices = {"a": "9000", "b": "9050", "c": "9900", "d": "8000", "e": "8900"}
    sheets = {"m": {name: {"rating": "80" if name != "b" else "59"} for name in prices}}
    given: TallyInput = msgspec.structs.replace(
        entries(prices, sheets), draws={"lot": {"a": "4", "b": "1", "c": "2", "d": "3", "e": "5"}}
    )
    result = tally(document, given)
    out = {line.bidder: line.rejected[0].code for line in result.bidders if line.rejected}
    assert out == {"b": "below_technical", "c": "price_limit", "d": "price_limit"}
    assert result.candidates == ("a", "e")
