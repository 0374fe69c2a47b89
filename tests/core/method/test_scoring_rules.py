from __future__ import annotations

import msgspec
import pytest

from evalclient.core.method.document.parts import Majority
from evalclient.core.method.marking.scoring import objective_differences, reason_needed, score_problem, sheet_problems
from evalclient.core.method.tally.majority import group_passes
from evalclient.core.records.acts_committee import Score
from tests.core.method.samples import fixed, item, method, section

RANGE = msgspec.structs.replace(item("plan", "10"), minimum="2", reason_below="0.6")
FIXED = fixed("cases", "0", "5", "10")
METHOD = method((section("s", RANGE, FIXED, weight="20"),))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("7.5", None),
        ("10", None),
        ("7.50", None),
        ("1.5", "below"),
        ("10.5", "above"),
        ("7.3", "off_step"),
        ("5.5", "reason"),
        ("6", None),
        ("", "malformed"),
        ("7,5", "malformed"),
        ("1e1", "malformed"),
        ("NaN", "malformed"),
        ("７", "malformed"),
        ("7\n", "malformed"),
    ],
)
def test_a_score_in_a_range(value: str, kind: str | None) -> None:
    problem = score_problem(RANGE, value)
    assert (problem.kind if problem else None) == kind


@pytest.mark.parametrize(("value", "kind"), [("5", None), ("5.0", None), ("7", "not_listed"), ("11", "above")])
def test_a_score_among_fixed_values(value: str, kind: str | None) -> None:
    problem = score_problem(FIXED, value)
    assert (problem.kind if problem else None) == kind


def test_a_low_score_with_a_reason_is_in_order() -> None:
    assert reason_needed(RANGE, "5.5")
    assert score_problem(RANGE, "5.5", "no schedule") is None
    assert score_problem(RANGE, "5.5", "  ") is not None


def test_a_sheet_names_everything_that_is_open() -> None:
    sheet = {
        "a": {"plan": Score(value="5"), "cases": Score(value="5"), "colour": Score(value="1")},
        "z": {"plan": Score(value="7")},
    }
    found = [(problem.kind, problem.bidder, problem.item) for problem in sheet_problems(METHOD, sheet, ["a", "b"])]
    assert found == [
        ("reason", "a", "plan"),
        ("unknown", "a", "colour"),
        ("missing", "b", "plan"),
        ("missing", "b", "cases"),
        ("unknown", "z", ""),
    ]


def test_a_complete_sheet_has_no_problems() -> None:
    sheet = {"a": {"plan": Score(value="8"), "cases": Score(value="10")}}
    assert sheet_problems(METHOD, sheet, ["a"]) == ()


def test_objective_differences_go_by_value_not_by_writing() -> None:
    sheets = {
        "m1": {"a": {"plan": "2", "cases": "5"}, "b": {"cases": "5"}},
        "m2": {"a": {"plan": "9", "cases": "5.0"}, "b": {"cases": "10"}},
        "m3": {"a": {"plan": "9", "cases": "5"}, "b": {}},
    }
    (difference,) = objective_differences(METHOD, sheets)
    assert (difference.bidder, difference.item) == ("b", "cases")
    assert difference.values == {"m1": "5", "m2": "10"}


@pytest.mark.parametrize(
    ("rule", "most_fails"), [("any", 0), ("half_or_more", 2), ("more_than_half", 2), ("two_thirds", 3)]
)
def test_majority_of_five(rule: str, most_fails: int) -> None:
    majority = msgspec.convert({"fails_when": rule}, Majority)
    assert [fails for fails in range(6) if group_passes(majority, fails, 5)] == list(range(most_fails + 1))


def test_half_of_four_is_enough_only_where_the_document_says_so() -> None:
    assert not group_passes(Majority(fails_when="half_or_more"), 2, 4)
    assert group_passes(Majority(fails_when="more_than_half"), 2, 4)
