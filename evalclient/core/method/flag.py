"""A flag: something a person must look at, with the rule behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from evalclient.core.records.fields import Bilingual

FlagKind = Literal[
    "sum",
    "range",
    "objective",
    "deviation",
    "low_price",
    "cost_warning",
    "equal",
    "undecided",
    "too_few",
    "composition",
    "candidates",
]


class Flag(msgspec.Struct, frozen=True):
    """One finding (复核提示).

    ``id`` stays the same for the same finding, so that an answer can name it; ``numbers`` are the figures it rests on;
    ``asked`` the persons asked to act (members, or ``organiser``).
    """

    id: str
    kind: FlagKind
    article: str
    sentence: Bilingual
    numbers: Mapping[str, str]
    asked: tuple[str, ...]


def needs_decision(found: Flag) -> bool:
    """Whether somebody has to decide before the result may stand: all but equal totals that the method itself ranks."""
    places = tuple(found.numbers.values())
    return found.kind != "equal" or len(set(places)) < len(places)


def flag(
    articles: Mapping[FlagKind, str],
    kind: FlagKind,
    about: tuple[str, ...],
    sentence: Bilingual,
    numbers: Mapping[str, str],
    asked: tuple[str, ...],
) -> Flag:
    """A flag about a member, bidder, item …, under the article for ``kind``."""
    return Flag("/".join((kind, *about)), kind, articles[kind], sentence, numbers, asked)
