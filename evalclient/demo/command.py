"""``evalclient demo``: a whole demonstration evaluation on this machine."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import OK, language, say

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.demo.casting import Conclusion, Progress
    from evalclient.demo.scenario import Language, Scenario


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("demo", help="演示一次完整的远程异地评标 / play a whole evaluation")
    parser.add_argument("--headless", action="store_true", help="no display: drive the windows, take screenshots")
    parser.add_argument("--no-windows", action="store_true", help="everybody at the desk, no windows at all")
    parser.add_argument("--offices", action="store_true", help="headless: organiser and supervisor at windows as well")
    parser.add_argument("--out", type=Path, help="folder for everything the demo leaves")
    parser.add_argument("--kind", choices=("construction", "procurement"), default="construction")
    parser.add_argument("--experts", type=int, default=5, choices=(5, 7, 9))
    parser.add_argument("--bidders", type=int, default=6)
    parser.add_argument(
        "--role", choices=("expert", "administrator", "supervisor"), help="whose seat to take; asked for otherwise"
    )


def run(arguments: Namespace) -> int:
    """Play it; the exit code of the archive's verification. SIGTERM ends it with everybody in it."""
    from evalclient.demo.display import has_display, require_display

    signal.signal(signal.SIGTERM, _leave)
    headless = arguments.headless or arguments.no_windows or not has_display(os.environ)
    if not headless:
        require_display(os.environ)
    conclusion = _headless(arguments) if headless else _played(arguments)
    if conclusion is None:
        return OK
    _show(conclusion)
    return conclusion.exit_code


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _headless(arguments: Namespace) -> Conclusion:
    from evalclient.demo.casting import Casting
    from evalclient.demo.stage_manager import StageManager

    offices = ("organiser", "supervisor") if arguments.offices else ()
    windowed = () if arguments.no_windows else (*offices, "a-main", "m1", "m2")
    manager = StageManager(_scenario(arguments, _spoken()), _tell, Casting(windowed))
    try:
        return manager.run()
    finally:
        manager.stop()


def _played(arguments: Namespace) -> Conclusion | None:
    from evalclient.demo.casting import HUMAN_FIELDS, HUMAN_PACE
    from evalclient.demo.play.evening import play

    return play(
        lambda shown: _scenario(arguments, shown),
        arguments.bidders,
        _tell,
        HUMAN_PACE,
        HUMAN_FIELDS,
        arguments.role,
        _spoken(),
    )


def _scenario(arguments: Namespace, spoken: Language) -> Scenario:
    from evalclient.demo.scenario import Scenario
    from evalclient.demo.stage_manager import default_folder

    return Scenario(
        out=str((arguments.out or default_folder()).resolve()),
        kind=arguments.kind,
        language=spoken,
        experts=arguments.experts,
        bidders=arguments.bidders,
        megabytes=int(os.environ.get("SIZE") or 20),
    )


def _spoken() -> Language:
    return "en" if language() == "en" else "zh"


def _tell(progress: Progress) -> None:
    lead = f"[{progress.seconds:6.1f} s]"
    say(f"{lead} {progress.text.zh}", f"{lead} {progress.text.en}")


def _show(conclusion: Conclusion) -> None:
    say(f"\n评标报告　{conclusion.report}", f"\nReport    {conclusion.report}")
    say(f"归档包　　{conclusion.archive}", f"Archive   {conclusion.archive}")
    if conclusion.pictures is not None:
        say(f"各环节截图　{conclusion.pictures}", f"Pictures  {conclusion.pictures}")
    for blocked in (line for window in conclusion.blocked for line in window.lines()):
        say(blocked.zh, blocked.en)
    say(f"\n{conclusion.command}", f"\n{conclusion.command}")
    for line in conclusion.outcome:
        say(line, line)
