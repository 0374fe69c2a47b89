"""The words of argparse itself, in the user's language like everything else at the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final, NoReturn

from evalclient.cli.console import worded

if TYPE_CHECKING:
    from collections.abc import Mapping

#: what argparse says → the same in Chinese; mistakes of a programmer are left out
_CHINESE: Final[Mapping[str, str]] = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本说明",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s。\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "缺少 %s",
    "one of the arguments %s is required": "%s 须指定一项",
    "not allowed with argument %s": "不能与 %s 同用",
    "unrecognized arguments: %s": "无法识别 %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r 无效，可用的有 %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 无效",
    "ignored explicit argument %r": "不需要取值 %r",
    "expected one argument": "须有一个取值",
    "expected at most one argument": "至多有一个取值",
    "expected at least one argument": "至少有一个取值",
    "expected %s argument": "须有 %s 个取值",
    "expected %s arguments": "须有 %s 个取值",
}


class WordsWrong(SystemExit):
    """The command line was not understood, and argparse has said so; ``message`` is what it said."""

    def __init__(self, code: str | int | None, message: str) -> None:
        super().__init__(code)
        self.message = message


class CommandParser(argparse.ArgumentParser):
    """argparse's, whose end over wrong words can be told from others."""

    def error(self, message: str) -> NoReturn:
        """Usage and message on standard error; WordsWrong."""
        try:
            super().error(message)
        except SystemExit as end:
            raise WordsWrong(end.code, message) from None


def speak_as_user() -> None:
    """From now on argparse speaks the language of LANG, asked each time.

    It looks its words up under gettext's names in its own module. gettext itself would go by LC_ALL before LANG, and
    ``make`` sets that for Qt.
    """
    vars(argparse).update({"_": _said, "ngettext": _counted})


def _said(text: str) -> str:
    return worded(_CHINESE.get(text, text), text)


def _counted(one: str, many: str, number: int) -> str:
    return _said(one if number == 1 else many)
