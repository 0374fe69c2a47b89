"""``evalclient tally INPUT``: compute an evaluation anew from its method, prices and score sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evalclient.cli.console import FAILED, OK, UNREADABLE, language, put, tell_progress, worded

if TYPE_CHECKING:
    from argparse import Namespace

    from evalclient.core.method.document.parts import Method
    from evalclient.core.method.files.tally_file import TallyFile
    from evalclient.core.rules import RulesInForce


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "tally",
        help=worded(
            "按评标办法重新计算；退出码 0 已算出，1 有待决定，2 拒绝",
            "compute a result anew; exit 0 computed, 1 something is to be decided, 2 refused",
        ),
    )
    parser.add_argument(
        "input", metavar="INPUT", help=worded("JSON 文件，“-”为标准输入", "a JSON file, - for standard input")
    )
    parser.add_argument(
        "--method", metavar="METHOD", help=worded("评标办法文件，代替输入中的", "a method in place of the input's own")
    )
    parser.add_argument("--explain", action="store_true", help=worded("附计算过程", "with the working of every step"))
    parser.add_argument(
        "--robustness",
        action="store_true",
        help=worded(
            "附稳健性分析：何种变动会改变第一名或候选人", "with what would change the first place or the candidates"
        ),
    )
    parser.add_argument(
        "--format", choices=("json", "text", "csv"), default="json", help=worded("格式，默认 json", "json by default")
    )


def run(arguments: Namespace) -> int:
    """Print the result; faults go to standard error, one line each, with the JSON path."""
    import msgspec

    from evalclient.cli.documents import as_json, read_document, tell_faults
    from evalclient.cli.tally_views import as_csv, as_text
    from evalclient.core.errors import FileUnusable
    from evalclient.core.method.document.reading import LARGEST_INPUT
    from evalclient.core.method.files.collecting import Faults
    from evalclient.core.method.files.tally_file import TallyFile, report
    from evalclient.core.method.robustness.analysis import robustness

    if (arguments.explain or arguments.robustness) and arguments.format == "csv":
        raise FileUnusable(
            "csv 每个投标人一行，容不下计算过程和稳健性分析；请用 --format json 或 text。",
            "csv holds one line per bidder, no working and no robustness; use --format json or text.",
        )
    try:
        file = read_document(arguments.input, TallyFile, LARGEST_INPUT)
        method, stands_at = _method(arguments.method, file)
        found = report(method, file, _rules(method, file), explain=arguments.explain, method_at=stands_at)
        if arguments.robustness:
            found = msgspec.structs.replace(found, robustness=robustness(method, file, tell_progress))
    except Faults as faults:
        tell_faults(arguments.input, faults)
        return UNREADABLE
    if arguments.format == "csv":
        put(as_csv(found, method, language()))
    elif arguments.format == "text":
        put(as_text(found, method, language()))
    else:
        put(as_json(found))
    return FAILED if found.decide else OK


def _method(named: str | None, file: TallyFile) -> tuple[Method, str]:
    """The method and the path at which it stands; raises Faults."""
    from evalclient.cli.documents import composed_method, read_method
    from evalclient.core.method.files.collecting import Faults
    from evalclient.core.method.files.tally_file import require_sound
    from evalclient.core.method.problem import Problem

    if named is not None:
        return read_method(named), f"{named}: $"
    if file.composed is not None and file.method is not None:
        raise Faults(iter((Problem("$.composed", "评标办法只能写一次", "the method stands here and in $.method"),)))
    if file.composed is not None:
        return composed_method(file.composed, "$.composed"), "$.composed"
    if file.method is None:
        zh, en = (
            "没有评标办法，请写入此处或用 --method 指定",
            "there is no method: put it here or name one with --method",
        )
        raise Faults(iter((Problem("$.method", zh, en),)))
    require_sound(file.method, "$.method")
    return file.method, "$.method"


def _rules(method: Method, file: TallyFile) -> RulesInForce:
    """The rules of the method's trade on the day of the deadline, or today's; raises Faults for a day without any."""
    from datetime import date

    from evalclient.assets import asset
    from evalclient.core.errors import DocumentMalformed
    from evalclient.core.method.files.collecting import Faults
    from evalclient.core.method.problem import Problem
    from evalclient.core.rules import in_force, load_rules
    from evalclient.desk.clock import SystemClock

    day = file.day or SystemClock().now()[:10]
    try:
        return in_force(
            load_rules(asset(f"rules/cn-{method.trade}.json").read_bytes()), date.fromisoformat(day).isoformat()
        )
    except ValueError as error:
        raise Faults(iter((Problem("$.day", f"没有 {day} 这一天", f"there is no day {day}"),))) from error
    except DocumentMalformed as error:
        raise Faults(iter((Problem("$.day", error.zh, error.en),))) from error
