from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest

from evalclient.core.method.document.parts import Draw, Limit, Method, PricePart, Thresholds
from evalclient.core.method.entry.entries import BidderEntry, PriceResult, Rejection, TallyInput, price_bytes
from evalclient.core.method.formula.arithmetic import Ratio, Subtract, Sum
from evalclient.core.method.formula.steps import Mean, Within
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.rejection import rejection_sentence
from evalclient.core.method.tally.tally import member_total, tally
from tests.core.method.samples import TWO, entries, item, method, preset_method, price_part, price_sheet, section, word

GOODS = preset_method("procurement-comprehensive")
MARKS = {"plan": "15", "service": "10", "cases": "10"}


def sheets(members: int, *bidders: str, marks: Mapping[str, str] = MARKS) -> dict[str, dict[str, dict[str, str]]]:
    return {f"m{i}": {bidder: dict(marks) for bidder in bidders} for i in range(members)}


def test_who_is_out_has_neither_total_nor_place_and_his_sheets_are_not_read() -> None:
    given = entries({"a": "100", "b": "90", "c": "80"}, sheets(3, "a", "b"))
    out = Rejection(at="preliminary", code="committee", reason="no bond")
    bidders = tuple(msgspec.structs.replace(e, rejected=(out,)) if e.bidder == "c" else e for e in given.bidders)
    result = tally(GOODS, msgspec.structs.replace(given, bidders=bidders))
    assert result.line("c").rejected == (out,)
    assert (result.line("c").total, result.line("c").place) == (None, None)
    assert result.line("b").price_score == "30.00"
    assert result.candidates == ("b", "a")


@pytest.mark.parametrize(("population", "lowest"), [("opened", "70"), ("preliminary", "80"), ("valid", "100")])
def test_the_document_says_whose_price_counts(population: str, lowest: str) -> None:
    price = GOODS.price
    assert price is not None
    document = msgspec.structs.replace(
        GOODS,
        price=msgspec.convert(
            {**msgspec.structs.asdict(price), "population": population}, PricePart, from_attributes=True
        ),
    )
    bidders = (
        BidderEntry(bidder="a", price="100"),
        BidderEntry(bidder="b", price="80", rejected=(Rejection(at="price", code="committee"),)),
        BidderEntry(bidder="c", price="70", rejected=(Rejection(at="preliminary", code="committee"),)),
    )
    result = price_sheet(document, bidders)
    assert result is not None
    assert result.steps[0].number == lowest
    assert list(result.scores) == ["a"]


def test_equal_total_and_price_share_a_place_and_the_next_stays_empty() -> None:
    given = entries({"a": "100", "b": "100", "c": "120"}, sheets(3, "a", "b", "c"))
    result = tally(GOODS, given)
    assert [(place.place, place.bidders) for place in result.ranking] == [(1, ("a", "b")), (3, ("c",))]
    assert result.candidates == ("a", "b", "c")


def test_equal_bidders_at_the_edge_are_left_undecided() -> None:
    document = msgspec.structs.replace(GOODS, ranking=msgspec.structs.replace(GOODS.ranking, candidates=2))
    given = entries({"a": "90", "b": "100", "c": "100", "d": "120"}, sheets(3, "a", "b", "c", "d"))
    result = tally(document, given)
    assert (result.candidates, result.undecided) == (("a",), ("b", "c"))


def test_no_valid_bid_is_a_result_not_an_error() -> None:
    out = (Rejection(at="preliminary", code="committee"),)
    bidders = tuple(BidderEntry(bidder=name, price="100", rejected=out) for name in "ab")
    result = tally(GOODS, TallyInput(bidders=bidders, members=("m",), sheets={}))
    assert (result.ranking, result.candidates) == ((), ())
    assert result.price is not None
    assert result.price.steps == ()


