"""``evalclient demo``: a whole demonstration evaluation on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import language, say

if TYPE_CHECKING:
    from argparse import Namespace


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("demo", help="演示一次完整的远程异地评标 / play a whole evaluation")
    parser.add_argument("--headless", action="store_true", help="no display: drive the windows, take screenshots")
    parser.add_argument("--no-windows", action="store_true", help="everybody at the desk, no windows at all")
    parser.add_argument("--out", type=Path, help="folder for everything the demo leaves")
    parser.add_argument("--kind", choices=("construction", "procurement"), default="construction")
    parser.add_argument("--experts", type=int, default=5, choices=(5, 7, 9))
    parser.add_argument("--bidders", type=int, default=6)


def run(arguments: Namespace) -> int:
    """Play it; the exit code of the archive's verification."""
    from evalclient.demo.scenario import Scenario
    from evalclient.demo.stage_manager import StageManager, default_folder

    scenario = Scenario(
        out=str((arguments.out or default_folder()).resolve()),
        kind=arguments.kind,
        language="en" if language() == "en" else "zh",
        experts=arguments.experts,
        bidders=arguments.bidders,
        megabytes=int(os.environ.get("SIZE") or 20),
    )
    windowed = () if arguments.no_windows else ("a-main", "m1", "m2")
    return StageManager(scenario, say, windowed).run()
