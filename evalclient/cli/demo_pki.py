"""``evalclient demo-pki FOLDER``: demonstration authorities and everybody's keys, reproducible from a seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import OK, say, worded

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "demo-pki",
        help=worded(
            "生成演示用证书机构和各方密钥，仅供练习",
            "make demonstration authorities and everybody's keys, for practice alone",
        ),
    )
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help=worded("新文件夹或空文件夹", "a new or empty folder")
    )
    parser.add_argument(
        "--seed",
        default="demo",
        metavar="SEED",
        help=worded("同一种子和时间生成相同的文件（默认 demo）", "the same seed and time give the same files (demo)"),
    )
    parser.add_argument(
        "--at",
        metavar="TIME",
        help=worded(
            "签发时间，如 2026-11-24 或 2026-11-24T09:30:00Z（默认今日零时，UTC）",
            "when everything is issued, such as 2026-11-24 or 2026-11-24T09:30:00Z (today, 00:00 UTC)",
        ),
    )


def run(arguments: Namespace) -> int:
    """Write the folder."""
    from evalclient.core.errors import FileUnusable
    from evalclient.crypto.demo.folder import demo_folder

    folder: Path = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileUnusable(
            f"{folder} 已存在且不为空，未写入任何文件；请指定新文件夹或空文件夹。",
            f"{folder} exists and is not empty, nothing was written; name a new or empty folder.",
        )
    files = demo_folder(arguments.seed, _moment(arguments.at))
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    say(
        f"已生成 {len(files)} 个文件，见 {folder / 'README.md'}。仅供演示：知道种子即知道全部私钥。",
        f"{len(files)} files written, see {folder / 'README.md'}. For demonstration alone: the seed gives every key.",
    )
    return OK


def _moment(text: str | None) -> datetime:
    from datetime import UTC, datetime

    from evalclient.core.errors import EvalclientError
    from evalclient.desk.clock import SystemClock

    try:
        found = datetime.fromisoformat(text or SystemClock().now()[:10])
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        if not 1960 < found.year < 2036:
            raise ValueError(text)
    except (ValueError, OverflowError) as error:
        raise EvalclientError(
            f"时间 {text} 不合格式，请写作 2026-11-24 或 2026-11-24T09:30:00Z。",
            f"{text} is no time; write it as 2026-11-24 or 2026-11-24T09:30:00Z.",
        ) from error
    return found.astimezone(UTC)
