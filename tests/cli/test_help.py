"""What the command line says of itself: all of it in the language of LANG, mistakes in the words included."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from evalclient.__main__ import main as command
from evalclient.cli.dispatch import COMMANDS

NAMES: tuple[tuple[str, ...], ...] = (
    (),
    *((name,) for name in (*COMMANDS, "demo")),
    ("method", "check"),
    ("method", "show"),
)
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
#: words of a sentence; names of files and options stand among dots and dashes
ENGLISH = re.compile(r"(?<![\w./-])[a-z]{2,} [a-z]{2,}(?![\w./-])")


def spoken(
    arguments: Sequence[str], language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    monkeypatch.setenv("LANG", language)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # as make sets it
    capsys.readouterr()
    with pytest.raises(SystemExit):
        command(list(arguments))
    told = capsys.readouterr()
    return told.out + told.err


@pytest.mark.parametrize("names", NAMES, ids=lambda names: " ".join(names) or "evalclient")
def test_help_is_in_the_language_of_lang(
    names: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = spoken((*names, "--help"), "zh_CN.UTF-8", capsys, monkeypatch)
    english = spoken((*names, "--help"), "en_GB.UTF-8", capsys, monkeypatch)
    assert chinese.startswith("用法：")
    assert ENGLISH.findall(chinese.partition("\n\n")[2]) == []
    assert english.startswith("usage: ")
    assert HAN.findall(english) == []
    for text in (chinese, english):
        described = [line for line in text.partition("\n\n")[2].splitlines() if re.match(r"  \S", line)]
        assert described
    assert [line.split()[0] for line in english.splitlines() if re.match("  -", line)] == [
        line.split()[0] for line in chinese.splitlines() if re.match("  -", line)
    ]


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("submit",), "缺少 PKG, --tender, --centre, --store, --key", "the following arguments are required"),
        (("verify", "a.zip", "--bogus"), "无法识别 --bogus", "unrecognized arguments: --bogus"),
        (("bogus",), "'bogus' 无效，可用的有 'app'", "invalid choice: 'bogus'"),
        (("demo", "--experts", "6"), "6 无效，可用的有 5, 7, 9", "invalid choice: 6"),
        (("method", "check", "m", "--samples", "x"), "'x' 无效", "invalid"),
        (("check", "a", "--pack"), "无法识别 --pack", "unrecognized arguments"),
        (("export", "--tender"), "须有一个取值", "expected one argument"),
        (("publish", "--continues", "a"), "须有 2 个取值", "expected 2 arguments"),
        (("export", "--se=x"), "不需要取值 'x'", "ignored explicit argument"),
        (("app", "--s", "x"), "--s 不明确，可能是 ", "ambiguous option"),
    ],
)
def test_mistakes_are_told_in_the_language_of_lang(
    arguments: tuple[str, ...], zh: str, en: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = spoken(arguments, "zh_CN.UTF-8", capsys, monkeypatch)
    assert zh in chinese
    assert ENGLISH.findall(chinese.splitlines()[-1].partition("：")[2]) == []
    english = spoken(arguments, "en_GB.UTF-8", capsys, monkeypatch)
    assert en in english
    assert HAN.findall(english) == []


@pytest.mark.parametrize("text", ["3debcad8", "", "g" * 64, "a" * 65, "３" * 64])
def test_a_fingerprint_that_is_not_whole_is_told_before_the_archive_is_read(
    text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, sentence in (
        ("zh", f"“{text}”不是完整的项目指纹（64 位十六进制数字），请从公告完整抄录 --genesis。\n"),
        ("en", f"“{text}” is not a whole fingerprint (64 hex digits); copy all of it from the announcement to --genesis.\n"),
    ):  # fmt: skip
        monkeypatch.setenv("LANG", language)
        assert command(["verify", "nothing-there.zip", "--genesis", text]) == 2
        assert capsys.readouterr().err == sentence
