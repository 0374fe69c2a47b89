"""``evalclient method check|show METHOD``: try a method on random bids before it is published; read it as a text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalclient.cli.console import FAILED, OK, UNREADABLE, language, put, tell_progress, worded

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from evalclient.core.method.document.parts import Method

SAMPLES, MOST_SAMPLES = 200, 100_000


def add(subparsers: Any) -> None:
    """Describe the command and its two parts."""
    parser = subparsers.add_parser(
        "method", help=worded("检查、展示评标办法", "check an evaluation method or print it as a text")
    )
    document = worded("评标办法文件，“-”为标准输入", "the method's document, - for standard input")
    parts = parser.add_subparsers(dest="part", metavar=worded("命令", "COMMAND"), required=True)
    check = parts.add_parser("check", help=worded("校验并以随机投标试算", "validate, then try it on random bids"))
    check.add_argument("method", metavar="METHOD", help=document)
    check.add_argument(
        "--samples",
        type=_samples,
        default=SAMPLES,
        metavar="N",
        help=worded(f"试算次数，默认 {SAMPLES}；0 只校验", f"how many; {SAMPLES} by default, 0 to validate only"),
    )
    check.add_argument(
        "--seed", type=int, default=1, metavar="S", help=worded("相同的种子得到相同的结果", "same seed, same findings")
    )
    check.add_argument(
        "--plot",
        type=Path,
        metavar="FILE",
        help=worded("报价与报价分的分布图（.svg 或 .png）", "prices and their scores as a picture, .svg or .png"),
    )
    check.add_argument(
        "--format", choices=("text", "json"), default="text", help=worded("格式，默认 text", "text by default")
    )
    show = parts.add_parser(
        "show", help=worded("打印招标文件中的评标办法正文", "the method as the text of a tender document")
    )
    show.add_argument("method", metavar="METHOD", help=document)
    show.add_argument(
        "--language", choices=("zh", "en", "both"), default=None, help=worded("语言，默认同 LANG", "as LANG by default")
    )


def run(arguments: Namespace) -> int:
    """Exit code 0 sound, 1 sound but it stops or higher quality loses on random bids, 2 refused."""
    from evalclient.cli.documents import read_method, tell_faults
    from evalclient.core.method.files.collecting import Faults

    try:
        method = read_method(arguments.method)
    except Faults as faults:
        tell_faults(arguments.method, faults)
        return UNREADABLE
    if arguments.part == "check":
        return _check(method, arguments)
    return _show(method, arguments.language or language())


def _show(method: Method, wanted: str) -> int:
    from evalclient.cli.console import one_line
    from evalclient.core.method.wording.words import in_words

    text = "\n".join(in_words(method, one) for one in (("zh", "en") if wanted == "both" else (wanted,)))
    put("".join(one_line(line) + "\n" for line in text.splitlines()))
    return OK


def _check(method: Method, arguments: Namespace) -> int:
    from random import Random

    from evalclient.cli.documents import as_json
    from evalclient.cli.method_views import as_text
    from evalclient.core.method.robustness.simulation import simulate

    draw = _plotter(method, arguments.plot) if arguments.plot is not None else None
    source = Random(arguments.seed)  # noqa: S311 - a seed that can be repeated is the point
    found = simulate(method, arguments.samples, source, tell_progress)
    put(as_json(found.findings) if arguments.format == "json" else as_text(found.findings, method, language()))
    if draw is not None:
        arguments.plot.write_bytes(draw(found.points, arguments.samples, arguments.seed))
    return FAILED if found.findings.doubtful else OK


def _plotter(method: Method, file: Path) -> Callable[[Any, int, int], bytes]:
    """What draws the picture; FileUnusable, before anything is simulated, where there is none to be drawn."""
    from evalclient.core.errors import FileUnusable

    kind = file.suffix.lower()
    if kind not in (".svg", ".png"):
        raise FileUnusable(f"{file} 应为 .svg 或 .png 文件。", f"{file} must be named .svg or .png.")
    if method.price is None or method.price.score is None:
        raise FileUnusable(
            "该评标办法不计报价分，没有图可画。", "The method scores no prices: there is nothing to plot."
        )
    from evalclient.paper.price_plot import price_plot

    return lambda points, samples, seed: price_plot(method, points, samples, seed, language(), kind.removeprefix("."))


def _samples(text: str) -> int:
    number = int(text)
    if not 0 <= number <= MOST_SAMPLES:
        raise ValueError(text)
    return number
