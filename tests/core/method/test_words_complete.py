"""The method in words leaves nothing out: whatever is changed in a document changes the text in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evalclient.core.errors import EvalclientError
from evalclient.core.method.document.document import dump_method, load_method
from evalclient.core.method.document.parts import Method
from evalclient.core.method.wording.words import in_words
from tests.core.method.samples import DOCUMENTS, document_named

Json = Any
Route = tuple[str | int, ...]
#: names that bind the parts together and stand in no text; titles are what the text is made of
UNSPOKEN = {"version", "id", "op", "zh", "en"}
BROAD = Path(__file__).with_name("every_clause.json")
#: what may stand in a field of these names
WORDS: dict[str, tuple[Json, ...]] = {
    "mode": ("half_up", "half_even", "down", "up"),
    "unit": ("count", "percent"),
    "edge": ("drop", "keep"),
    "if_empty": ("empty", "keep_all", "M", "mi", "B"),
    "part": ("linear", "whole", "begun"),
    "between": ("step", "linear"),
    "test": ("lt", "le", "ge", "gt"),
    "best": ("highest", "lowest"),
    "level": ("item", "section", "total"),
    "missing": ("refuse", "default", "highest", "mean", "lowest"),
    "when": ("opening", "before_review", "after_review"),
    "population": ("opened", "preliminary", "valid"),
    "fails_when": ("any", "half_or_more", "more_than_half", "two_thirds"),
    "deviation_level": ("item", "section", "total"),
    "trade": ("construction", "procurement"),
    "scaling": ("none", "to_weight", "relative"),
    "kind": ("range", "fixed", "options", "deduction", "pass_fail", "number", "order", "members"),
}
#: fields that a document leaves out at their default, by what else its part holds
LEFT_OUT: tuple[tuple[str, str, tuple[Json, ...]], ...] = (
    ("replace_abnormal", "void_first", (True,)),
    ("level", "replace_abnormal", (True,)),
    ("level", "void_widest_from", (9,)),
    ("member_total", "bands", ([{"at_least": 5, "highest": 1}],)),
    ("score", "bounded", (False,)),
    ("keys", "candidates", (1,)),
    ("places", "mode", WORDS["mode"]),
    ("at_least", "unit", WORDS["unit"]),
)


def documents() -> Iterator[Any]:
    yield pytest.param(load_method(BROAD.read_bytes()), id="every-clause")
    for name in DOCUMENTS:
        yield pytest.param(document_named(name), id=name)


@pytest.mark.parametrize("document", [*documents()])
def test_every_change_of_a_document_changes_its_text(document: Method) -> None:
    plain = msgspec.json.decode(dump_method(document))
    spoken = {language: in_words(document, language) for language in ("zh", "en")}
    silent, tried = [], 0
    for route, before, after in changes(plain):
        try:
            changed = load_method(msgspec.json.encode(replaced(plain, route, after)))
        except EvalclientError:
            continue
        if changed == document:
            continue
        tried += 1
        silent += [
            f"{language} {'.'.join(map(str, route))}: {before} → {after}"
            for language in spoken
            if in_words(changed, language) == spoken[language]
        ]
    assert tried > 20
    assert silent == []


def changes(plain: Json) -> Iterator[tuple[Route, Json, Json]]:
    """Every field with what stands there and what is put there instead, sound or not."""
    for route, value in leaves(plain, ()):
        if route[-1] in UNSPOKEN:
            continue
        for other in others(str(next(part for part in reversed(route) if isinstance(part, str))), value):
            if other != value:
                yield route, value, other


def leaves(value: Json, route: Route) -> Iterator[tuple[Route, Json]]:
    """Every text, number and truth of a document, and the fields that it leaves out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*route, name))
        for beside, name, _ in LEFT_OUT:
            if value.get(beside) is not None and name not in value:
                yield (*route, name), None
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*route, at))
    else:
        yield route, value


def others(name: str, value: Json) -> Iterator[Json]:
    """What to put in the field ``name`` instead of ``value``."""
    yield from WORDS.get(name, ())
    if value is None:
        yield from (other for _, field, values in LEFT_OUT if field == name for other in values)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif name not in WORDS:
        try:
            number = Fraction(value)
        except ValueError:
            yield from ("price", "stated", "days", "technical", "M", "n", "valid", "opened", "preliminary")
        else:
            yield from (str(number + 1), f"{value}.5") if number.denominator == 1 else (f"{value}1",)


def replaced(plain: Json, route: Route, value: Json) -> Json:
    """A copy of a document with ``value`` at the end of ``route``."""
    copy = msgspec.json.decode(msgspec.json.encode(plain))
    place = copy
    for part in route[:-1]:
        place = place[part]
    place[route[-1]] = value
    return copy


def test_clauses_stand_in_the_order_of_computation() -> None:
    text = in_words(load_method(BROAD.read_bytes()), "en")
    order = [
        "the others' mean stands there",
        "A member's score of a section is",
        "A member's total is",
        "the highest and the second lowest; still equal: the first by lot (lotto)",
        "The mean of each item is taken",
        "A section's score is",
        "before the price is out",
        "C: the best of those still in gets 10",
        "the benchmark is taken over",
        "The price score is “s”",
        "The total is T",
        "Ranked by",
    ]
    places = [text.index(clause) for clause in order]
    assert places == sorted(places)


def test_which_step_is_a_score_is_said() -> None:
    document = load_method(BROAD.read_bytes())
    assert "The score of c is “p”, kept within 0 and 10" in in_words(document, "en")
    assert "报价得分即“s（中）”" in in_words(document, "zh")
