"""Record 0 and its documents must agree: an evaluation that could never be finished is not founded."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from evalclient.core.errors import DocumentMalformed
from evalclient.core.evaluation.fold import found_evaluation
from evalclient.core.evaluation.founding_checks import check_founding
from evalclient.core.records.act import Party, Site, Trade
from evalclient.core.records.acts_founding import Continuation
from evalclient.core.rules import in_force, load_rules
from evalclient.core.tender import Committee
from tests.builders.documents import drawing_method, method_of, rules_of, tender_of
from tests.builders.evening import Evening

EVALUATION = Evening().evaluation
FOUNDING = EVALUATION.founding
A, B, C = FOUNDING.custodians


def checked(founding: dict[str, Any] | None = None, **documents: Any) -> None:
    check_founding(
        msgspec.structs.replace(FOUNDING, **(founding or {})),
        documents.get("tender", EVALUATION.tender),
        documents.get("method", EVALUATION.method),
        documents.get("rules", EVALUATION.rules),
    )


def test_what_agrees_is_founded() -> None:
    checked()
    checked({"recovery_custodians": (A, B)})
    checked({"recovery_custodians": ()})


PROCUREMENT = in_force(load_rules(rules_of("procurement")), "2026-11-24")


@pytest.mark.parametrize(
    ("founding", "documents", "saying"),
    [
        ({"trade": "procurement"}, {}, "name different trades"),
        ({}, {"tender": tender_of("procurement")}, "name different trades"),
        ({}, {"method": method_of("procurement")}, "name different trades"),
        ({}, {"rules": PROCUREMENT}, "name different trades"),
        ({"deadline": "2026-11-24T01:30:00.001Z"}, {}, "The deadline is not"),
        ({"supervisor": Party("organiser", b"x")}, {}, "the same id"),
        ({"custodians": (A, B, Party("organiser", b"x"))}, {}, "the same id"),
        ({"recovery_custodians": (Party(A.person, b"another"), B)}, {}, "the same id"),
        ({"supervisor": Party("supervisor", FOUNDING.organiser.certificate)}, {}, "the same certificate"),
        ({"custodians": (A, B, Party("c9", FOUNDING.organiser.certificate))}, {}, "hold the same certificate"),
        ({"custodians": (A, Party("c9", A.certificate))}, {}, "hold the same certificate"),
        ({"custodians": (A, Party("c9", b"c9", A.certificate))}, {}, "the same encryption certificate"),
        ({"custodians": (Party("c8", b"c8", b"e"), Party("c9", b"c9", b"e"))}, {}, "the same encryption certificate"),
        ({"recovery_custodians": (B, Party("c9", A.certificate))}, {}, "hold the same certificate"),
        ({"threshold": 1}, {}, "Fewer than 2 custodians would do"),
        ({"recovery_threshold": 1}, {}, "Fewer than 2 custodians would do"),
        ({"threshold": 4}, {}, "More opening custodians"),
        ({"custodians": (A, A), "recovery_custodians": ()}, {}, "More opening custodians"),
        ({"recovery_threshold": 3}, {}, "More recovery custodians"),
        ({"sites": ()}, {}, "There is no site"),
        ({"sites": (Site("a", "甲"), Site("a", "乙"))}, {}, "There is no site, or two sites"),
    ],
)
def test_each_contradiction_is_named(founding: dict[str, Any], documents: dict[str, Any], saying: str) -> None:
    with pytest.raises(DocumentMalformed, match=saying) as refusal:
        checked(founding, **documents)
    assert "请组织方改正后重新创建项目" in refusal.value.zh


METHOD = EVALUATION.method
assert METHOD.price is not None
NOT_BUILT = {
    "names no lot": msgspec.structs.replace(
        METHOD, aggregation=msgspec.structs.replace(METHOD.aggregation, void_widest_from=7)
    ),
}


@pytest.mark.parametrize("saying", NOT_BUILT)
def test_a_method_that_could_not_be_finished_is_not_founded(saying: str) -> None:
    with pytest.raises(DocumentMalformed, match=saying):
        checked(method=NOT_BUILT[saying])


def test_what_is_drawn_needs_somebody_who_brings_a_share_back() -> None:
    checked(method=drawing_method())
    with pytest.raises(DocumentMalformed, match="whoever keeps his share back would stop the draw"):
        checked({"recovery_custodians": ()}, method=drawing_method())


def test_two_envelopes_are_not_founded_yet() -> None:
    with pytest.raises(DocumentMalformed, match="two envelopes"):
        checked(tender=msgspec.structs.replace(EVALUATION.tender, sealed_price=True))


@pytest.mark.parametrize(("size", "representatives"), [(6, 0), (5, 2), (7, 3)])
def test_the_tender_asks_for_a_lawful_committee(size: int, representatives: int) -> None:
    tender = msgspec.structs.replace(EVALUATION.tender, committee=Committee(size, representatives))
    with pytest.raises(DocumentMalformed, match="committee that the tender asks for is not lawful"):
        checked(tender=tender)


@pytest.mark.parametrize(("size", "representatives"), [(5, 1), (7, 2), (9, 3)])
def test_a_larger_committee_may_be_asked_for(size: int, representatives: int) -> None:
    checked(tender=msgspec.structs.replace(EVALUATION.tender, committee=Committee(size, representatives)))


@pytest.mark.parametrize(
    ("trade", "change", "least"),
    [
        ("construction", {}, 5),
        ("construction", {"budget": "10000000"}, 5),
        ("construction", {"sector": "water"}, 7),
        ("procurement", {"budget": "9999999.99"}, 5),
        ("procurement", {"budget": "10000000"}, 7),
        ("procurement", {"budget": "25000000.00"}, 7),
        ("procurement", {"sector": "water"}, 5),
    ],
)
def test_budget_and_branch_ask_for_a_larger_committee(trade: Trade, change: dict[str, Any], least: int) -> None:
    evaluation = Evening(trade).evaluation
    rules = evaluation.rules
    for size in (3, 5, 7, 9):
        tender = msgspec.structs.replace(evaluation.tender, committee=Committee(size, 1), **change)
        if size >= least:
            check_founding(evaluation.founding, tender, evaluation.method, rules)
            continue
        with pytest.raises(DocumentMalformed, match=f"fewer than {least} members") as refusal:
            check_founding(evaluation.founding, tender, evaluation.method, rules)
        assert f"不足 {least} 人" in refusal.value.zh


def test_a_committee_says_by_its_own_rule_how_large_it_must_be() -> None:
    rule = EVALUATION.rules.composition
    assert rule.size_rule(EVALUATION.tender) is rule
    water = msgspec.structs.replace(EVALUATION.tender, sector="water")
    assert rule.size_rule(water).article == "水利工程建设项目招标投标管理规定"


def test_the_rules_are_those_of_the_day_of_the_deadline() -> None:
    rules = json.loads(rules_of("construction"))
    for rule in rules["rules"]:
        if rule["rule"] == "candidates":
            rule["valid_to"] = "2026-11-23"
    with pytest.raises(DocumentMalformed, match="exactly one “candidates” rule"):
        Evening(rules=json.dumps(rules).encode())


def test_founding_is_checked_when_the_log_is_opened() -> None:
    evening = Evening()
    broken = msgspec.structs.replace(evening.founding, threshold=4)
    record = evening.records[0]
    with pytest.raises(DocumentMalformed, match="More opening custodians"):
        found_evaluation(replace(record, act=broken), evening.documents)


def test_record_0_of_an_ordinary_evaluation_says_nothing_of_another() -> None:
    assert b"continues" not in msgspec.json.encode(FOUNDING)
    link = Continuation(evaluation="a" * 64, size=9, root="b" * 64, ended="c" * 64, ground="重新组建")
    anew = msgspec.structs.replace(FOUNDING, continues=link)
    assert msgspec.json.decode(msgspec.json.encode(anew), type=type(FOUNDING)) == anew
    assert (FOUNDING.continued, anew.continued) == (None, link)
