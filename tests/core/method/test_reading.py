"""JSON from outside: numbers as their text, clear refusals, no traceback."""

from __future__ import annotations

import contextlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document.document import load_method
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.reading import LARGEST_INPUT, Malformed, read_json
from evalclient.core.method.entry.entries import TallyInput
from tests.core.method.samples import preset_method

INPUT = b'{"bidders": [{"bidder": "\xe7\x94\xb2", "price": %s}]}'


def price(text: str) -> str | None:
    return read_json(INPUT % text.encode(), TallyInput, LARGEST_INPUT).bidders[0].price


@pytest.mark.parametrize("text", ["82.125", "2.675", "0.1", "100", "123456789012345678.123456"])
def test_a_json_number_is_read_as_its_text(text: str) -> None:
    assert price(text) == price(json.dumps(text)) == text


@pytest.mark.parametrize("text", ["1e400", "1E5", "NaN", "-Infinity", "01", '"NaN"', '"1e400"', "true", "[]"])
def test_what_is_no_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        price(text)
    assert refused.value.zh


@pytest.mark.parametrize(
    ("untrusted", "said"),
    [
        (b'{"bidders": [], "bidders": []}', "stands twice"),
        (b'{"bidders": [], "sheets": {"m": {}, "m": {}}}', "stands twice"),
        (b'{"bidders": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"bidders": [], "surprise": 1}', "surprise"),
        (b"\xff\xfe", "not valid JSON"),
        (b"", "not valid JSON"),
        (b" " * (LARGEST_INPUT + 1), "larger than 64 MiB"),
    ],
)
def test_hostile_documents_are_named(untrusted: bytes, said: str) -> None:
    with pytest.raises(DocumentMalformed, match=said):
        read_json(untrusted, TallyInput, LARGEST_INPUT)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=200) | ANY_JSON.map(lambda found: json.dumps(found).encode()))
def test_whatever_comes_is_refused_in_words(untrusted: bytes) -> None:
    with pytest.raises(DocumentMalformed):
        load_method(untrusted)


SOUND = json.loads(msgspec.json.encode(preset_method("construction-comprehensive")))


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, below in inner:
        found += places(below, (*path, name))
    return found


@given(st.sampled_from(places(SOUND)), ANY_JSON)
def test_a_sound_document_with_anything_put_somewhere_is_read_or_refused_in_words(
    path: tuple[str | int, ...], value: object
) -> None:
    document = json.loads(json.dumps(SOUND))
    target = document
    for part in path[:-1]:
        target = target[part]
    target[path[-1]] = value
    with contextlib.suppress(DocumentMalformed):
        assert isinstance(load_method(json.dumps(document).encode()), Method)
