"""Rule packs: the shipped ones are complete, dated, and refuse what is not one."""

from __future__ import annotations

import json

import pytest

from evalclient.core.errors import DocumentMalformed
from evalclient.core.records.act import Trade
from evalclient.core.rules import CITED, YOUNGER, in_force, load_rules
from tests.builders.documents import rules_of

ENDINGS = {"awarded", "too_few", "all_rejected", "defective_document", "new_committee", "unsigned"}
both_trades = pytest.mark.parametrize("trade", ["construction", "procurement"])


@both_trades
def test_the_shipped_packs_hold_today_with_article_and_words(trade: Trade) -> None:
    pack = load_rules(rules_of(trade))
    rules = in_force(pack, "2026-11-24")
    assert (rules.pack, rules.trade) == (pack.id, trade)
    assert set(rules.endings) == ENDINGS
    for rule in pack.rules:
        assert rule.article
        assert rule.text.zh
        assert rule.text.en
    assert set(rules.articles) == CITED
    assert rules.candidates.maximum == 3
    assert not rules.leader.representative_may_lead


def test_what_differs_between_the_trades() -> None:
    building = in_force(load_rules(rules_of("construction")), "2026-11-24")
    buying = in_force(load_rules(rules_of("procurement")), "2026-11-24")
    assert (building.qualification.by, buying.qualification.by) == ("committee", "organiser")
    assert (building.too_few.outcome, buying.too_few.outcome) == ("committee_judges", "end")
    assert (building.settlement.unresolved_blocks, buying.settlement.unresolved_blocks) == (False, True)
    assert ("named" in building.leader.by, "named" in buying.leader.by) == (True, False)


def test_an_ending_without_a_rule_falls_back_to_the_general_article() -> None:
    rules = in_force(load_rules(rules_of("construction")), "2026-11-24")
    assert rules.ending_article("all_rejected") == "招标投标法 第四十二条"
    assert rules.ending_article("nothing") == rules.article("evaluation.ended")


def changed(trade: Trade, rule: str, **fields: object) -> bytes:
    pack = json.loads(rules_of(trade))
    for entry in pack["rules"]:
        if entry["rule"] == rule:
            entry.update(fields)
    return json.dumps(pack).encode()


def test_of_two_versions_the_one_of_the_day_holds() -> None:
    pack = json.loads(rules_of("construction"))
    (old,) = [rule for rule in pack["rules"] if rule["rule"] == "candidates"]
    old["valid_to"] = "2026-06-30"
    pack["rules"].append({**old, "valid_from": "2026-07-01", "valid_to": None, "maximum": 1})
    both = load_rules(json.dumps(pack).encode())
    assert in_force(both, "2026-06-30").candidates.maximum == 3
    assert in_force(both, "2026-07-01").candidates.maximum == 1


def test_a_day_without_a_rule_or_with_two_is_refused() -> None:
    with pytest.raises(DocumentMalformed, match="exactly one “leader” rule in force that day, it has 0"):
        in_force(load_rules(rules_of("construction")), "2001-07-04")
    pack = json.loads(rules_of("construction"))
    pack["rules"] += [rule for rule in pack["rules"] if rule["rule"] == "leader"]
    with pytest.raises(DocumentMalformed, match="it has 2"):
        in_force(load_rules(json.dumps(pack).encode()), "2026-11-24")


@pytest.mark.parametrize(
    ("about", "wrong", "times"),
    [
        (["independence"], "draft.saved", 0),
        (["independence", "draft.saved", "stage.closed"], "stage.closed", 2),
        (["independence", "draft.saved", "tea.served"], "tea.served", 1),
    ],
)
def test_each_act_condition_and_flag_has_one_article_on_a_day(about: list[str], wrong: str, times: int) -> None:
    pack = json.loads(rules_of("construction"))
    (rule,) = [rule for rule in pack["rules"] if "independence" in rule.get("about", ())]
    rule["about"] = [name for name in rule["about"] if name not in ("independence", "draft.saved")] + about
    with pytest.raises(DocumentMalformed, match=f"one article for “{wrong}” that day.*it cites {times}"):
        in_force(load_rules(json.dumps(pack).encode()), "2026-11-24")


def test_a_pack_older_than_a_kind_of_record_lends_it_the_article_of_a_condition() -> None:
    pack = json.loads(rules_of("construction"))
    for rule in pack["rules"]:
        if "about" in rule:
            rule["about"] = [name for name in rule["about"] if name not in YOUNGER]
    older = json.dumps(pack).encode()
    assert b"revocation.listed" not in older
    rules = in_force(load_rules(older), "2026-11-24")
    assert rules.article("revocation.listed") == rules.article("signature")


def test_an_article_follows_the_day() -> None:
    pack = load_rules(rules_of("construction"))
    assert in_force(pack, "2025-09-15").article("site.confirmed") == "招标投标法 第三十八条"
    assert in_force(pack, "2025-09-16").article("site.confirmed") == "发改办法规〔2025〕807号"


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        changed("construction", "leader", more=1),
        changed("construction", "leader", by=["drawn"]),
        changed("construction", "leader", valid_from="2001-7-5"),
        changed("construction", "composition", minimum=1),
        rules_of("construction").replace(b'"version": 1', b'"version": 2'),
        rules_of("construction").replace(b'"rule": "leader"', b'"rule": "leadership"'),
    ],
)
def test_what_is_no_rule_pack_is_refused_in_both_languages(untrusted: bytes) -> None:
    with pytest.raises(DocumentMalformed) as refusal:
        load_rules(untrusted)
    assert "规则包" in refusal.value.zh
    assert "rule pack" in refusal.value.en
