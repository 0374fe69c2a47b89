"""Unified social credit codes (统一社会信用代码) whose check characters are right and whose region does not exist."""

from __future__ import annotations

import random

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first_seventeen: str) -> str:
    """The eighteenth character (GB 32100-2015: weights 3^i mod 31, modulus 31)."""
    total = sum(_ALPHABET.index(c) * w for c, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def organisation_check(first_eight: str) -> str:
    """The ninth character of the organisation code (GB 11714-1997, modulus 11, ten is X)."""
    pairs = zip(first_eight, _ORGANISATION_WEIGHTS, strict=True)
    total = sum(_ORGANISATION_ALPHABET.index(c) * w for c, w in pairs)
    return "0123456789X"[-total % 11]


def credit_code(rng: random.Random, region: str) -> str:
    """A code of a company (91) in ``region`` (six digits; the demo uses 99xxxx, which no region has)."""
    eight = "MA" + "".join(rng.choice("0123456789ABCDEFGH") for _ in range(6))
    seventeen = "91" + region + eight + organisation_check(eight)
    return seventeen + check_character(seventeen)
