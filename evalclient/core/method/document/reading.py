"""Reading JSON from outside: every number as its text, nothing named twice, nothing that could exhaust the machine."""

from __future__ import annotations

import json
import re
from typing import TypeVar

import msgspec

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.problem import Problem

#: a method document is some tens of kilobytes, a tally input of 200 bidders and 9 members some megabytes
LARGEST_METHOD = 4 * 1024 * 1024
LARGEST_INPUT = 64 * 1024 * 1024
T = TypeVar("T")
_PATH = re.compile(r"^(.*) - at `(.*)`$", re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class _Doubled(ValueError):
    """A name stands twice in one object."""


def read_json(untrusted: bytes, kind: type[T], largest: int) -> T:
    """``untrusted`` JSON as a value of ``kind``; raises Malformed, naming the JSON path.

    A JSON number is read as its text, so that 82.125 stays 82.125; NaN and infinities are refused, and an object in
    which a name stands twice, because readers would differ in what they take from it.
    """
    return convert(read_plain(untrusted, largest), kind)


def read_plain(untrusted: bytes, largest: int) -> object:
    """``untrusted`` JSON as lists, dicts, texts, booleans and None; raises Malformed as ``read_json`` does."""
    if len(untrusted) > largest:
        most = largest // (1024 * 1024)
        raise Malformed(Problem("$", f"文件超过 {most} MiB", f"the document is larger than {most} MiB"))
    try:
        plain: object = json.loads(
            untrusted.decode("utf-8"),
            parse_float=str,
            parse_int=str,
            parse_constant=_refuse_constant,
            object_pairs_hook=_once,
        )
        if _SURROGATE.search(untrusted):
            json.dumps(plain, ensure_ascii=False).encode("utf-8")  # half of a pair can be written nowhere again
    except RecursionError as error:
        raise Malformed(Problem("$", "嵌套层数过多", "nested too deeply")) from error
    except _Doubled as error:
        name = str(error)[:100]
        raise Malformed(Problem("$", f"“{name}”在同一处出现两次", f"{name!r} stands twice in one place")) from error
    except ValueError as error:
        raise Malformed(Problem("$", f"不是有效的 JSON 文件（{error}）", f"not valid JSON: {error}")) from error
    return plain


def convert(plain: object, kind: type[T]) -> T:
    """What ``read_plain`` gave as a value of ``kind``; raises Malformed naming the JSON path."""
    try:
        return msgspec.convert(plain, kind, strict=False)
    except msgspec.ValidationError as error:
        match = _PATH.match(str(error))
        what, path = match.groups() if match else (str(error), "$")
        raise Malformed(Problem(path, f"不符合规定的格式（{what}）", what)) from error
    except RecursionError as error:
        raise Malformed(Problem("$", "嵌套层数过多", "nested too deeply")) from error


class Malformed(DocumentMalformed):
    """A document that cannot be read; ``problem`` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            f"文件有误，请编制人改正。{problem.path}：{problem.zh}", f"malformed document: {problem.path}: {problem.en}"
        )
        self.problem = problem


def _refuse_constant(name: str) -> str:
    raise ValueError(f"{name} is not a number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _Doubled(name)
            seen.add(name)
    return found
