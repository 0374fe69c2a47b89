"""People by name: the rules speak of places (``m3``), a screen of persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from evalclient.core.evaluation.state import Evaluation
from evalclient.core.evaluation.views import active_members
from evalclient.core.law_words import cited
from evalclient.core.records.fields import Bilingual
from evalclient.desk.people import display_name
from evalclient.ui.texts import Say, language, said

MOST_NAMES: Final = 3
_REMARK: Final = re.compile(r"\s*[（(][^（）()]*[）)]$")


def listed(names: Iterable[str]) -> str:
    """Names in a row, as the language shown writes it."""
    return (", " if language() == "en" else "、").join(names)


def with_article(sentence: Say, article: str) -> Callable[[], str]:
    """The sentence and, in brackets, the article behind it; asked again after a language switch."""
    brackets = {"en": (" (", ")"), "zh": ("（", "）")}

    def text() -> str:
        left, right = brackets[language()]
        return f"{said(sentence)}{left}{said(cited(article))}{right}" if article else said(sentence)

    return text


def short(name: str) -> str:
    """A name for narrow places: no remark in brackets, Latin given names by their initial; tool tips have the whole."""
    bare = _REMARK.sub("", name) or name
    family, _, given = bare.partition(" ")
    return f"{family} {given[0]}." if given and bare.isascii() else bare


def by_name(evaluation: Evaluation, text: Bilingual, *, brief: bool = False) -> Bilingual:
    """``text`` with the members' ids replaced by their names, or the numbers of their places before they signed in.

    ``brief`` leaves remarks in brackets out of the names, and counts many members instead of naming them.
    """
    known: dict[str, Bilingual] = {}
    for number, person in enumerate(evaluation.members, 1):
        name = display_name(evaluation, person)
        name = short(name) if brief else name
        known[person] = Bilingual(name, name) if name else Bilingual(f"{number} 号评委", f"Member {number}")
    if not known:
        return text
    zh, en = text.zh, text.en
    places = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    if brief:
        everyone = len(active_members(evaluation))
        zh = _counted(places, "、", zh, lambda count: "全体评委" if count == everyone else f"{count} 名评委")
        en = _counted(places, ", ", en, lambda count: "all members" if count == everyone else f"{count} members")
    pattern = re.compile(rf"(?<![A-Za-z0-9-])({places})(?![A-Za-z0-9-])")
    zh, en = (
        pattern.sub(lambda match: known[match.group(1)].zh, zh),
        pattern.sub(lambda match: known[match.group(1)].en, en),
    )
    # A shortened name at the end of a sentence brings the full stop along.
    return Bilingual(zh, en[:-1] if en.endswith("..") and not en.endswith("...") else en)


def _counted(places: str, comma: str, text: str, words: Callable[[int], str]) -> str:
    """``text`` with each row of more than MOST_NAMES ids replaced by ``words`` of their count."""
    pattern = rf"(?<![A-Za-z0-9-])(?:{places})(?:{comma}(?:{places}))+(?![A-Za-z0-9-])"

    def count(match: re.Match[str]) -> str:
        number = match.group(0).count(comma) + 1
        return words(number) if number > MOST_NAMES else match.group(0)

    return re.sub(pattern, count, text)


def seat_of(evaluation: Evaluation, person: str) -> str:
    """Where a member sits: the seat of his check-in, before it the one he signed in at; "" for an office."""
    member = evaluation.members.get(person)
    if member is None:
        return ""
    if member.seat:
        return member.seat
    session = evaluation.roster.session_of(person)
    return session.seat if session else ""
