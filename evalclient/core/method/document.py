"""Reading and writing the method document (评标办法)."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.parts import (
    Aggregation,
    FixedValue,
    FlagParameters,
    Majority,
    Method,
    PreliminaryItem,
    PricePart,
    Ranking,
    RankKey,
    ScoredItem,
    Section,
    Thresholds,
    TotalPart,
)
from evalclient.core.method.problem import Problem
from evalclient.core.method.soundness import problems

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

#: a method document is some tens of kilobytes; anything near this is not one
LARGEST = 4 * 1024 * 1024
T = TypeVar("T")
_PATH = re.compile(r"^(.*) - at `(.*)`$", re.DOTALL)


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
    if len(untrusted) > LARGEST:
        raise _malformed((Problem("$", "文件超过 4 MiB", "the document is larger than 4 MiB"),))
    try:
        return msgspec.json.decode(untrusted, type=kind)
    except msgspec.ValidationError as error:
        match = _PATH.match(str(error))
        what, path = match.groups() if match else (str(error), "$")
        raise _malformed((Problem(path, f"不符合规定的格式（{what}）", what),)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed((Problem("$", f"不是有效的 JSON 文件（{error}）", f"not valid JSON: {error}"),)) from error


def _malformed(found: tuple[Problem, ...]) -> DocumentMalformed:
    zh = "；".join(f"{problem.path}：{problem.zh}" for problem in found)
    en = "; ".join(f"{problem.path}: {problem.en}" for problem in found)
    return DocumentMalformed(f"评标办法文件有误，请编制人改正后重新发布。{zh}", f"method document: {en}")
