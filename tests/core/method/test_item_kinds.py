"""Options, deductions, pass/fail and computed items, weights, and sections with a rule of their own."""

from __future__ import annotations

import msgspec
import pytest

from evalclient.core.method.document.items import FixedValue, ItemKind, ScoredItem, SectionRule
from evalclient.core.method.document.parts import Majority, Quantity
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.exact import Rounding
from evalclient.core.method.flag import FlagKind
from evalclient.core.method.formula.arithmetic import AnyStep, Band, Bands, Multiply, Ratio
from evalclient.core.method.formula.steps import Maximum, TrimBand
from evalclient.core.method.marking.scoring import options_sum, reason_needed, said_score, sheet_problems, values_of
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.checks import flags, score_problem
from evalclient.core.method.tally.tally import member_total, tally
from evalclient.core.method.wording.words import in_words
from evalclient.core.records.acts_committee import Score
from tests.core.method.samples import TWO, aggregation, entries, item, method, section, word

ONLY_TECHNICAL = (("technical", "highest"),)


def of_kind(name: str, kind: ItemKind, maximum: str, *values: str, **changes: object) -> ScoredItem:
    plain = msgspec.structs.replace(
        item(name, maximum),
        kind=kind,
        objective=kind == "computed",
        values=tuple(FixedValue(value=value, condition=word(f"has {value}")) for value in values),
    )
    return msgspec.structs.replace(plain, **changes)


def problem_with(entry: ScoredItem, value: str) -> str | None:
    found = score_problem(entry, value)
    return None if found is None else found.kind


def test_options_add_up_and_stop_at_the_maximum() -> None:
    entry = of_kind("x", "options", "3", "1", "1.5", "2")
    assert values_of(entry) == ("0", "1", "1.5", "2", "2.5", "3")
    assert problem_with(entry, "2.5") is None
    assert problem_with(entry, "0.5") == "not_listed"
    assert problems(method((section("t", entry, item("y", "97", "1")),), keys=(("total", "highest"),))) == ()


def test_the_options_stated_must_come_to_the_score() -> None:
    entry = of_kind("x", "options", "3", "1", "1.5", "2")
    document = method((section("t", entry, item("y", "97", "1")),))
    found = {
        score: [problem.kind for problem in sheet_problems(document, {"b": {"x": score, "y": Score("90")}}, ["b"])]
        for score in (
            Score("0"),
            Score("2.5", options=(1, 2)),
            Score("3", options=(1, 2, 3)),
            Score("2.5"),
            Score("2.5", options=(1, 3)),
            Score("2", options=(4,)),
        )
    }
    assert list(found.values()) == [[], [], [], ["options"], ["options"], ["options"]]
    stray = {"b": {"x": Score("0"), "y": Score("90", options=(1,))}}
    assert [problem.item for problem in sheet_problems(document, stray, ["b"])] == ["y"]
    assert (said_score(entry, "2.5"), options_sum(entry, (2, 3))) == ("2.5", "3")


def test_a_deduction_says_what_mark_it_leaves() -> None:
    entry = of_kind("x", "deduction", "5", step="1", minimum="-5")
    assert [said_score(entry, value) for value in ("0", "2", "9", "—")] == ["5", "-2 → 3", "-9 → -4", "—"]


def test_a_deduction_is_typed_as_the_points_deducted() -> None:
    entry = of_kind("x", "deduction", "5", step="1", minimum="-5")
    assert [problem_with(entry, value) for value in ("0", "10", "11", "0.5")] == [None, None, "above", "off_step"]
    entry = msgspec.structs.replace(entry, reason_below="0.8")
    assert [reason_needed(entry, value) for value in ("0", "1", "2")] == [False, False, True]
    document = method((section("t", entry, item("y", "10")),), keys=ONLY_TECHNICAL, rule=aggregation("item"))
    sheets = {"m1": {"a": {"x": "2", "y": "8"}}, "m2": {"a": {"x": "9", "y": "8"}}}
    line = tally(document, entries({"a": None}, sheets)).line("a")
    assert (line.items["x"], line.technical) == ("-0.50", "7.50")
    assert [score.total for score in line.members.values()] == ["11", "4"]
    assert member_total(document, {"x": "2"}).total == "3"
    assert member_total(document, {}).missing == ("x", "y")


@pytest.mark.parametrize(("fails", "mark"), [(1, "4.00"), (2, "0.00")])
def test_a_pass_fail_item_gets_what_the_majority_found(fails: int, mark: str) -> None:
    entry = of_kind("x", "pass_fail", "4")
    document = method((section("t", entry, item("y", "96", "1")),), rule=aggregation("total"), keys=ONLY_TECHNICAL)
    sheets = {f"m{i}": {"a": {"x": "0" if i < fails else "4", "y": "90"}} for i in range(3)}
    line = tally(document, entries({"a": None}, sheets)).line("a")
    assert line.items["x"] == mark
    assert line.technical == f"{90 + int(mark[0])}.00"
    stricter = msgspec.structs.replace(document, majority=Majority(fails_when="any"))
    assert tally(stricter, entries({"a": None}, sheets)).line("a").items["x"] == "0.00"


def warranty() -> ScoredItem:
    steps: tuple[AnyStep, ...] = (
        Maximum(id="longest", title=word("longest"), population="valid", of="months"),
        Ratio(id="share", title=word("share"), of="months", to="longest"),
        Multiply(id="points", title=word("points"), factors=("share", "full"), rounding=TWO),
    )
    return of_kind("warranty", "computed", "10", steps=steps, score="points")


