"""Finding words in a page's characters: widths, case and line ends do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

Span = tuple[int, int]
"""First character and number of characters."""


def folded(text: str) -> str:
    """What is compared: compatibility form, case folded, without blanks, line ends and the marks of broken words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(mark for mark in plain if not (mark.isspace() or unicodedata.category(mark) in _IGNORED))


def spans(characters: Sequence[str], wanted: str, most: int) -> list[Span]:
    """Where ``wanted`` stands among the characters of a page, at most ``most`` times, without overlap."""
    key = folded(wanted)
    if not key:
        return []
    text, origin = _with_origin(characters)
    found: list[Span] = []
    at = text.find(key)
    while at >= 0 and len(found) < most:
        first, last = origin[at], origin[at + len(key) - 1]
        found.append((first, last - first + 1))
        at = text.find(key, at + len(key))
    return found


def _with_origin(characters: Iterable[str]) -> tuple[str, list[int]]:
    parts: list[str] = []
    origin: list[int] = []
    for number, character in enumerate(characters):
        plain = folded(character)
        parts.append(plain)
        origin.extend([number] * len(plain))
    return "".join(parts), origin


_IGNORED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
