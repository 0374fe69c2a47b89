"""Hypothesis strategies that damage valid input: bytes as a bad line or a hostile hand would, JSON value by value."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from evalclient.core.errors import EvalclientError

#: values no field expects, the usual ways to break a parser among them
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 10**40, 1e308, "", "\x00", "\u202e倒", "é" * 3, "a" * 5000, "=", "AA", "../../etc/passwd",
    [], {}, [[[[]]]], {"zh": 1}, "9" * 400, "1e999", "NaN", "-0", "0x10", "१२",
)  # fmt: skip


def in_words(error: EvalclientError, *names: str) -> None:
    """A refusal is a sentence in each language, and names what it is about."""
    assert error.zh
    assert error.en
    assert error.zh != error.en
    for name in names:
        assert name in error.zh
        assert name in error.en


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """``data`` with up to four bytes changed, or a stretch left out, doubled or put elsewhere, or cut off."""
    harmed = bytearray(data)
    at = draw(st.integers(0, max(0, len(harmed) - 1)))
    match draw(st.sampled_from(("change", "change", "leave out", "double", "insert", "cut"))):
        case "change":
            for _ in range(draw(st.integers(1, 4))):
                place = draw(st.integers(0, max(0, len(harmed) - 1)))
                harmed[place : place + 1] = bytes([draw(st.integers(0, 255))])
        case "leave out":
            del harmed[at : at + draw(st.integers(1, 64))]
        case "double":
            stretch = harmed[at : at + draw(st.integers(1, 64))]
            harmed[at:at] = stretch
        case "insert":
            harmed[at:at] = draw(st.binary(min_size=1, max_size=16))
        case _:
            del harmed[at:]
    return bytes(harmed)


@st.composite
def odd_json(draw: st.DrawFn, data: bytes) -> bytes:
    """The JSON document ``data`` with one value replaced, left out or under another name."""
    document = json.loads(data)
    places = list(_places(document))
    put = draw(st.sampled_from(places))
    put(draw(st.sampled_from(ODD)), draw(st.sampled_from(("replace", "replace", "drop", "rename"))))
    return json.dumps(document, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def _places(value: Any) -> list[Callable[[Any, str], None]]:
    """One function per place of a document that changes it there."""
    found: list[Callable[[Any, str], None]] = []
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        found.append(_setter(value, key))
        found += _places(child)
    return found


def _setter(holder: Any, key: Any) -> Callable[[Any, str], None]:
    def put(odd: Any, how: str) -> None:
        if how == "drop":
            holder.pop(key)
        elif how == "rename" and isinstance(holder, dict):
            holder[f"{key}_"] = holder.pop(key)
        else:
            holder[key] = odd

    return put
