from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from evalclient.core.method.document.parts import Draw, Limit, Method, PricePart, Thresholds
from evalclient.core.method.document.scored import items_of
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import Band, Bands, Choose, Deduct, Deviation, Ratio, Subtract
from evalclient.core.method.formula.steps import Count, Mean, Median, NthLowest, Total, Trim, TrimBand, Within
from evalclient.core.method.tally.tally import tally
from evalclient.core.method.wording.retraced import retraced
from evalclient.core.method.wording.sheet import CalculationSheet, calculation_sheet
from evalclient.core.method.wording.words import clauses, in_words
from tests.core.method.samples import (
    PRESETS,
    TWO,
    aggregation,
    entries,
    item,
    method,
    preset_method,
    price_part,
    section,
    word,
)
from tests.core.method.strategies import cases


def sheet_of(document: Method, prices: dict[str, str]) -> CalculationSheet:
    """The sheet of bids that are given the least of every item by one member."""
    sheets = {"m": {bidder: {item.id: item.minimum for item in items_of(document)} for bidder in prices}}
    given = entries(prices, sheets)
    result = tally(document, given)
    assert result.price is not None
    return calculation_sheet(document, result.price, retraced(document, given).price)


def test_the_calculation_sheet_prints_each_step_with_its_numbers() -> None:
    document = preset_method("construction-comprehensive")
    prices = {"a": "950", "b": "962", "c": "948", "d": "970", "e": "935", "f": "1020", "g": "890"}
    sheet = sheet_of(document, prices)
    steps = {step.id: step for step in sheet.steps}
    assert steps["averaged"].left_out == ("f", "g")
    assert steps["mean"].value == "953.00"
    assert steps["mean"].formula.en.endswith(": (950 + 962 + 948 + 970 + 935) ÷ 5 = 953.00")
    assert steps["benchmark"].formula.zh == "报价平均值 × (1 − 3%)：953.00 × (1 − 3%) = 924.41"
    rows = {row.bidder: row.working for row in steps["deviation"].values}
    assert rows["g"] == "(890 − 924.41) ÷ 924.41 × 100 = -3.72"
    rows = {row.bidder: row.working for row in steps["deducted"].values}
    assert rows["e"] == "60 − 1.15 × 1.2 = 58.62"
    assert rows["g"] == "60 − 3.72 × 0.8 = 57.024"
    rows = {row.bidder: row.working for row in steps["score"].values}
    assert rows["g"] == "max(min(57.024, 60), 0) = 57.02"
    assert sheet.scores["g"] == "57.02"


def test_every_other_step_has_its_working() -> None:
    steps = (
        Count(id="n", title=word("n")),
        Median(id="middle", title=word("middle")),
        NthLowest(id="second", title=word("second"), n=2),
        Total(id="all", title=word("all")),
        Within(id="none", title=word("none"), low="1000"),
        Mean(id="fallback", title=word("fallback"), population="none", if_empty="middle"),
        Deviation(id="d", title=word("d"), of="price", base="middle", rounding=TWO),
        Deduct(id="begun", title=word("begun"), full="10", deviation="d", above="1", below="1", part="begun"),
        Deduct(
            id="whole",
            title=word("whole"),
            full="10",
            deviation="d",
            above="1",
            below="1",
            part="whole",
            at_most_below="3",
        ),
        Bands(id="band", title=word("band"), of="d", table=(Band(None, "1"), Band("-5", "2"), Band("5", "3"))),
        Choose(id="pick", title=word("pick"), of="d", test="lt", than="0", then="begun", otherwise="whole"),
        Subtract(id="s", title=word("s"), of="pick", less="d", rounding=TWO),
    )
    document = method((section("t", item("x", "40")),), price_part("60", *steps))
    sheet = sheet_of(document, {"a": "95", "b": "100", "c": "103.3", "d": "90"})
    found = {step.id: step for step in sheet.steps}
    assert found["n"].formula.en == "number of the valid bidders: 4 = 4"
    assert found["middle"].formula.en.endswith(": median(90, 95, 100, 103.3) = 97.5")
    assert found["second"].value == "95"
    assert found["all"].formula.en.endswith(": 95 + 100 + 103.3 + 90 = 388.3")
    assert found["fallback"].formula.en.endswith(": 97.5 = 97.5")

    def rows(step: str) -> list[str]:
        return [row.working for row in found[step].values]

    assert rows("d")[0] == "(95 − 97.5) ÷ 97.5 × 100 = -2.56"
    assert rows("begun") == ["10 − 3 × 1 = 7", "10 − 3 × 1 = 7", "10 − 6 × 1 = 4", "10 − 8 × 1 = 2"]
    assert rows("whole") == ["10 − min(2 × 1, 3) = 8", "10 − 2 × 1 = 8", "10 − 5 × 1 = 5", "10 − min(7 × 1, 3) = 7"]
    assert rows("band") == ["-5 ≤ -2.56 < 5 → 2 = 2", "-5 ≤ 2.56 < 5 → 2 = 2", "5.95 ≥ 5 → 3 = 3", "-7.69 < -5 → 1 = 1"]
    assert rows("pick")[:2] == ["-2.56 < 0: ✓ → 7 = 7", "2.56 < 0: ✗ → 8 = 8"]
    assert rows("s")[0] == "7 − (-2.56) = 9.56"


