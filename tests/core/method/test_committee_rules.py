"""What the committee does before a mean is taken, quantities that stand in for others, totals by formula, known scores."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest

from evalclient.core.method.document.parts import Choice, Draw, Method, PricePart, Quantity, TotalPart
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.entry.entries import BidderEntry, Correction, Replacement, TallyInput
from evalclient.core.method.exact import Rounding
from evalclient.core.method.formula.arithmetic import AnyStep, Discount, Multiply, Ratio, Sum
from evalclient.core.method.formula.steps import Mean, Minimum, Position, TrimBand, Within
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.tally import tally
from evalclient.core.method.wording.words import in_words
from tests.core.method.samples import TWO, aggregation, entries, item, method, price_part, price_sheet, section, word

TOTAL = (("total", "highest"),)


def marks(document: Method, rows: Mapping[str, tuple[str, ...]], **changes: object) -> TallyInput:
    """One mark for item ``x`` of each bidder per member."""
    assert document.sections[0].items[0].id == "x"
    sheets = {
        f"m{i}": {bidder: {"x": row[i]} for bidder, row in rows.items()} for i in range(len(next(iter(rows.values()))))
    }
    return msgspec.structs.replace(entries(dict.fromkeys(rows), sheets), **changes)


def committee(**changes: object) -> Method:
    return method((section("t", item("x", "100")),), keys=TOTAL, rule=aggregation("total", **changes))


def test_an_abnormal_member_is_replaced_by_the_mean_of_the_others() -> None:
    """domain §2.6: 82, 85, 79, 91, 60: mean 79.40, without 60 84.25."""
    rows = {"a": ("82", "85", "79", "91", "60"), "b": ("80", "80", "80", "80", "80")}
    document = committee(replace_abnormal=True)
    assert tally(document, marks(document, rows)).line("a").technical == "79.40"
    decision = Replacement(member="m4", bidder="a", reason="过半数评委认定评分异常")
    result = tally(document, marks(document, rows, replaced=(decision,)))
    assert [result.line(bidder).technical for bidder in "ab"] == ["84.25", "80.00"]
    assert "the others' mean stands there" in in_words(document, "en")


@pytest.mark.parametrize(
    ("replaced", "path"),
    [
        ((Replacement(member="m9", bidder="a", reason="r"),), r"replaced\[0\]\.member"),
        ((Replacement(member="m0", bidder="z", reason="r"),), r"replaced\[0\]\.bidder"),
        (tuple(Replacement(member=f"m{i}", bidder="a", reason="r") for i in range(3)), "replaced"),
    ],
)
def test_a_replacement_that_cannot_be_made_is_refused(replaced: tuple[Replacement, ...], path: str) -> None:
    document = committee(replace_abnormal=True)
    with pytest.raises(EntriesRefused, match=path):
        tally(document, marks(document, {"a": ("1", "2", "3")}, replaced=replaced))


def test_a_replacement_the_method_does_not_provide_for_is_refused() -> None:
    document = committee()
    decision = Replacement(member="m0", bidder="a", reason="r")
    with pytest.raises(EntriesRefused, match="does not provide"):
        tally(document, marks(document, {"a": ("1", "2", "3")}, replaced=(decision,)))


def test_the_member_with_the_widest_spread_is_left_out() -> None:
    rows = {"a": ("90", "80", "80", "100"), "b": ("60", "60", "70", "40")}
    document = committee(void_widest_from=4)
    result = tally(document, marks(document, rows))
    assert result.left_out == "m3"
    assert [result.line(bidder).technical for bidder in "ab"] == ["83.33", "63.33"]
    assert len(result.line("a").members) == 4
    fewer = {bidder: row[:3] for bidder, row in rows.items()}
    assert tally(document, marks(document, fewer)).left_out is None


def test_equal_spreads_go_by_the_second_lowest_and_then_by_the_lot() -> None:
    document = committee(void_widest_from=4)
    # m0 and m1 both span 40; m1's second lowest is lower, so its distance to the highest is the greater one
    rows = {"a": ("90", "90", "70", "70"), "b": ("50", "50", "60", "60"), "c": ("70", "60", "65", "65")}
    assert tally(document, marks(document, rows)).left_out == "m1"
    rows["c"] = ("60", "60", "65", "65")
    with pytest.raises(EntriesRefused, match=r"\$\.drawn_member: m0, m1 have equal spreads"):
        tally(document, marks(document, rows))
    assert tally(document, marks(document, rows, drawn_member="m0")).left_out == "m0"
    with pytest.raises(EntriesRefused, match=r"\$\.drawn_member"):
        tally(document, marks(document, rows, drawn_member="m3"))


def test_the_lot_is_an_order_of_the_committee_drawn_in_the_meeting() -> None:
    draw = Draw(id="lot", title=word("lot"), kind="members")
    document = msgspec.structs.replace(committee(void_widest_from=4, lot="lot"), draws=(draw,))
    assert problems(document) == ()
    rows = {"a": ("90", "90", "70", "70"), "b": ("50", "50", "60", "60"), "c": ("60", "60", "65", "65")}
    for first, second in (("m0", "m1"), ("m1", "m0")):
        drawn = {"lot": {"m3": "1", first: "2", second: "3"}}
        assert tally(document, marks(document, rows, draws=drawn)).left_out == first
    assert tally(document, marks(document, rows, draws={"lot": {"m1": "1"}})).left_out == "m1"
    for drawn in ({}, {"lot": {"m2": "1"}}):
        with pytest.raises(EntriesRefused, match=r"\$\.drawn_member"):
            tally(document, marks(document, rows, draws=drawn))
    for wrong in ({"m0": "1", "m1": "1.0"}, {"m0": "2", "m1": "3"}, {"m0": "0", "m1": "1"}):
        with pytest.raises(EntriesRefused, match=r"\$\.draws\.lot"):
            tally(document, marks(document, rows, draws={"lot": wrong}))
    both = marks(document, rows, draws={"lot": {"m0": "1", "m1": "2"}}, drawn_member="m1")
    with pytest.raises(EntriesRefused, match=r"\$\.drawn_member: the lot drawn decides"):
        tally(document, both)
    assert "lot: an order of the committee drawn after the scoring" in in_words(document, "en")


@pytest.mark.parametrize(
    ("rule", "draws", "path"),
    [
        ({"void_widest_from": 4, "lot": "lot"}, (), "$.aggregation.lot"),
        ({"void_widest_from": 4, "lot": "lot"}, ("order",), "$.aggregation.lot"),
        ({"lot": "lot"}, ("members",), "$.aggregation.lot"),
    ],
)
def test_a_lot_that_serves_nothing_is_named(rule: dict[str, object], draws: tuple[str, ...], path: str) -> None:
    kinds = tuple(
        msgspec.convert({"id": "lot", "title": {"zh": "签", "en": "lot"}, "kind": kind}, Draw) for kind in draws
    )
    document = msgspec.structs.replace(committee(**rule), draws=kinds)
    assert path in {problem.path for problem in problems(document)}


def test_the_document_says_which_of_the_two_comes_first() -> None:
    rows = {"a": ("90", "80", "80", "85"), "b": ("60", "60", "70", "40")}
    decision = (Replacement(member="m3", bidder="b", reason="畸低"),)
    for first, left_out, expected in ((False, "m0", "64.44"), (True, "m3", "63.33")):
        document = committee(void_widest_from=4, replace_abnormal=True, void_first=first)
        result = tally(document, marks(document, rows, replaced=decision))
        assert (result.left_out, result.line("b").technical) == (left_out, expected)


def enterprise() -> Quantity:
    choices = (
        Choice(id="small", value="15", title=word("small")),
        Choice(id="other", value="0", title=word("other")),
    )
    return Quantity(id="kind", title=word("kind"), choices=choices, missing="default", default="0")


def lowest_first() -> Method:
    """domain §2.2: small enterprises' prices are reduced for the evaluation."""
    steps: tuple[AnyStep, ...] = (
        Discount(id="evaluated", title=word("evaluated"), of="price", percent="kind", rounding=TWO),
        Minimum(id="least", title=word("least"), of="evaluated"),
        Ratio(id="share", title=word("share"), of="least", to="evaluated"),
        Multiply(id="s", title=word("s"), factors=("share", "full"), rounding=TWO),
    )
    part = msgspec.structs.replace(price_part("30", *steps), evaluated="evaluated")
    document = method((section("t", item("x", "70")),), part)
    return msgspec.structs.replace(document, quantities=(enterprise(),))


