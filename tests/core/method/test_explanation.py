"""The calculation explained: whoever reads it and has a pencil comes to every number that stands there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import msgspec
import pytest

from evalclient.cli.tally_views import as_text
from evalclient.core.method.document.document import load_method
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import Replacement, TallyInput
from evalclient.core.method.exact import Rounding, rounded
from evalclient.core.method.files.tally_file import TallyFile, report
from evalclient.core.method.formula.arithmetic import Choose, Deduct, Deviation, Multiply, Ratio
from evalclient.core.method.formula.steps import Minimum
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.robustness.random_bids import RandomBids
from evalclient.core.method.tally.tally import tally
from evalclient.core.method.wording.explanation import Explanation, explanation
from evalclient.core.method.wording.score_workings import Working
from evalclient.core.rules import in_force, load_rules
from tests.builders.documents import rules_of
from tests.core.method.printed import comes_to, number
from tests.core.method.random_cases import Case
from tests.core.method.samples import (
    DOCUMENTS,
    TWO,
    aggregation,
    document_named,
    entries,
    item,
    method,
    price_part,
    section,
    word,
)


@pytest.mark.parametrize("part", range(4))
def test_every_printed_working_of_random_methods_comes_to_its_number(part: int) -> None:
    explained = sum(is_explained(seed) for seed in range(50_000 + part * 100, 50_060 + part * 100))
    assert explained > 35


def is_explained(seed: int) -> bool:
    case = Case(seed)
    document = load_method(json.dumps(case.method).encode())
    file = msgspec.convert(case.given, TallyFile)
    try:
        result = tally(document, file)
    except EntriesRefused:
        return False
    found = report(document, file, in_force(load_rules(rules_of(document.trade)), "2026-11-24"), explain=True)
    explained = found.explanation
    assert explained is not None
    assert [step.id for step in explained.price] == [value.id for value in (result.price.steps if result.price else ())]
    assert [step.id for step in explained.total] == [value.id for value in result.total]
    assert [step.id for step in explained.computed] == [value.id for value in result.computed]
    assert wrong(document, explained) == [], seed
    for language in ("zh", "en"):
        assert found.sha256 in as_text(found, document, language)
    return True


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_printed_working_of_presets_and_documents_comes_to_its_number(name: str) -> None:
    document = document_named(name)
    bids = RandomBids(document, Random(name))
    explained = 0
    for _ in range(12):
        given = bids.entries()
        try:
            result = tally(document, given)
        except EntriesRefused:
            continue
        explained += 1
        assert wrong(document, explanation(document, given, result)) == []
    assert explained


def wrong(document: Method, explained: Explanation) -> list[str]:
    """Every printed working that does not come to the number beside it."""
    return [
        f"{what}: {working} = {value}"
        for what, working, value, rounding in lines_of(document, explained)
        if not fits(working, value, rounding)
    ]


def fits(working: str, value: str, rounding: Rounding | None) -> bool:
    """Exactly, as rounded; where operands are cut, anywhere in the reach of what was cut off."""
    (least, most), (low, high) = comes_to(working), number(value)
    return rounded(least, rounding) <= high and low <= rounded(most, rounding)


def lines_of(document: Method, explained: Explanation) -> Iterator[tuple[str, str, str, Rounding | None]]:
    """What each line is about, the expression, the number beside it, and how the document rounds that."""
    items = [entry for part in document.sections for entry in part.items]
    computed = [step for entry in items for step in entry.steps]
    price = document.price.steps if document.price is not None else ()
    for steps, shown in (
        (computed, explained.computed),
        (price, explained.price),
        (document.total.steps, explained.total),
    ):
        for step, one in zip(steps, shown, strict=False):
            for row in one.values:
                working, _, value = row.working.rpartition(" = ")
                assert row.value in (value, row.working)
                yield step.id, working or value, value, step.rounding
            if one.value is not None:
                working, _, value = one.formula.en.rpartition(": ")[2].rpartition(" = ")
                assert value == one.value
                yield step.id, working.rpartition(": ")[2], value, step.rounding
    for bidder, workings in explained.scores.items():
        before: Working | None = None
        for line in workings:
            yield f"{bidder} {line}", line.working, line.value, rounding_of(document, line, before)
            before = line
    for spread in explained.spreads:
        yield spread.member, spread.working, spread.value, None
        yield spread.member, spread.second_working, spread.second, None


def rounding_of(document: Method, line: Working, before: Working | None) -> Rounding | None:
    """How the document rounds the number of one line; a section's mean may be rounded once more in the next line."""
    rule = document.aggregation
    if line.of == "total":
        return document.total.rounding
    if line.of == "price_score":
        assert document.price is not None
        return next(step.rounding for step in document.price.steps if step.id == document.price.score)
    if line.of == "technical":
        return rule.member_total if line.member else rule.group if rule.level == "total" else None
    part = next(part for part in document.sections if line.of in (part.id, *(entry.id for entry in part.items)))
    if line.of != part.id:
        return (part.rule or rule).group if line.member is None else None
    if line.member is not None:
        return rule.member_section
    again = before is not None and before.of == line.of and before.member is None
    return (part.rule or rule).group if rule.level != "item" and not again else (part.rule or rule).section


