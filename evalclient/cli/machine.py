"""``--json``: what a command found, as one JSON object on standard output instead of sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import put, say, worded

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Mapping

    from evalclient.core.errors import EvalclientError
    from evalclient.core.records.fields import Bilingual


OPTION: Final = "--json"


def add_json_option(parser: ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument(
        OPTION, action="store_true", help=worded("输出 JSON，供其他程序读取", "answer as JSON for other programs")
    )


def asked_for(arguments: Namespace) -> bool:
    """Whether the person wants JSON; commands without the option never do."""
    return bool(getattr(arguments, "json", False))


def answer(arguments: Namespace, code: int, found: Mapping[str, Any], lines: Iterable[Bilingual]) -> int:
    """Say what was found: ``found`` with its exit code as JSON, else ``lines``. Returns ``code``."""
    if asked_for(arguments):
        _put({"exit": code, **found})
    else:
        for line in lines:
            say(line.zh, line.en)
    return code


def answer_refused(error: EvalclientError, code: int) -> None:
    """The JSON object of a command that ended by an error; its sentence goes to standard error as ever."""
    _put({"exit": code, "error": {"kind": type(error).__name__, "zh": error.zh, "en": error.en}})


def _put(found: Mapping[str, Any]) -> None:
    from evalclient.cli.documents import as_json

    put(as_json(found))
