"""Documents named on the command line: read with a bound, and their faults told one line each with the JSON path."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from evalclient.cli.console import language
from evalclient.core.method.collecting import Faults, read_telling_all
from evalclient.core.method.parts import Method
from evalclient.core.method.problem import Problem
from evalclient.core.method.reading import LARGEST_METHOD
from evalclient.core.method.tally_file import require_sound

if TYPE_CHECKING:
    from typing import BinaryIO

T = TypeVar("T")
STANDARD_INPUT = "-"


def read_document(name: str, kind: type[T], largest: int) -> T:
    """The JSON document in the file ``name`` (``-``: standard input); raises Faults, and OSError as files do.

    No more than ``largest`` bytes and one are read, whatever the file is.
    """
    if name == STANDARD_INPUT:
        return read_telling_all(_bytes(sys.stdin.buffer, largest), kind, largest)
    with Path(name).open("rb") as file:
        return read_telling_all(_bytes(file, largest), kind, largest)


def read_method(name: str) -> Method:
    """The sound method document in the file ``name``; raises Faults whose paths name the file."""
    try:
        method = read_document(name, Method, LARGEST_METHOD)
    except Faults as faults:
        raise Faults(
            (Problem(f"{name}: {problem.path}", problem.zh, problem.en) for problem in faults.problems),
            more=faults.more,
        ) from faults
    require_sound(method, f"{name}: $")
    return method


def tell_faults(name: str, faults: Faults) -> None:
    """Each problem on a line of standard error, in the user's language; paths of the document ``name`` begin with it."""
    english = language() == "en"
    for problem in faults.problems:
        place = f"{name}: {problem.path}" if problem.path.startswith("$") else problem.path
        sys.stderr.write(one_line(f"{place}: {problem.en if english else problem.zh}") + "\n")
    if faults.more:
        sys.stderr.write("there are more problems\n" if english else "还有更多问题，改正后请再次检查\n")


def as_json(found: object) -> str:
    """``found`` as indented JSON with a line end."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode("utf-8") + "\n"


def one_line(text: str) -> str:
    """``text`` without what would break the line or steer a terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _bytes(file: BinaryIO, largest: int) -> bytes:
    return file.read(largest + 1)
