"""The result if one thing were otherwise: a member less, another rounding, other trimming, another level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVar

import msgspec

from evalclient.core.method.document.parts import Method
from evalclient.core.method.document.soundness import problems
from evalclient.core.method.entry.entries import Place, TallyInput
from evalclient.core.method.exact import Mode, Rounding
from evalclient.core.method.formula.steps import TrimBand, band_for
from evalclient.core.method.pricing.price import over_ceiling
from evalclient.core.method.problem import EntriesRefused
from evalclient.core.method.robustness.consequence import copied
from evalclient.core.method.robustness.result import (
    MemberLeftOut,
    OtherLevel,
    OtherRounding,
    OtherTrimming,
    Variant,
)
from evalclient.core.method.tally.aggregate import GroupScore
from evalclient.core.method.tally.outcome import Outcome, outcome_of
from evalclient.core.method.tally.tally import placed, scores_of

V = TypeVar("V", bound=Variant)
_MODES: tuple[Mode, ...] = ("half_up", "half_even", "down", "up")
_LEVELS: tuple[Literal["item", "section", "total"], ...] = ("item", "section", "total")
_MOST_PLACES = 9


@dataclass(frozen=True, slots=True)
class Trials:
    """Works out variants of one tally, and says how they differ from its ``baseline``; ``scores``: before the price."""

    method: Method
    entries: TallyInput
    scores: Mapping[str, GroupScore]
    baseline: Outcome

    def members(self) -> Iterator[Callable[[], MemberLeftOut]]:
        """One trial for each member who is left out."""
        for member in self.entries.members:
            yield partial(self._without, member)

    def roundings(self) -> Iterator[Callable[[], OtherRounding]]:
        """One trial for each other rounding at each place where the document rounds."""
        for place in _places(self.method, known=bool(self.entries.scores)):
            for other in _others(place.rounding):
                yield partial(self._with_rounding, place, other)

    def trimmings(self) -> Iterator[Callable[[], OtherTrimming]]:
        """Nothing dropped; one highest and lowest; two, where enough members are left."""
        counted = len(self.entries.members)
        least = self.method.aggregation.void_widest_from
        if least is not None and counted >= least:
            counted -= 1
        for count in (0, 1, 2):
            if counted > 2 * count:
                yield partial(self._with_trimming, count)

    def levels(self) -> Iterator[Callable[[], OtherLevel]]:
        """Each other level at which the document would be sound."""
        if not self.entries.members:
            return
        rule = self.method.aggregation
        wrong = set(problems(self.method))
        for level in _LEVELS:
            other = msgspec.structs.replace(self.method, aggregation=msgspec.structs.replace(rule, level=level))
            if level != rule.level and set(problems(other)) <= wrong:
                yield partial(self._tried, other, self.entries, OtherLevel(level=level))

    def _without(self, member: str) -> MemberLeftOut:
        rest = tuple(name for name in self.entries.members if name != member)
        blank = MemberLeftOut(member=member, other_trimming=self._trims_otherwise(len(rest)))
        if not rest:
            return msgspec.structs.replace(blank, impossible="no_member_left")
        entries = msgspec.structs.replace(
            self.entries,
            members=rest,
            sheets={name: sheet for name, sheet in self.entries.sheets.items() if name != member},
            replaced=tuple(one for one in self.entries.replaced if one.member != member),
            drawn_member=None if self.entries.drawn_member == member else self.entries.drawn_member,
        )
        return self._tried(self.method, entries, blank)

    def _trims_otherwise(self, left: int) -> bool:
        """Whether with ``left`` members the document drops other numbers of scores than with all."""
        stated = [self.method.aggregation.bands, *(s.rule.bands for s in self.method.sections if s.rule is not None)]
        return any(_dropped(bands, left) != _dropped(bands, left + 1) for bands in stated)

    def _with_rounding(self, place: _Place, other: Rounding | None) -> OtherRounding:
        plain = msgspec.to_builtins(self.method)
        place.put(plain, msgspec.to_builtins(other))
        return self._tried(msgspec.convert(plain, Method), self.entries, OtherRounding(path=place.path, rounding=other))

    def _with_trimming(self, count: int) -> OtherTrimming:
        bands = (TrimBand(at_least=1, highest=count, lowest=count),) if count else ()
        sections = tuple(
            section
            if section.rule is None
            else msgspec.structs.replace(section, rule=msgspec.structs.replace(section.rule, bands=bands))
            for section in self.method.sections
        )
        rule = msgspec.structs.replace(self.method.aggregation, bands=bands)
        other = msgspec.structs.replace(self.method, aggregation=rule, sections=sections)
        return self._tried(other, self.entries, OtherTrimming(highest=count, lowest=count))

    def _tried(self, method: Method, entries: TallyInput, blank: V) -> V:
        try:
            found = self._places(method, entries)
        except EntriesRefused:
            return msgspec.structs.replace(blank, impossible="not_computable")
        outcome = outcome_of(method.ranking, found)
        return msgspec.structs.replace(
            blank,
            first=outcome.first,
            candidates=outcome.candidates,
            undecided=outcome.undecided,
            changes_first=outcome.first != self.baseline.first,
            changes_candidates=outcome.differs(self.baseline),
            **({"ranking": found} if isinstance(blank, MemberLeftOut) else {}),
        )

    def _places(self, method: Method, entries: TallyInput) -> tuple[Place, ...]:
        """The ranking; scores are added up anew only where something that they depend on is another."""
        bidders = over_ceiling(method, entries.bidders)
        alike = (method.aggregation, method.sections) == (self.method.aggregation, self.method.sections)
        known = entries is self.entries and alike
        scores = copied(self.scores) if known else scores_of(method, entries, bidders).scores
        return placed(method, entries, bidders, scores).places


def _dropped(bands: tuple[TrimBand, ...], members: int) -> tuple[int, int]:
    band = band_for(bands, members)
    return (0, 0) if band is None else band.counts(members)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the document where it rounds: the way there in the plain document, and how it rounds."""

    way: tuple[str | int, ...]
    rounding: Rounding

    @property
    def path(self) -> str:
        """As a JSON path."""
        return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.way)

    def put(self, plain: Any, rounding: object) -> None:
        """Write ``rounding`` into the plain document."""
        for part in self.way[:-1]:
            plain = plain[part]
        plain[self.way[-1]] = rounding


