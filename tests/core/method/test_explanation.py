"""The calculation explained: every expression comes to the number beside it."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import msgspec
import pytest

from evalclient.cli.tally_views import as_text
from evalclient.core.method.document import load_method
from evalclient.core.method.explanation import Working
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally import tally
from evalclient.core.method.tally_file import TallyFile, report
from evalclient.core.rules import in_force, load_rules
from tests.builders.documents import rules_of
from tests.core.method.random_cases import Case


@pytest.mark.parametrize("part", range(4))
def test_every_step_and_every_mean_of_random_methods_is_explained(part: int) -> None:
    explained = sum(is_explained(seed) for seed in range(50_000 + part * 100, 50_040 + part * 100))
    assert explained > 25


def is_explained(seed: int) -> bool:
    case = Case(seed)
    method = load_method(json.dumps(case.method).encode())
    file = msgspec.convert(case.given, TallyFile)
    try:
        result = tally(method, file)
    except EntriesRefused:
        return False
    found = report(method, file, in_force(load_rules(rules_of(method.trade)), "2026-11-24"), explain=True)
    explained = found.explanation
    assert explained is not None
    assert [step.id for step in explained.price] == [value.id for value in (result.price.steps if result.price else ())]
    assert [step.id for step in explained.total] == [value.id for value in result.total]
    assert [step.id for step in explained.computed] == [value.id for value in result.computed]
    for workings in explained.scores.values():
        for working in workings:
            assert comes_to(working), (seed, working)
    for language in ("zh", "en"):
        assert found.sha256 in as_text(found, method, language)
    return True


def comes_to(one: Working) -> bool:
    """Whether the expression gives the value to its last place; noughts may stand behind a coarser rounding."""
    if "…" in one.working + one.value or "max" in one.working or not one.working:
        return True
    expression = re.sub(r"-?[0-9]+(\.[0-9]+)?", lambda number: f"Fraction('{number[0]}')", one.working)
    number = eval(expression.replace("×", "*").replace("÷", "/"), {"Fraction": Fraction})
    places = len(one.value.partition(".")[2].rstrip("0"))
    return bool(abs(number - Fraction(one.value)) < Fraction(1, 10**places))
