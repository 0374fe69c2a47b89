"""``evalclient``: the window by default, commands by name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the window where none is named. Returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--renderer"]:
        from evalclient.ui.documents.renderer import main as render

        return render(arguments[1:])
    if arguments[:1] == ["--token"]:
        from evalclient.crypto.keys.serving import main as serve_token

        return serve_token()
    if arguments[:1] == ["--selftest"]:
        from evalclient.selftest import run as selftest

        return selftest(arguments[1:])
    from evalclient.cli.dispatch import COMMANDS, run_command

    if not arguments or (arguments[0].startswith("--") and arguments[0] not in ("--help", "--version")):
        arguments.insert(0, "app")
    if getattr(sys, "frozen", False):
        return run_command(arguments)  # the demo needs the source tree and the centre; a bundle has neither
    return run_command(arguments, {**COMMANDS, "demo": "evalclient.demo.command"})


if __name__ == "__main__":
    raise SystemExit(main())
