"""Counts in English, and where texts say them."""

from __future__ import annotations

import pytest

from evalclient.archive.findings import VerificationReport, bad
from evalclient.core.counting import counted
from evalclient.core.method.exact import Rounding
from evalclient.core.method.wording.step_words import rounding_words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 records"), (1, "1 record"), ("1", "1 record"), (2, "2 records"), ("1.5", "1.5 records")]
)
def test_a_count_with_its_noun(count: int | str, words: str) -> None:
    assert counted(count, "record") == words


def test_a_plural_of_its_own() -> None:
    assert (counted(1, "entry", "entries"), counted(2, "entry", "entries")) == ("1 entry", "2 entries")


def test_texts_say_one_as_one() -> None:
    one = bad("log.txt", "缺失", "is missing")
    assert VerificationReport("", (one,)).lines("en")[-1] == "It does not hold: 1 finding."
    assert VerificationReport("", (one, one)).lines("en")[-1] == "It does not hold: 2 findings."
    assert rounding_words(Rounding(places=1, mode="half_up")).en.startswith("rounded to 1 place (")
    assert rounding_words(Rounding(places=2, mode="half_up")).en.startswith("rounded to 2 places (")
