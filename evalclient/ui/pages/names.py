"""People by name: the rules speak of places (``m3``), a screen of persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.records.fields import Bilingual
from evalclient.desk.people import display_name
from evalclient.ui.texts import Say, language, said


def listed(names: Iterable[str]) -> str:
    """Names in a row, as the language shown writes it."""
    return (", " if language() == "en" else "、").join(names)


def with_article(sentence: Say, article: str) -> Callable[[], str]:
    """The sentence and, in brackets, the article behind it; asked again after a language switch."""
    brackets = {"en": (" (", ")"), "zh": ("（", "）")}

    def text() -> str:
        left, right = brackets[language()]
        return f"{said(sentence)}{left}{article}{right}" if article else said(sentence)

    return text


def by_name(evaluation: Evaluation, text: Bilingual) -> Bilingual:
    """``text`` with the members' ids replaced by their names."""
    known = {person: name for person in evaluation.members if (name := display_name(evaluation, person))}
    if not known:
        return text
    places = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![A-Za-z0-9-])({places})(?![A-Za-z0-9-])")
    return Bilingual(*(pattern.sub(lambda match: known[match.group(1)], side) for side in (text.zh, text.en)))