def explained(document: Method, given: TallyInput) -> Explanation:
    found = explanation(document, given, tally(document, given))
    assert wrong(document, found) == []
    return found


def lines(found: Explanation, bidder: str, of: str) -> list[str]:
    """The lines about one number of one bidder: whose or which it is, the expression, the number."""
    return [
        " ".join(
            filter(None, (line.member, f"({line.note.en})" if line.note else "", f"{line.working} = {line.value}"))
        )
        for line in found.scores[bidder]
        if line.of == of
    ]


def lowest_first() -> tuple[Minimum, Ratio, Multiply]:
    return (
        Minimum(id="least", title=word("least")),
        Ratio(id="share", title=word("share"), of="least", to="price"),
        Multiply(id="s", title=word("s"), factors=("share", "full"), rounding=TWO),
    )


def test_a_relative_section_by_members_sums_shows_sums_mean_and_best() -> None:
    marks = {"x": [(50, 0), (0, 50), (40, 10), (10, 30), (20, 20)], "y": [(40, 40)] * 5}
    sheets = {
        f"m{at}": {bidder: dict(zip("wv", map(str, rows[at]), strict=True)) for bidder, rows in marks.items()}
        for at in range(5)
    }
    rule = aggregation("section", section=TWO, bands=[{"at_least": 5, "highest": 1, "lowest": 1}])
    part = section("a", item("w", "50", "1"), item("v", "50", "1"), weight="70", scaling="relative")
    document = method((part,), price_part("30", *lowest_first()), rule=rule)
    found = explained(document, entries({"x": "100", "y": "93"}, sheets))
    assert lines(found, "x", "a") == [
        "m0 50 + 0 = 50",
        "m1 0 + 50 = 50",
        "m2 40 + 10 = 50",
        "m3 10 + 30 = 40",
        "m4 20 + 20 = 40",
        "(before it is set against the best) (40 + 50 + 50) ÷ 3 = 46.67",
        "46.67 ÷ 80.00 × 70 = 40.84",
    ]
    assert lines(found, "x", "total") == ["40.84 + 27.90 = 68.74"]


def test_who_was_left_out_whose_scores_gave_way_and_how_many_failed_an_item_is_said() -> None:
    passed = msgspec.structs.replace(item("bond", "10"), kind="pass_fail")
    off = msgspec.structs.replace(item("late", "30", "1"), kind="deduction")
    document = method(
        (section("a", item("w", "30", "1"), passed), section("b", off)),
        price_part("30", *lowest_first()),
        rule=aggregation("total", void_widest_from=5, replace_abnormal=True),
    )
    typed = {"x": ("20", "22", "24", "25", "18"), "y": ("10", "20", "21", "22", "17")}
    sheets = {
        f"m{at}": {
            bidder: {"w": typed[bidder][at], "bond": "0" if at == 1 else "10", "late": str(at)} for bidder in typed
        }
        for at in range(5)
    }
    given = entries({"x": "100", "y": "93"}, sheets)
    given = msgspec.structs.replace(given, replaced=(Replacement(member="m4", bidder="x", reason="far off"),))
    found = explained(document, given)
    assert [(one.member, one.working, one.value) for one in found.spreads if one.left_out] == [("m0", "60 − 50", "10")]
    assert found.spreads[4].working == "61.25 − 53"
    assert found.replaced == given.replaced
    assert lines(found, "x", "w") == [
        "m4 (the others' mean instead) (20 + 22 + 24 + 25) ÷ 4 = 22.75",
        "(22 + 24 + 25 + 22.75) ÷ 4 = 23.44",
    ]
    assert lines(found, "x", "bond") == ["(1 of 5 members failed it: passed) 10 = 10.00"]
    assert lines(found, "x", "late")[-1].startswith("(each mark is 30 less the points off) (29 + 28 + 27 + 28.5) ÷ 4")
    assert lines(found, "x", "technical") == [
        "m0 30 + 30 = 60",
        "m1 32 + 29 = 61",
        "m2 34 + 28 = 62",
        "m3 35 + 27 = 62",
        "m4 32.75 + 28.5 = 61.25",
        "(61 + 62 + 62 + 61.25) ÷ 4 = 61.56",
    ]
    file = msgspec.convert(msgspec.to_builtins(given), TallyFile)
    told = report(document, file, in_force(load_rules(rules_of("construction")), "2026-11-24"), explain=True)
    text = as_text(told, document, "en")
    assert "m0: x 60, y 50; 60 − 50 = 10, the widest: left out" in text
    assert "m4's scores of x are abnormal, the others' mean stands there: far off" in text
    assert "w, m4 (the others' mean instead): (20 + 22 + 24 + 25) ÷ 4 = 22.75" in text
    chinese = as_text(told, document, "zh")
    assert "m0: x 60，y 50; 60 − 50 = 10，差距最大，不计入" in chinese
    assert "5 名评委中 1 名认定不合格，合格" in chinese


