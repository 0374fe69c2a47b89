"""Published and hand-computed examples reproduce to the last digit (domain study §2)."""

from __future__ import annotations

import pytest

from evalclient.core.method.document.parts import Method, Thresholds
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.entry.entries import PriceResult
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import (
    AnyStep,
    Blend,
    Choose,
    Clamp,
    Deduct,
    Deviation,
    Discount,
    Multiply,
    Ratio,
    Round,
    Subtract,
)
from evalclient.core.method.formula.steps import Count, Mean, Minimum, Trim, TrimBand, Within
from evalclient.core.method.tally.tally import tally
from tests.core.method.samples import (
    TWO,
    aggregation,
    entries,
    item,
    method,
    preset_method,
    price_part,
    price_sheet,
    section,
    word,
)


def worked(document: Method, prices: dict[str, str]) -> PriceResult:
    assert problems(document) == ()
    result = price_sheet(document, entries(prices).bidders)
    assert result is not None
    return result


def numbers(result: PriceResult, step: str) -> dict[str, str]:
    values = next(value for value in result.steps if value.id == step).bidders
    assert values is not None
    return dict(values)


def number(result: PriceResult, step: str) -> str | None:
    return next(value for value in result.steps if value.id == step).number


def test_low_price_first() -> None:
    result = worked(preset_method("procurement-comprehensive"), {"a": "980000", "b": "1050000", "c": "1200000"})
    assert result.scores == {"a": "30.00", "b": "28.00", "c": "24.50"}


PRICES_B = {"a": "950", "b": "962", "c": "948", "d": "970", "e": "935", "f": "1020", "g": "890"}


def test_benchmark_family_b_with_asymmetric_deduction() -> None:
    result = worked(preset_method("construction-comprehensive"), PRICES_B)
    assert number(result, "mean") == "953.00"
    assert number(result, "benchmark") == "924.41"
    assert numbers(result, "deviation") == {
        "a": "2.77",
        "b": "4.07",
        "c": "2.55",
        "d": "4.93",
        "e": "1.15",
        "f": "10.34",
        "g": "-3.72",
    }
    assert result.scores == {
        "a": "56.68",
        "b": "55.12",
        "c": "56.94",
        "d": "54.08",
        "e": "58.62",
        "f": "47.59",
        "g": "57.02",
    }
    averaged = result.steps[0]
    assert (averaged.kept, averaged.left_out) == (("a", "b", "c", "d", "e"), ("f", "g"))


def family_b(deviation: Rounding | None) -> Method:
    steps: tuple[AnyStep, ...] = (
        Trim(id="kept", title=word("kept"), bands=(TrimBand(at_least=5, highest=1, lowest=1),)),
        Mean(id="mean", title=word("mean"), population="kept"),
        Discount(id="base", title=word("base"), of="mean", percent="3"),
        Deviation(id="d", title=word("d"), of="price", base="base", rounding=deviation),
        Deduct(id="s", title=word("s"), full="full", deviation="d", above="1.2", below="0.8", rounding=TWO),
    )
    return method((section("t", item("x", "40")),), price_part("60", *steps))


def test_the_rounding_trap_of_the_deviation() -> None:
    assert worked(family_b(TWO), PRICES_B).scores["e"] == "58.62"
    assert worked(family_b(None), PRICES_B).scores["e"] == "58.63"


@pytest.mark.parametrize(
    ("prices", "kept"),
    [
        (["5", "1", "3", "2", "4"], {"p0", "p1", "p2", "p3", "p4"}),
        (["5", "1", "3", "2", "4", "6"], {"p0", "p1", "p2", "p3", "p4"}),
        (["5", "1", "3", "2", "4", "6", "7"], {"p0", "p2", "p3", "p4", "p5"}),
    ],
)
def test_benchmark_family_a_drops_by_count(prices: list[str], kept: set[str]) -> None:
    bands = (TrimBand(at_least=6, highest=1), TrimBand(at_least=7, highest=1, lowest=1))
    steps = (
        Trim(id="kept", title=word("kept"), bands=bands),
        Mean(id="mean", title=word("mean"), population="kept"),
        Discount(id="base", title=word("base"), of="mean", percent="5"),
        Ratio(id="s", title=word("s"), of="base", to="price", rounding=TWO),
    )
    document = method((section("t", item("x", "40")),), price_part("60", *steps))
    result = worked(document, {f"p{i}": price for i, price in enumerate(prices)})
    assert set(result.steps[0].kept or ()) == kept


def test_ties_at_the_edge_of_a_percentage_may_all_stay() -> None:
    bands = (TrimBand(at_least=7, highest=20, lowest=20, unit="percent"),)
    prices = {"a": "1", "b": "2", "c": "2", "d": "3", "e": "4", "f": "5", "g": "5"}

    def kept(edge: str) -> set[str]:
        trim = Trim(id="kept", title=word("kept"), bands=bands, edge="keep" if edge == "keep" else "drop")
        steps = (trim, Round(id="s", title=word("s"), of="1"), Ratio(id="r", title=word("r"), of="price", to="s"))
        document = method((section("t", item("x", "40")),), price_part("60", *steps))
        return set(worked(document, prices).steps[0].kept or ())

    assert kept("drop") == {"b", "c", "d", "e", "f"}
    assert kept("keep") == {"b", "c", "d", "e", "f", "g"}


