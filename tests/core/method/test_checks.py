from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest

from evalclient.core.method.document.parts import FlagParameters, Method
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.flag import FlagKind
from evalclient.core.method.tally.checks import Flag, flags
from evalclient.core.method.tally.tally import tally
from evalclient.core.rules import in_force, load_rules
from tests.builders.documents import rules_of
from tests.core.method.samples import entries, preset_method

GOODS = preset_method("procurement-comprehensive")
WORKS = preset_method("construction-comprehensive")


def marks(plan: str = "15", service: str = "12", cases: str = "10") -> dict[str, str]:
    return {"plan": plan, "service": service, "cases": cases}


def given(**changes: dict[str, str]) -> TallyInput:
    """Three members on three bidders, all alike but for ``member_bidder`` changes; prices 100, 104, 108."""
    sheets = {m: {b: changes.get(f"{m}_{b}", marks()) for b in ("a", "b", "c")} for m in ("m1", "m2", "m3")}
    return entries({"a": "100", "b": "104", "c": "108"}, sheets)


def law(document: Method) -> Mapping[FlagKind, str]:
    return in_force(load_rules(rules_of(document.trade)), "2026-11-24").flag_articles


def raised(document: Method, case: TallyInput) -> dict[str, Flag]:
    return {
        flag.id: flag
        for flag in flags(document, case, tally(document, case), law(document), {"a": "甲公司", "m1": "张三"})
    }


def test_an_evaluation_in_order_raises_nothing() -> None:
    assert raised(GOODS, given()) == {}


def test_a_changed_total_is_named_with_both_numbers() -> None:
    case = given()
    result = tally(GOODS, case)
    wrong = tuple(
        msgspec.structs.replace(line, total="99.00") if line.bidder == "b" else line for line in result.bidders
    )
    (flag,) = flags(GOODS, case, msgspec.structs.replace(result, bidders=wrong), law(GOODS))
    assert (flag.id, flag.article) == ("sum/b", "87号令 第六十四条第一项")
    assert flag.numbers == {"stated total": "99.00", "recomputed total": result.line("b").total}
    assert flag.asked == ("m1", "m2", "m3")


def test_a_score_out_of_range_is_asked_of_the_member() -> None:
    flag = raised(GOODS, given(m1_a=marks(plan="20.5")))["range/m1/a/plan"]
    assert (flag.article, flag.asked) == ("87号令 第六十四条第二项", ("m1",))
    assert "张三 对 甲公司" in flag.sentence.zh
    assert flag.numbers == {"score": "20.5", "minimum": "0", "maximum": "20"}


def test_a_score_off_its_step_or_off_its_values_is_flagged_too() -> None:
    found = raised(GOODS, given(m1_a=marks(plan="15.2"), m2_b=marks(cases="11")))
    assert {"range/m1/a/plan", "range/m2/b/cases"} <= set(found)


def test_objective_items_that_differ_are_asked_of_all_who_scored_them() -> None:
    flag = raised(GOODS, given(m2_c=marks(cases="0")))["objective/c/cases"]
    assert flag.article == "87号令 第六十四条第三项"
    assert flag.numbers == {"m1": "10", "m2": "0", "m3": "10"}
    assert flag.asked == ("m1", "m2", "m3")


def with_level(level: str, percent: str = "30") -> Method:
    parameters = msgspec.convert({"deviation_level": level, "deviation_percent": percent}, FlagParameters)
    return msgspec.structs.replace(GOODS, flags=parameters)


def test_a_score_far_from_the_others_mean_is_flagged() -> None:
    flag = raised(GOODS, given(m1_a=marks(plan="1", service="1")))["deviation/m1/a"]
    assert flag.numbers == {"score": "12", "others' mean": "37.00", "deviation %": "-67.57"}
    assert (flag.article, flag.asked) == ("87号令 第六十四条第四项", ("m1",))
    assert "低于" in flag.sentence.zh


@pytest.mark.parametrize(
    ("level", "plan", "expected"),
    [("item", "10", "deviation/m1/a/plan"), ("section", "8", "deviation/m1/a/technical-part")],
)
def test_the_level_of_the_measure_is_the_documents(level: str, plan: str, expected: str) -> None:
    found = raised(with_level(level, "20"), given(m1_a=marks(plan=plan)))
    assert [name for name in found if name.startswith("deviation")] == [expected]