def test_a_price_at_the_ceiling_is_in_and_above_it_is_out() -> None:
    document = preset_method("procurement-comprehensive", ceiling_price="100")
    result = tally(document, entries({"a": "100", "b": "100.01"}, sheets(3, "a")))
    assert result.line("a").place == 1
    (rejection,) = result.line("b").rejected
    assert (rejection.at, rejection.code, rejection.article) == (
        "price",
        "above_ceiling",
        "87号令 第六十三条第四项",
    )


def test_a_bid_below_the_least_technical_score_is_out_but_its_marks_are_shown() -> None:
    document = msgspec.structs.replace(GOODS, thresholds=Thresholds(minimum_technical="35"))
    low = sheets(3, "a", "b")
    for sheet in low.values():
        sheet["b"]["plan"] = "14.5"
    result = tally(document, entries({"a": "100", "b": "50"}, low))
    assert result.line("a").technical == "35.00"
    assert result.line("b").technical == "34.50"
    assert result.line("b").rejected[0].code == "below_technical"
    assert result.line("a").price_score == "30.00"


def test_each_rejection_has_its_sentence() -> None:
    limit = Limit(of="price", test="lt", than="10", reason=word("too cheap"), article="7.2")
    score = Ratio(id="s", title=word("s"), of="10", to="price")
    part = PricePart(maximum="60", population="valid", steps=(score,), score="s")
    document = method(
        (section("t", item("x", "40")),),
        part,
        thresholds=Thresholds(ceiling_price="100", minimum_technical="20"),
        limits=(limit,),
    )
    marks = {"m": {"b": {"x": "19.5"}, "c": {"x": "30"}, "d": {"x": "30"}}}
    given = entries({"a": "101", "b": "50", "c": "9", "d": "50", "e": "1"}, marks)
    out = Rejection(at="preliminary", code="committee", reason="没有保函")
    bidders = (*given.bidders[:4], msgspec.structs.replace(given.bidders[4], rejected=(out,)))
    result = tally(document, msgspec.structs.replace(given, bidders=bidders))
    said = {line.bidder: rejection_sentence(document, line.rejected[0]).en for line in result.bidders if line.rejected}
    assert said == {
        "a": "the price is above the ceiling price 100",
        "b": "the score before the price is below 20",
        "c": "too cheap",
        "e": "没有保函",
    }
    assert result.candidates == ("d",)


def test_a_price_score_is_kept_within_its_bounds() -> None:
    above = Subtract(id="s", title=word("s"), of="150", less="price", rounding=TWO)
    document = method((section("t", item("x", "40")),), price_part("60", above))
    result = price_sheet(document, entries({"a": "10", "b": "200", "c": "100"}).bidders)
    assert result is not None
    assert result.scores == {"a": "60.00", "b": "0.00", "c": "50.00"}


def drawn() -> Method:
    step = Ratio(id="s", title=word("s"), of="k", to="price")
    return method(
        (section("t", item("x", "40")),),
        price_part("60", step),
        draws=(Draw(id="k", title=word("k"), values=("86", "88")),),
    )


def test_a_drawn_coefficient_must_be_one_of_the_stated_values() -> None:
    bidders = entries({"a": "8"}).bidders
    result = price_sheet(drawn(), bidders, {"k": "88.0"})
    assert result is not None
    assert result.scores == {"a": "11"}
    for draws in ({}, {"k": "87"}):
        with pytest.raises(EntriesRefused, match=r"\$\.draws\.k"):
            price_sheet(drawn(), bidders, draws)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (entries({"a": None}, sheets(3, "a")), "$.bidders[0].price"),
        (entries({"a": "0"}, sheets(3, "a")), "$.bidders[0].price"),
        (entries({"a": "-5"}, sheets(3, "a")), "$.bidders[0].price"),
        (entries({"a": "1", "b": "1"}, sheets(3, "a")), "$.sheets.m0.b.plan"),
        (entries({"a": "1"}, sheets(3, "a", "z")), "$.sheets.m0.z"),
        (entries({"a": "1"}, sheets(1, "a", marks={"plan": "1", "cases": "5"})), "$.sheets.m0.a.service"),
        (entries({"a": "1"}, sheets(1, "a", marks={**MARKS, "colour": "5"})), "$.sheets.m0.a.colour"),
        (entries({"a": "1"}), "$.members"),
    ],
)
def test_an_input_that_does_not_fit_is_refused_by_path(given: TallyInput, path: str) -> None:
    with pytest.raises(EntriesRefused) as caught:
        tally(GOODS, given)
    assert caught.value.path == path
    assert path in caught.value.zh


