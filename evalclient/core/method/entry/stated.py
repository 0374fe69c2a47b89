"""What a bid states besides its price (开标一览表 其他内容): the quantities that the method reads, checked and in words."""

from __future__ import annotations

from collections.abc import Mapping

from evalclient.core.method.document.parts import Method, Quantity
from evalclient.core.records.fields import Bilingual, is_decimal
from evalclient.core.records.quote import cut


def stated_quantities(method: Method, terms: Mapping[str, str]) -> dict[str, str]:
    """Those of ``terms`` that are quantities of the method."""
    return {quantity.id: terms[quantity.id] for quantity in method.quantities if quantity.id in terms}


def quantity_problem(quantity: Quantity, untrusted: str | None) -> Bilingual | None:
    """What is wrong with what a bid states for ``quantity``; ``None`` for a bid that states nothing: only if it must."""
    zh, en = quantity.title.zh, quantity.title.en
    if untrusted is None:
        if quantity.missing != "refuse":
            return None
        return Bilingual(f"未填报“{zh}”", f"{en} is not stated")
    if quantity.choices:
        if any(choice.id == untrusted for choice in quantity.choices):
            return None
        allowed = [choice.id for choice in quantity.choices]
        return Bilingual(
            f"“{zh}”填报为“{cut(untrusted)}”，不是规定的选项（{'、'.join(allowed)}）",
            f"{en} is stated as {cut(untrusted)!r}, which is not one of {', '.join(allowed)}",
        )
    if is_decimal(untrusted):
        return None
    return Bilingual(
        f"“{zh}”填报为“{cut(untrusted)}”，不是数字", f"{en} is stated as {cut(untrusted)!r}, which is not a number"
    )


def stated_problem(method: Method, untrusted_terms: Mapping[str, str]) -> Bilingual | None:
    """The first thing that is wrong with what a bid states; ``None`` if the method can read it."""
    for quantity in method.quantities:
        problem = quantity_problem(quantity, untrusted_terms.get(quantity.id))
        if problem is not None:
            return problem
    return None


def in_words(method: Method, terms: Mapping[str, str]) -> tuple[tuple[Bilingual, Bilingual], ...]:
    """``terms`` as name and value: a quantity under its title, a choice in its words, anything else as it stands."""
    known = {quantity.id: quantity for quantity in method.quantities}
    return tuple(_words(known.get(name), name, value) for name, value in terms.items())


def _words(quantity: Quantity | None, name: str, value: str) -> tuple[Bilingual, Bilingual]:
    if quantity is None:
        return Bilingual(name, name), Bilingual(value, value)
    chosen = next((choice.title for choice in quantity.choices if choice.id == value), Bilingual(value, value))
    return quantity.title, chosen