def _places(method: Method, *, known: bool) -> Iterator[_Place]:
    """Every place where ``method`` rounds; ``known``: no mean over members is taken."""
    for way, rounding in _ways(method, known=known):
        if rounding is not None:
            yield _Place(way, rounding)


def _ways(method: Method, *, known: bool) -> Iterator[tuple[tuple[str | int, ...], Rounding | None]]:
    rule = method.aggregation
    if not known:
        yield ("aggregation", "member_section"), rule.member_section
        yield ("aggregation", "member_total"), rule.member_total
        yield ("aggregation", "group"), rule.group
    yield ("aggregation", "section"), rule.section
    for i, section in enumerate(method.sections):
        if section.rule is not None:
            if not known:
                yield ("sections", i, "rule", "group"), section.rule.group
            yield ("sections", i, "rule", "section"), section.rule.section
        for j, item in enumerate(section.items):
            for k, step in enumerate(item.steps):
                yield ("sections", i, "items", j, "steps", k, "rounding"), step.rounding
    for k, step in enumerate(method.price.steps if method.price is not None else ()):
        yield ("price", "steps", k, "rounding"), step.rounding
    yield ("total", "rounding"), method.total.rounding
    for k, step in enumerate(method.total.steps):
        yield ("total", "steps", k, "rounding"), step.rounding


def _others(stated: Rounding) -> Iterator[Rounding | None]:
    """The same number of places in each other mode, one place more and one less, not rounded."""
    for mode in _MODES:
        if mode != stated.mode:
            yield Rounding(stated.places, mode)
    if stated.places < _MOST_PLACES:
        yield Rounding(stated.places + 1, stated.mode)
    if stated.places > 0:
        yield Rounding(stated.places - 1, stated.mode)
    yield None