def test_bidders_and_members_named_twice_or_unknown_are_refused() -> None:
    given = entries({"a": "1"}, sheets(1, "a"))
    for wrong, path in (
        (msgspec.structs.replace(given, bidders=given.bidders * 2), "$.bidders[1].bidder"),
        (msgspec.structs.replace(given, members=("m0", "m0")), "$.members[1]"),
        (msgspec.structs.replace(given, members=("m1",)), "$.sheets.m0"),
    ):
        with pytest.raises(EntriesRefused) as caught:
            tally(GOODS, wrong)
        assert caught.value.path == path


def test_a_division_by_zero_names_the_step() -> None:
    zero = Subtract(id="zero", title=word("zero"), of="price", less="price")
    document = method(
        (section("t", item("x", "40")),), price_part("60", zero, Ratio(id="s", title=word("s"), of="1", to="zero"))
    )
    with pytest.raises(EntriesRefused, match=r"\$\.price\.steps\[1\].*'s'.*division by zero"):
        price_sheet(document, entries({"a": "5"}).bidders)


def test_an_empty_population_without_a_fallback_names_the_step() -> None:
    steps = (
        Within(id="cheap", title=word("cheap"), high="1"),
        Mean(id="mean", title=word("mean"), population="cheap"),
        Ratio(id="s", title=word("s"), of="mean", to="price"),
    )
    document = method((section("t", item("x", "40")),), price_part("60", *steps))
    with pytest.raises(EntriesRefused, match=r"\$\.price\.steps\[1\].*no bidder"):
        price_sheet(document, entries({"a": "5"}).bidders)


def test_a_quantity_the_formula_needs_must_be_stated() -> None:
    step = Sum(id="s", title=word("s"), terms=("price", "omitted"))
    document = method((section("t", item("x", "40")),), price_part("60", step), quantities=("omitted",))
    assert price_sheet(document, entries({"a": "5"}, quantities={"a": {"omitted": "1.5"}}).bidders)
    with pytest.raises(EntriesRefused, match=r"quantities\.omitted"):
        price_sheet(document, entries({"a": "5"}).bidders)


def test_the_members_confirm_canonical_bytes() -> None:
    result = tally(GOODS, entries({"a": "100", "b": "90"}, sheets(3, "a", "b")))
    assert result.price is not None
    assert msgspec.json.decode(price_bytes(result.price), type=PriceResult) == result.price
    assert b" " not in price_bytes(result.price)
    assert result.price == price_sheet(GOODS, entries({"a": "100", "b": "90"}).bidders)


def test_a_formula_may_read_the_scores_before_the_price() -> None:
    quotient = Ratio(id="s", title=word("s"), of="technical", to="price")
    document = method((section("t", item("x", "40")),), price_part("60", quotient))
    result = tally(document, entries({"a": "5", "b": "8"}, {"m": {"a": {"x": "30"}, "b": {"x": "40"}}}))
    assert result.price is not None
    assert result.price.scores == {"a": "6", "b": "5"}


def test_the_running_total_of_the_score_form() -> None:
    found = member_total(GOODS, {"plan": "15.5", "cases": "30"})
    assert found.sections == {"technical-part": "15.5", "business": "30"}
    assert (found.total, found.missing) == ("45.5", ("service",))