def test_a_small_enterprise_is_evaluated_at_a_reduced_price() -> None:
    document = lowest_first()
    assert problems(document) == ()
    bidders = (
        BidderEntry(bidder="A", price="980000"),
        BidderEntry(bidder="B", price="1050000", quantities={"kind": "other"}),
        BidderEntry(bidder="C", price="1200000", quantities={"kind": "small"}),
    )
    sheet = {"m": {entry.bidder: {"x": "50"} for entry in bidders}}
    result = tally(document, TallyInput(bidders=bidders, members=("m",), sheets=sheet))
    assert [line.price_score for line in result.bidders] == ["30.00", "28.00", "28.82"]
    assert [line.evaluated for line in result.bidders] == ["980000.00", "1050000.00", "1020000.00"]
    assert [place.bidders for place in result.ranking] == [("A",), ("C",), ("B",)]
    assert "small = 15, other = 0; 0 where it is not stated" in in_words(document, "en").replace("（中）", "")
    with pytest.raises(EntriesRefused, match=r"quantities\.kind"):
        price_sheet(document, (msgspec.structs.replace(bidders[0], quantities={"kind": "huge"}),))
    with pytest.raises(EntriesRefused, match=r"quantities\.kind"):
        price_sheet(document, (msgspec.structs.replace(bidders[0], quantities={"kind": "15"}),))


