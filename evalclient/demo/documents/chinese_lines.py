"""Line breaking for Chinese text: punctuation rules (标点避头尾), unbroken numbers and Latin words."""

from __future__ import annotations

import re
from dataclasses import dataclass

NO_START = frozenset("，。；：！？、）》】”’〉」』·…％%℃°,.;:!?)]}—")
NO_END = frozenset("（《【“‘〈「『([{￥#№")
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,/×+\-–_:@²³%]*|_+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its natural width."""

    text: str
    width: float


def break_lines(text: str, first: float, rest: float, size: float, advance: dict[str, float]) -> list[Line]:
    """Break ``text`` into lines no wider than ``first`` (the first) or ``rest`` points.

    ``advance`` gives character widths at size 1. A token wider than a line is broken anywhere.
    """
    lines: list[Line] = []
    current: list[tuple[str, float]] = []
    used = 0.0
    for token, width in _tokens(text, rest, size, advance):
        room = first if not lines else rest
        if used + width > room + 0.01 and current:
            if token.isspace():
                continue
            carried = _carry(current, token)
            lines.append(_line(current))
            current, used = carried, sum(w for _, w in carried)
        if token.isspace() and not current:
            continue
        current.append((token, width))
        used += width
    if current or not lines:
        lines.append(_line(current))
    return lines


def _tokens(text: str, room: float, size: float, advance: dict[str, float]) -> list[tuple[str, float]]:
    tokens: list[tuple[str, float]] = []
    for token in _TOKEN.findall(text):
        width = size * sum(map(advance.__getitem__, token))
        if width > room and len(token) > 1:
            tokens += [(character, size * advance[character]) for character in token]
        else:
            tokens.append((token, width))
    return tokens


def _carry(current: list[tuple[str, float]], token: str) -> list[tuple[str, float]]:
    """Take from the end of ``current`` what must go to the next line together with ``token``."""
    carried: list[tuple[str, float]] = []
    head = token
    while len(current) > 1 and (head[0] in NO_START or current[-1][0] in NO_END):
        carried.insert(0, current.pop())
        head = carried[0][0]
        if len(carried) >= 4:
            break
    return carried


def _line(tokens: list[tuple[str, float]]) -> Line:
    while tokens and tokens[-1][0].isspace():
        tokens = tokens[:-1]
    return Line("".join(token for token, _ in tokens), sum(width for _, width in tokens))
