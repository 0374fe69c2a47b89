"""Flags on who sits on the committee and on how many are recommended: by the rule pack of the trade."""

from __future__ import annotations

import pytest

from evalclient.core.method.entry.committee import Committee, candidate_flags, composition_flags
from evalclient.core.method.entry.entries import TallyResult
from evalclient.core.records.act import Trade
from evalclient.core.rules import in_force, load_rules
from evalclient.core.tender import Sector
from tests.builders.documents import rules_of


def found(
    experts: int, representatives: int, trade: Trade = "construction", budget: str = "0", sector: Sector = "general"
) -> dict[str, str]:
    """Flag id → article."""
    committee = Committee(
        experts=tuple(f"e{i}" for i in range(experts)),
        representatives=tuple(f"r{i}" for i in range(representatives)),
        budget=budget,
        sector=sector,
    )
    rules = in_force(load_rules(rules_of(trade)), "2026-11-24")
    return {flag.id: flag.article for flag in composition_flags(committee, rules)}


@pytest.mark.parametrize(("experts", "representatives"), [(5, 0), (4, 1), (5, 2), (6, 3)])
def test_a_lawful_committee_raises_nothing(experts: int, representatives: int) -> None:
    assert found(experts, representatives) == {}


@pytest.mark.parametrize(
    ("experts", "representatives", "ids"),
    [
        (3, 0, ["few"]),
        (6, 0, ["even"]),
        (3, 2, ["experts"]),
        (4, 3, ["experts"]),
        (2, 2, ["few", "even", "experts"]),
        (0, 0, ["few", "even"]),
    ],
)
def test_what_is_wrong_is_named(experts: int, representatives: int, ids: list[str]) -> None:
    assert list(found(experts, representatives)) == [f"composition/{name}" for name in ids]


def test_some_tenders_ask_for_more_members() -> None:
    assert found(5, 0, "procurement", budget="9999999.99") == {}
    assert found(5, 0, "procurement", budget="10000000") == {"composition/few": "87号令 第四十七条"}
    assert found(5, 0, sector="water") == {"composition/few": "水利工程建设项目招标投标管理规定"}


@pytest.mark.parametrize(("count", "flagged"), [(3, False), (4, True)])
def test_more_candidates_than_the_law_allows(count: int, flagged: bool) -> None:
    rules = in_force(load_rules(rules_of("procurement")), "2026-11-24")
    names = tuple(f"b{i}" for i in range(count))
    result = TallyResult(
        version=1, method="x", members=(), bidders=(), price=None, ranking=(), candidates=names, undecided=()
    )
    flags = list(candidate_flags(result, rules, str.upper))
    assert [(flag.kind, flag.article, flag.asked) for flag in flags] == (
        [("candidates", "87号令 第五十七条", ("organiser",))] if flagged else []
    )
    if flagged:
        assert flags[0].numbers == {"candidates": "4", "at most": "3"}
        assert "B3" in flags[0].sentence.en
