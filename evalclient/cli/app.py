"""``evalclient`` and ``evalclient app``: the window."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from argparse import Namespace

#: what Qt takes from the system; everything else comes with it
_LINE: Final = "apt-get install -y --no-install-recommends libgl1 libegl1 libfontconfig1 libdbus-1-3 libglib2.0-0"


class SystemLibrariesMissing(EvalclientError):
    """The window cannot open on this machine as it is."""


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("app", help="打开评标窗口（默认） / open the window (default)")
    parser.add_argument("--genesis", type=Path, metavar="FILE", help="the announcement file of the evaluation")
    parser.add_argument("--centre", metavar="URL")
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="the folder of this one seat")
    parser.add_argument("--key", type=Path, metavar="P12")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="with it the window signs in by itself")
    parser.add_argument("--seat", default="", metavar="NAME")
    parser.add_argument("--language", choices=("zh", "en"))
    parser.add_argument("--scale", type=float, metavar="FACTOR", help="size of text, 0.9 to 1.5")
    parser.add_argument("--settings", type=Path, metavar="TOML")
    parser.add_argument("--full-screen", action="store_true")


def run(arguments: Namespace) -> int:
    """Open the window and stay until it is closed."""
    gc.disable()  # what start-up makes lives on, looking through it is idle; the window's Collector takes over

    try:
        from evalclient.app.window import run_window
    except ImportError as error:
        raise_for_libraries(error)
        raise

    return run_window(start_from(arguments))


def raise_for_libraries(error: ImportError) -> None:
    """SystemLibrariesMissing where Qt did not load because the system lacks a library; else nothing."""
    if ".so" in str(error):
        raise SystemLibrariesMissing(
            f"缺少系统图形库（{error}），请管理员运行：{_LINE}",
            f"A graphics library of the system is missing ({error}); have the administrator run: {_LINE}",
        ) from error


def start_from(arguments: Namespace) -> Any:
    """The ``Start`` that the command line and the settings file make together; SettingsRefused."""
    from dataclasses import replace

    from evalclient.app.start import Start
    from evalclient.cli.console import pin_from
    from evalclient.settings import load_settings

    settings = load_settings(arguments.settings)
    named = {"centre": arguments.centre, "language": arguments.language, "scale": arguments.scale}
    settings = replace(settings, **{name: value for name, value in named.items() if value is not None})
    password = pin_from(arguments.password_file) if arguments.password_file else ""
    return Start(
        settings=settings,
        genesis=arguments.genesis,
        store=arguments.store,
        key=arguments.key,
        password=password,
        seat=arguments.seat,
        full_screen=arguments.full_screen,
    )
