"""A smallest lawful body for every kind of the catalogue, and hypothesis strategies for all of them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from evalclient.core.records.act import Act
from evalclient.core.records.catalogue import KINDS

#: texts to try, in this order, where a field has a pattern
_TEXTS: Final = ("", "m1", "1", "0" * 64, "2026-11-24T02:00:00.000Z")


def sample_act(kind: str) -> Act:
    """A body of ``kind`` with its required fields only."""
    act: Act = msgspec.convert(_smallest(inspect.type_info(KINDS[kind].act)), KINDS[kind].act)
    return act


@cache
def acts_of(kind: str) -> st.SearchStrategy[Act]:
    """Any body of ``kind``."""
    return _strategy(inspect.type_info(KINDS[kind].act))


def _smallest(info: Any) -> Any:
    match info:
        case inspect.StructType():
            return {field.encode_name: _smallest(field.type) for field in info.fields if field.required}
        case inspect.StrType():
            return next(text for text in _TEXTS if _fits(info, text))
        case inspect.LiteralType():
            return info.values[0]
        case inspect.IntType():
            return info.ge or 0
        case inspect.BoolType():
            return False
        case inspect.BytesType():
            return bytes(info.min_length or 0)
        case inspect.VarTupleType():
            return ()
        case inspect.DictType():
            return {}
        case _:
            raise AssertionError(f"no sample for {info}")


def _fits(info: inspect.StrType, text: str) -> bool:
    return len(text) >= (info.min_length or 0) and (info.pattern is None or re.search(info.pattern, text) is not None)


def _strategy(info: Any) -> st.SearchStrategy[Any]:
    match info:
        case inspect.StructType():
            return st.builds(info.cls, **{field.name: _strategy(field.type) for field in info.fields})
        case inspect.StrType() if info.pattern:
            return st.from_regex(info.pattern)
        case inspect.StrType():
            return st.text(min_size=info.min_length or 0, max_size=min(info.max_length or 20, 20))
        case inspect.LiteralType():
            return st.sampled_from(info.values)
        case inspect.IntType():
            return st.integers(min_value=info.ge, max_value=2**53)
        case inspect.BoolType():
            return st.booleans()
        case inspect.BytesType():
            return st.binary(min_size=info.min_length or 0, max_size=info.max_length or 40)
        case inspect.VarTupleType():
            return st.lists(_strategy(info.item_type), max_size=3).map(tuple)
        case inspect.DictType():
            return st.dictionaries(_strategy(info.key_type), _strategy(info.value_type), max_size=3)
        case _:
            raise AssertionError(f"no strategy for {info}")
