"""Who counts, what may be typed, and how large a number may grow."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.assets import asset
from evalclient.core.method.document.compose import compose, load_preset
from evalclient.core.method.document.parts import FlagParameters, PricePart, Quantity, Thresholds
from evalclient.core.method.entry.entries import BidderEntry, Correction, Rejection, TallyInput
from evalclient.core.method.flag import FlagKind
from evalclient.core.method.formula.arithmetic import AnyStep, Multiply, Ratio, Sum
from evalclient.core.method.formula.steps import Count, Mean, Total
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.checks import flags
from evalclient.core.method.tally.tally import tally
from tests.core.method.samples import (
    aggregation,
    entries,
    fixed,
    item,
    method,
    preset_bytes,
    price_part,
    price_sheet,
    section,
    word,
)

ARTICLES: dict[FlagKind, str] = dict.fromkeys(FlagKind.__args__, "x")  # type: ignore[attr-defined]
CONSTRUCTION = sorted(path.stem for path in asset("methods").glob("construction-*.json"))


@pytest.mark.parametrize("name", CONSTRUCTION)
def test_a_bid_above_the_ceiling_price_moves_nobodys_score(name: str) -> None:
    """It is void by law (实施条例 第五十一条第五项), or one accomplice could move the benchmark at will."""
    preset = load_preset(preset_bytes(name))
    left = 100 - int(preset.price.maximum if preset.price else 0)
    sections = (section("t", item("x", str(left), "1")),) if left else ()
    document = compose(preset, id="c", preliminary=(), sections=sections, ceiling_price="1000")
    draws = {"reduction": "3", "K": "88", "K-alone": "86", "C": "0.5"}
    prices = {"A": "905", "B": "920", "C": "940", "D": "950", "E": "960", "F": "970"}
    alone = price_sheet(document, entries(prices).bidders, draws)
    beside = price_sheet(document, entries({**prices, "X": "9000"}).bidders, draws)
    assert alone is not None
    assert beside is not None
    assert beside.scores == alone.scores


def test_only_who_was_rejected_before_the_scoring_leaves_the_population_past_the_review() -> None:
    steps: tuple[AnyStep, ...] = (
        Count(id="opened-count", title=word("o"), population="opened"),
        Count(id="past", title=word("p"), population="preliminary"),
        Count(id="left", title=word("l"), population="valid"),
        Ratio(id="s", title=word("s"), of="left", to="price"),
    )
    document = method(
        (section("t", item("x", "40")),), price_part("60", *steps), thresholds=Thresholds(minimum_technical="10")
    )
    out = {at: (Rejection(at=at, code="committee"),) for at in ("qualification", "preliminary")}
    given = entries(dict.fromkeys("abcd", "10"), {"m": {name: {"x": "20" if name != "b" else "5"} for name in "ab"}})
    bidders = (
        *given.bidders[:2],
        msgspec.structs.replace(given.bidders[2], rejected=out["qualification"]),
        msgspec.structs.replace(given.bidders[3], rejected=out["preliminary"]),
    )
    result = tally(document, msgspec.structs.replace(given, bidders=bidders))
    assert result.price is not None
    assert [value.number for value in result.price.steps[:3]] == ["4", "2", "1"]


@pytest.mark.parametrize("depth", [3, 5, 40])
def test_a_chain_of_products_ends_in_a_sentence(depth: int) -> None:
    chain = [Multiply(id="p0", title=word("p"), factors=("price",) * 20)]
    chain += [Multiply(id=f"p{k}", title=word("p"), factors=(f"p{k - 1}",) * 20) for k in range(1, depth)]
    score = Ratio(id="s", title=word("s"), of=chain[-1].id, to=chain[-1].id)
    document = method((section("t", item("x", "40")),), price_part("60", *chain, score))
    with pytest.raises(EntriesRefused, match=r"\$\.price\.steps\[0\]: .*grows beyond all measure"):
        price_sheet(document, entries({"a": "123456789.12", "b": "987654321.98"}).bidders)


def test_sums_of_many_unrounded_ratios_are_no_excess() -> None:
    steps: tuple[AnyStep, ...] = (
        Ratio(id="part", title=word("part"), of="1", to="price"),
        Total(id="all", title=word("all"), of="part"),
        Mean(id="mean", title=word("mean"), of="part"),
        Sum(id="both", title=word("both"), terms=("all", "mean")),
        Ratio(id="s", title=word("s"), of="both", to="price"),
    )
    document = method((section("t", item("x", "40")),), price_part("60", *steps))
    assert price_sheet(document, entries({f"b{k}": str(9_000_001 + 37 * k) for k in range(300)}).bidders) is not None


def corrected(price: str, amount: str) -> BidderEntry:
    return BidderEntry(bidder="a", price=price, corrections=(Correction(amount=amount, reason="r"),))


@pytest.mark.parametrize(
    ("entry", "kinds"),
    [
        (corrected("400000", "-200000"), {"low_price", "cost_warning"}),
        (corrected("200000", "200000"), set()),
        (BidderEntry(bidder="a", price="400000"), set()),
    ],
)
def test_price_flags_go_by_the_corrected_price(entry: BidderEntry, kinds: set[str]) -> None:
    score = Ratio(id="s", title=word("s"), of="400000", to="price")
    document = method(
        (section("t", item("x", "40")),),
        price_part("60", score),
        thresholds=Thresholds(cost_warning="350000"),
        flags=FlagParameters(low_price_percent="20"),
    )
    others = tuple(BidderEntry(bidder=name, price="400000") for name in ("b", "c"))
    sheet = {"m": {name: {"x": "20"} for name in "abc"}}
    given = TallyInput(bidders=(entry, *others), members=("m",), sheets=sheet)
    found = flags(document, given, tally(document, given), ARTICLES)
    assert {flag.kind for flag in found if "a" in flag.id.split("/")} - {"equal"} == kinds


def test_known_scores_outside_their_range_are_flagged() -> None:
    document = method(
        (section("t", item("x", "40"), fixed("y", "0", "20")),),
        PricePart(maximum="40", population="valid", steps=(), score=None),
        rule=aggregation("item"),
    )
    given = TallyInput(
        bidders=(BidderEntry(bidder="甲", price="1"), BidderEntry(bidder="乙", price="1")),
        scores={"甲": {"x": "999", "y": "7"}, "乙": {"x": "-1", "y": "20"}},
        price_scores={"甲": "300", "乙": "-5"},
    )
    found = [flag for flag in flags(document, given, tally(document, given), ARTICLES) if flag.kind == "range"]
    assert [flag.id for flag in found] == [
        "range/甲/x",
        "range/乙/x",
        "range/甲/price_score",
        "range/乙/price_score",
    ]
    assert {flag.asked for flag in found} == {("committee",)}


def test_known_scores_of_a_deduction_are_typed_as_in_a_sheet() -> None:
    deduction = msgspec.structs.replace(item("x", "5", "1"), kind="deduction", minimum="-5")
    document = method((section("t", deduction),), keys=(("technical", "highest"),))
    for typed, technical, kinds in (("7", "-2.00", []), ("11", "-6.00", ["range"])):
        given = TallyInput(bidders=(BidderEntry(bidder="a"),), scores={"a": {"x": typed}})
        result = tally(document, given)
        assert result.line("a").technical == technical
        assert [flag.kind for flag in flags(document, given, result, ARTICLES) if flag.kind != "too_few"] == kinds


def test_known_price_scores_do_not_do_where_a_step_of_the_formula_ranks() -> None:
    score = Ratio(id="s", title=word("s"), of="1", to="price")
    document = method(
        (section("t", item("x", "40")),), price_part("60", score), keys=(("total", "highest"), ("s", "lowest"))
    )
    given = TallyInput(bidders=(BidderEntry(bidder="a", price="1"),), scores={"a": {"x": "1"}}, price_scores={"a": "1"})
    with pytest.raises(EntriesRefused, match=r"\$\.price_scores: the method also needs 's'"):
        tally(document, given)


@pytest.mark.parametrize("also", [False, True])
def test_what_stands_in_for_a_missing_quantity_does_not_depend_on_what_is_read(also: bool) -> None:
    """A rejected bid's quantity never stands in for another's, even where a formula counts all that were opened."""
    quantity = Quantity(id="days", title=word("days"), missing="highest")
    count: tuple[AnyStep, ...] = (Count(id="n", title=word("n"), population="opened"),) if also else ()
    score = Ratio(id="s", title=word("s"), of="days", to="10")
    document = method((section("t", item("x", "40")),), price_part("60", *count, score))
    document = msgspec.structs.replace(document, quantities=(quantity,))
    given = entries(dict.fromkeys("abc", "10"), quantities={"a": {"days": "60"}, "c": {"days": "500"}})
    out = msgspec.structs.replace(given.bidders[2], rejected=(Rejection(at="preliminary", code="committee"),))
    result = price_sheet(document, (*given.bidders[:2], out))
    assert result is not None
    assert result.scores == {"a": "6", "b": "6"}


def test_without_a_bid_left_no_member_is_needed() -> None:
    document = method(
        (section("t", item("x", "40")),), price_part("60", Ratio(id="s", title=word("s"), of="1", to="price"))
    )
    out = BidderEntry(bidder="a", price="1", rejected=(Rejection(at="preliminary", code="committee"),))
    assert tally(document, TallyInput(bidders=(out,))).ranking == ()
