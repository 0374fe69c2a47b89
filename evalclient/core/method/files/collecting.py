"""Everything that is wrong with a JSON document at once: the exact reader stops at the first fault, an author wants all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from types import UnionType
from typing import Annotated, Any, Final, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document.items import Points
from evalclient.core.method.document.reading import Malformed, convert, read_plain
from evalclient.core.method.entry.entries import Who
from evalclient.core.method.formula.steps import Operand
from evalclient.core.method.problem import Problem, below
from evalclient.core.records.fields import DecimalText, ItemId

#: so many problems are told; who has mended them asks again
MOST_TOLD: Final = 20
T = TypeVar("T")


class Faults(DocumentMalformed):
    """A document with problems, up to ``MOST_TOLD`` of them; ``more``: there are others."""

    def __init__(self, found: Iterator[Problem], *, more: bool = False) -> None:
        first = tuple(islice(found, MOST_TOLD + 1))
        self.problems = first[:MOST_TOLD]
        self.more = more or len(first) > MOST_TOLD
        super().__init__(
            "；".join(f"{problem.path}：{problem.zh}" for problem in self.problems),
            "; ".join(f"{problem.path}: {problem.en}" for problem in self.problems),
        )


def read_telling_all(untrusted: bytes, kind: type[T], largest: int) -> T:
    """As ``read_json``; raises Faults with every problem there is."""
    return convert_telling_all(plain_or_faults(untrusted, largest), kind)


def plain_or_faults(untrusted: bytes, largest: int) -> object:
    """As ``read_plain``; raises Faults."""
    try:
        return read_plain(untrusted, largest)
    except Malformed as error:
        raise Faults(iter((error.problem,))) from error


def convert_telling_all(plain: object, kind: type[T]) -> T:
    """As ``convert``; raises Faults with every problem there is."""
    try:
        return convert(plain, kind)
    except Malformed as error:
        raise Faults(_faults(plain, kind, "$")) from error


def _faults(plain: object, kind: Any, path: str) -> Iterator[Problem]:
    """The problems of ``plain``, which is meant to be a ``kind``: those of its parts, else its own."""
    try:
        convert({"value": plain}, _held(kind))
    except Malformed as error:
        inside = _inside(plain, kind, path)
        first = next(inside, None)
        if first is None:
            yield _own(plain, kind, path, error.problem)
        else:
            yield first
            yield from inside


@cache
def _held(kind: Any) -> type[msgspec.Struct]:
    """A struct with one field of ``kind``, kept for good: msgspec 0.22 frees wrongly what it notes of a bare union with texts."""
    return msgspec.defstruct("Held", [("value", kind)])


def _inside(plain: object, kind: Any, path: str) -> Iterator[Problem]:
    kind = _chosen(plain, _bare(kind))
    origin = get_origin(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(plain, dict):
        yield from _in_struct(plain, kind, path)
    elif origin is tuple and isinstance(plain, list):
        for i, part in enumerate(plain):
            yield from _faults(part, get_args(kind)[0], f"{path}[{i}]")
    elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(plain, dict):
        names, values = get_args(kind)
        for name, part in plain.items():
            yield from _faults(name, names, below(path, name))
            yield from _faults(part, values, below(path, name))


def _in_struct(plain: dict[str, object], kind: type[msgspec.Struct], path: str) -> Iterator[Problem]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name, part in plain.items():
        if name in fields:
            yield from _faults(part, fields[name].type, below(path, name))
        elif name != kind.__struct_config__.tag_field:
            known = ", ".join(fields)
            yield Problem(below(path, name), f"没有这个字段，可用的有 {known}", f"no such field; there are {known}")
    for name, field in fields.items():
        if field.required and name not in plain:
            yield Problem(below(path, name), "缺少此项", "is missing")


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _chosen(plain: object, kind: Any) -> Any:
    """Of several kinds the one that ``plain`` was meant to be: by its ``op``, or as the only one of its shape."""
    options = [_bare(option) for option in _options(kind) if option is not type(None)]
    if len(options) == 1:
        return options[0]
    if isinstance(plain, dict):
        tagged = [one for one in _structs(options) if plain.get(_tag_field(one)) == one.__struct_config__.tag]
        options = tagged or [option for option in options if get_origin(option) is not None]
    return options[0] if len(options) == 1 else kind


def _options(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _structs(options: Sequence[Any]) -> list[type[msgspec.Struct]]:
    return [option for option in options if isinstance(option, type) and issubclass(option, msgspec.Struct)]


def _tag_field(kind: type[msgspec.Struct]) -> str:
    return kind.__struct_config__.tag_field or ""


def _unknown_tag(plain: object, kind: Any, path: str) -> Problem | None:
    """An object whose ``op`` is none of those there are."""
    structs = _structs([_bare(option) for option in _options(kind)])
    if len(structs) < 2 or not isinstance(plain, dict):
        return None
    known = ", ".join(str(one.__struct_config__.tag) for one in structs)
    place = below(path, _tag_field(structs[0]))
    return Problem(place, f"没有这种步骤，可用的有 {known}", f"no such step; there are {known}")


_EXPECTED: Mapping[str, tuple[str, str]] = {
    pattern: words
    for kind, words in (
        (DecimalText, ("应为十进制数，如 12.5，至多 18 位整数、6 位小数", "give a decimal number such as 12.5")),
        (Points, ("应为不小于零的十进制数，如 12.5", "give a decimal number of at least zero, such as 12.5")),
        (ItemId, ("应为以字母开头的编号，如 plan-1", "give an id that begins with a letter, such as plan-1")),
        (Operand, ("应为数字或已有步骤的编号", "give a number or the id of something known")),
    )
    for meta in get_args(kind)[1:]
    if isinstance(meta, Meta) and (pattern := meta.pattern) is not None
}


def _own(plain: object, kind: Any, path: str, told: Problem) -> Problem:
    """A problem of the value itself: what was found, and what is expected in words where there are words."""
    named = _unknown_tag(plain, kind, path)
    if named is not None:
        return named
    written = [option for option in _options(kind) if option is not type(None)]
    kind = written[0] if len(written) == 1 else kind
    metas = [meta for meta in get_args(kind)[1:] if isinstance(meta, Meta)] if get_origin(kind) is Annotated else []
    words = next(
        (_EXPECTED[meta.pattern] for meta in metas if meta.pattern is not None and meta.pattern in _EXPECTED), None
    )
    found = json.dumps(plain, ensure_ascii=False)[:60] if plain is None or isinstance(plain, str | bool) else ""
    if words is not None:
        return Problem(path, f"{found} 不合要求，{words[0]}".strip(), f"{found} will not do; {words[1]}".strip())
    if get_origin(kind) is Literal:
        allowed = ", ".join(map(str, get_args(kind)))
        return Problem(path, f"{found} 不在可用的值 {allowed} 中".strip(), f"{found} is none of {allowed}".strip())
    if kind == Who:
        return Problem(path, "应为 1 至 200 个字符的名称", "give a name of 1 to 200 characters")
    shapes = _SHAPES.fullmatch(told.en)
    zh = f"应为{_named(shapes[1])}，实为{_named(shapes[2])}" if shapes else told.zh
    return Problem(path, zh, told.en)


_SHAPES: Final = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_IN_CHINESE: Final = {"object": "对象", "array": "数组", "str": "文本", "int": "整数", "bool": "真假值", "null": "空值"}


def _named(shapes: str) -> str:
    return "或".join(_IN_CHINESE.get(shape, shape) for shape in shapes.split(" | "))