@pytest.mark.parametrize(("missing", "stands"), [("highest", "30"), ("mean", "20"), ("lowest", "10")])
def test_what_a_bid_leaves_out_is_put_in_from_the_others(missing: str, stands: str) -> None:
    quantity = msgspec.convert({"id": "part", "title": word("p"), "missing": missing}, Quantity, from_attributes=True)
    whole = Sum(id="whole", title=word("whole"), terms=("price", "part"))
    part = PricePart(maximum="0", population="valid", steps=(whole,), score=None, evaluated="whole")
    document = msgspec.structs.replace(method(price=part, keys=(("whole", "lowest"),)), quantities=(quantity,))
    assert problems(document) == ()
    stated = {"a": {"part": "10"}, "b": {"part": "30"}, "c": {}}
    result = tally(document, entries(dict.fromkeys(stated, "100"), quantities=stated))
    assert result.line("c").evaluated == str(100 + int(stands))
    with pytest.raises(EntriesRefused, match=r"quantities\.part"):
        tally(document, entries({"a": "100"}))


def test_an_arithmetic_correction_changes_the_price_that_is_evaluated() -> None:
    document = lowest_first()
    fixed = Correction(amount="-80000.5", reason="单价合计与总价不符")
    bidders = (BidderEntry(bidder="a", price="1000000", corrections=(fixed,)), BidderEntry(bidder="b", price="1000000"))
    sheet = {"m": {"a": {"x": "1"}, "b": {"x": "1"}}}
    result = tally(document, TallyInput(bidders=bidders, members=("m",), sheets=sheet))
    assert (result.line("a").price, result.line("a").corrected) == ("1000000", "919999.5")
    assert result.line("b").corrected is None
    assert result.candidates == ("a", "b")
    capped = msgspec.structs.replace(
        document, thresholds=msgspec.structs.replace(document.thresholds, ceiling_price="950000")
    )
    assert tally(capped, TallyInput(bidders=bidders, members=("m",), sheets=sheet)).candidates == ()
    raised = msgspec.structs.replace(fixed, amount="60000")
    below = (BidderEntry(bidder="a", price="900000"), BidderEntry(bidder="b", price="900000", corrections=(raised,)))
    assert tally(capped, TallyInput(bidders=below, members=("m",), sheets=sheet)).candidates == ("a",)


def test_the_total_may_be_a_formula_of_its_own() -> None:
    """Credit added and a deduction taken off after the scores (信用加分、不良行为扣分), and what is read stays printed."""
    steps: tuple[AnyStep, ...] = (Sum(id="all", title=word("all"), terms=("t", "price_score", "credit")),)
    score = Ratio(id="s", title=word("s"), of="1000", to="price")
    document = method((section("t", item("x", "40")),), price_part("60", score), quantities=("credit",))
    document = msgspec.structs.replace(document, total=TotalPart(rounding=TWO, steps=steps, score="all"))
    assert problems(document) == ()
    sheet = {"m": {"a": {"x": "30"}, "b": {"x": "30"}}}
    given = entries({"a": "100", "b": "100"}, sheet, {"a": {"credit": "-1.25"}, "b": {"credit": "2"}})
    result = tally(document, given)
    assert [line.total for line in result.bidders] == ["38.75", "42.00"]
    assert [value.id for value in result.total] == ["all"]
    assert "The total is all" in in_words(document, "en")


