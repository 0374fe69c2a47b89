"""From the words on the command line to one command's module; nothing else is imported."""

from __future__ import annotations

import importlib
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import UNREADABLE, complain
from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: command → module with ``add`` and ``run``
COMMANDS: Mapping[str, str] = {
    "app": "evalclient.cli.app",
    "publish": "evalclient.cli.publish",
    "seal": "evalclient.cli.seal",
    "check": "evalclient.cli.check",
    "submit": "evalclient.cli.submit",
    "release-key": "evalclient.cli.release_key",
    "export": "evalclient.cli.export",
    "verify": "evalclient.cli.verify",
}


def run_command(arguments: Sequence[str], commands: Mapping[str, str] = COMMANDS) -> int:
    """Run the command that ``arguments`` names; its exit code. An error is its sentence and exit code 2."""
    parser = ArgumentParser(prog="evalclient")
    parser.add_argument("--version", action="version", version="evalclient 0.1.0")
    subparsers: Any = parser.add_subparsers(dest="command", required=True)
    wanted = arguments[0] if arguments else ""
    names = [wanted] if wanted in commands else list(commands)
    modules = {name: importlib.import_module(commands[name]) for name in names}
    for module in modules.values():
        module.add(subparsers)
    parsed = parser.parse_args(list(arguments))
    try:
        return int(modules[parsed.command].run(parsed))
    except EvalclientError as error:
        complain(error)
        return UNREADABLE
    except KeyboardInterrupt:
        return 130
