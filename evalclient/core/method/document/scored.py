"""The items of a method document that bring marks, in its order."""

from __future__ import annotations

from evalclient.core.method.document.items import ScoredItem
from evalclient.core.method.document.parts import Method


def items_of(method: Method) -> tuple[ScoredItem, ...]:
    """The items that members score, in the order of the document; computed ones are not among them."""
    return tuple(item for item in every_item(method) if item.kind != "computed")


def every_item(method: Method) -> tuple[ScoredItem, ...]:
    """All scored items in the order of the document."""
    return tuple(item for section in method.sections for item in section.items)
