"""Which steps of a formula follow the technical scores, and whether one bidder's score moves only himself there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evalclient.core.method.document.formula_soundness import names_read
from evalclient.core.method.document.parts import Method
from evalclient.core.method.entry.entries import TallyInput
from evalclient.core.method.formula.arithmetic import AnyStep, Arithmetic
from evalclient.core.method.pricing.price import reads_technical


@dataclass(frozen=True, slots=True)
class Following:
    """The steps to the price score and to the total that read technical scores, directly or by way of other steps.

    ``limits``: a limit compares a number that follows them. ``own_only``: none of them looks at several bidders at once, so that a bidder's own score moves only his own
    numbers as long as the same bidders are in.
    """

    price: tuple[AnyStep, ...]
    total: tuple[AnyStep, ...]
    limits: bool
    own_only: bool


def following(method: Method, entries: TallyInput) -> Following:
    """The steps of ``method`` that follow the technical scores."""
    names = {"technical"}
    steps = method.price.steps if method.price is not None and not entries.price_scores else ()
    price = _follow(steps, names)
    limited = any({limit.of, limit.than} & names for limit in method.limits)
    names |= {section.id for section in method.sections}
    if method.price is not None and method.price.score in names:
        names.add("price_score")
    total = _follow(method.total.steps, names)
    own = all(isinstance(step, Arithmetic) for step in (*price, *total))
    if limited and method.total.steps:
        own = False  # who is rejected by a limit no longer counts in the populations of the total
    return Following(price, total, limited, own)


def _follow(steps: Sequence[AnyStep], names: set[str]) -> tuple[AnyStep, ...]:
    """Those of ``steps`` that read one of ``names``; their own names are added."""
    found = []
    for step in steps:
        if any(operand in names for _, operand, _ in step.reads()):
            names.add(step.id)
            found.append(step)
    return tuple(found)


def rises_with_score(method: Method) -> bool:
    """Whether a higher technical score can only move a bidder up: nothing but the plain total follows it.

    Then a search may halve the values instead of trying each.
    """
    following_keys = {"total", "technical", *(section.id for section in method.sections)}
    return (
        not reads_technical(method)
        and not method.total.steps
        and method.aggregation.void_widest_from is None
        and all(section.scaling != "relative" for section in method.sections)
        and all(key.best == "highest" for key in method.ranking.keys if key.of in following_keys)
    )


def sections_matter(method: Method) -> bool:
    """Whether anything reads the score of a section by itself: a relative section, the total's steps, the ranking."""
    names = {section.id for section in method.sections}
    read = names_read(method.total.steps) | {key.of for key in method.ranking.keys}
    return bool(names & read) or any(section.scaling == "relative" for section in method.sections)
