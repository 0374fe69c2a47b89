"""A flag: something a person must look at, with the rule behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from evalclient.core.records.act import Trade
from evalclient.core.records.fields import Bilingual

FlagKind = Literal[
    "sum", "range", "objective", "deviation", "low_price", "cost_warning", "equal", "undecided", "too_few"
]

_PROCUREMENT: Mapping[FlagKind, str] = {
    "sum": "财政部令第87号第六十四条第一项",
    "range": "财政部令第87号第六十四条第二项",
    "objective": "财政部令第87号第六十四条第三项",
    "deviation": "财政部令第87号第六十四条第四项",
    "low_price": "财政部令第87号第六十条",
    "cost_warning": "财政部令第87号第六十条",
    "equal": "财政部令第87号第五十七条",
    "undecided": "财政部令第87号第五十七条",
    "too_few": "政府采购法第三十六条第一项",
}
_CONSTRUCTION: Mapping[FlagKind, str] = {
    "sum": "招标投标法实施条例第四十九条",
    "range": "招标投标法实施条例第四十九条",
    "objective": "招标投标法实施条例第四十九条",
    "deviation": "招标投标法实施条例第四十九条",
    "low_price": "评标委员会和评标方法暂行规定第二十一条",
    "cost_warning": "评标委员会和评标方法暂行规定第二十一条",
    "equal": "招标文件评标办法",
    "undecided": "招标投标法实施条例第五十三条",
    "too_few": "评标委员会和评标方法暂行规定第二十七条",
}


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


def flag(
    trade: Trade,
    kind: FlagKind,
    about: tuple[str, ...],
    sentence: Bilingual,
    numbers: Mapping[str, str],
    asked: tuple[str, ...],
) -> Flag:
    """A flag about a member, bidder, item …, under the rule for ``kind`` in this trade."""
    articles = _CONSTRUCTION if trade == "construction" else _PROCUREMENT
    return Flag("/".join((kind, *about)), kind, articles[kind], sentence, numbers, asked)