def test_the_limit_itself_is_not_yet_far() -> None:
    case = given(m1_a=marks(plan="12"))
    assert "deviation/m1/a/plan" not in raised(with_level("item", "20"), case)
    assert "deviation/m1/a/plan" in raised(with_level("item", "19.9"), case)


def test_the_measure_does_not_look_at_ranks() -> None:
    case = given(m1_a=marks(plan="1", service="1"))
    dearer = msgspec.structs.replace(
        case,
        bidders=tuple(
            msgspec.structs.replace(entry, price=f"{price}")
            for entry, price in zip(case.bidders, (108, 104, 100), strict=True)
        ),
    )
    own = {name for name in raised(GOODS, case) if name.startswith("deviation")}
    assert own == {name for name in raised(GOODS, dearer) if name.startswith("deviation")}


def test_two_members_have_no_mean_of_others_to_measure_by() -> None:
    case = given(m1_a=marks(plan="1", service="1"))
    two = TallyInput(bidders=case.bidders, members=("m1", "m2"), sheets={m: case.sheets[m] for m in ("m1", "m2")})
    assert not any(name.startswith("deviation") for name in raised(GOODS, two))


def test_an_abnormally_low_price_is_put_to_the_committee() -> None:
    sheets = given().sheets
    case = entries({"a": "80", "b": "100", "c": "100.02"}, sheets)
    flag = raised(GOODS, case)["low_price/a"]
    assert flag.article == "87号令 第六十条"
    assert flag.numbers == {"price": "80", "others' mean": "100.01", "below %": "20.01"}
    assert "low_price/a" not in raised(GOODS, entries({"a": "80", "b": "100", "c": "100"}, sheets))


def works(prices: tuple[str, str, str], warning: str | None) -> tuple[Method, TallyInput]:
    scores = {"plan": "10", "safety": "7", "leader": "5", "others": "8"}
    sheets = {m: dict.fromkeys(("a", "b", "c"), scores) for m in ("m1", "m2", "m3")}
    document = preset_method("construction-comprehensive", cost_warning=warning)
    return document, entries(dict(zip("abc", prices, strict=True)), sheets)


def test_the_cost_warning_line_may_be_a_number_or_a_step() -> None:
    document, case = works(("9110", "9109.99", "9500"), "9110")
    assert [name for name in raised(document, case) if name.startswith("cost")] == ["cost_warning/b"]
    document, case = works(("9110", "9109.99", "9900"), "mean")
    assert [name for name in raised(document, case) if name.startswith("cost")] == ["cost_warning/a", "cost_warning/b"]


def test_equal_totals_are_shown_and_an_equal_edge_goes_to_the_organiser() -> None:
    document, case = works(("9500", "9500", "9500"), None)
    found = raised(document, case)
    assert found["equal/a/b/c"].numbers == {"a": "1", "b": "1", "c": "1"}
    one = msgspec.structs.replace(document, ranking=msgspec.structs.replace(document.ranking, candidates=1))
    edge = raised(one, case)["undecided/a/b/c"]
    assert (edge.asked, edge.article) == (("organiser",), "招标投标法实施条例 第五十三条")


@pytest.mark.parametrize(
    ("document", "article", "asked"),
    [
        (GOODS, "政府采购法 第三十六条第一项", ("organiser",)),
        (WORKS, "12号令 第二十七条", ("m1", "m2", "m3")),
    ],
)
def test_fewer_than_three_valid_bids(document: Method, article: str, asked: tuple[str, ...]) -> None:
    ids = [item.id for part in document.sections for item in part.items]
    sheets = {m: {b: dict.fromkeys(ids, "0") for b in ("a", "b")} for m in ("m1", "m2", "m3")}
    flag = raised(document, entries({"a": "100", "b": "101"}, sheets))["too_few"]
    assert (flag.article, flag.asked) == (article, asked)
    assert flag.numbers == {"valid": "2", "needed": "3"}
