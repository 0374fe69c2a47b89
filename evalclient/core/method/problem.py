"""A problem in a document or an input: where it is and what it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalclient.core.errors import EvalclientError


@dataclass(frozen=True, slots=True)
class Problem:
    """``path`` is a JSON path from ``$``; the sentences say what is wrong and what would be right."""

    path: str
    zh: str
    en: str


class EntriesRefused(EvalclientError):
    """The input of a tally does not fit the method document; ``path`` names the place."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"汇总输入有误（{problem.path}）：{problem.zh}", f"tally input, {problem.path}: {problem.en}")
        self.problem = problem
        self.path = problem.path


def below(path: str, name: str) -> str:
    """The path of ``name`` below ``path``; in brackets where the name would not read as part of a path."""
    short = name if len(name) <= 80 else name[:80] + "…"
    plain = short.isprintable() and not any(sign in " .[]\"'" for sign in short) and short
    return f"{path}.{short}" if plain else f"{path}[{json.dumps(short, ensure_ascii=False)}]"


def repeated(names: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A problem for each (path, name) whose name stood before."""
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield Problem(path, f"编号“{name}”重复，请改为唯一编号", f"the id {name!r} is used twice; make it unique")
        seen.add(name)