@settings(max_examples=40, deadline=None)
@given(cases)
def test_every_random_method_can_be_put_in_words(case: tuple[Method, TallyInput]) -> None:
    document, given_entries = case
    result = tally(document, given_entries)
    assert result.price is not None
    sheet = calculation_sheet(document, result.price, retraced(document, given_entries).price)
    assert len(sheet.steps) == len(result.price.steps)
    assert all(step.formula.zh and step.formula.en for step in sheet.steps)
    assert in_words(document, "zh")


@pytest.mark.parametrize("name", PRESETS)
def test_a_method_in_words_says_everything_that_decides(name: str) -> None:
    document = preset_method(name, ceiling_price="12345")
    for language in ("zh", "en"):
        text = in_words(document, language)
        for part in document.sections:
            assert part.title.text(language) in text
            assert all(entry.title.text(language) in text for entry in part.items)
        assert document.price is not None
        assert all(step.title.text(language) in text for step in document.price.steps)
        assert "12345" in text
    assert not re.search("[\u4e00-\u9fff]", re.sub("（中）", "", in_words(document, "en")))


def test_what_a_bid_states_what_is_drawn_and_what_rejects_are_in_the_words() -> None:
    part = PricePart(
        maximum="60",
        population="opened",
        steps=(
            Trim(id="kept", title=word("kept"), bands=(TrimBand(at_least=7, highest=20, unit="percent"),), edge="keep"),
            Within(
                id="in",
                title=word("band"),
                population="kept",
                low="k",
                high="9",
                high_included=False,
                if_empty="keep_all",
            ),
            Mean(id="mean", title=word("mean"), population="in", if_empty="k"),
            Ratio(id="s", title=word("s"), of="mean", to="days", rounding=Rounding(0, "down")),
        ),
        score="s",
    )
    document = method(
        (section("t", item("x", "150"), weight="40", scaling="relative"),),
        part,
        rule=aggregation("section"),
        keys=(("total", "highest"), ("s", "lowest")),
        thresholds=Thresholds(minimum_technical="20", cost_warning="mean"),
        quantities=("days",),
        draws=(Draw(id="k", title=word("factor"), values=("1", "3")),),
        limits=(Limit(of="days", test="gt", than="90", reason=word("late"), article="7.1"),),
    )
    assert problems(document) == ()
    text = in_words(document, "en")
    for said in (
        "factor: drawn after the scoring from 1, 3",
        "days: must be stated",
        "kept = all bidders opened by price: none below 7, from 7 on drop the highest 20 % and lowest 0 %; ties",
        "those of kept with price ≥ factor and < 9; all of them if none is",
        "mean of price over band (factor if there is nobody), not rounded",
        "s = mean ÷ days, rounded to whole numbers (cut off)",
        "Rejected when days > 90: late",
        "the best gets all, others in proportion",
        "less than 20 points before the price is out",
        "If equal, by s, lowest first",
        "below the warning line (mean)",
    ):
        assert said in text


def test_clauses_are_numbered_by_chapter() -> None:
    numbers = [clause.number for clause in clauses(preset_method("procurement-comprehensive"))]
    assert numbers[:3] == ["1", "1.1", "1.2"]
    assert len(set(numbers)) == len(numbers)
