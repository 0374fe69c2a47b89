"""``evalclient demo``: a whole demonstration evaluation on this machine."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import OK, language, say, worded
from evalclient.core.errors import EvalclientError
from evalclient.demo.documents.bidders import FEWEST_BIDDERS, MOST_BIDDERS

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.demo.casting import Conclusion, Progress
    from evalclient.demo.scenario import Language, Scenario


DEFAULT_MEGABYTES: Final = 20
#: ten times the full load; the packages of all bidders lie on the disk several times over
MOST_MEGABYTES: Final = 2000
_WHOLE: Final = re.compile("[0-9]{1,4}", re.ASCII)


class DemoRefused(EvalclientError):
    """What was asked of the demo cannot be played."""


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("demo", help=worded("演示一次完整的远程异地评标", "play a whole evaluation"))
    parser.add_argument(
        "--headless",
        action="store_true",
        help=worded("不用显示器：自动操作窗口并截图", "no display: drive the windows, take screenshots"),
    )
    parser.add_argument(
        "--no-windows",
        action="store_true",
        help=worded("完全不开窗口", "everybody at the desk, no windows at all"),
    )
    parser.add_argument(
        "--offices",
        action="store_true",
        help=worded(
            "与 --headless 同用：组织方和监督人员也用窗口", "headless: organiser and supervisor at windows as well"
        ),
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help=worded("演示留下的一切放在此文件夹", "folder for everything the demo leaves"),
    )
    parser.add_argument(
        "--kind",
        choices=("construction", "procurement"),
        default="construction",
        help=worded("施工招标（默认）或货物采购", "construction by default"),
    )
    parser.add_argument(
        "--experts",
        type=int,
        default=5,
        choices=(5, 7, 9),
        help=worded("评标委员会人数，默认 5", "members of the committee, 5 by default"),
    )
    parser.add_argument(
        "--bidders",
        type=_bidders,
        default=6,
        metavar="N",
        help=worded(
            f"投标人数，{FEWEST_BIDDERS} 至 {MOST_BIDDERS}，默认 6",
            f"how many bid, from {FEWEST_BIDDERS} to {MOST_BIDDERS}, 6 by default",
        ),
    )
    parser.add_argument(
        "--suite",
        choices=("international", "sm"),
        default="international",
        help=worded(
            "密码算法：国际算法（默认）或国密 SM2、SM3、SM4", "algorithms: RSA, EC, AES by default, or SM2, SM3, SM4"
        ),
    )
    parser.add_argument(
        "--role",
        choices=("expert", "administrator", "supervisor"),
        help=worded("坐哪个席位；不指定则询问", "whose seat to take; asked for otherwise"),
    )


def run(arguments: Namespace) -> int:
    """Play it; the exit code of the archive's verification. SIGTERM ends it with everybody in it."""
    from evalclient.demo.display import has_display, require_display

    _megabytes()
    if arguments.out is not None:
        _require_unplayed(arguments.out)
    signal.signal(signal.SIGTERM, _leave)
    headless = arguments.headless or arguments.no_windows or not has_display(os.environ)
    if not headless:
        require_display(os.environ)
    conclusion = _headless(arguments) if headless else _played(arguments)
    if conclusion is None:
        return OK
    _show(conclusion)
    return conclusion.exit_code


def _bidders(text: str) -> int:
    """How many bidders ``text`` asks for; DemoRefused."""
    if not (_WHOLE.fullmatch(text) and FEWEST_BIDDERS <= int(text) <= MOST_BIDDERS):
        raise DemoRefused(
            f"投标人数“{text}”无效，请把 BIDDERS（--bidders）改为 {FEWEST_BIDDERS} 至 {MOST_BIDDERS} 的整数。",
            f"“{text}” bidders cannot be played; set BIDDERS (--bidders) to a whole number from {FEWEST_BIDDERS} to"
            f" {MOST_BIDDERS}.",
        )
    return int(text)


def _megabytes() -> int:
    """How large all bids together shall be, from the environment's SIZE; DemoRefused."""
    text = os.environ.get("SIZE") or str(DEFAULT_MEGABYTES)
    if not (_WHOLE.fullmatch(text) and 1 <= int(text) <= MOST_MEGABYTES):
        raise DemoRefused(
            f"投标文件总大小“{text}”无效，请把 SIZE 改为 1 至 {MOST_MEGABYTES} 的整数（单位 MB）。",
            f"“{text}” is no size for the bids; set SIZE to a whole number of megabytes from 1 to {MOST_MEGABYTES}.",
        )
    return int(text)


def _require_unplayed(folder: Path) -> None:
    """DemoRefused where a demo lies in ``folder``: its people and keys would be mixed up with the new ones."""
    from evalclient.demo.scenario import Scenario

    earlier = Scenario(out=str(folder))
    if earlier.authorities.exists() or earlier.people.exists():
        raise DemoRefused(
            f"文件夹 {folder} 已有一次演示，请换 OUT（--out）或先删除。",
            f"The folder {folder} holds a demo already; choose another with OUT (--out) or delete it first.",
        )


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
        megabytes=_megabytes(),
        suite=arguments.suite,
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
