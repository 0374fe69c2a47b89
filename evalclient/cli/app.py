"""``evalclient`` and ``evalclient app``: the window."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.centre import centre_address
from evalclient.cli.console import key_words, worded
from evalclient.core.errors import EvalclientError

if TYPE_CHECKING:
    from argparse import Namespace

#: what Qt takes from the system; everything else comes with it
_LINE: Final = "apt-get install -y --no-install-recommends libgl1 libegl1 libfontconfig1 libdbus-1-3 libglib2.0-0"


class SystemLibrariesMissing(EvalclientError):
    """The window cannot open on this machine as it is."""


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("app", help=worded("打开评标窗口（默认）", "open the window (default)"))
    parser.add_argument(
        "--genesis", type=Path, metavar="FILE", help=worded("项目公告文件", "the announced genesis file")
    )
    parser.add_argument(
        "--centre", type=centre_address, metavar="URL", help=worded("评标中心地址", "address of the centre")
    )
    parser.add_argument(
        "--store", type=Path, metavar="FOLDER", help=worded("本席位的数据文件夹", "the folder of this one seat")
    )
    parser.add_argument("--key", default="", metavar="KEY", help=key_words())
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help=worded("口令文件；指定后自动登录", "a file with the PIN; with it the window signs in by itself"),
    )
    parser.add_argument("--seat", default="", metavar="NAME", help=worded("席位名称", "name of the seat"))
    parser.add_argument("--language", choices=("zh", "en"), help=worded("界面语言", "language of the window"))
    parser.add_argument(
        "--scale", type=float, metavar="FACTOR", help=worded("文字大小，0.9 至 1.5", "size of text, 0.9 to 1.5")
    )
    parser.add_argument("--settings", type=Path, metavar="TOML", help=worded("设置文件", "the settings file"))
    parser.add_argument("--full-screen", action="store_true", help=worded("全屏显示", "fill the screen"))


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
