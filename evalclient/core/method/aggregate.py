"""From the members' marks to the group's scores (汇总), in the order the document states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from evalclient.core.method.exact import exact, rounded, shown
from evalclient.core.method.parts import Aggregation, Method, Section
from evalclient.core.method.sheets import UNITS
from evalclient.core.method.steps import TrimBand, band_for

N = TypeVar("N", int, Fraction)


@dataclass(slots=True)
class GroupScore:
    """One bidder's scores before the price: exact numbers, and each member's own sums."""

    items: dict[str, Fraction] = field(default_factory=dict)
    sections: dict[str, Fraction] = field(default_factory=dict)
    member_sections: list[dict[str, Fraction]] = field(default_factory=list)
    member_totals: list[Fraction] = field(default_factory=list)
    technical: Fraction = Fraction()


class Aggregator:
    """Works out group scores bidder by bidder; equal sums of marks are worked out once."""

    def __init__(self, method: Method) -> None:
        self._rule: Aggregation = method.aggregation
        self._sections = method.sections
        self._slices: list[tuple[Section, slice, Fraction]] = []
        start = 0
        for section in method.sections:
            end = start + len(section.items)
            self._slices.append((section, slice(start, end), _factor(section)))
            start = end
        self._means: dict[tuple[int, int], Fraction] = {}

    def score(self, rows: Sequence[Sequence[int]]) -> GroupScore:
        """The group score from one row of marks per member; relative sections still stand on their own scale."""
        score = GroupScore()
        for row in rows:
            own = {
                section.id: rounded(Fraction(sum(row[part]), UNITS) * factor, self._rule.member_section)
                for section, part, factor in self._slices
            }
            score.member_sections.append(own)
            score.member_totals.append(rounded(sum(own.values(), Fraction()), self._rule.member_total))
        self._group(score, list(zip(*rows, strict=True)))
        return score

    def _group(self, score: GroupScore, columns: Sequence[Sequence[int]]) -> None:
        for section, part, factor in self._slices:
            means = [self._item_mean(column) for column in columns[part]]
            score.items.update(zip((item.id for item in section.items), means, strict=True))
            if self._rule.level == "item":
                value = sum(means, Fraction()) * factor
            else:
                value = self._mean([own[section.id] for own in score.member_sections])
            score.sections[section.id] = rounded(value, self._rule.section)
        if self._rule.level == "total" and score.member_totals:
            score.technical = self._mean(score.member_totals)
        else:
            score.technical = sum(score.sections.values(), Fraction())

    def _item_mean(self, marks: Sequence[int]) -> Fraction:
        band = band_for(self._rule.bands, len(marks))
        kept = _kept(marks, band) if band is not None else marks
        key = (sum(kept), len(kept))
        if key not in self._means:
            self._means[key] = rounded(Fraction(key[0], key[1] * UNITS), self._rule.group)
        return self._means[key]

    def _mean(self, values: Sequence[Fraction]) -> Fraction:
        band = band_for(self._rule.bands, len(values))
        kept = _kept(values, band) if band is not None else values
        return rounded(sum(kept, Fraction()) / len(kept), self._rule.group)


def _kept(values: Sequence[N], band: TrimBand) -> Sequence[N]:
    highest, lowest = band.counts(len(values))
    return sorted(values)[lowest : len(values) - highest]


def _factor(section: Section) -> Fraction:
    """What a section's sum of marks is multiplied by."""
    if section.scaling != "to_weight":
        return Fraction(1)
    return exact(section.weight) / sum(exact(item.maximum) for item in section.items)


def relate(method: Method, scores: Mapping[str, GroupScore]) -> None:
    """Replace relative sections by the share of the best among ``scores``; a best of zero leaves zero."""
    relative = [section for section in method.sections if section.scaling == "relative"]
    for section in relative:
        best = max((score.sections[section.id] for score in scores.values()), default=Fraction())
        for score in scores.values():
            share = score.sections[section.id] / best if best else Fraction()
            score.sections[section.id] = rounded(share * exact(section.weight), method.aggregation.section)
    if relative:
        for score in scores.values():
            score.technical = sum(score.sections.values(), Fraction())


def shown_all(values: Mapping[str, Fraction], rule: Aggregation) -> dict[str, str]:
    """Group scores as text, with the places the document rounds to."""
    return {name: shown(value, rule.section or rule.group) for name, value in values.items()}
