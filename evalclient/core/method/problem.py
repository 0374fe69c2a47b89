"""A problem in a document or an input: where it is and what it is."""

from __future__ import annotations

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


def repeated(names: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A problem for each (path, name) whose name stood before."""
    seen: set[str] = set()
    for path, name in names:
        if name in seen:
            yield Problem(path, f"编号“{name}”重复，请改为唯一编号", f"the id {name!r} is used twice; make it unique")
        seen.add(name)
