"""Reading and writing the method document (评标办法)."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document.items import FixedValue, PreliminaryItem, ScoredItem, Section
from evalclient.core.method.document.parts import (
    Aggregation,
    FlagParameters,
    Majority,
    Method,
    PricePart,
    Ranking,
    RankKey,
    Thresholds,
    TotalPart,
)
from evalclient.core.method.document.reading import LARGEST_METHOD, Malformed, read_json
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.problem import Problem

__all__ = [
    "Aggregation",
    "FixedValue",
    "FlagParameters",
    "Majority",
    "Method",
    "PreliminaryItem",
    "PricePart",
    "RankKey",
    "Ranking",
    "ScoredItem",
    "Section",
    "Thresholds",
    "TotalPart",
    "check_method",
    "decode",
    "dump_method",
    "load_method",
]

T = TypeVar("T")


def load_method(untrusted: bytes) -> Method:
    """The method document in ``untrusted``.

    Raises DocumentMalformed, naming the JSON path, when it does not follow the schema or does not make sense.
    """
    return check_method(decode(untrusted, Method))


def dump_method(method: Method) -> bytes:
    """``method`` as JSON, UTF-8, two spaces of indent; ``load_method`` gives the same method back."""
    return msgspec.json.format(msgspec.json.encode(method), indent=2) + b"\n"


def check_method(method: Method) -> Method:
    """``method`` itself if it makes sense; raises DocumentMalformed naming up to five problems."""
    found = problems(method)
    if found:
        raise _malformed(found[:5])
    return method


def decode(untrusted: bytes, kind: type[T]) -> T:
    """``untrusted`` JSON as a value of ``kind``; raises DocumentMalformed naming the JSON path."""
    try:
        return read_json(untrusted, kind, LARGEST_METHOD)
    except Malformed as error:
        raise _malformed((error.problem,)) from error


def _malformed(found: tuple[Problem, ...]) -> DocumentMalformed:
    zh = "；".join(f"{problem.path}：{problem.zh}" for problem in found)
    en = "; ".join(f"{problem.path}: {problem.en}" for problem in found)
    return DocumentMalformed(f"评标办法文件有误，请编制人改正后重新发布。{zh}", f"method document: {en}")
