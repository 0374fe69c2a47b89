"""Documents named on the command line: read with a bound, and their faults told one line each with the JSON path."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

import msgspec

from evalclient.assets import asset
from evalclient.cli.console import language, one_line
from evalclient.core.errors import DocumentMalformed
from evalclient.core.method.document.compose import OwnItems, load_preset, put_together
from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.reading import LARGEST_METHOD
from evalclient.core.method.files.collecting import Faults, convert_telling_all, plain_or_faults, read_telling_all
from evalclient.core.method.files.tally_file import require_sound
from evalclient.core.method.problem import Problem

T = TypeVar("T")
STANDARD_INPUT = "-"


def read_document(name: str, kind: type[T], largest: int) -> T:
    """The JSON document in the file ``name`` (``-``: standard input); raises Faults, and OSError as files do."""
    return read_telling_all(_bytes(name, largest), kind, largest)


def read_method(name: str) -> Method:
    """The sound method in the file ``name``, written out or composed of a preset; raises Faults whose paths name the file."""
    untrusted = _bytes(name, LARGEST_METHOD)
    try:
        plain = plain_or_faults(untrusted, LARGEST_METHOD)
        if isinstance(plain, dict) and "preset" in plain:
            return composed_method(convert_telling_all(plain, OwnItems), "$")
        method = convert_telling_all(plain, Method)
        require_sound(method, "$")
    except Faults as faults:
        raise Faults(
            (Problem(f"{name}: {problem.path}", problem.zh, problem.en) for problem in faults.problems),
            more=faults.more,
        ) from faults
    return method


def composed_method(own: OwnItems, stands_at: str) -> Method:
    """The sound method of the preset that ``own`` names; raises Faults with paths below ``stands_at``."""
    names = sorted(file.stem for file in asset("methods").glob("*.json"))
    if own.preset not in names:
        known = ", ".join(names)
        zh, en = f"没有这个模板，可用的有 {known}", f"no such preset; there are {known}"
        raise Faults(iter((Problem(f"{stands_at}.preset", zh, en),)))
    try:
        method = put_together(load_preset(asset(f"methods/{own.preset}.json").read_bytes()), own)
    except DocumentMalformed as error:
        raise Faults(iter((Problem(f"{stands_at}.parameters", error.zh, error.en),))) from error
    require_sound(method, stands_at)
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


def _bytes(name: str, largest: int) -> bytes:
    """No more than ``largest`` bytes and one, whatever the file is."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(largest + 1)
    with Path(name).open("rb") as file:
        return file.read(largest + 1)
