"""From the words on the command line to one command's module; nothing else is imported."""

from __future__ import annotations

import errno
import importlib
import os
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

from evalclient.cli.console import UNREADABLE, complain, give_keys_back, worded
from evalclient.cli.ending import ended_in_order
from evalclient.cli.machine import OPTION, answer_refused, asked_for
from evalclient.cli.parser_words import CommandParser, WordsWrong, speak_as_user
from evalclient.core.errors import EvalclientError, FileUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: command → module with ``add`` and ``run``
COMMANDS: Mapping[str, str] = {
    "app": "evalclient.cli.app",
    "publish": "evalclient.cli.publish",
    "seal": "evalclient.cli.seal",
    "check": "evalclient.cli.check",
    "open": "evalclient.cli.open",
    "submit": "evalclient.cli.submit",
    "withdraw": "evalclient.cli.withdraw",
    "release-key": "evalclient.cli.release_key",
    "receipts": "evalclient.cli.receipts",
    "one-day": "evalclient.cli.one_day",
    "export": "evalclient.cli.export",
    "timestamp": "evalclient.cli.timestamp",
    "sign": "evalclient.cli.sign",
    "verify": "evalclient.cli.verify",
    "tally": "evalclient.cli.tally",
    "method": "evalclient.cli.method",
    "demo-pki": "evalclient.cli.demo_pki",
}

#: commands that have their own way to end
_OWN_END: Final = frozenset({"app", "demo"})
#: set, a fault of the program's own shows where it happened
TRACE: Final = "EVALCLIENT_TRACE"
#: the usual causes in Chinese
_CAUSES: Mapping[int, str] = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限",
    errno.EEXIST: "已存在",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "不是文件夹",
    errno.ENOSPC: "磁盘已满",
}


class CommandWrong(EvalclientError):
    """The words of the command line were not understood."""


def run_command(arguments: Sequence[str], commands: Mapping[str, str] = COMMANDS) -> int:
    """Run the command that ``arguments`` names; its exit code. An error is its sentence and exit code 2."""
    speak_as_user()
    parser = CommandParser(prog="evalclient")
    version = worded("显示版本", "show the version and exit")
    parser.add_argument("--version", action="version", version="evalclient 0.1.0", help=version)
    subparsers: Any = parser.add_subparsers(dest="command", metavar=worded("命令", "COMMAND"), required=True)
    wanted = arguments[0] if arguments else ""
    names = [wanted] if wanted in commands else list(commands)
    modules = {name: importlib.import_module(commands[name]) for name in names}
    for module in modules.values():
        module.add(subparsers)
    as_json = OPTION in arguments  # told by the words alone, so that wrong words are answered in JSON as well
    try:
        parsed = parser.parse_args(list(arguments))
        as_json = asked_for(parsed)
        with nullcontext() if parsed.command in _OWN_END else ended_in_order():
            return int(modules[parsed.command].run(parsed))
    except EvalclientError as error:
        return _end_by(error, as_json)
    except OSError as error:
        return _end_by(_unusable(error), as_json)
    except WordsWrong as wrong:
        if as_json:
            answer_refused(
                CommandWrong(f"命令有误：{wrong.message}", f"The command is wrong: {wrong.message}"), UNREADABLE
            )
        raise
    except KeyboardInterrupt:
        return 130
    except MemoryError:
        return _end_by(_TOO_LARGE, as_json)
    except Exception as error:
        code = _end_by(_own_fault(error), as_json)
        if os.environ.get(TRACE):
            raise
        return code
    finally:
        give_keys_back()


def _end_by(error: EvalclientError, as_json: bool) -> int:
    """The error's sentence, with ``--json`` its object too; exit code 2."""
    complain(error)
    if as_json:
        answer_refused(error, UNREADABLE)
    return UNREADABLE


_TOO_LARGE: Final = EvalclientError(
    "输入太大，本机内存不足，没有作出结果；请缩小输入或换一台内存更大的计算机。",
    "The input needs more memory than this machine has, and nothing was worked out; make it smaller or use a larger machine.",
)


def _own_fault(error: Exception) -> EvalclientError:
    """A fault of the program's own: no result, and no traceback unless it is asked for."""
    what = type(error).__name__
    return EvalclientError(
        f"程序出错（{what}），没有作出结果；请报告本命令和输入。设 {TRACE}=1 后重试可看到出错位置。",
        f"The program failed ({what}) and gave no result; please report the command and its input. With {TRACE}=1 it says where.",
    )


def _unusable(error: OSError) -> FileUnusable:
    """A path named on the command line is not there, may not be opened, or its disk is full."""
    name, why = error.filename or "", error.strerror or str(error)
    return FileUnusable(
        f"文件或文件夹 {name} 无法读写（{_CAUSES.get(error.errno or 0, why)}），请核对路径、权限和磁盘空间后重试。",
        f"The file or folder {name} cannot be read or written ({why}); check path, permissions and room on the disk.",
    )
