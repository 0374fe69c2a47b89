"""A fault of the program's own ends in a sentence and exit code 2; where it happened is told to whoever asks for it."""

from __future__ import annotations

import sys
from argparse import Namespace
from types import ModuleType
from typing import Any

import pytest

from evalclient.cli.dispatch import TRACE, run_command

COMMANDS = {"stumble": "stumbling_command"}


@pytest.fixture(params=[KeyError("k"), MemoryError()], ids=["fault", "memory"])
def stumbling(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> BaseException:
    """A command that ends in an error nobody expected."""
    error: BaseException = request.param

    def run(_arguments: Namespace) -> int:
        raise error

    def add(subparsers: Any) -> None:
        subparsers.add_parser("stumble")

    module = ModuleType("stumbling_command")
    module.__dict__.update(add=add, run=run)
    monkeypatch.setitem(sys.modules, "stumbling_command", module)
    monkeypatch.delenv(TRACE, raising=False)
    return error


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh_CN.UTF-8", "没有作出结果"), ("en_GB.UTF-8", ("report the command", "needs more memory"))],
)
def test_no_traceback_reaches_the_user(
    stumbling: BaseException,
    language: str,
    said: str | tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LANG", language)
    assert run_command(["stumble"], COMMANDS) == 2
    told = capsys.readouterr().err
    expected = said if isinstance(said, str) else said[isinstance(stumbling, MemoryError)]
    assert expected in told
    assert "Traceback" not in told
    assert told.count("\n") == 1


@pytest.mark.usefixtures("stumbling")
@pytest.mark.parametrize("stumbling", [KeyError("k")], indirect=True)
def test_whoever_asks_sees_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TRACE, "1")
    with pytest.raises(KeyError):
        run_command(["stumble"], COMMANDS)