def family_d() -> Method:
    steps: tuple[AnyStep, ...] = (
        Multiply(id="low", title=word("low"), factors=("ceiling", "0.85")),
        Multiply(id="high", title=word("high"), factors=("ceiling", "0.9")),
        Within(id="inside", title=word("inside"), low="low", high="high"),
        Mean(id="m", title=word("m"), population="inside", if_empty="0"),
        Count(id="n", title=word("n"), population="inside"),
        Choose(id="c", title=word("c"), of="n", test="ge", than="1", then="0.5", otherwise="0"),
        Multiply(id="ak", title=word("ak"), factors=("ceiling", "0.88")),
        Blend(id="j", title=word("j"), first="m", second="ak", share="c"),
        Deviation(id="d", title=word("d"), of="price", base="j"),
        Deduct(id="raw", title=word("raw"), full="full", deviation="d", above="1", below="1"),
        Clamp(id="s", title=word("s"), of="raw", low="0", rounding=TWO),
    )
    return method(
        (section("t", item("x", "40")),), price_part("60", *steps), thresholds=Thresholds(ceiling_price="2000")
    )


def test_benchmark_family_d_blends_with_the_ceiling() -> None:
    result = worked(family_d(), {"a": "1760", "b": "1725", "c": "1790", "d": "1680", "e": "1748"})
    assert number(result, "m") == "1755.75"
    assert number(result, "j") == "1757.875"
    assert list(result.scores.values()) == ["59.88", "58.13", "58.17", "55.57", "59.44"]


def test_benchmark_family_d_with_nobody_inside_falls_back_to_the_ceiling_alone() -> None:
    result = worked(family_d(), {"a": "1000", "b": "1100"})
    assert number(result, "c") == "0"
    assert number(result, "j") == "1760"


def family_e() -> Method:
    steps: tuple[AnyStep, ...] = (
        Trim(id="first", title=word("first"), bands=(TrimBand(at_least=10, highest=1, lowest=1),)),
        Mean(id="a1", title=word("a1"), population="first"),
        Multiply(id="low", title=word("low"), factors=("a1", "0.8")),
        Multiply(id="high", title=word("high"), factors=("a1", "1.1")),
        Within(id="kept", title=word("kept"), low="low", high="high", if_empty="keep_all"),
        Mean(id="a2", title=word("a2"), population="kept"),
        Minimum(id="least", title=word("least"), population="kept"),
        Blend(id="b", title=word("b"), first="a2", second="least", share="0.5"),
        Deviation(id="d", title=word("d"), of="price", base="b"),
        Deduct(id="raw", title=word("raw"), full="100", deviation="d", above="1", below="0.5"),
        Clamp(id="s", title=word("s"), of="raw", low="0", high="100", rounding=TWO),
    )
    return method(price=price_part("100", *steps))


def test_benchmark_family_e_second_mean_with_the_lowest_kept() -> None:
    result = worked(family_e(), {"a": "100", "b": "104", "c": "98", "d": "131", "e": "79", "f": "101"})
    kept = next(step for step in result.steps if step.id == "kept")
    assert kept.left_out == ("d", "e")
    assert number(result, "a2") == "100.75"
    assert number(result, "b") == "99.375"
    assert list(result.scores.values()) == ["99.37", "95.35", "99.31", "68.18", "89.75", "98.36"]


def test_cost_warning_line() -> None:
    steps: tuple[AnyStep, ...] = (
        Subtract(id="rest", title=word("rest"), of="10000", less="1100"),
        Multiply(id="part", title=word("part"), factors=("rest", "0.1")),
        Subtract(id="line", title=word("line"), of="10000", less="part"),
        Ratio(id="s", title=word("s"), of="line", to="price", rounding=TWO),
    )
    document = method((section("t", item("x", "40")),), price_part("60", *steps))
    assert number(worked(document, {"a": "9000"}), "line") == "9110"


def one_item(level: str, **changes: object) -> Method:
    return method(
        (section("t", item("x", "100", "1")),),
        rule=aggregation(level, **changes),
        keys=(("total", "highest"),),
    )


def test_mean_and_trimmed_mean_of_five_members() -> None:
    sheets = {f"m{i}": {"b": {"x": mark}} for i, mark in enumerate(("82", "85", "79", "91", "60"))}
    given = entries({"b": None}, sheets)
    assert tally(one_item("total"), given).line("b").technical == "79.40"
    bands = (TrimBand(at_least=5, highest=1, lowest=1),)
    assert tally(one_item("total", bands=bands), given).line("b").technical == "82.00"


def test_the_order_of_rounding_decides_between_two_bidders() -> None:
    x = [["0", "7", "1.5", "5"], ["9.5", "7.5", "9.5", "3"], ["1.5", "8", "0", "8.5"]]
    y = [["4.5", "6.5", "3", "5"], ["6.5", "10", "9.5", "3"], ["2.5", "2.5", "0.5", "7.5"]]
    names = ("i1", "i2", "i3", "i4")
    sheets = {
        f"m{m}": {b: dict(zip(names, rows[m], strict=True)) for b, rows in (("x", x), ("y", y))} for m in range(3)
    }
    plain = (section("t", *(item(name, "10") for name in names)),)

    def totals(level: str) -> tuple[str | None, str | None, tuple[tuple[str, ...], ...]]:
        document = method(plain, rule=aggregation(level), keys=(("technical", "highest"), ("price", "lowest")))
        result = tally(document, entries({"x": "10", "y": "9"}, sheets))
        return result.line("x").total, result.line("y").total, tuple(place.bidders for place in result.ranking)

    assert totals("item") == ("20.34", "20.33", (("x",), ("y",)))
    assert totals("total") == ("20.33", "20.33", (("y",), ("x",)))