def test_a_computed_item_is_worked_out_from_what_bids_state_and_nobody_enters_it() -> None:
    document = method(
        (section("t", item("y", "90", "1"), warranty()),),
        rule=aggregation("total"),
        keys=ONLY_TECHNICAL,
        quantities=("months",),
    )
    assert problems(document) == ()
    stated = {"a": {"months": "24"}, "b": {"months": "36"}, "c": {"months": "7"}}
    sheets = {m: {b: {"y": "80"} for b in stated} for m in ("m1", "m2")}
    result = tally(document, entries(dict.fromkeys(stated), sheets, stated))
    assert [line.items["warranty"] for line in result.bidders] == ["6.67", "10.00", "1.94"]
    assert [line.technical for line in result.bidders] == ["86.67", "90.00", "81.94"]
    assert [value.id for value in result.computed] == ["longest", "share", "points"]
    assert member_total(document, {"y": "80"}).missing == ()
    with pytest.raises(EntriesRefused, match=r"\$\.sheets\.m1\.a\.warranty"):
        tally(document, entries({"a": None}, {"m1": {"a": {"y": "1", "warranty": "10"}}}, stated))
    with pytest.raises(EntriesRefused, match=r"quantities\.months"):
        tally(document, entries({"a": None}, {"m1": {"a": {"y": "1"}}}))
    text = in_words(document, "en")
    assert "points = share × full marks" in text
    assert "worked out as follows" in text


@pytest.mark.parametrize("level", ["item", "section", "total"])
def test_a_weight_multiplies_the_mark(level: str) -> None:
    heavy = msgspec.structs.replace(item("x", "5"), weight="12.5")
    document = method(
        (section("t", heavy, item("y", "30"), weight="92.5"),), keys=ONLY_TECHNICAL, rule=aggregation(level)
    )
    assert problems(document) == ()
    sheets = {"m1": {"a": {"x": "4", "y": "20"}}, "m2": {"a": {"x": "5", "y": "20"}}}
    line = tally(document, entries({"a": None}, sheets)).line("a")
    assert line.technical == "76.25"
    assert [score.total for score in line.members.values()] == ["70", "82.5"]


def test_a_section_may_drop_and_round_in_its_own_way() -> None:
    """公路: technical to three places without highest and lowest, business plain and to two."""
    own = SectionRule(group=TWO, section=TWO)
    business = msgspec.structs.replace(section("b", item("y", "50", "1")), rule=own)
    rule = aggregation(
        "item", bands=(TrimBand(at_least=5, highest=1, lowest=1),), group=Rounding(3), section=Rounding(3)
    )
    document = method((section("t", item("x", "50", "1")), business), rule=rule, keys=ONLY_TECHNICAL)
    assert problems(document) == ()
    marks = ("10", "20", "21", "22", "41")
    sheets = {f"m{i}": {"a": {"x": mark, "y": mark}} for i, mark in enumerate(marks)}
    line = tally(document, entries({"a": None}, sheets)).line("a")
    assert line.sections == {"t": "21.000", "b": "22.80"}
    assert line.items == {"x": "21.000", "y": "22.80"}
    assert "the mean is rounded to 2 places" in in_words(document, "en")


def test_marks_off_the_listed_values_are_flagged_with_the_span_that_may_be_typed() -> None:
    document = method(
        (section("t", of_kind("x", "deduction", "5", step="1"), item("y", "95", "1")),), keys=ONLY_TECHNICAL
    )
    sheets = {"m1": {"a": {"x": "6", "y": "90"}}}
    given = entries({"a": None}, sheets)
    articles: dict[FlagKind, str] = dict.fromkeys(FlagKind.__args__, "x")  # type: ignore[attr-defined]
    found = [flag for flag in flags(document, given, tally(document, given), articles) if flag.kind == "range"]
    assert [flag.numbers for flag in found] == [{"score": "6", "minimum": "0", "maximum": "5"}]


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (of_kind("x", "options", "9", "1", "2"), "values"),
        (of_kind("x", "options", "1", *["1"] * 13), "values"),
        (of_kind("x", "pass_fail", "5", "5"), "values"),
        (of_kind("x", "deduction", "5", step="2"), "step"),
        (of_kind("x", "computed", "5"), "score"),
        (msgspec.structs.replace(warranty(), objective=False), "objective"),
        (msgspec.structs.replace(warranty(), score="longest"), "score"),
        (msgspec.structs.replace(warranty(), kind="range"), "steps"),
    ],
)
def test_an_item_that_makes_no_sense_is_named(entry: ScoredItem, path: str) -> None:
    document = method((section("t", entry, weight=entry.maximum),), keys=ONLY_TECHNICAL)
    document = msgspec.structs.replace(document, quantities=(Quantity(id="months", title=word("months")),))
    assert f"$.sections[0].items[0].{path}" in {problem.path for problem in problems(document)}


def test_linear_bands_interpolate_between_their_rows() -> None:
    table = (Band(None, "0"), Band("10", "20"), Band("20", "30"), Band("30", "50"))
    steps: tuple[AnyStep, ...] = (Bands(id="points", title=word("p"), of="months", table=table, between="linear"),)
    entry = of_kind("x", "computed", "50", steps=steps, score="points")
    document = method((section("t", entry),), keys=ONLY_TECHNICAL, quantities=("months",), rule=aggregation("item"))
    stated = {"a": "9", "b": "10", "c": "12.5", "d": "29", "e": "40"}
    result = tally(document, entries(dict.fromkeys(stated), quantities={b: {"months": v} for b, v in stated.items()}))
    assert [line.items["x"] for line in result.bidders] == ["0.00", "20.00", "22.50", "48.00", "50.00"]
