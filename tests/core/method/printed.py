"""Reads a printed working as anybody would: with the numbers that stand there, exactly, and how far the cut ones reach.

Every number is an interval: ``0.333333333333…`` is what lies from there to one in the last place further from zero. The
grammar is written by hand, so that nothing of the product's own arithmetic decides.
"""

from __future__ import annotations

import re
from fractions import Fraction

_TOKEN = re.compile(r"\s*(?:([0-9]+(?:\.[0-9]+)?)(…?)|(min|max|median|sort)|([-+−×÷%(),\[\]]))")
Interval = tuple[Fraction, Fraction]


def comes_to(expression: str) -> Interval:
    """The least and the greatest number the expression may stand for; after an arrow only what was taken counts."""
    return _Parser(expression.rpartition("→")[2]).whole()


def number(text: str) -> Interval:
    """A printed number."""
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            assert found is not None, text[at:]
            digits, cut, name, sign = found.groups()
            self._tokens.append((digits or "", cut or "", name or "", sign or ""))
            at = found.end()
        self._at = 0

    def whole(self) -> Interval:
        found = self._sum()
        assert self._at == len(self._tokens)
        return found

    def _sign(self, *signs: str) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at][3] in signs:
            self._at += 1
            return self._tokens[self._at - 1][3]
        return ""

    def _sum(self) -> Interval:
        left = self._product()
        while sign := self._sign("+", "−"):
            right = self._product()
            right = right if sign == "+" else (-right[1], -right[0])
            left = (left[0] + right[0], left[1] + right[1])
        return left

    def _product(self) -> Interval:
        left = self._atom()
        while sign := self._sign("×", "÷"):
            right = self._atom()
            corners = [a * b if sign == "×" else a / b for a in left for b in right]
            left = (min(corners), max(corners))
        return left

    def _atom(self) -> Interval:
        if self._sign("-"):
            least, most = self._atom()
            return -most, -least
        found = self._listed() if self._tokens[self._at][2] else self._plain()
        return (found[0] / 100, found[1] / 100) if self._sign("%") else found

    def _plain(self) -> Interval:
        if self._sign("("):
            found = self._sum()
            assert self._sign(")")
            return found
        digits, cut, _, _ = self._tokens[self._at]
        assert digits
        self._at += 1
        reach = Fraction(1, 10 ** len(digits.partition(".")[2])) if cut else Fraction()
        exactly = Fraction(digits)
        return (exactly if exactly else -reach), exactly + reach  # a cut nought shows no sign

    def _listed(self) -> Interval:
        name = self._tokens[self._at][2]
        self._at += 1
        assert self._sign("(")
        listed = [self._sum()]
        while self._sign(","):
            listed.append(self._sum())
        assert self._sign(")")
        ends = [sorted(end) for end in zip(*listed, strict=True)]
        middle = len(listed) // 2
        if name == "median":
            low, high = ((end[middle] + end[(len(listed) - 1) // 2]) / 2 for end in ends)
            return low, high
        place = {"min": 0, "max": -1}.get(name)
        if place is None:
            assert self._sign("[")
            place = int(self._plain()[0]) - 1
            assert self._sign("]")
        return ends[0][place], ends[1][place]
