"""Ten thousand random methods and inputs: the product and the second implementation agree on every total and place."""

from __future__ import annotations

import json
from fractions import Fraction

import msgspec
import pytest

from evalclient.core.method.document.document import load_method
from evalclient.core.method.entry.entries import TallyInput, TallyResult
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.tally.tally import tally
from tests.core.method.random_cases import Case
from tests.core.method.second import second_tally

EACH = 1000


@pytest.mark.parametrize("part", range(10))
def test_a_second_implementation_agrees(part: int) -> None:
    worked_out = sum(agrees(seed) for seed in range(part * EACH, (part + 1) * EACH))
    assert worked_out > EACH * 9 // 10


def agrees(seed: int) -> bool:
    """Whether the case could be worked out; without the lot that it asks for it cannot."""
    case = Case(seed)
    try:
        result = tally(load_method(json.dumps(case.method).encode()), msgspec.convert(case.given, TallyInput))
    except EntriesRefused as refused:
        if refused.path != "$.drawn_member":
            raise AssertionError(seed) from refused
        return False
    expected = second_tally(case.method, case.given)
    assert places(result) == {bidder: place for bidder, (_, place) in expected.items()}, f"seed {seed}"
    for bidder, (total, _) in expected.items():
        printed = result.line(bidder).total
        assert printed is not None
        if printed.endswith("…"):
            assert abs(Fraction(printed[:-1]) - total) < Fraction(1, 10**11), f"seed {seed}: {bidder}"
        else:
            assert Fraction(printed) == total, f"seed {seed}: {bidder}"
    return True


def places(result: TallyResult) -> dict[str, int]:
    return {line.bidder: line.place for line in result.bidders if line.place is not None}
