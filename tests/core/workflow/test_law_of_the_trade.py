"""Each trade is judged by its own law: 87号令 never speaks to a construction evening, 12号令 never to a procurement one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalclient.core.evaluation.results import flags, rejections
from evalclient.core.records.act import Stage, Trade
from evalclient.core.records.catalogue import KINDS
from evalclient.core.rules import in_force, load_rules
from evalclient.core.workflow.reading import may_read, may_read_bids, may_read_robustness
from evalclient.core.workflow.stage_ends import can_end
from tests.builders.documents import rules_of
from tests.builders.evening import CUSTODIANS, ORGANISER, SUPERVISOR, Evening, administrator_of, evening_at
from tests.builders.reporting import content_of, text_of
from tests.builders.samples import sample_act

both_trades = pytest.mark.parametrize("trade", ["construction", "procurement"])
SOURCE = Path(__file__).parents[3] / "evalclient"
ARTICLE = re.compile("(令|法|条例|办法|规定) ?第[一二三四五六七八九十百]+条")
FOREIGN: dict[Trade, re.Pattern[str]] = {
    "construction": re.compile("87号|第87号|政府采购"),
    "procurement": re.compile("12号令|招标投标法实施条例|评标委员会和评标方法暂行规定"),
}
STAGES: tuple[Stage, ...] = (
    "opening", "ready", "checkin", "pledge", "leader", "release", "preliminary", "scoring", "settlement", "price",
    "summary", "recheck", "candidates", "report", "archive", "ended",
)  # fmt: skip
PERSONS = ("m1", "m2", "m5", "nobody", ORGANISER, SUPERVISOR, CUSTODIANS[0], administrator_of("main"))


def refused_by(evening: Evening) -> Iterator[str]:
    """The articles of every refusal that anybody meets at this stage of the evening."""
    evaluation = evening.evaluation
    for person in (*PERSONS, evening.bidders[0]):
        for kind in KINDS:
            yield evening.may(person, sample_act(kind)).article
        yield may_read_bids(evaluation, person).article
        for kind in ("review.sealed", "sheet.sealed"):
            yield may_read(evaluation, person, "m3", kind).article
        yield may_read_robustness(evaluation, person).article
    yield can_end(evaluation).article


@both_trades
@pytest.mark.parametrize("stage", STAGES)
def test_no_refusal_of_an_evening_cites_the_law_of_the_other_trade(stage: Stage, trade: Trade) -> None:
    articles = set(refused_by(evening_at(stage, trade)))
    assert len(articles) > 3
    assert not [article for article in articles if FOREIGN[trade].search(article)]


@both_trades
def test_flags_rejections_and_report_cite_the_law_of_the_trade(trade: Trade) -> None:
    evening = evening_at("scoring", trade).replace("m2", "m6").until("report")
    text = text_of(content_of(evening))
    assert "由接替成员重新评审" in text
    assert not FOREIGN[trade].findall(text)
    articles = [flag.article for flag in flags(evening.evaluation)]
    articles += [line.article for lines in rejections(evening.evaluation).values() for line in lines]
    assert not [article for article in articles if FOREIGN[trade].search(article)]


@both_trades
def test_no_rule_of_a_pack_rests_on_the_law_of_the_other_trade(trade: Trade) -> None:
    pack = load_rules(rules_of(trade))
    assert not [rule for rule in pack.rules if FOREIGN[trade].search(rule.article)]
    assert (
        in_force(pack, "2026-11-24").article("replacement.requested")
        == {
            "construction": "招标投标法实施条例 第四十八条",
            "procurement": "87号令 第四十九条",
        }[trade]
    )


def literal_articles(source: str) -> Iterator[str]:
    """Articles that stand in code, docstrings aside."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from (found.group() for found in ARTICLE.finditer(node.value))


@pytest.mark.parametrize("package", ["core/workflow", "core/evaluation", "core/records", "desk", "sync", "ui", "app"])
def test_the_law_behind_a_refusal_or_on_a_screen_stands_in_the_rule_packs_alone(package: str) -> None:
    sources = sorted((SOURCE / package).rglob("*.py"))
    assert sources
    found = {path.name: list(literal_articles(path.read_text(encoding="utf-8"))) for path in sources}
    assert not {name: articles for name, articles in found.items() if articles}
