"""``evalclient``: the window by default, commands by name."""

from __future__ import annotations

import importlib
import sys
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (
    "app",
    "demo",
    "demo_pki",
    "publish",
    "seal",
    "submit",
    "release_key",
    "check",
    "open",
    "verify",
    "export",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the window where none is named. Returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--renderer"]:
        from evalclient.ui.documents.renderer import main as render

        return int(render(arguments[1:]))
    if arguments[:1] == ["--selftest"]:
        from evalclient.selftest import run as selftest

        return selftest()
    if not arguments or (arguments[0].startswith("--") and arguments[0] not in ("--help", "--version")):
        arguments.insert(0, "app")
    return _command(arguments)


def _command(arguments: list[str]) -> int:
    from evalclient.cli.console import UNREADABLE, complain
    from evalclient.core.errors import EvalclientError

    parser = ArgumentParser(prog="evalclient")
    parser.add_argument("--version", action="version", version="evalclient 0.1.0")
    subparsers: Any = parser.add_subparsers(dest="command", required=True)
    wanted = arguments[0].replace("-", "_")
    modules = {name: _module(name) for name in _COMMANDS if name == wanted or wanted not in _COMMANDS}
    for module in modules.values():
        module.add(subparsers)
    parsed = parser.parse_args(arguments)
    try:
        return int(modules[parsed.command.replace("-", "_")].run(parsed))
    except EvalclientError as error:
        complain(error)
        return UNREADABLE
    except KeyboardInterrupt:
        return 130


def _module(name: str) -> Any:
    """Only the command asked for is imported: the window must paint before anything heavy loads."""
    return importlib.import_module(f"evalclient.cli.{name}")


if __name__ == "__main__":
    raise SystemExit(main())
