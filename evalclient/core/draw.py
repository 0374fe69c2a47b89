"""Draws that nobody can steer and anybody can replay (现场抽取): a text, its hash, numbers out of the hash.

Pure functions over texts and an evaluation's hash; docs/method.md says the same for a stranger with ``sha256sum``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from evalclient.core.records.envelope import HashName, digest

_TEXT_LINE: Final = "evalclient-draw/1"
_NUMBER_LINE: Final = "evalclient-draw-number/1"
#: a number is the first so many hexadecimal digits of a hash
_DIGITS: Final = 8
_NUMBERS: Final = 16**_DIGITS


def draw_text(fingerprint: str, draw: str, round_: int, shares: Mapping[str, bytes], centre: str) -> str:
    """What is hashed: one line each for evaluation, draw and round, for every party's share and for the centre's part.

    ``shares`` is party → 32 bytes, in the order in which they stand in the text; ``centre`` is hex. None of the parts
    can hold a space or a line break, so no two draws have the same text.
    """
    lines = [_TEXT_LINE, f"evaluation {fingerprint}", f"draw {draw}", f"round {round_}"]
    lines += [f"share {party} {share.hex()}" for party, share in shares.items()]
    return "\n".join([*lines, f"centre {centre}", ""])


def draw_number(text: str, values: Sequence[str], algorithm: HashName) -> str:
    """One of ``values``, each as likely as any other."""
    return values[below(len(values), numbers(text, algorithm))]


def draw_order(text: str, bidders: Sequence[str], algorithm: HashName) -> dict[str, str]:
    """Bidder → his number from "1", every order as likely as any other (Fisher–Yates from the last place down)."""
    drawn, stream = list(bidders), numbers(text, algorithm)
    for last in range(len(drawn) - 1, 0, -1):
        other = below(last + 1, stream)
        drawn[last], drawn[other] = drawn[other], drawn[last]
    return {bidder: str(place) for place, bidder in enumerate(drawn, start=1)}


def numbers(text: str, algorithm: HashName) -> Iterator[int]:
    """Endless numbers from 0 to 2³² − 1: the first eight digits of the hash of a line, the text's hash and a counter."""
    seed, counter = digest(text.encode(), algorithm), 0
    while True:
        block = digest(f"{_NUMBER_LINE}\n{seed}\n{counter}\n".encode(), algorithm)
        yield int(block[:_DIGITS], 16)
        counter += 1


def below(many: int, stream: Iterator[int]) -> int:
    """The next number of ``stream`` modulo ``many``; numbers above the last whole multiple are passed over.

    Without that, the low ones would be a little likelier. ``many`` is 1 or more.
    """
    even = _NUMBERS - _NUMBERS % many
    return next(number for number in stream if number < even) % many