def test_known_scores_need_no_members() -> None:
    document = method((section("t", item("x", "90")),), price_part("10"), rule=aggregation("total"))
    document = msgspec.structs.replace(
        document, price=PricePart(maximum="10", population="valid", steps=(), score=None)
    )
    given = TallyInput(
        bidders=(BidderEntry(bidder="甲", price="1"), BidderEntry(bidder="乙", price="1")),
        scores={"甲": {"x": "47.17"}, "乙": {"x": "82.5"}},
        price_scores={"甲": "9.69", "乙": "10"},
    )
    result = tally(document, given)
    assert [line.total for line in result.bidders] == ["56.86", "92.50"]
    with pytest.raises(EntriesRefused, match=r"\$\.scores\.甲\.x"):
        tally(document, msgspec.structs.replace(given, scores={"乙": {"x": "1"}}))
    with pytest.raises(EntriesRefused, match=r"\$\.price_scores\.甲"):
        tally(document, msgspec.structs.replace(given, price_scores={"乙": "1"}))
    with pytest.raises(EntriesRefused, match=r"\$\.scores"):
        tally(document, msgspec.structs.replace(given, members=("m",)))


def test_a_band_that_too_few_lie_in_falls_back_as_stated() -> None:
    band = Within(id="in", title=word("in"), low="95", high="105", fewest=3, if_empty="keep_all")
    steps: tuple[AnyStep, ...] = (band, Mean(id="mean", title=word("mean"), population="in"))
    base = Ratio(id="s", title=word("s"), of="mean", to="price")
    document = method((section("t", item("x", "40")),), price_part("60", *steps, base))
    for prices, mean in ((("95", "100", "105", "140"), "100"), (("95", "100", "106", "139"), "110")):
        result = price_sheet(document, entries({f"b{i}": price for i, price in enumerate(prices)}).bidders)
        assert result is not None
        assert next(value.number for value in result.steps if value.id == "mean") == mean
    empty = msgspec.structs.replace(band, if_empty="empty")
    document = method((section("t", item("x", "40")),), price_part("60", empty, *steps[1:], base))
    with pytest.raises(EntriesRefused, match=r"\$\.price\.steps\[1\]"):
        price_sheet(document, entries({"a": "95", "b": "100"}).bidders)


def test_positions_count_who_is_better() -> None:
    place = Position(id="place", title=word("place"))
    document = method((section("t", item("x", "40")),), price_part("60", place))
    result = price_sheet(document, entries({"a": "5", "b": "3", "c": "5", "d": "9"}).bidders)
    assert result is not None
    assert result.steps[0].bidders == {"a": "2", "b": "1", "c": "2", "d": "4"}
    turned = method((section("t", item("x", "40")),), price_part("60", msgspec.structs.replace(place, best="highest")))
    result = price_sheet(turned, entries({"a": "5", "b": "3", "c": "5", "d": "9"}).bidders)
    assert result is not None
    assert result.steps[0].bidders == {"a": "2", "b": "4", "c": "2", "d": "1"}


def test_an_order_drawn_by_lot_breaks_a_tie() -> None:
    document = method((section("t", item("x", "100")),), keys=(*TOTAL, ("lot", "lowest")))
    document = msgspec.structs.replace(document, draws=(Draw(id="lot", title=word("lot"), kind="order"),))
    assert problems(document) == ()
    given = marks(document, {"a": ("50",), "b": ("50",)}, draws={"lot": {"a": "2", "b": "1"}})
    assert tally(document, given).candidates == ("b", "a")
    for drawn in (
        {},
        {"lot": "1"},
        {"lot": {"a": "1"}},
        {"lot": {"a": "1", "b": "1"}},
        {"lot": {"a": "1", "b": "1.0"}},
        {"lot": {"a": "1", "b": "3"}},
        {"lot": {"a": "1", "b": "2", "stranger": "3"}},
    ):
        with pytest.raises(EntriesRefused, match=r"\$\.draws\.lot"):
            tally(document, msgspec.structs.replace(given, draws=drawn))


def test_a_trimming_band_counts_only_members_who_count() -> None:
    rows = {"a": ("90", "80", "70", "100", "60"), "b": ("60", "60", "70", "40", "60")}
    document = committee(void_widest_from=5, bands=(TrimBand(at_least=4, highest=1, lowest=1),), group=Rounding(1))
    result = tally(document, marks(document, rows))
    assert result.left_out == "m3"
    assert [result.line(bidder).technical for bidder in "ab"] == ["75.0", "60.0"]
