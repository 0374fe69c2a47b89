"""``evalclient seal FOLDER``: a sealed bid package from a folder of documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import OK, add_key_options, add_tender_option, key_from, meter, worded
from evalclient.cli.machine import add_json_option, answer

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.core.records.fields import Bilingual
    from evalclient.desk.sealing import SealedBid


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "seal",
        help=worded(
            "清除元数据并封装投标文件；FOLDER 中须有 bid.json 或 bid.toml",
            "seal a bid package, metadata taken out; FOLDER holds bid.json or bid.toml",
        ),
    )
    parser.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help=worded(
            "投标文件各部分，以及 bid.json 或 bid.toml：唱标内容（quote）和文件清单（files）；不列清单则按子文件夹 "
            "identity、qualification、technical、price 归类",
            "the documents, and bid.json or bid.toml: what is read out (quote) and the list of files (files); without a list "
            "the sub-folders identity, qualification, technical and price say what belongs where",
        ),
    )
    add_tender_option(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="PKG",
        help=worded("封装后的投标文件", "the sealed package"),
    )
    add_key_options(parser, "--signer", "--key")
    add_json_option(parser)


def run(arguments: Namespace) -> int:
    """Write the package; it appears under its name only when it is complete."""
    from evalclient.desk.clock import SystemClock
    from evalclient.desk.founding import read_genesis
    from evalclient.desk.sealing import seal_bid

    genesis = read_genesis(arguments.tender)
    whole = sum(path.stat().st_size for path in arguments.folder.rglob("*") if path.is_file())
    key = key_from(arguments)
    sealed = seal_bid(arguments.folder, genesis, key, arguments.output, SystemClock(), meter(whole))
    found = {
        "package": str(arguments.output),
        "size": sealed.size,
        "documents": [
            {
                "compartment": file.compartment,
                "name": file.name,
                "removed": list(file.cleaning.removed),
                "kept": {"zh": file.cleaning.kept.zh, "en": file.cleaning.kept.en} if file.cleaning.kept else None,
            }
            for file in sealed.files
        ],
        "left_out": list(sealed.left_out),
    }
    return answer(arguments, OK, found, _lines(arguments.output, sealed))


def _lines(output: Path, sealed: SealedBid) -> list[Bilingual]:
    """What was taken out of each document, what stayed in, what was left out; the package last."""
    from evalclient.core.records.fields import Bilingual

    lines = []
    for file in sealed.files:
        name, removed = f"{file.compartment}/{file.name}", ", ".join(file.cleaning.removed)
        if removed:
            lines.append(Bilingual(f"{name}：已清除 {removed}", f"{name}: taken out: {removed}"))
        if file.cleaning.kept is not None:
            lines.append(Bilingual(f"{name}：{file.cleaning.kept.zh}", f"{name}: {file.cleaning.kept.en}"))
    lines += [
        Bilingual(f"未封装（不在清单中）：{path}", f"Not sealed, it is not in the list: {path}")
        for path in sealed.left_out
    ]
    done = f"{output}（{sealed.size} 字节）", f"{output} ({sealed.size} bytes)"
    return [*lines, Bilingual(f"已封装 {done[0]}", f"Sealed {done[1]}")]
