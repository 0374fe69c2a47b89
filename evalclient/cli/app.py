"""``evalclient app``: the window. Also what runs where no command is named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.app.start import Start


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("app", help="打开评标席位窗口 / open the window of a seat")
    add_options(parser)


def add_options(parser: Any) -> None:
    """What names a seat: an evaluation, a centre, a store, a key."""
    parser.add_argument("--genesis", type=Path, metavar="FILE", help="the announced genesis file")
    parser.add_argument("--centre", default="", metavar="URL")
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="this seat's own store")
    parser.add_argument("--key", type=Path, metavar="P12")
    parser.add_argument("--password-file", type=Path, metavar="FILE")
    parser.add_argument("--seat", default="", help="the seat's label")


def start_from(arguments: Namespace) -> Start:
    """Arguments over settings."""
    import msgspec

    from evalclient.app.start import Start
    from evalclient.settings import load_settings

    settings = load_settings()
    if arguments.centre:
        settings = msgspec.structs.replace(settings, centre=arguments.centre)
    password = arguments.password_file.read_text("utf-8").rstrip("\n") if arguments.password_file else ""
    return Start(
        settings=settings,
        genesis=arguments.genesis,
        store=arguments.store,
        key=arguments.key,
        password=password,
        seat=arguments.seat,
    )


def run(arguments: Namespace) -> int:
    """Show the window until it is closed."""
    from evalclient.app.start import mend_input_method

    mend_input_method(os.environ)
    from evalclient.app.window import run_window

    return run_window(start_from(arguments))
