"""What a bid quotes (开标一览表), against what the opening record can hold: name, price, and what else is read out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evalclient.core.records.fields import MOST_NAME, MOST_TEXT, Bilingual, decimal, is_decimal

#: signs of everything a bid states beside name and price; the lines of all bids go into one record
_MOST_STATED: Final = 20_000
_SHOWN: Final = 40


def quote_problem(untrusted_quote: Mapping[str, str]) -> Bilingual | None:
    """The first thing that keeps ``name``, ``price`` or a further term from being recorded; None where all can be."""
    name, price = untrusted_quote.get("name", ""), untrusted_quote.get("price", "")
    if not name.strip() or not price:
        return Bilingual("未写明投标人名称或报价", "the bidder's name or the price is not stated")
    if len(name) > MOST_NAME:
        return Bilingual(f"投标人名称超过 {MOST_NAME} 字", f"the bidder's name has more than {MOST_NAME} characters")
    return price_problem(price) or _terms_problem(
        {term: value for term, value in untrusted_quote.items() if term not in ("name", "price")}
    )


def price_problem(untrusted: str) -> Bilingual | None:
    """What is wrong with a price; None for an exact decimal above zero."""
    shown = cut(untrusted)
    if not is_decimal(untrusted):
        return Bilingual(
            f"报价“{shown}”不是以元为单位的数字（不带分隔符、单位和指数，小数不超过六位）",
            f"the price {shown!r} is no number in CNY (without separators, units or exponent; at most six decimals)",
        )
    if decimal(untrusted) <= 0:
        return Bilingual(f"报价“{shown}”不大于零", f"the price {shown!r} is not above zero")
    return None


def cut(untrusted: str) -> str:
    """Enough of a text to know it by in a sentence that must itself fit into a record."""
    return untrusted if len(untrusted) <= _SHOWN else untrusted[:_SHOWN] + "…"


def _terms_problem(terms: Mapping[str, str]) -> Bilingual | None:
    for term, value in terms.items():
        if not term.strip() or len(term) > MOST_NAME or len(value) > MOST_TEXT:
            return Bilingual(
                f"填报内容“{cut(term)}”无名称或过长（名称不超过 {MOST_NAME} 字，内容不超过 {MOST_TEXT} 字）",
                f"what is stated for {cut(term)!r} has no name or is too long (name at most {MOST_NAME} characters, text "
                f"at most {MOST_TEXT})",
            )
    if sum(len(term) + len(value) for term, value in terms.items()) > _MOST_STATED:
        return Bilingual(
            f"填报内容合计超过 {_MOST_STATED} 字", f"what is stated has more than {_MOST_STATED} characters in all"
        )
    return None