def test_a_member_with_an_equal_spread_is_left_out_by_the_second_lowest() -> None:
    typed = {"x": ("10", "20", "30", "5"), "y": ("5", "12", "30", "0"), "z": ("0", "10", "25", "9")}
    sheets = {f"m{at}": {bidder: {"w": typed[bidder][at]} for bidder in typed} for at in range(4)}
    document = method(
        (section("a", item("w", "70")),), price_part("30", *lowest_first()), rule=aggregation(void_widest_from=4)
    )
    given = entries({"x": "100", "y": "93", "z": "99"}, sheets)
    found = explained(document, given)
    assert [(one.value, one.second, one.left_out) for one in found.spreads] == [
        ("10", "5", False),
        ("10", "8", True),
        ("5", "0", False),
        ("9", "4", False),
    ]
    file = msgspec.convert(msgspec.to_builtins(given), TallyFile)
    told = report(document, file, in_force(load_rules(rules_of("construction")), "2026-11-24"), explain=True)
    assert "m1: x 20, y 12, z 10; 20 − 10 = 10; 20 − 12 = 8, the widest: left out" in as_text(told, document, "en")


def test_means_of_items_show_the_members_totals_too_where_a_spread_is_left_out() -> None:
    typed = {"x": ("10", "20", "30", "5"), "y": ("5", "12", "29", "0")}
    sheets = {f"m{at}": {bidder: {"w": typed[bidder][at]} for bidder in typed} for at in range(4)}
    part = section("a", item("w", "70"))
    rules = [aggregation("item", void_widest_from=least) for least in (4, 5)]
    with_spread, without = (
        explained(method((part,), price_part("30", *lowest_first()), rule=rule), entries({"x": "9", "y": "8"}, sheets))
        for rule in rules
    )
    assert lines(with_spread, "y", "a") == ["m0 5 = 5", "m1 12 = 12", "m2 29 = 29", "m3 0 = 0", "11.33 = 11.33"]
    assert with_spread.spreads[1].totals == {"x": "20", "y": "12"}
    assert lines(without, "y", "a") == ["11.50 = 11.50"]
    assert without.spreads == ()


def test_a_begun_percent_and_a_comparison_go_by_the_exact_number_not_by_its_cut_print() -> None:
    steps = (
        Deviation(id="d", title=word("d"), of="price", base="3000000000000"),
        Choose(id="pick", title=word("pick"), of="d", test="gt", than="1", then="2", otherwise="3"),
        Deduct(id="s", title=word("s"), full="full", deviation="d", above="pick", below="1", part="begun"),
    )
    document = method((), price_part("100", *steps))
    found = explained(
        document, entries({"a": "3030000000000.000001", "b": "3030000000000", "c": "2999999999999.999999"})
    )
    rows = {step.id: [row.working for row in step.values] for step in found.price}
    assert rows["d"][0] == "(3030000000000.000001 − 3000000000000) ÷ 3000000000000 × 100 = 1.000000000000…"
    assert rows["pick"] == ["1.000000000000… > 1: ✓ → 2 = 2", "1 > 1: ✗ → 3 = 3", "0.000000000000… > 1: ✗ → 3 = 3"]
    assert rows["s"] == ["100 − 2 × 2 = 96", "100 − 1 × 3 = 97", "100 − 1 × 1 = 99"]


def test_a_score_that_is_kept_within_its_points_says_so() -> None:
    step = Multiply(id="s", title=word("s"), factors=("price", "2"))
    found = explained(
        method((section("a", item("w", "70")),), price_part("30", step)), entries({"x": "16"}, {"m": {"x": {"w": "9"}}})
    )
    assert lines(found, "x", "price_score") == ["max(min(32, 30), 0) = 30"]


def test_the_printed_workings_are_read_with_every_sign() -> None:
    assert comes_to("60 − min(3 × (-2), 1.5) × 50%")[0] == 63
    assert comes_to("sort(1, 2, 5)[2] + median(1, 2, 4, 9)")[0] == 5
    assert comes_to("1 > 2: ✗ → -7")[0] == -7
    least, most = comes_to("3 × 0.33…")
    assert least < 1 <= most
    assert not fits("1 + 1", "2.01", TWO)
    assert not fits("0.33…", "0.4", Rounding(1))
