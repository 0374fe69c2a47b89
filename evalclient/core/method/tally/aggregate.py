"""From the members' marks to the group's scores (汇总), in the order the document states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

from evalclient.core.method.document.items import Section, full_marks
from evalclient.core.method.document.parts import Aggregation, Method
from evalclient.core.method.exact import Rounding, exact, rounded, shown
from evalclient.core.method.formula.steps import TrimBand, band_for
from evalclient.core.method.marking.sheets import UNITS, Mark


@dataclass(slots=True)
class GroupScore:
    """One bidder's scores before the price: exact numbers, and each member's own sums."""

    items: dict[str, Fraction] = field(default_factory=dict)
    sections: dict[str, Fraction] = field(default_factory=dict)
    member_sections: list[dict[str, Fraction]] = field(default_factory=list)
    member_totals: list[Fraction] = field(default_factory=list)
    technical: Fraction = Fraction()


@dataclass(frozen=True, slots=True)
class Division:
    """A section with the place of its items in a row, what its sum is multiplied by, and the rule it goes by."""

    section: Section
    part: slice
    factor: Fraction
    weights: tuple[Fraction, ...] | None
    bands: tuple[TrimBand, ...]
    group: Rounding | None
    rounding: Rounding | None

    def sum(self, row: Sequence[Mark]) -> Fraction:
        """One member's weighted and scaled marks of the section."""
        if self.weights is None:
            return Fraction(sum(row[self.part]), UNITS) * self.factor
        weighted = (mark * weight for mark, weight in zip(row[self.part], self.weights, strict=True))
        return Fraction(sum(weighted, Fraction()), UNITS) * self.factor

    def of_means(self, means: Sequence[Fraction]) -> Fraction:
        """The section's score from the means of its items."""
        if self.weights is not None:
            means = [mean * weight for mean, weight in zip(means, self.weights, strict=True)]
        return sum(means, Fraction()) * self.factor


class Aggregator:
    """Works out group scores bidder by bidder; equal sums of marks are worked out once."""

    def __init__(self, method: Method) -> None:
        self._rule: Aggregation = method.aggregation
        self._divisions = divisions(method)
        self._means: dict[tuple[Mark, int, Rounding | None], Fraction] = {}

    def score(self, rows: Sequence[Sequence[Mark]], left_out: int | None = None) -> GroupScore:
        """The group score from one row of marks per member; relative sections still stand on their own scale.

        The row ``left_out`` gets its own sums and does not count for the group.
        """
        score = GroupScore()
        for row in rows:
            own = {
                division.section.id: rounded(division.sum(row), self._rule.member_section)
                for division in self._divisions
            }
            score.member_sections.append(own)
            score.member_totals.append(rounded(sum(own.values(), Fraction()), self._rule.member_total))
        counted = [at for at in range(len(rows)) if at != left_out]
        self._group(score, list(zip(*(rows[at] for at in counted), strict=True)), counted)
        return score

    def known(self, row: Sequence[Mark]) -> GroupScore:
        """The group score from the group's marks as known: no mean is taken."""
        score = GroupScore()
        for division in self._divisions:
            marks = [Fraction(mark, UNITS) for mark in row[division.part]]
            score.items.update(zip((item.id for item in division.section.items), marks, strict=True))
            score.sections[division.section.id] = rounded(division.sum(row), division.rounding)
        score.technical = sum(score.sections.values(), Fraction())
        return score

    def _group(self, score: GroupScore, columns: Sequence[Sequence[Mark]], counted: Sequence[int]) -> None:
        for division in self._divisions:
            section = division.section
            means = [self._item_mean(column, division) for column in columns[division.part]]
            score.items.update(zip((item.id for item in section.items), means, strict=True))
            if self._rule.level == "item":
                value = division.of_means(means)
            else:
                own = [score.member_sections[at][section.id] for at in counted]
                value = mean_of(own, division.bands, division.group)
            score.sections[section.id] = rounded(value, division.rounding)
        if self._rule.level == "total" and counted:
            score.technical = mean_of([score.member_totals[at] for at in counted], self._rule.bands, self._rule.group)
        else:
            score.technical = sum(score.sections.values(), Fraction())

    def _item_mean(self, marks: Sequence[Mark], division: Division) -> Fraction:
        counted = kept(marks, division.bands)
        key = (sum(counted), len(counted), division.group)
        if key not in self._means:
            self._means[key] = rounded(Fraction(key[0], key[1] * UNITS), division.group)
        return self._means[key]


def divisions(method: Method) -> tuple[Division, ...]:
    """The sections in order, each with the place of its items in a row of marks."""
    starts = accumulate((len(section.items) for section in method.sections), initial=0)
    return tuple(
        _division(method.aggregation, section, start) for section, start in zip(method.sections, starts, strict=False)
    )


def _division(rule: Aggregation, section: Section, start: int) -> Division:
    own = section.rule
    weights = tuple(exact(item.weight) for item in section.items)
    return Division(
        section=section,
        part=slice(start, start + len(section.items)),
        factor=_factor(section),
        weights=None if all(weight == 1 for weight in weights) else weights,
        bands=rule.bands if own is None else own.bands,
        group=rule.group if own is None else own.group,
        rounding=rule.section if own is None else own.section,
    )


def mean_of(values: Sequence[Fraction], bands: tuple[TrimBand, ...], rounding: Rounding | None) -> Fraction:
    """The mean of those ``values`` that ``bands`` do not drop, rounded as stated."""
    counted = kept(values, bands)
    return rounded(Fraction(sum(counted, Fraction()), len(counted)), rounding)


def kept(values: Sequence[Mark], bands: tuple[TrimBand, ...]) -> Sequence[Mark]:
    """Those of ``values`` that count: without the highest and lowest that ``bands`` drop."""
    band = band_for(bands, len(values))
    if band is None:
        return values
    highest, lowest = band.counts(len(values))
    return sorted(values)[lowest : len(values) - highest]


def _factor(section: Section) -> Fraction:
    """What a section's sum of weighted marks is multiplied by."""
    if section.scaling != "to_weight":
        return Fraction(1)
    return exact(section.weight) / full_marks(section)


def relate(method: Method, scores: Mapping[str, GroupScore]) -> None:
    """Replace relative sections by the share of the best among ``scores``; a best of zero leaves zero."""
    relative = [section for section in method.sections if section.scaling == "relative"]
    for section in relative:
        best = max((score.sections[section.id] for score in scores.values()), default=Fraction())
        for score in scores.values():
            share = score.sections[section.id] / best if best else Fraction()
            rule = method.aggregation if section.rule is None else section.rule
            score.sections[section.id] = rounded(share * exact(section.weight), rule.section)
    if relative:
        for score in scores.values():
            score.technical = sum(score.sections.values(), Fraction())


def shown_all(method: Method, values: Mapping[str, Fraction]) -> dict[str, str]:
    """Section scores as text, with the places the document rounds to."""
    rules = {section.id: section.rule or method.aggregation for section in method.sections}
    return {name: shown(value, rules[name].section or rules[name].group) for name, value in values.items()}
